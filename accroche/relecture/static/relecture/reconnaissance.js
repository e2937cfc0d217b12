// One key, one answer: 1 to 5 choose a proposal, 0 answers « none », p goes on. Never while writing in a field.
const keys = new Map();
for (const element of document.querySelectorAll("[data-touche]")) {
  keys.set(element.dataset.touche, element);
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (writing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const element = keys.get(event.key.toLowerCase());
  if (element) {
    event.preventDefault();
    element.click();
  }
});
