"""Reading grade of plain prose."""

from __future__ import annotations

import re


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*_`#>]+")
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n\s*\n|\n\s*[-*]\s")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")


def plain(markdown: str) -> str:
    """Return Markdown without links, emphasis and heading marks."""
    return _MARKUP.sub("", _LINK.sub(r"\1", markdown))


def syllables(word: str) -> int:
    """Estimate the syllables of an English word: vowel groups less silent endings."""
    word = word.lower().strip("'’-")
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(1, count)


def reading_grade(markdown: str) -> float:
    """Return the Flesch-Kincaid grade of the text; 0 for fewer than 20 words.

    0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid 1975).
    """
    text = plain(markdown)
    words = _WORD.findall(text)
    if len(words) < 20:
        return 0.0
    sentences = max(1, len([s for s in _SENTENCE_END.split(text) if _WORD.search(s)]))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
