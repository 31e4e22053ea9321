// Keeps the formatting of what is pasted, beside the plain text that is shown.

import { filled } from "./asking.js";

const post = document.getElementById("paste-post");
const html = document.getElementById("paste-html");
const plain = document.getElementById("paste-plain");
const note = document.getElementById("paste-note");

post?.addEventListener("paste", (event) => {
  const rich = event.clipboardData?.getData("text/html");
  if (!rich || post.value.trim()) return;
  event.preventDefault();
  // Parsed without being shown: nothing in it runs or loads.
  const parsed = new DOMParser().parseFromString(rich, "text/html");
  const text = event.clipboardData.getData("text/plain") || parsed.body.textContent;
  post.value = text;
  html.value = parsed.body.innerHTML;
  plain.value = text;
  const count = (name) => parsed.body.querySelectorAll(name).length;
  note.textContent = filled(note.dataset.pasted, {
    headings: count("h1, h2, h3, h4, h5, h6"),
    links: count("a[href]"),
    pictures: count("img"),
  });
});
post?.addEventListener("input", () => {
  if (html.value && post.value !== plain.value) note.textContent = note.dataset.changed;
});
