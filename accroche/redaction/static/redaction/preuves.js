// A sentence or a name of the evidence goes where the cursor was; without this file its button sends the form,
// which comes back with it at the end.

const said = document.querySelector("[data-preuves-dit]");
let last = null;

/** The text one was at; else a new line of a list, or the end of the text: what a page without a script does. */
function target(form) {
  const texts = () => [...form.querySelectorAll("textarea:not([disabled])")].filter((text) => !text.closest("[hidden]"));
  if (texts().includes(last)) {
    return last;
  }
  form.querySelector("[data-ajouter]")?.click();
  const text = texts().at(-1);
  text?.setSelectionRange(text.value.length, text.value.length);
  return text;
}

/** Put words in a text, with a space before and after where the words around touch them. */
function insert(text, words) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const before = from > 0 && !/[\s«(’]/u.test(value[from - 1]) ? " " : "";
  const after = to < value.length && !/[\s.,;:!?)»]/u.test(value[to]) ? " " : "";
  text.setRangeText(`${before}${words}${after}`, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

document.addEventListener("focusin", ({ target: field }) => {
  if (field instanceof HTMLTextAreaElement) {
    last = field;
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-inserer]");
  const text = button?.form && target(button.form);
  if (!text) {
    return;
  }
  event.preventDefault();
  insert(text, button.value);
  said.textContent = button.dataset.inserer === "nom" ? `${button.value} est inséré.` : "La phrase est insérée.";
});
