from __future__ import annotations

import socket

import pytest

from achemap.errors import BadInput
from achemap_site.config import serving


def test_a_taken_port_is_said_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(BadInput, match=f"make run PORT={port + 1}"):
            serving._refuse_taken("127.0.0.1", port)


@pytest.mark.parametrize("value", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORT", value)

    with pytest.raises(BadInput, match="use 1 to 65535"):
        serving._port()


def test_an_unknown_option() -> None:
    with pytest.raises(BadInput, match="--fast"):
        serving.serve(["--fast"])


def test_fingerprints_stay_while_nothing_changes() -> None:
    assert serving.fingerprints() == serving.fingerprints()
    assert serving.fingerprints().keys() == serving.STEPS.keys()
