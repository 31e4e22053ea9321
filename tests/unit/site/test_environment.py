from __future__ import annotations

from pathlib import Path

import pytest

from achemap.errors import BadInput
from achemap_site.config import environment as env


def test_a_missing_variable_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOP", raising=False)

    with pytest.raises(BadInput) as error:
        env.variable("SHOP", hint="set it to the shop's address")

    assert str(error.value) == (
        "environment variable SHOP: is not set (set it to the shop's address)"
    )


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("off", False)]
)
def test_switches(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("LAMP", value)

    assert env.switch("LAMP") is expected


def test_a_switch_that_is_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMP", "perhaps")

    with pytest.raises(BadInput, match="use 1 or 0"):
        env.switch("LAMP")


def test_a_local_run_makes_its_own_secret_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("ACHEMAP_ENV", raising=False)

    first = env.secret_key(tmp_path)

    assert len(first) > 40
    assert env.secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_production_needs_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("ACHEMAP_ENV", "production")

    with pytest.raises(BadInput, match="SECRET_KEY"):
        env.secret_key(tmp_path)


def test_an_unknown_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACHEMAP_ENV", "prod")

    with pytest.raises(BadInput, match="local, test or production"):
        env.is_production()


def test_sqlite_is_tuned_for_several_writers() -> None:
    database = env.database("sqlite:////data/achemap.sqlite3")

    assert database["NAME"] == "/data/achemap.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_postgresql_by_address_and_by_socket() -> None:
    by_address = env.database("postgresql://ann:p%40ss@db.example:5433/achemap")
    by_socket = env.database("postgresql://achemap@/achemap?host=/run/pg")

    assert by_address["PASSWORD"] == "p@ss"
    assert (by_address["HOST"], by_address["PORT"]) == ("db.example", "5433")
    assert by_socket["OPTIONS"] == {"host": "/run/pg"}
    assert by_socket["NAME"] == "achemap"


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "achemap.sqlite3", "sqlite://", "postgresql://host"]
)
def test_an_address_that_is_no_database(url: str) -> None:
    with pytest.raises(BadInput, match="DATABASE_URL"):
        env.database(url)


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://host", 25, False),
        ("smtp+tls://host", 587, True),
        ("smtp://host:2525", 2525, False),
    ],
)
def test_mail(url: str, port: int, tls: bool) -> None:
    mail = env.mail(url)

    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == (port, tls)


def test_an_address_that_is_no_mail_server() -> None:
    with pytest.raises(BadInput, match="MAIL_URL"):
        env.mail("pigeon://roof")
