// The first page leads to the live find page: what is said goes along after the #,
// which browsers never send. Without this file the forms ask the server.

import { fragmentOf } from "./keeping.js";

function lead(form) {
  form.addEventListener("submit", (event) => {
    const map = form.querySelector("body-map");
    const text = form.elements.q?.value.trim() ?? "";
    const encoded = map?.painting && !map.painting.empty ? map.painting.encode() : "";
    if (!text && !encoded) return;
    event.preventDefault();
    const kept = fragmentOf({ text, encoded, regions: [], left: new Set(), answers: {} });
    location.href = `${form.dataset.toFind}#${kept}`;
  });
}

for (const form of document.querySelectorAll("form[data-to-find]")) lead(form);
