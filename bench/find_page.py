"""Speed of the live find page in a browser; run by hand: `python bench/find_page.py`.

Prints, asserts nothing. Needs Chromium and a running site: give its address, e.g.
`python bench/find_page.py http://127.0.0.1:8000`. Times are medians over many rounds
of what the page does after a stroke or a letter: screen, rank and redraw. The same is
done with the processor slowed down four times (Chromium's own throttling).
"""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import sys
import urllib.request

from playwright.sync_api import Page, sync_playwright


SITE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
TEXT = "aching and burning over my kidneys, worse when I cough or sit in a chair"
THROTTLED = 4
# (what, limit at full speed, limit slowed down four times), in ms
LIMITS = {"stroke": (4, 16), "letter": (4, 16)}

WORK = """async ([base, text, rounds]) => {
  const module = (name) => import(new URL(name, document.baseURI));
  const own = [...document.scripts].find(({ src }) => src.includes("find-page")).src;
  const from = (await (await fetch(own)).text()).matchAll(/from "\\.\\/([\\w.-]+)"/g);
  const at = Object.fromEntries([...from].map(([, name]) => [name.split(".")[0], new URL(name, own).href]));
  const [{ Device }, { screenOf }, { corrected }, { find }] = await Promise.all(
    ["device", "danger", "correcting", "scoring"].map((name) => import(at[name])));
  const device = new Device(base);
  await device.all();
  const about = { age: null, sex: null, painted: [], answers: {} };
  const once = (given) => {
    const { complaint } = corrected(given, device.lexicon, new Set());
    screenOf(complaint, about, device);
    return find(complaint, device.tables, 5);
  };
  const given = (own, cells) => ({ text: own, cells, regions: [], answers: {} });
  const cells = (round) => Array.from({ length: 40 + 3 * round }, (_, each) => 4000 + 7 * round + each);
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const timed = (work) => {
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      work(round);
      times.push(performance.now() - start);
    }
    return [median(times), times[Math.floor(times.length * 0.95)]];
  };
  timed((round) => once(given(text, cells(round))));
  return {
    stroke: timed((round) => find(corrected(given("", cells(round)), null, new Set()).complaint, device.tables, 5)),
    "stroke and words": timed((round) => once(given(text, cells(round)))),
    letter: timed((round) => once(given(text.slice(0, 12 + (round % (text.length - 12))), []))),
  };
}"""

SHOWN = """async (rounds) => {
  const list = document.querySelector('[data-mount="finder"] .stack');
  const form = document.querySelector("form[data-finder]");
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const cells = Array.from({ length: 40 + 3 * round }, (_, each) => 4000 + 7 * round + each);
    const places = [];
    const begin = await new Promise((tell) => requestAnimationFrame(() => tell(performance.now())));
    const done = new Promise((tell) => {
      const watch = new MutationObserver(() => { watch.disconnect(); tell(performance.now()); });
      watch.observe(list, { childList: true });
    });
    form.dispatchEvent(new CustomEvent("bodymap:change", { detail: { cells, places, encoded: "x", empty: false } }));
    const frame = await new Promise((tell) => requestAnimationFrame(tell));
    times.push(await done - Math.max(begin, frame));
  }
  times.sort((a, b) => a - b);
  return [times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
}"""


def chromium() -> str:
    """Return the browser's path."""
    found = os.environ.get("ACHEMAP_CHROMIUM") or shutil.which("chromium")
    if not found:
        sys.exit("bench/find_page.py: needs Chromium")
    return found


def weigh(page: Page) -> None:
    """Print what is loaded before painting works, and before words are understood."""
    loaded: dict[str, int] = {}

    def note(url: str) -> None:
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - ours
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            held = answer.read()
            packed = answer.headers.get("Content-Encoding") or url.endswith(
                (".woff2", ".webp", ".png")
            )
            loaded[url] = len(held) if packed else len(gzip.compress(held, 9))

    seen: list[str] = []
    page.on("request", lambda one: seen.append(one.url))
    page.goto(f"{SITE}/find/")
    page.locator("body-map[data-ready]").wait_for()
    page.wait_for_load_state("networkidle")
    base = page.locator('[data-mount="finder"]').get_attribute("data-bundle")
    kinds = {
        "before painting works": [
            *seen,
            f"{SITE}{base}core.json",
            f"{SITE}{base}cells.bin",
        ],
        "of it the finder": [f"{SITE}{base}core.json", f"{SITE}{base}cells.bin"],
        "more for words": [
            f"{SITE}{base}{name}" for name in ("words.json", "words.bin")
        ],
        "safety rules": [f"{SITE}{base}danger.json"],
        "to compare": [f"{SITE}{base}apart.json"],
    }
    for what, urls in kinds.items():
        for url in urls:
            if url not in loaded:
                note(url)
        total = sum(loaded[url] for url in dict.fromkeys(urls))
        print(f"{what:28}{total / 1000:8.1f} kB gzipped, {len(set(urls))} files")


def measure(page: Page, slow: int) -> dict[str, list[float]]:
    """Return median and 95th percentile of each kind of work, in ms."""
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    base = page.locator('[data-mount="finder"]').get_attribute("data-bundle")
    rounds = 200 // slow
    found: dict[str, list[float]] = page.evaluate(WORK, [base, TEXT, rounds])
    found["stroke, with redraw"] = page.evaluate(SHOWN, rounds)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    client.detach()
    return found


def main() -> None:
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, Chromium {browser.version}"
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        weigh(page)
        page.get_by_label("In your own words").fill(TEXT)
        page.locator(".ranked > li").first.wait_for()
        full, slow = measure(page, 1), measure(page, THROTTLED)
        print(
            f"{'ms, median (95 %)':28}{'full speed':>18}{'slowed 4 times':>20}   ratio"
        )
        for what, (median, high) in full.items():
            own, other = slow[what]
            limit = LIMITS.get(what)
            told = f"   limits {limit[0]} and {limit[1]} ms" if limit else ""
            print(
                f"{what:28}{median:8.2f} ({high:6.2f}) {own:10.2f} ({other:6.2f})"
                f"{own / max(median, 1e-9):8.1f}{told}"
            )
        browser.close()


if __name__ == "__main__":
    main()
