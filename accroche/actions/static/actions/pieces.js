// Says that files are on their way: on a school's line ten megabytes take a while.
// Without this file the form works the same, without a word.

document.querySelectorAll("form[data-pieces]").forEach((form) => {
  form.addEventListener("submit", () => {
    form.querySelector("[data-attente]").hidden = false;
    form.querySelector("button[type=submit]").disabled = true;
  });
  // back from the cache of the browser: ready again
  window.addEventListener("pageshow", () => {
    form.querySelector("[data-attente]").hidden = true;
    form.querySelector("button[type=submit]").disabled = false;
  });
});
