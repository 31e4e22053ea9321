"""The body map in a real Chromium: `python bench/bodymap.py [ADDRESS] [--runs N]`.

Prints bytes until the body is seen and until it can be painted on, the time from a
stroke to the words under the map, and the time to turn the body, all with the
processor slowed down four times; medians, with their ratio to the target.
Without ADDRESS a site is prepared and served from `build/bench-site`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright


PROJECT = Path(__file__).resolve().parents[1]
SLOWER = 4
# A middling phone network: 1.6 Mbit/s down, 0.75 up, 150 ms.
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
PHONE = {"width": 390, "height": 844}
# Tells, in milliseconds since 1970, when the body is first on the screen, and when
# it can be painted on.
WATCH = """
  window.seen = {};
  const look = () => {
    const picture = document.querySelector("body-map img");
    const now = performance.timeOrigin + performance.now();
    if (picture?.complete && picture.naturalWidth) window.seen.body ??= now;
    if (document.querySelector("body-map[data-ready]")) window.seen.ready ??= now;
    if (!window.seen.ready) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""
STROKE = """async () => {
  const stage = document.querySelector(".bm-stage");
  stage.setPointerCapture = () => {};
  const box = stage.getBoundingClientRect();
  const times = [];
  const send = (kind, x, y) => {
    const event = new PointerEvent(kind, {pointerId: 5, pointerType: "touch",
      isPrimary: true, bubbles: true, clientX: box.left + x * box.width,
      clientY: box.top + y * box.height});
    const words = document.querySelector(".bm-words").textContent;
    const begin = performance.now();
    stage.dispatchEvent(event);
    const took = performance.now() - begin;
    if (document.querySelector(".bm-words").textContent !== words) times.push(took);
  };
  for (let stroke = 0; stroke < 6; stroke += 1) {
    const x = 0.4 + stroke * 0.04;
    send("pointerdown", x, 0.2);
    for (let step = 1; step < 20; step += 1) {
      await new Promise(requestAnimationFrame);
      send("pointermove", x + 0.01 * Math.sin(step), 0.2 + step * 0.009);
    }
    send("pointerup", x, 0.38);
  }
  return times;
}"""
TURN = """async (name) => {
  const button = document.querySelector(`button[data-plate="${name}"]`);
  const begin = performance.now();
  button.click();
  while (document.querySelector(".bm-stage").dataset.plate !== name) {
    await new Promise((done) => setTimeout(done));
  }
  await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
  return performance.now() - begin;
}"""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve a prepared site as readers get it, compressed and hashed."""
    folder = PROJECT / "build" / "bench-site"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"ACHEMAP_VAR": str(folder), "PORT": str(port), "WORKERS": "1"}
    command = [sys.executable, "-m", "achemap_site.manage", "serve"]
    server = subprocess.Popen(
        command, env=os.environ | given, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310
                break
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)


class Traffic:
    """Counts bytes on the wire: headers and bodies, as they come in."""

    def __init__(self, session: CDPSession) -> None:
        self.pieces: list[tuple[float, int, str]] = []
        self.names: dict[str, str] = {}
        self.offset = 0.0
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.dataReceived", self._data)
        session.on("Network.responseReceived", self._head)
        session.on("Network.loadingFinished", self._end)

    def _sent(self, event: dict[str, Any]) -> None:
        self.names[event["requestId"]] = event["request"]["url"]
        self.offset = event["wallTime"] - event["timestamp"]

    def _head(self, event: dict[str, Any]) -> None:
        size = event["response"]["encodedDataLength"]
        self.pieces.append((event["timestamp"], int(size), event["requestId"]))

    def _data(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        self.pieces.append((event["timestamp"], size, event["requestId"]))

    def _end(self, event: dict[str, Any]) -> None:
        request, known = event["requestId"], 0
        for _, size, name in self.pieces:
            known += size if name == request else 0
        rest = int(event["encodedDataLength"]) - known
        self.pieces.append((event["timestamp"], max(rest, 0), request))

    def until(self, moment_ms: float) -> dict[str, int]:
        """Return the bytes of each address that had come by a moment."""
        found: dict[str, int] = {}
        for at, size, request in self.pieces:
            if (at + self.offset) * 1000 <= moment_ms:
                name = self.names.get(request, "?").rpartition("/static/")[2]
                found[name] = found.get(name, 0) + size
        return found


def slowed(browser: Browser, network: bool) -> tuple[Page, Traffic, CDPSession]:
    """Return a new page on a phone whose processor is four times slower."""
    page = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if network:
        session.send("Network.emulateNetworkConditions", NETWORK)
    page.add_init_script(WATCH)
    return page, Traffic(session), session


def first_paint(browser: Browser, address: str) -> tuple[dict[str, int], int, float]:
    """Return bytes by file until the body is seen, bytes until ready, and that time."""
    page, traffic, _ = slowed(browser, network=True)
    page.goto(f"{address}/", wait_until="commit")
    page.wait_for_selector("body-map[data-ready]", state="attached", timeout=60_000)
    page.wait_for_timeout(300)
    seen = page.evaluate("window.seen")
    began = page.evaluate("performance.timeOrigin")
    page.context.close()
    whole = sum(traffic.until(seen["ready"]).values())
    return traffic.until(seen["body"]), whole, seen["body"] - began


def painted(browser: Browser, address: str) -> list[float]:
    """Return the ms of each step of some strokes, until the words have changed."""
    page, _, _ = slowed(browser, network=False)
    page.goto(f"{address}/")
    page.wait_for_selector("body-map[data-ready]", timeout=60_000)
    page.locator(".bm-stage").scroll_into_view_if_needed()
    times: list[float] = page.evaluate(STROKE)
    page.context.close()
    return times


def turned(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Return the ms of turning the body: to views not seen before, and back again."""
    page, _, _ = slowed(browser, network=False)
    page.goto(f"{address}/")
    page.wait_for_selector("body-map[data-ready]", timeout=60_000)
    page.evaluate(STROKE)
    fresh = [page.evaluate(TURN, name) for name in ("front", "left", "right")]
    again = [page.evaluate(TURN, name) for name in ("back", "front", "right")]
    page.context.close()
    return fresh, again


def line(label: str, value: float, target: float, unit: str) -> None:
    """Print a figure beside its target."""
    print(
        f"{label:48} {value:8.1f} {unit:3} target {target:g} {unit} x{value / target:.2f}"
    )


def report(browser: Browser, address: str, runs: int) -> None:
    """Measure everything, several times, and print medians."""
    firsts = [first_paint(browser, address) for _ in range(runs)]
    files = sorted(firsts, key=lambda each: sum(each[0].values()))[runs // 2][0]
    line("until the body is seen", sum(files.values()) / 1000, 150, "kB")
    for name, size in sorted(files.items(), key=lambda pair: -pair[1]):
        print(f"    {size / 1000:7.1f} kB  {name[-60:]}")
    whole = statistics.median(each[1] for each in firsts) / 1000
    print(f"{'until it can be painted on':48} {whole:8.1f} kB")
    seen = statistics.median(each[2] for each in firsts)
    print(f"{'the body is seen after (1.6 Mbit/s, 150 ms)':48} {seen:8.0f} ms")
    strokes = [painted(browser, address) for _ in range(runs)]
    steps = [each for run in strokes for each in run]
    line("step of a stroke to updated words", statistics.median(steps), 8, "ms")
    line("  19 of 20 steps within", statistics.quantiles(steps, n=20)[-1], 8, "ms")
    turns = [turned(browser, address) for _ in range(runs)]
    for label, at in (("not seen before", 0), ("seen before", 1)):
        took = [each for run in turns for each in run[at]]
        line(f"turn to a view {label}", statistics.median(took), 100, "ms")
        line("  the quickest, least held up by other work", min(took), 100, "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?", help="a running site")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    path = os.environ.get("ACHEMAP_CHROMIUM") or shutil.which("chromium")
    at = (
        contextlib.nullcontext(given.address.rstrip("/")) if given.address else served()
    )
    with at as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        print(
            f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f},"
            f" Chromium {browser.version}, processor slowed {SLOWER} times, {given.runs} runs"
        )
        report(browser, address, given.runs)
        browser.close()


if __name__ == "__main__":
    main()
