// The switch of editions closes as a menu does: by Escape, which gives the focus back, and once one is elsewhere.

document.querySelectorAll(".a-bascule").forEach((bascule) => {
  const title = bascule.querySelector("summary");
  bascule.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bascule.open) {
      bascule.open = false;
      title.focus();
    }
  });
  bascule.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !bascule.contains(event.relatedTarget)) bascule.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!bascule.contains(event.target)) bascule.open = false;
  });
});
