// The button that prints the page; without scripts the browser's own menu does.
for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.addEventListener("click", () => globalThis.print());
}
