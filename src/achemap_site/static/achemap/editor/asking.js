// This module has no DOM access.
// Asks the server; one line of what is wrong becomes a Problem.

export class Problem extends Error {}

/** Returns what to show for an error; `noAnswer` when the server did not say it itself. */
export function shown(error, noAnswer) {
  return error instanceof Problem ? error.message : `${noAnswer} (${error.message})`;
}

/** Puts values into the braces of a text: filled("{count} words", {count: 3}). */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Sends data as JSON and returns the answer. Throws Problem with the server's words, Error without. */
export async function send(address, data, token, signal) {
  const response = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(data),
    signal,
  });
  return read(response);
}

export async function read(response) {
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`HTTP ${response.status}`);
  }
  if (!response.ok) throw answer.problem ? new Problem(answer.problem) : new Error(`HTTP ${response.status}`);
  return answer;
}

const held = new Map();

/** Returns the records of a kind; asked for once, again after `forget`. */
export function records(address, kind) {
  if (!held.has(kind)) {
    const asked = fetch(`${address}${kind}/`, { credentials: "same-origin" })
      .then(read)
      .then((answer) => answer.records);
    asked.catch(() => held.delete(kind));
    held.set(kind, asked);
  }
  return held.get(kind);
}

export function forget(kind) {
  held.delete(kind);
}

/** Returns the records whose title, id or other words hold every word of a query. */
export function matching(list, query, most = 12) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  for (const each of list) {
    const title = each.title.toLowerCase();
    const all = `${title} ${each.id} ${each.note ?? ""} ${each.more ?? ""}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    const rank = words.length && title.startsWith(words[0]) ? 0 : words.every((word) => title.includes(word)) ? 1 : 2;
    found.push([rank, each]);
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.slice(0, most).map(([, each]) => each);
}
