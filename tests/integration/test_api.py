from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client


pytestmark = pytest.mark.django_db

TEXT = "aching and burning over my kidneys, worse when I cough"


def post(client: Client, address: str, given: object) -> Any:
    return client.post(address, given, content_type="application/json")


def test_patterns_are_listed(client: Client) -> None:
    listed = client.get("/api/v1/patterns").json()

    founding = next(one for one in listed if one["id"] == "serratus-posterior-inferior")
    assert founding["url"] == "/patterns/aching-and-burning-in-the-mid-back/"


def test_a_pattern_comes_without_the_self_care_behind_the_screen(
    client: Client,
) -> None:
    pattern = client.get("/api/v1/patterns/serratus-posterior-inferior").json()

    assert pattern["zones"]
    assert set(pattern["care"]) == {"avoid", "see-someone"}
    assert "relief" not in pattern["sections"]


@pytest.mark.parametrize(
    "address", ["/api/v1/patterns/nothing", "/api/v1/regions/nothing"]
)
def test_an_unknown_name_is_not_found(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "nothing" in response.json()["detail"]


def test_a_region_lists_what_reaches_it(client: Client) -> None:
    region = client.get("/api/v1/regions/kidney-angle").json()

    assert "serratus-posterior-inferior" in [
        one["pattern"] for one in region["patterns"]
    ]


def test_find_ranks_and_screens(client: Client) -> None:
    answer = post(client, "/api/v1/find", {"text": TEXT}).json()

    assert answer["results"][0]["pattern"] == "serratus-posterior-inferior"
    assert answer["results"][0]["because"]
    assert answer["triage"]["disposition"] == "incomplete"


def test_triage_says_doctor_first_without_a_kidney_check(client: Client) -> None:
    open_ = post(client, "/api/v1/triage", {"text": TEXT}).json()
    no = post(
        client, "/api/v1/triage", {"text": TEXT, "answers": {"kidney-checked": "no"}}
    ).json()

    assert open_["disposition"] == "incomplete"
    assert "kidney-checked" in [one["id"] for one in open_["ask"]]
    assert no["disposition"] == "doctor_first"


@pytest.mark.parametrize(
    "given",
    [
        {"text": TEXT, "age": 400},
        {"text": TEXT, "answers": {"nothing-known": "yes"}},
        {"text": TEXT, "regions": ["the moon"]},
        {"text": 3},
        {"text": TEXT, "cells": ["x"]},
    ],
)
@pytest.mark.parametrize("address", ["/api/v1/triage", "/api/v1/find"])
def test_bad_input_is_refused_in_words(
    client: Client, address: str, given: dict[str, Any]
) -> None:
    response = post(client, address, given)

    assert response.status_code == 422
    assert response.json()["detail"]


def test_what_was_typed_is_never_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, "/api/v1/find", {"text": "my very own secret ache"})
        client.post("/find/", {"text": "my very own secret ache", "step": "about"})

    assert "secret" not in caplog.text
