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

// Links to a folded part open it.
function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
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
