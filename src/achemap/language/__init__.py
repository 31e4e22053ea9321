"""Lay words to concepts: lexicon, spelling, negation, sides, and what is unclear."""

from achemap.language.lexicon import (
    KINDS,
    Concept,
    Kind,
    Lexicon,
    lexicon_of,
    load_lexicon,
)
from achemap.language.reading import Mention, Understood, understand


__all__ = [
    "KINDS",
    "Concept",
    "Kind",
    "Lexicon",
    "Mention",
    "Understood",
    "lexicon_of",
    "load_lexicon",
    "understand",
]
