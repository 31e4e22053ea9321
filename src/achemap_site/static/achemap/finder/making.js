// Elements and words of the live page. Text is never read as HTML.

const source = document.getElementById("finder-words");
/** The page's own words, translated by the server: see patterns/live_words.py. */
export const WORDS = source ? JSON.parse(source.textContent) : {};

/** A text with something put in for its %s. */
export const filled = (text, value) => text.replace("%s", () => value);

/** An element with text, attributes and children; empty children are left out. */
export function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined));
  return made;
}

/** A button that does something on this page; `key` keeps the focus through a redraw. */
export function button(words, key, does, given = {}) {
  const made = make("button", { type: "button", "data-key": key, ...given }, words);
  made.addEventListener("click", does);
  return made;
}

/** A chance in words: never certain, never nothing. */
export function percent(chance) {
  const rounded = Math.round(100 * chance);
  if (rounded < 1) return WORDS.tiny;
  return rounded > 99 ? WORDS.most : `${rounded} %`;
}

/** How well a pattern fits, as on the server. */
export function fitOf(chance) {
  if (chance >= 0.5) return WORDS.good;
  return chance >= 0.15 ? WORDS.maybe : WORDS.less;
}

/** Puts new content into a place and gives the focus back to the same control. */
export function redraw(place, parts) {
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...parts.flat().filter((each) => each !== null && each !== undefined));
  if (key) place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
