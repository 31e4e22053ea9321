"""The whole integration suite once more, on PostgreSQL when a server can be reached."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


HERE = Path(__file__).parent
SERVER = os.environ.get("DATABASE_URL_POSTGRES", "")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(
        not SERVER and os.environ.get("CI") != "true",
        reason="DATABASE_URL_POSTGRES names no server",
    ),
]


def test_everything_holds_on_postgresql() -> None:
    assert SERVER, (
        "with CI=true a PostgreSQL server is needed: set DATABASE_URL_POSTGRES"
    )

    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-m",
            "not postgres",
            "-p",
            "no:cacheprovider",
            str(HERE),
        ],
        env={**os.environ, "DATABASE_URL": SERVER},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
