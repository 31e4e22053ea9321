// The preview for a bodyworker: all that is folded is open, the notes are in sight.
for (const fold of document.querySelectorAll("details")) fold.open = true;
const notes = () => document.getElementById("therapy")?.scrollIntoView();
notes();
// Pictures that come later move what is below them.
addEventListener("load", notes);
