"""What tests of several kinds share. The core's tests use none of it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest


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
    result = subprocess.run(
        [sys.executable, "-m", "achemap_site.manage", "serve", "--prepare"],
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder
