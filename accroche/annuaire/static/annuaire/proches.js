// Schools that are near the one somebody does not find: choosing one fills the field they come from.

import { offer } from "./ailleurs.js";

const box = document.querySelector("[data-proches]");
const said = box.querySelector("[data-choisi]");

offer(box.querySelectorAll("[data-ecole]"), (name, address) => {
  said.querySelector("[data-nom-choisi]").textContent = name;
  said.querySelector("a").href = address;
  said.hidden = false;
  said.focus();
});
