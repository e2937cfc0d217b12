// Writing is being there: a sign-in that ends without a visit must not end under who fills a long form.

/** Milliseconds between two signs of life: a server notes a visit every five minutes (comptes/sessions.py). */
const EVERY = 4 * 60 * 1000;
const { presence } = document.currentScript.dataset;
let told = Date.now();

document.addEventListener("input", () => {
  if (Date.now() - told < EVERY) return;
  told = Date.now();
  fetch(presence).catch(() => {
    // no connection: the next key tries again in a while
  });
});
