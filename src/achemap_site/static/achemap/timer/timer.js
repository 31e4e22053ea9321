// A timer under each timed step: start, pause, start again. Words are read aloud by
// screen readers when the phase changes, not every second.
import { at, clock, phases } from "./phases.js";

const WORDS = {
  start: "Start the timer",
  pause: "Pause",
  resume: "Go on",
  restart: "Once more",
  ready: "Get ready",
  hold: "Hold",
  change: "Change sides",
  again: "Rest, then again",
  done: "Done",
  round: (round, times) => `round ${round} of ${times}`,
  side: ["", "first side", "other side"],
};

function says(phase, times) {
  const parts = [WORDS[phase.kind]];
  if (phase.kind === "hold" && WORDS.side[phase.side]) parts.push(WORDS.side[phase.side]);
  if (phase.kind === "hold" && times > 1) parts.push(WORDS.round(phase.round, times));
  return parts.join(", ");
}

function mount(box) {
  const times = Number(box.dataset.times);
  const list = phases(Number(box.dataset.seconds), times, box.dataset.sides);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
  const face = document.createElement("span");
  const words = document.createElement("span");
  face.className = "face";
  words.setAttribute("role", "status");
  box.append(button, face, words);

  let spent = 0;
  let since = null;
  let said = "";
  let ticking = 0;

  const elapsed = () => spent + (since === null ? 0 : (performance.now() - since) / 1000);

  function show() {
    const now = at(list, elapsed());
    const text = now ? says(now.phase, times) : WORDS.done;
    face.textContent = now ? clock(now.left) : "";
    if (text !== said) {
      words.textContent = said = text;
      if (navigator.vibrate) navigator.vibrate(now ? 120 : [200, 100, 200]);
    }
    if (!now) stop(WORDS.restart, 0);
  }

  function stop(label, keep) {
    clearInterval(ticking);
    spent = keep;
    since = null;
    button.textContent = label;
  }

  button.textContent = WORDS.start;
  button.addEventListener("click", () => {
    if (since !== null) return stop(WORDS.resume, elapsed());
    since = performance.now();
    button.textContent = WORDS.pause;
    ticking = setInterval(show, 200);
    show();
  });
  box.hidden = false;
}

for (const box of document.querySelectorAll("[data-timer]")) mount(box);
