"""Care advice against its own contraindications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from achemap.check.finding import Finding
from achemap.check.world import World
from achemap.library.records import Pattern


# A step whose words say this must carry the flag, so that contraindications see it.
WORDS_OF_FLAG: Mapping[str, re.Pattern[str]] = {
    flag: re.compile(words, re.IGNORECASE)
    for flag, words in {
        "lying-on-front": r"\b(?:lie|lying) (?:face down|on your (?:front|belly|stomach|tummy))",
        "kneeling": r"\b(?:kneel|kneeling|hands and knees|all fours)\b",
        "breath-hold": r"\bhold your breath\b",
        "single-leg-balance": r"\b(?:stand|balance) on (?:one|the (?:good|sore|other)) (?:leg|foot)\b",
        "front-of-neck": r"\b(?:press|rub|stroke|massage|squeeze)\b[^.]*\b(?:throat|front of (?:the|your) neck)",
        "back-bend": r"\b(?:arch|bend) (?:your (?:back|spine) )?backwards?\b",
        "weight-on-arm": r"\blean (?:your weight )?on (?:your|the|one) (?:hand|arm|elbow)s?\b",
        "loaded-flexion": r"\b(?:child['’]s pose|(?:hug|pull|draw|bring) both knees|round (?:your|the) (?:low(?:er)? )?(?:back|spine))\b",
        "belly-pressure": r"\b(?:press|ball|massage)\b[^.]*\b(?:into|on) (?:the|your) (?:belly|tummy|stomach)\b",
    }.items()
}
_FORBIDS = re.compile(r"^(?:do not|don't|never|no|avoid|stop|skip)\b", re.IGNORECASE)


def _needed(text: str) -> Iterator[str]:
    return (flag for flag, words in WORDS_OF_FLAG.items() if words.search(text))


def _forbidden(pattern: Pattern) -> set[str]:
    """Return the flags of what the pattern itself tells the reader to avoid."""
    return {
        flag
        for sentence in pattern.care.avoid
        if _FORBIDS.search(sentence)
        for flag in _needed(sentence)
    }


def check_care(world: World) -> Iterator[Finding]:
    """Steps carry the flags their words call for, and none is what `avoid` forbids."""
    for pattern in world.library.patterns.values():
        file = world.file_of("patterns", pattern.id)
        forbidden = _forbidden(pattern)
        for number, step in enumerate(pattern.care.routine, start=1):
            field = f"care.routine[{number}]"
            for flag in _needed(step.text):
                if flag not in step.flags:
                    yield Finding(
                        file,
                        field,
                        f"the words call for the flag {flag!r}",
                        f"add {flag} to flags, or say it otherwise",
                    )
            if clash := sorted(forbidden & {*step.flags, *_needed(step.text)}):
                yield Finding(
                    file,
                    field,
                    f"does what care.avoid forbids ({clash[0]})",
                    "take the step out, or mend care.avoid",
                )


def check_techniques(world: World) -> Iterator[Finding]:
    """The steps of techniques carry the flags that their words call for."""
    for technique in world.library.techniques.values():
        for step in technique.steps:
            for flag in _needed(step.text):
                if flag not in step.flags:
                    yield Finding(
                        world.file_of("techniques", technique.id),
                        f"steps[{step.number}]",
                        f"the words call for the flag {flag!r}",
                        f"add {flag} to flags, or say it otherwise",
                    )
