// A school chosen in another tab: « Mon établissement n’y est pas » leads there, and what is chosen fills the field
// that led. What waits is kept on the device: a phone may stop, or load anew, the tab one comes from.

const WAITING = "accroche-etablissement";

/** What is kept in `storage` under `key`; null where the browser keeps nothing. */
function kept(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

/** Keeps `value`, or forgets it when it is null; tells whether the browser does. */
function keep(storage, key, value) {
  try {
    if (value === null) {
      window[storage].removeItem(key);
    } else {
      window[storage].setItem(key, value);
    }
    return true;
  } catch {
    return false;
  }
}

/** Has `link` say which `field` leads on, and calls `chosen` with the school that is chosen there. */
export function followed(link, field, chosen) {
  const name = `${WAITING} ${window.location.pathname} ${field}`;
  let number = kept("sessionStorage", name);
  let listens = false;

  function take() {
    const waiting = JSON.parse(kept("localStorage", WAITING) ?? "null");
    if (waiting?.pour === number) {
      keep("localStorage", WAITING, null);
      chosen(waiting);
    }
  }

  function listen() {
    if (!listens) {
      listens = true;
      window.addEventListener("storage", take);
      document.addEventListener("visibilitychange", take);
      take();
    }
  }

  link.addEventListener("click", () => {
    number ??= crypto.getRandomValues(new Uint32Array(2)).join("-");
    keep("sessionStorage", name, number);
    const address = new URL(link.href);
    address.searchParams.set("pour", number);
    link.href = address.href;
    listen();
  });
  if (number) {
    listen();
  }
}

/** Has each link of `links` give its school to the field one comes from, and `told` say so. */
export function offer(links, told) {
  const from = new URLSearchParams(window.location.search).get("pour");
  if (from) {
    // the form on the page is sent to an address without it
    keep("sessionStorage", WAITING, from);
  }
  const pour = from ?? kept("sessionStorage", WAITING);
  if (!pour) {
    return;
  }
  links.forEach((link) => {
    link.addEventListener("click", (event) => {
      const { nom: name, ecole: label } = link.dataset;
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!elsewhere && keep("localStorage", WAITING, JSON.stringify({ pour, name, label }))) {
        event.preventDefault();
        told(name, link.href);
      }
    });
  });
}
