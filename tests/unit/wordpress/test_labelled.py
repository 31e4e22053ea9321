"""Sections of hand-labelled old posts: at least 95 of 100 parts go where they belong."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from achemap.wordpress import convert_post


def _beside(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"wordpress_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


labelled = _beside("labelled")
POSTS = list(labelled.read())


def test_there_are_enough_posts_of_every_generation() -> None:
    assert len(POSTS) >= 60
    wanted = {"G0", "G1", "G1b", "G1s", "G2", "G2b", "G2c", "G3", "S0", "S1", "S2", "S3", "T1", "T2"}  # fmt: skip
    assert wanted <= {each.generation for each in POSTS}


def test_parts_stand_in_the_section_an_editor_would_choose() -> None:
    wrong = []
    total = 0
    for post in POSTS:
        for part, section in labelled.judged(post):
            total += 1
            if section != part.section:
                wrong.append(f"{post.title}: {part.source[:60]} -> {section}")

    assert len(wrong) <= 0.05 * total, "\n".join(wrong)


@pytest.mark.parametrize("family", ["G0", "G1", "G2", "G3", "S", "T", "other"])
def test_no_generation_is_left_behind(family: str) -> None:
    judged = [
        part.section == section
        for post in POSTS
        if post.generation.startswith(family)
        for part, section in labelled.judged(post)
    ]

    assert sum(judged) >= 0.9 * len(judged)


def test_kind_and_generation_are_known() -> None:
    right = 0
    for post in POSTS:
        done = convert_post(post.post, {})
        right += (done.kind, done.generation) == (post.kind, post.generation)

    assert right >= 0.95 * len(POSTS)


@pytest.mark.parametrize("post", POSTS, ids=lambda each: each.title)
def test_nothing_of_a_labelled_post_is_lost(post: object) -> None:
    done = convert_post(post.post, {})  # type: ignore[attr-defined]

    assert done.report.is_complete, done.report.lost_words
