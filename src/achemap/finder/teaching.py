"""What the text model is taught beside sayings: a pattern's own words about itself.

Title, what is felt alone, how people describe it and what sets it off, sentence by
sentence; its signs by their names; and the sentences that tell it from look-alikes
("This one …" teaches this pattern, "That one …" the other). Held-out sayings are
found clearly better with them (ADR 0007), and an author's prose makes a pattern
findable as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from achemap.finder.signs import KIND_OF
from achemap.language import Lexicon
from achemap.library import Pattern


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_FEWEST_WORDS = 4
_LEADS = {"worse": "worse with ", "better": "better with ", "onset": "it began after "}


def sentences(text: str) -> list[str]:
    """Return the sentences of a Markdown text that have four words or more."""
    plain = _LINK.sub(r"\1", text)
    parts = (part.strip() for part in _SENTENCE_END.split(plain))
    return [part for part in parts if len(part.split()) >= _FEWEST_WORDS]


def _signs(pattern: Pattern, lexicon: Lexicon) -> Iterator[str]:
    for group, signs in pattern.signs.groups().items():
        found = (lexicon.named(KIND_OF[group], name) for name in signs)
        names = [concept.name for concept in found if concept is not None]
        if names:
            yield _LEADS.get(group, "") + ", ".join(names)


def _apart(patterns: Sequence[Pattern]) -> Iterator[tuple[str, str]]:
    """Yield (pattern, sentence) of the sentences that tell look-alikes apart."""
    for pattern in patterns:
        for other in pattern.similar:
            for sentence in sentences(other.tell_apart):
                if sentence.startswith("That"):
                    yield other.pattern, sentence
                elif sentence.startswith("This"):
                    yield pattern.id, sentence


def own_words(patterns: Sequence[Pattern], lexicon: Lexicon) -> list[list[str]]:
    """Return the texts that teach each pattern, besides its sayings."""
    found: Mapping[str, list[str]] = {
        each.id: [
            each.title,
            *sentences(each.partial),
            *sentences(each.sections.describe),
            *sentences(each.sections.activate),
            *_signs(each, lexicon),
        ]
        for each in patterns
    }
    for name, sentence in _apart(patterns):
        if name in found:
            found[name].append(sentence)
    return list(found.values())
