from __future__ import annotations

import pytest
from django.db import connection, transaction


pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="settings of SQLite"
)


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@only_sqlite
def test_sqlite_writes_ahead_and_waits() -> None:
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 1
    assert pragma("busy_timeout") == 20_000


@only_sqlite
@pytest.mark.django_db(transaction=False)
def test_sqlite_transactions_take_the_write_lock_at_once() -> None:
    assert connection.transaction_mode == "IMMEDIATE"
    with transaction.atomic():
        assert connection.in_atomic_block
