"""Integration tests use Django's test client and the whole starter library.

On SQLite they start from a copy of the prepared database; on PostgreSQL (when
DATABASE_URL names one) the test database is migrated and loaded once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _on_sqlite() -> bool:
    from django.conf import settings

    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="session")
def django_db_keepdb(_on_sqlite: bool) -> bool:
    """Start from the copy instead of an empty database."""
    return _on_sqlite


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """Never delete the copy first."""
    return False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    _on_sqlite: bool, request: pytest.FixtureRequest, tmp_path_factory: Any
) -> None:
    """Point the test database at a copy of the prepared one."""
    from django.conf import settings

    if _on_sqlite:
        prepared: Path = request.getfixturevalue("prepared_site")
        copy = tmp_path_factory.mktemp("database") / "achemap.sqlite3"
        shutil.copy(prepared / "achemap.sqlite3", copy)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, _on_sqlite: bool
) -> None:
    """Load the library where the database does not come with it."""
    if not _on_sqlite:
        from achemap.library.loading import STARTER
        from achemap_site.patterns.actions import load_library

        with django_db_blocker.unblock():
            load_library(root=STARTER)


@pytest.fixture(scope="session")
def _writable(tmp_path_factory: Any) -> Path:
    return tmp_path_factory.mktemp("written")


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any, _writable: Path) -> None:
    settings.STATIC_ROOT = str(_writable)
    settings.MEDIA_ROOT = str(_writable / "media")
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.FEEDBACK_SECONDS = 0
    settings.REFRESH_FINDER = False


@pytest.fixture(autouse=True)
def _fresh_catalogue() -> Iterator[None]:
    """Tests roll back what they published; what is held in memory must follow."""
    from achemap_site.patterns import catalogue

    catalogue.forget()
    yield
    catalogue.forget()


@pytest.fixture
def founding() -> Any:
    """The page of the founding pattern."""
    from achemap_site.patterns.models import PatternPage

    return PatternPage.objects.get(record_id="serratus-posterior-inferior")
