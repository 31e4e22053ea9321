"""Settings from the environment, with errors that say what to set."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from achemap.errors import BadInput


PROJECT = Path(__file__).resolve().parents[3]

SQLITE_OPTIONS = {
    # Without IMMEDIATE two writers deadlock instead of waiting for each other.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;"
    ),
}


def variable(name: str, default: str | None = None, *, hint: str = "") -> str:
    """Return the environment variable `name`, or `default`.

    Raises BadInput, naming the variable and how to set it, when there is neither.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is not None:
        return default
    raise BadInput(
        "is not set",
        field=f"environment variable {name}",
        fix=hint or f"set it, e.g. export {name}=…",
    )


def switch(name: str, default: bool = False) -> bool:
    """Return an on/off variable; raises BadInput for anything that is neither."""
    value = variable(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadInput(
        f"“{value}” is neither on nor off",
        field=f"environment variable {name}",
        fix="use 1 or 0",
    )


def listed(name: str, default: str | None = None, *, hint: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty items."""
    value = variable(name, default, hint=hint)
    return [item.strip() for item in value.split(",") if item.strip()]


def is_production() -> bool:
    """Return whether ACHEMAP_ENV says production; anything else is a local run."""
    value = variable("ACHEMAP_ENV", "local")
    if value not in {"local", "production", "test"}:
        raise BadInput(
            f"“{value}” is not known",
            field="environment variable ACHEMAP_ENV",
            fix="use local, test or production",
        )
    return value == "production"


def var_folder() -> Path:
    """Return the folder for everything the site writes; it is made when missing."""
    folder = Path(variable("ACHEMAP_VAR", str(PROJECT / "var"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Return SECRET_KEY; a local run without one makes its own and keeps it."""
    if is_production():
        return variable(
            "SECRET_KEY",
            hint="make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    given = variable("SECRET_KEY", "")
    if given:
        return given
    file = folder / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for a `sqlite:` or `postgresql:` address.

    Raises BadInput for any other scheme and for an address without a name.
    """
    parts = urlsplit(url)
    problem: Mapping[str, str] = {"field": "environment variable DATABASE_URL"}
    if parts.scheme == "sqlite":
        name = unquote(parts.path)
        if not name.strip("/"):
            raise BadInput(
                "names no file", **problem, fix="use sqlite:////full/path.sqlite3"
            )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name.removeprefix("/") if name.startswith("//") else name,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise BadInput(
                "names no database",
                **problem,
                fix="use postgresql://user:password@host:5432/name",
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise BadInput(
        f"“{parts.scheme or url}” is not a database we know",
        **problem,
        fix="use sqlite:////full/path.sqlite3 or postgresql://user@host/name",
    )


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings for `console:` or `smtp://user:password@host:port`.

    `smtps` means TLS from the start, `smtp+tls` STARTTLS. Raises BadInput otherwise.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme in {"smtp", "smtps", "smtp+tls"} and parts.hostname:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port
            or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_TIMEOUT": 5,
        }
    raise BadInput(
        f"“{url}” is not a mail address we know",
        field="environment variable MAIL_URL",
        fix="use smtp://user:password@host:25, smtps://…, smtp+tls://… or console:",
    )
