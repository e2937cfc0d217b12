// Opens what is folded while a page is printed, in browsers whose styles cannot reach into it.
const folded = [];

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    folded.push(fold);
    fold.open = true;
  }
});

addEventListener("afterprint", () => {
  for (const fold of folded.splice(0)) {
    fold.open = false;
  }
});
