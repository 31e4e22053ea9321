// Small comforts; everything works without this file.

// A passage the reader has marked goes into the message form.
const feedback = document.querySelector("#feedback");
if (feedback) {
  let marked = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const text = selection ? selection.toString().trim() : "";
    if (text && !feedback.contains(selection.anchorNode)) marked = text.slice(0, 1000);
  });
  feedback.addEventListener("toggle", () => {
    const quote = feedback.querySelector("textarea[name=quote]");
    if (feedback.open && quote && !quote.value) quote.value = marked;
  });
}

// The name that a link's fragment stands for; as it is when it is not well-formed.
function named(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

// Links to a folded part open it.
function openTarget() {
  const target = location.hash && document.getElementById(named(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (fold) fold.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

// Printing needs a script, so the button only shows where one runs.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// What is painted on the body goes along with the form around it.
for (const form of document.querySelectorAll("form[data-paint]")) {
  form.addEventListener("keydown", (event) => {
    // Enter in the map's own search looks for a body part; it sends nothing.
    if (event.key === "Enter" && event.target.closest("body-map input")) event.preventDefault();
  });
  form.addEventListener("bodymap:change", (event) => {
    form.elements.cells.value = Array.from(event.detail.cells).join(",");
    const button = form.querySelector("button[type=submit][hidden], button[data-painted]");
    if (button) {
      button.dataset.painted = "";
      button.hidden = event.detail.empty;
    }
  });
}
