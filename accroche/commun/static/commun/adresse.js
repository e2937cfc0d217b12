// Copying the address of a public page, or handing it to what the device shares with. Without this file it is a link.

for (const place of document.querySelectorAll("[data-adresse]")) {
  const { adresse, titre } = place.dataset;
  const copy = place.querySelector("[data-copier]");
  const share = place.querySelector("[data-partager]");
  const told = place.querySelector("[data-copie]");

  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(adresse);
      told.textContent = "Adresse copiée.";
    } catch {
      // refused, or no secure connection: shown and selected, it is copied as any text is
      told.textContent = adresse;
      getSelection().selectAllChildren(told);
    }
  });

  share.hidden = !navigator.share;
  share.addEventListener("click", () => {
    navigator.share({ title: titre, url: adresse }).catch(() => {
      // given up by who was about to share
    });
  });
}
