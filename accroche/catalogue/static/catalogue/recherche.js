// « Près de moi »: the position is asked for on a click and never before, and leaves the browser rounded to about
// a kilometre, in the address of the page.

const DECIMALS = 2;
const PATIENCE = 15000;
const MY_PLACE = "ma position";
const REFUSED = 1;

document.querySelectorAll("[data-pres-de-moi]").forEach((box) => {
  const form = box.closest("form");
  const button = box.querySelector("button");
  const state = box.querySelector("[data-etat]");

  function hidden(name, value) {
    const field =
      form.querySelector(`input[type=hidden][name=${name}]`) ?? document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }

  function found({ coords }) {
    state.textContent = "Position trouvée, recherche en cours…";
    hidden("pres", `${coords.latitude.toFixed(DECIMALS)},${coords.longitude.toFixed(DECIMALS)}`);
    hidden("lieu", MY_PLACE);
    form.querySelector("[name=ou]").value = MY_PLACE;
    form.requestSubmit();
  }

  function failed(error) {
    button.disabled = false;
    state.textContent =
      error.code === REFUSED
        ? "Vous n’avez pas donné votre position\u00a0: écrivez plutôt le nom d’une commune."
        : "Votre position n’a pas été trouvée\u00a0: écrivez plutôt le nom d’une commune.";
  }

  button.addEventListener("click", () => {
    if (!navigator.geolocation) {
      failed({ code: 0 });
      return;
    }
    button.disabled = true;
    state.textContent = "Votre navigateur cherche votre position…";
    navigator.geolocation.getCurrentPosition(found, failed, {
      timeout: PATIENCE,
      maximumAge: 600000,
    });
  });
});
