// Photographs and documents this device keeps until the site has them: IndexedDB, beside the text that
// autosave.js keeps. At most seven days; gone once the site has the file, once the sheet is sent, at sign-out.

const BASE = "accroche-photos";
const STORE = "photos";
export const KEPT_DAYS = 7;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(BASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

/** Run one request on the store; what it gives, or null where this browser keeps nothing. */
async function asked(mode, ask) {
  try {
    const base = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const step = base.transaction(STORE, mode);
        const request = ask(step.objectStore(STORE));
        // written only once the whole transaction is
        step.oncomplete = () => resolve(request.result ?? true);
        step.onabort = () => reject(step.error);
        step.onerror = () => reject(step.error);
      });
    } finally {
      base.close();
    }
  } catch {
    return null; // refused, full, or a private window
  }
}

export const kept = {
  /** All of them that are young enough; the others go. */
  async all() {
    const found = (await asked("readonly", (store) => store.getAll())) || [];
    const young = found.filter((one) => Date.now() - one.at < KEPT_DAYS * 86_400_000);
    for (const old of found.filter((one) => !young.includes(one))) {
      await this.forget(old.id);
    }
    return young.sort((one, other) => one.at - other.at);
  },
  /** Whether it could be written. */
  async write(photo) {
    return (await asked("readwrite", (store) => store.put(photo))) !== null;
  },
  forget(id) {
    return asked("readwrite", (store) => store.delete(id));
  },
  /** Keep nothing of anybody any more. */
  clear() {
    indexedDB.deleteDatabase(BASE);
  },
};

// --- Whose they are --------------------------------------------------------------------------------

const FOLLOWS = "accroche:photos-suivent";

/** This tab: what it chose is its own, what another one chose is offered. */
export function tab() {
  try {
    const known = sessionStorage.getItem("accroche:onglet");
    const name = known || crypto.randomUUID();
    sessionStorage.setItem("accroche:onglet", name);
    return name;
  } catch {
    return "";
  }
}

/** Between the first page of a sheet and its draft: what this tab chose there goes on here. */
export const path = {
  follow() {
    try {
      sessionStorage.setItem(FOLLOWS, location.pathname);
    } catch {
      // offered instead
    }
  },
  leads() {
    try {
      const from = sessionStorage.getItem(FOLLOWS);
      sessionStorage.removeItem(FOLLOWS);
      return Boolean(from) && document.referrer !== "" && new URL(document.referrer).pathname === from;
    } catch {
      return false;
    }
  },
};

// --- Lighter before it travels --------------------------------------------------------------------

const LONGEST = 2000;
const HEAVY = 700 * 1024;
const PHOTOGRAPH = /^image\/(jpeg|heic|heif)$/;

/** Whether it is a format of telephones that no site shows. */
export const isForeign = (file) => /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name);

/** Draw an image of at most `longest` pixels; null where this browser cannot open it. */
async function drawn(file, longest, type, quality) {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    if (!type) {
      return canvas.toDataURL("image/jpeg", 0.7);
    }
    return await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
  } catch {
    return null;
  }
}

/**
 * A photograph as the site would keep it, drawn here: eight times less to send, and where it was taken never
 * leaves the phone. A HEIC becomes a JPEG where the browser can read it. Anything else, as it is.
 */
export async function lighter(file) {
  const foreign = isForeign(file);
  if (!foreign && (!PHOTOGRAPH.test(file.type) || file.size < HEAVY)) {
    return file;
  }
  const small = await drawn(file, LONGEST, "image/jpeg", 0.85);
  if (!small || (!foreign && small.size >= file.size)) {
    return file;
  }
  return new File([small], file.name.replace(/(\.\w+)?$/, ".jpg"), { type: "image/jpeg" });
}

/** A small view of an image as an address that the page may show; null for what is none. */
export function view(file) {
  return drawn(file, 320);
}

// --- In words -------------------------------------------------------------------------------------

export function megabytes(bytes) {
  const number = Math.max(0.1, bytes / (1024 * 1024));
  return `${new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 }).format(number)}\u00a0Mo`;
}

export const unique = () => (crypto.randomUUID ? crypto.randomUUID() : String(Math.random()));
export const many = (count, one, several) => (count > 1 ? `${count}\u00a0${several}` : `1\u00a0${one}`);
