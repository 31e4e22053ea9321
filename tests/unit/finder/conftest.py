"""A small bundle for the finder's tests: two dozen patterns of the library."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from achemap import atlas
from achemap.finder.compiling import tables_of
from achemap.finder.stored import Bundle, settings_of
from achemap.language import load_lexicon
from achemap.library import load


WANTED = (
    "serratus-posterior-inferior",
    "iliocostalis-lumborum",
    "iliocostalis-thoracis",
    "quadratus-lumborum",
    "latissimus-dorsi",
    "levator-scapulae",
    "rhomboids",
    "infraspinatus",
    "supraspinatus",
    "teres-minor",
    "sternocleidomastoid-sternal",
    "trapezius-upper",
    "splenius-capitis",
    "masseter-superficial-upper",
    "temporalis-anterior",
    "rectus-femoris",
    "vastus-medialis-lower",
    "gluteus-minimus-front",
    "piriformis",
    "soleus-heel",
    "brachioradialis",
    "supinator",
    "pectoralis-minor",
    "serratus-anterior",
)


@pytest.fixture(scope="session")
def small_library():
    library = load()
    kept = {name: library.patterns[name] for name in sorted(WANTED)}
    return msgspec.structs.replace(library, patterns=kept)


@pytest.fixture(scope="session")
def bundle(small_library):
    lexicon = load_lexicon()
    settings = replace(settings_of(), rounds=25)
    return Bundle(
        "test", tables_of(small_library, lexicon, atlas.load(), settings), lexicon
    )
