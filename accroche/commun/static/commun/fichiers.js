// Tells at once that a chosen file is too large, before anything is sent; the other files of the field stay.
// A field says its limit (data-octets-au-plus) and what to do (data-trop-gros). Without this module, the server
// says the same once it has received the file.

const MEGABYTE = 1024 * 1024;

function weight(bytes) {
  // rounded up: a file of 40.01 is not told to weigh 40
  const number = Math.ceil((bytes / MEGABYTE) * 10) / 10;
  return `${new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 }).format(number)}\u00a0Mo`;
}

function keep(field, files) {
  const kept = new DataTransfer();
  for (const file of files) {
    kept.items.add(file);
  }
  field.files = kept.files;
}

function tell(field, group, sentences) {
  const box = document.createElement("div");
  box.id = `${field.id}_error`;
  box.setAttribute("role", "alert");
  group.append(box);
  // an alert is read out when it is filled, not when it comes
  for (const sentence of sentences) {
    const line = document.createElement("p");
    line.className = "fr-error-text";
    line.textContent = sentence;
    box.append(line);
  }
  group.classList.add("fr-upload-group--error");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.dataset.described, box.id].filter(Boolean).join(" "));
}

function clear(field, group) {
  document.getElementById(`${field.id}_error`)?.remove();
  group.classList.remove("fr-upload-group--error");
  field.removeAttribute("aria-invalid");
  if (field.dataset.described) {
    field.setAttribute("aria-describedby", field.dataset.described);
  } else {
    field.removeAttribute("aria-describedby");
  }
}

function look(field) {
  const group = field.closest(".fr-upload-group");
  const most = Number(field.dataset.octetsAuPlus);
  const chosen = [...field.files];
  const heavy = chosen.filter((file) => file.size > most);
  clear(field, group);
  if (!heavy.length) {
    return;
  }
  const others = chosen.length - heavy.length;
  keep(field, chosen.filter((file) => file.size <= most));
  const sentences = heavy.map((file) => `«\u00a0${file.name}\u00a0» pèse ${weight(file.size)}, ${weight(most)} au plus.`);
  const rest = others ? ` ${others > 1 ? `Les ${others} autres fichiers restent choisis` : "L’autre fichier reste choisi"}.` : "";
  sentences[sentences.length - 1] += ` ${field.dataset.tropGros}${rest}`;
  tell(field, group, sentences);
}

for (const field of document.querySelectorAll("input[type=file][data-octets-au-plus]")) {
  const hint = document.getElementById(`${field.id}_helptext`);
  field.dataset.described = hint ? hint.id : "";
  field.addEventListener("change", () => look(field));
}
