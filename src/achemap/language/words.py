"""Text to words: tokens, and the light stemming that lets inflections meet.

The same rules live in `static/achemap/language/words.js`; change both together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\n/\u2013\u2014]|(?<=\s)-(?=\s)")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_VOWEL = re.compile("[aeiouy]")
_KEEP = frozenset(
    "this his has was is does yes us bus gas plus less always perhaps pus axis "
    "pelvis sciatics series lens during nothing something anything everything "
    "ceiling evening morning building thing red bed shed sled need seed feed "
    "speed weed bleed indeed hundred".split()
)
# Words that carry no meaning for a phrase: dropped from phrases and from texts.
SKIPPED = frozenset(
    "the a an my your his her our their its of this that these those some really "
    "very quite so just bit i i'm im i've ive it's is am are was were be been me "
    "it right left own also actually kind sort".split()
)
_BREAKS = frozenset(".,;:!?()\n/\u2013\u2014-")


_FORMS = {
    form: base
    for line in (
        "lie lying lay laid|tie tying|die dying|ice icing iced|use using|ache achy "
        "aching|wake woke woken waking awake|break broke broken|throw threw thrown|"
        "drive drove driven|ride rode ridden|run ran|sit sat|stand stood|swim swam "
        "swum|write wrote written|bend bent|lift lifted|fall fell fallen|sleep slept|"
        "carry carried|wear wore worn|swing swung|hold held|bite bit bitten|eat ate "
        "eaten|tear tore torn|shake shook shaken|kneel knelt|lean leant|strike struck|"
        "hit hitting|dig dug|catch caught|sting stung|spread spreading|shoot shot|"
        "feel felt|begin began begun|come came|go went gone|get got gotten|give gave "
        "given|take took taken|bring brought|swell swollen|foot feet|tooth teeth|"
        "calf calves|arm arms|keep kept|drink drank|speak spoke spoken|creep crept|"
        "hang hung|grind ground|stick stuck|build built|rise rose risen|wind wound|"
        "buy bought|think thought|tell told|say said|see saw seen|know knew known|"
        "tingle tingly|itch itchy|stiff stiffness|sore soreness|numb numbness|"
        "tender tenderness|tight tightness|weak weakness|heavy heaviness|"
        "dizzy dizziness|tense tension|throb throbby|cramp crampy|prickle prickly|"
        "swell swelling|stretch stretchy|drink drunk|type typing"
    ).split("|")
    for base, *forms in [line.split()]
    for form in forms
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: `text` lower case, `stem`, and where it stood (offsets)."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        """True for punctuation and line ends."""
        return self.text in _BREAKS


def _undouble(stem: str) -> str:
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiouslz":
        return stem[:-1]
    return stem


def _strip_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def stem(word: str) -> str:
    """Return the stem that inflections of `word` (lower case) share.

    Light on purpose: plural, possessive, -ing, -ed and a final e; nothing that
    would join words of different meaning.
    """
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    word = _FORMS.get(word, word)
    if len(word) < 4 or word in _KEEP:
        return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    word = _strip_plural(word)
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if (
            word.endswith(suffix)
            and len(base) > 2
            and word not in _KEEP
            and _VOWEL.search(base)
            and not word.endswith("eed")
        ):
            word = _undouble(base)
            break
    if len(word) > 3 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    return word


def tokens(text: str) -> list[Token]:
    """Return the words and marks of `text` in order, with offsets into it."""
    plain = text.translate(_QUOTES)
    found = []
    for match in _TOKEN.finditer(plain):
        word = match.group().lower()
        found.append(Token(word, stem(word), match.start(), match.end()))
    return found
