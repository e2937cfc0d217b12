// Copying what there is to paste. Without this file one selects it.

for (const place of document.querySelectorAll("[data-extrait]")) {
  const text = place.querySelector("textarea");
  const copy = place.querySelector("[data-copier]");
  const told = place.querySelector("[data-copie]");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Copié.";
    } catch {
      told.textContent = "Le texte est sélectionné\u00a0: copiez-le.";
    }
  });
}
