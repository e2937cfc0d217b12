// Shows a video where its link stands, once the visitor has agreed that its host learns of it.
// Before the click nothing is asked of anyone; without this file the link is simply followed.

document.querySelectorAll("[data-video]").forEach((place) => {
  const { video, service, titre } = place.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fr-btn fr-btn--secondary fr-btn--sm";
  button.textContent = `Afficher la vidéo (${service} recevra votre adresse IP)`;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.className = "a-video__cadre";
    frame.title = `Vidéo\u00a0: ${titre}`;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = video;
    button.replaceWith(frame);
    frame.focus();
  });
  place.append(button);
});
