"""What tests of several kinds share. The core's tests use none of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


OLD_FIXTURE = "ignore:Session-scoped fixtures defined as instance methods"
PROJECT = Path(__file__).resolve().parents[1]


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    }
    return kept | {"ACHEMAP_VAR": str(folder), "LOG_LEVEL": "ERROR"}


@pytest.fixture(scope="session")
def prepared_site() -> Path:
    """A folder with a migrated SQLite database, the library loaded, and static files.

    It is kept between runs: `serve --prepare` does again only what changed. A change
    of the migrations begins a new one.
    """
    migrations = sorted((PROJECT / "src" / "achemap_site").glob("*/migrations/0*.py"))
    texts = b"".join(file.read_bytes() for file in migrations)
    folder = PROJECT / "build" / f"test-site-{hashlib.sha256(texts).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    # Another run may prepare it too.
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = subprocess.run(
            [sys.executable, "-m", "achemap_site.manage", "serve", "--prepare"],
            env=_environment(folder),
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def _chromium() -> str | None:
    given = os.environ.get("ACHEMAP_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return given or next(
        (found for name in names if (found := shutil.which(name))), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a browser, and skip it where there is no Chromium."""
    absent = _chromium() is None and os.environ.get("CI") != "true"
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            # A fixture of pytest-base-url, which pytest-playwright brings along.
            item.add_marker(pytest.mark.filterwarnings(OLD_FIXTURE))
            if absent:
                item.add_marker(pytest.mark.skip(reason="no Chromium here"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start Debian's Chromium without anything that phones home."""
    path = _chromium()
    assert path, "browser tests need Chromium (Debian: apt-get install chromium)"
    return {
        "executable_path": path,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
