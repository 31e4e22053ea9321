"""`achemap-site serve`: everything between an empty folder and a running site.

Django is only imported when something has to be prepared: when neither the program,
nor the library, nor the database changed since the last start, this goes straight
to the server, so that the first page is there within a few seconds.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import achemap
from achemap.errors import BadInput
from achemap_site.config import environment as env


SITE = Path(__file__).resolve().parents[1]
LIBRARY = Path(achemap.__file__).parent
BIN = Path(sys.executable).parent


def serve(arguments: list[str]) -> None:
    """Prepare what changed, then become the server. Does not return.

    `--prepare` stops before the server. Raises BadInput when the port is taken or
    the library is broken.
    """
    unknown = [one for one in arguments if one != "--prepare"]
    if unknown:
        raise BadInput(f"unknown option {unknown[0]}", fix="serve takes only --prepare")
    host, port = env.variable("HOST", "127.0.0.1"), _port()
    if not arguments:
        _refuse_taken(host, port)
    prepare(env.var_folder())
    if not arguments:
        _announce(host, port)
        _become_server(host, port)


def _port() -> int:
    value = env.variable("PORT", "8000")
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise BadInput(
            f"“{value}” is not a port",
            field="environment variable PORT",
            fix="use 1 to 65535",
        )
    return int(value)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise BadInput(f"cannot use {host}:{port}: {error.strerror}") from error
            raise BadInput(
                f"port {port} is taken by another program",
                field="environment variable PORT",
                fix=f"stop that program, or choose another: make run PORT={port + 1}",
            ) from error


# --- what has to be prepared -------------------------------------------------


def _files(*roots: Path) -> Iterator[Path]:
    for root in roots:
        for folder, below, names in os.walk(root):
            below[:] = sorted(name for name in below if name != "__pycache__")
            yield from (Path(folder) / name for name in sorted(names))


def _hash_of(*roots: Path, extra: str = "") -> str:
    """Return a hash of names, sizes and times of all files under `roots`."""
    found = hashlib.sha256(extra.encode())
    for file in _files(*roots):
        stat = file.stat()
        found.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()


def fingerprints() -> dict[str, str]:
    """Return, for each step of preparing, a text that changes when it is due again."""
    installed = " ".join(sorted(f"{d.name}={d.version}" for d in distributions()))
    database = env.variable("DATABASE_URL", "")
    migrations = [SITE / app / "migrations" for app in ("patterns", "authoring")]
    code = [SITE / "patterns", SITE / "config", LIBRARY / "library", LIBRARY / "atlas"]
    return {
        "migrate": _hash_of(*migrations, extra=installed + database),
        "load": _hash_of(LIBRARY / "data", *code, extra=database),
        "compile": _hash_of(LIBRARY, extra=installed),
        "collectstatic": _hash_of(SITE / "static", SITE / "delivery", extra=installed),
    }


STEPS = {
    "migrate": ("Preparing the database …", ["migrate", "--verbosity", "0"]),
    "load": ("Loading the library …", ["load"]),
    "compile": ("Compiling the finder …", ["compile"]),
    "collectstatic": (
        "Collecting styles and scripts …",
        ["collectstatic", "--noinput", "--clear", "--verbosity", "0"],
    ),
}


def prepare(folder: Path) -> list[str]:
    """Run the steps that are due; return their names.

    Raises BadInput when one fails: what it printed has said why.
    """
    state = folder / "prepared.json"
    done = _read_state(state)
    lost = _lost(folder)
    now = fingerprints()
    due = [step for step in STEPS if done.get(step) != now[step] or step in lost]
    for step in due:
        words, command = STEPS[step]
        _say(words)
        result = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "achemap_site.manage", *command], check=False
        )
        if result.returncode:
            raise BadInput(f"{step} failed", fix="the lines above say why")
        done[step] = now[step]
        state.write_text(json.dumps(done), encoding="utf-8")
    return due


def _read_state(file: Path) -> dict[str, str]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _lost(folder: Path) -> set[str]:
    """Return the steps whose result is no longer there."""
    lost = set()
    if (
        not env.variable("DATABASE_URL", "")
        and not (folder / "achemap.sqlite3").exists()
    ):
        lost |= {"migrate", "load"}
    if not (folder / "static-built" / "staticfiles.json").exists():
        lost.add("collectstatic")
    return lost


# --- the server --------------------------------------------------------------


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _announce(host: str, port: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    _say(f"\n  Achemap is at   http://{shown}:{port}/")
    _say(f"  To write:       {_shown(BIN / 'achemap-site')} createsuperuser")
    _say(f"                  then log in at http://{shown}:{port}/admin/")
    _say("  To stop:        Ctrl-C\n")


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _become_server(host: str, port: int) -> None:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:achemap_site.config.gunicorn_conf",
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "achemap_site.config.wsgi:application",
    ]
    os.execv(sys.executable, command)  # noqa: S606 - becomes the server, no shell
