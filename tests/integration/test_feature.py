from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from achemap_site.authoring.feature import monday
from achemap_site.authoring.models import FeaturedPattern
from achemap_site.patterns.presenters import featured


pytestmark = pytest.mark.django_db


def test_an_editors_choice_wins_its_week(founding: Any) -> None:
    FeaturedPattern.objects.create(
        week_begins=monday(timezone.localdate()), pattern=founding
    )

    week = featured()

    assert week is not None
    assert week["id"] == "serratus-posterior-inferior"


def test_another_weeks_choice_does_not_count(founding: Any) -> None:
    usual = featured()
    FeaturedPattern.objects.create(
        week_begins=monday(timezone.localdate()) + timedelta(days=7), pattern=founding
    )

    assert featured() == usual


def test_a_week_begins_on_monday(founding: Any) -> None:
    tuesday = monday(timezone.localdate()) + timedelta(days=1)

    with pytest.raises(ValidationError):
        FeaturedPattern(week_begins=tuesday, pattern=founding).full_clean()
