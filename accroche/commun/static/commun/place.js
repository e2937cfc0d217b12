// Opens a list of suggestions where it is seen: below its field or above it, within what the keyboard of a
// phone leaves of the screen.

/** Pixels for three suggestions, and between the list and the edge of what is seen. */
const ROOM = 168;
const EDGE = 8;
const TALLEST = 320;
/** What stays above a field that is moved up: its name, and what the page keeps at the top. */
const ABOVE = 96;

/** The part of the page that is seen: a keyboard covers the rest, which the window does not know. */
function seen() {
  const view = window.visualViewport;
  return view ? [view.offsetTop, view.offsetTop + view.height] : [0, window.innerHeight];
}

function rooms(field) {
  const box = field.getBoundingClientRect();
  const [top, bottom] = seen();
  return { top: box.top - top, above: box.top - top - EDGE, below: bottom - box.bottom - EDGE };
}

/** Put `list`, which stands beside `field`, where there is room; the page moves when there is none. */
export function place(field, list) {
  let room = rooms(field);
  if (room.below < ROOM) {
    window.scrollBy({ top: room.top - ABOVE, behavior: "instant" });
    room = rooms(field);
  }
  const over = room.below < ROOM && room.above > room.below;
  list.classList.toggle("a-combobox__liste--dessus", over);
  list.style.maxHeight = `${Math.max(Math.min(TALLEST, over ? room.above : room.below), 0)}px`;
}

/** Call `again` whenever what is seen changes: the keyboard comes after the first letter. */
export function whenSeenChanges(again) {
  (window.visualViewport ?? window).addEventListener("resize", again);
}
