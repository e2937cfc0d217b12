// What saves by itself what one types: a while after the last key, again once the line is back or the site has room,
// never over what somebody else wrote meanwhile. What it saves, and what it says, is its page's.

const RETRY = 30_000;
const BUSY = new Set([429, 502, 503, 504]);

/**
 * `address`: what takes a form and answers in JSON. `delay`: milliseconds after the last key. `told`: what is typed,
 * as a text to compare. `body`: the same as a form. `kept`: says a sentence and that the words are on this device,
 * where they are. `saved`: told what the site answered and what was sent; returns what the site holds now, as `told`
 * says it. `stale`: somebody else wrote. `out`: the sign-in has ended.
 */
export function enregistreur({ address, delay, told, body, kept, saved, stale, out }) {
  let held = told();
  let timer = 0;
  let busy = false;
  let blocked = false;

  function later(text, seconds = 0) {
    kept(text);
    clearTimeout(timer);
    timer = setTimeout(save, seconds ? seconds * 1000 : RETRY);
  }

  async function read(answer, current) {
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.ok && json && !answer.redirected) {
      held = saved(await answer.json(), current);
    } else if (answer.redirected || answer.ok || [401, 403].includes(answer.status)) {
      blocked = true;
      out();
    } else if (answer.status === 409) {
      blocked = true;
      stale(await answer.json());
    } else if (answer.status === 422 || answer.status === 410) {
      blocked = answer.status === 410;
      kept(`Pas enregistré. ${(await answer.json()).message}`);
    } else if (BUSY.has(answer.status)) {
      later("Le site est occupé\u00a0: nouvel essai dans un instant.", Number(answer.headers.get("Retry-After")));
    } else {
      blocked = true;
      kept("Pas enregistré\u00a0: rechargez la page.");
    }
  }

  async function save() {
    clearTimeout(timer);
    const current = told();
    if (busy || blocked || current === held) {
      return;
    }
    if (!navigator.onLine) {
      later("Hors connexion.");
      return;
    }
    busy = true;
    try {
      const answer = await fetch(address, { method: "POST", body: body(), headers: { Accept: "application/json" } });
      await read(answer, current);
    } catch {
      later("La connexion est coupée\u00a0: nouvel essai dans un instant.");
    } finally {
      busy = false;
    }
    if (told() !== current) {
      changed(); // typed meanwhile
    }
  }

  function changed() {
    if (told() !== held && !blocked) {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    }
  }

  window.addEventListener("online", save);
  // a phone may let a page go once it is out of sight: nothing else is told first
  document.addEventListener("visibilitychange", () => document.hidden && save());
  return {
    save,
    changed,
    pending: () => told() !== held,
    busy: () => busy,
    blocked: () => blocked,
    /** Nothing is sent until it is let go again. */
    block: () => {
      blocked = true;
      clearTimeout(timer);
    },
    release: () => {
      blocked = false;
    },
    /** What the site holds is known otherwise. */
    holds: (text) => {
      held = text;
    },
  };
}
