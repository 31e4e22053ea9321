"""Browser tests: a real server on a copy of the prepared site, and Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


EDITOR = ("editor", "a-long-enough-word")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Look at pages as on a phone."""
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}}


@dataclass(frozen=True)
class Site:
    """A running site: its address, the name and password of an editor, its variables."""

    url: str
    editor: tuple[str, str]
    environment: dict[str, str]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            pytest.fail(f"the server ended: {server.communicate()[0]}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within 120 s")


@pytest.fixture(scope="session")
def site(prepared_site: Path, tmp_path_factory: Any) -> Iterator[Site]:
    """A server on its own copy of the database, started as `make run` does."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(prepared_site, folder, dirs_exist_ok=True)
    port = _free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ACHEMAP_WORDS"}
    }
    environment = kept | {
        "ACHEMAP_VAR": str(folder),
        "PORT": str(port),
        "FEEDBACK_SECONDS": "0",
        "REFRESH_FINDER": "0",  # half a minute of work for every publication
        "MAIL_URL": "smtp://127.0.0.1:9",  # nobody listens there: mail is down
        "WORKERS": "1",
        "DJANGO_SUPERUSER_PASSWORD": EDITOR[1],
    }
    command = [sys.executable, "-m", "achemap_site.manage"]
    subprocess.run(
        [
            *command,
            "createsuperuser",
            "--noinput",
            "--username",
            EDITOR[0],
            "--email",
            "editor@example.org",
        ],
        env=environment,
        check=True,
        capture_output=True,
    )
    server = subprocess.Popen(
        [*command, "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/healthz", server)
        yield Site(url, EDITOR, environment)
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(autouse=True)
def quiet_console(page: Any) -> Iterator[None]:
    """Fail a test whose page logs an error: a script, a policy, a missing file."""
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type == "error" else None
        ),
    )
    yield
    # A page that is not there, or a form with a mistake, is logged as such.
    real = [
        text
        for text in problems
        if "status of 404" not in text and "status of 422" not in text
    ]
    assert real == []
