// This module has no DOM access.
// The markup of the body map; every word in it comes from the server.

const ICONS = {
  undo: '<path d="M9 7 4 12l5 5M4 12h10a6 6 0 0 1 0 12"/>',
  redo: '<path d="m19 7 5 5-5 5M24 12H14a6 6 0 0 0 0 12"/>',
  mirror: '<path d="M14 4v20M10 8 4 20h6zM18 8l6 12h-6z"/>',
  clear: '<path d="M6 9h16M11 9V6h6v3M8 9l1 14h10l1-14M12 13v6M16 13v6"/>',
};

/** Returns text that may stand in an attribute or between tags. */
export function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return String(text).replace(/[&<>"]/g, (sign) => signs[sign]);
}

/** Returns radio buttons side by side; their form is none, so that nothing of it is sent. */
export function segments(name, options, checked, label) {
  const parts = options.map(
    ([value, text]) =>
      `<label><input type="radio" form="" name="${name}" value="${value}"${value === checked ? " checked" : ""}><span data-is="${value}">${escaped(text)}</span></label>`,
  );
  return `<fieldset class="bm-segments"><legend>${escaped(label)}</legend><div>${parts.join("")}</div></fieldset>`;
}

/** Returns a select with a label that is only heard. */
export function chooser(name, options, label) {
  const parts = options.map(([value, text]) => `<option value="${value}">${escaped(text)}</option>`);
  return `<select form="" name="${name}" aria-label="${escaped(label)}">${parts.join("")}</select>`;
}

export function figures(words) {
  return ["neutral", "female", "male"].map((name) => [name, words[name]]);
}

/** Returns the frame with the plate in it; `attributes` are those of the plate. */
export function frame(words, attributes) {
  return `
<div class="bm-frame">
  <span class="bm-side bm-side-l"></span><span class="bm-side bm-side-r"></span>
  <div class="bm-stage" tabindex="0" ${attributes}><img alt="" draggable="false"><canvas></canvas></div>
  <div class="bm-zoom"><button type="button" data-act="zoomIn" aria-label="${escaped(words.zoomIn)}">+</button><button type="button" data-act="zoomOut" aria-label="${escaped(words.zoomOut)}">−</button></div>
</div>`;
}

/** Returns buttons for the views of the whole body. */
export function views(plates, words) {
  const buttons = plates
    .filter(({ closeUp }) => !closeUp)
    .map(({ name }) => `<button type="button" data-plate="${name}">${escaped(words.views[name])}</button>`);
  return `<div class="bm-views" role="group" aria-label="${escaped(words.view)}">${buttons.join("")}</div>`;
}

/** Returns a select of the close-up plates. */
export function closer(plates, words) {
  const ups = plates.filter(({ closeUp }) => closeUp).map(({ name, title }) => [name, title]);
  return chooser("closer", [["", words.closer], ...ups], words.closer);
}

function act(name, words) {
  return `<button type="button" data-act="${name}"><svg viewBox="0 0 28 28" aria-hidden="true">${ICONS[name]}</svg><span>${escaped(words[name])}</span></button>`;
}

/** Returns the whole editor: plate, words, tools, list, and what to do with a drawing. */
export function editor(plates, words) {
  const named = (...keys) => keys.map((key) => [key, words[key]]);
  return `
${views(plates, words)}
<div class="bm-main">
  <div class="bm-picture">${frame(words, 'role="application"')}
    <p class="bm-look"></p>
  </div>
  <div class="bm-tools">
    <p class="bm-words" aria-live="polite"></p>
    <div class="bm-acts">${["undo", "redo", "mirror", "clear"].map((name) => act(name, words)).join("")}</div>
    ${segments("tool", named("brush", "region", "eraser"), "brush", words.tool)}
    ${segments("strength", named("mild", "moderate", "severe"), "moderate", words.strength)}
    ${segments("size", named("small", "medium", "large"), "medium", words.size)}
    ${segments("depth", named("skin", "deep"), "skin", words.depth)}
    <div class="bm-choosers">${closer(plates, words)}${chooser("figure", figures(words), words.figure)}</div>
  </div>
</div>
<p class="hidden-words bm-said" aria-live="polite"></p>
<p class="bm-help">${escaped(words.help)}</p>
<details class="bm-list"><summary>${escaped(words.list)}</summary></details>
<details class="bm-keep"><summary>${escaped(words.keep)}</summary>
  <p>${escaped(words.saved)}</p>
  <div class="bm-files"><button type="button" data-act="exportJson">${escaped(words.exportJson)}</button><button type="button" data-act="exportPng">${escaped(words.exportPng)}</button>
  <label class="bm-open">${escaped(words.open)}<input type="file" form="" accept="application/json,.json"></label></div>
  <p class="bm-problem" role="alert"></p></details>`;
}
