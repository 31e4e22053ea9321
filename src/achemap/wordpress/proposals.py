"""What an old post seems to say, for an editor to confirm: never published by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from achemap.language import understand
from achemap.library.records import Muscle
from achemap.wordpress.placing import Placement
from achemap.wordpress.records import Post
from achemap.wordpress.segments import Segment


# How much of a section is read for words; posts say the main thing first.
READ_CHARACTERS = 700
_PICTURE = re.compile(
    r"(?:referral|oit|anatomy|trp)-([a-z]+(?:-[a-z]+)*?)(?:-(?:front|back|side|view|\d).*)?$"
)
_RED_FLAG = re.compile(
    r"\b(?:medical doctor|see (?:a|your) doctor|kidneys?|gallbladder|appendix|chest pain|heart"
    r"|dentist|emergency|medical (?:attention|treatment|care)|digestive problem|rule out)\b",
    re.IGNORECASE,
)
_CARE = re.compile(
    r"\b(?:ice|heat|stretch|patch|press|massage|pillow|towel|breathe|avoid|rest)\w*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
_SHOP = re.compile(
    r"(?:amazon\.|amzn\.to|ebay\.|/shop/|/product/|etsy\.|walmart\.)", re.IGNORECASE
)
_SIGN_ROLES = frozenset(
    {"feels", "worse", "better", "onset", "gesture", "comes-with", "time"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing a post seems to say: what kind, its value, why, and how sure (0–1)."""

    kind: str
    value: str
    evidence: str
    confidence: float

    def as_data(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "value": self.value,
            "evidence": self.evidence,
            "confidence": self.confidence,
        }


def _names(muscles: Mapping[str, Muscle]) -> dict[str, str]:
    found: dict[str, str] = {}
    for muscle in muscles.values():
        for name in (muscle.name, *muscle.synonyms):
            if len(name) > 4:
                found.setdefault(name.lower(), muscle.id)
    return found


@lru_cache(maxsize=4)
def _finder(names: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined or '(?!)'})\b", re.IGNORECASE)


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else text[:157].rstrip() + "…"


def _muscles(
    post: Post, found: Sequence[Segment], muscles: Mapping[str, Muscle]
) -> Iterator[Proposal]:
    names = _names(muscles)
    finder = _finder(tuple(names))
    counted: dict[str, int] = {}
    first: dict[str, str] = {}
    for text in (post.title, *(each.text for each in found)):
        for name in finder.findall(text):
            muscle = names[name.lower()]
            counted[muscle] = counted.get(muscle, 0) + 1
            first.setdefault(muscle, _shortened(text))
    pictured: dict[str, str] = {}
    for each in found:
        for media in each.media:
            stem = (
                unquote(urlsplit(media.address).path)
                .rpartition("/")[2]
                .partition(".")[0]
                .lower()
            )
            if match := _PICTURE.search(stem):
                muscle = names.get(
                    match[1].replace("-", " "), match[1] if match[1] in muscles else ""
                )
                if muscle:
                    pictured[muscle] = stem
    total = sum(counted.values()) or 1
    for muscle in sorted({*counted, *pictured}, key=lambda m: (-counted.get(m, 0), m)):
        if muscle in pictured:
            yield Proposal("muscle", muscle, f"picture {pictured[muscle]}", 0.95)
        else:
            yield Proposal(
                "muscle",
                muscle,
                first[muscle],
                round(0.3 + 0.5 * counted[muscle] / total, 2),
            )


def _sentences(found: Sequence[Segment]) -> Iterator[str]:
    for each in found:
        if each.kind in {"paragraph", "list", "quote"}:
            yield from _SENTENCE.split(each.text)


def _from_words(text: str, where: str) -> Iterator[Proposal]:
    for mention in understand(text[:READ_CHARACTERS]).mentions:
        if mention.negated or mention.other_person:
            continue
        kind = "zone" if mention.role == "region" else f"sign.{mention.role}"
        if mention.role != "region" and mention.role not in _SIGN_ROLES:
            continue
        yield Proposal(
            kind,
            mention.concept,
            f"{where}: {mention.words}",
            0.4 if mention.hedged else 0.6,
        )


def _links(found: Sequence[Segment]) -> Iterator[Proposal]:
    for each in found:
        for link in each.links:
            if _SHOP.search(link.address):
                yield Proposal(
                    "product", link.address, link.text or _shortened(each.text), 0.8
                )
            elif urlsplit(link.address).scheme in {"http", "https"}:
                yield Proposal("link", link.address, link.text, 0.5)
        for media in each.media:
            if media.kind == "video":
                yield Proposal(
                    "video", media.address, media.caption or _shortened(each.text), 0.9
                )


def propose(
    post: Post,
    found: Sequence[Segment],
    placement: Placement,
    muscles: Mapping[str, Muscle],
) -> list[Proposal]:
    """Return what a post seems to say: muscles, zones, signs, red flags, care, links.

    The same kind and value is proposed once, with its surest evidence.
    """
    by_section: dict[str, list[str]] = {}
    for placed in placement.placed:
        by_section.setdefault(placed.section, []).append(placed.segment.text)
    every: list[Proposal] = list(_muscles(post, found, muscles))
    for section in ("describe", "activate"):
        if texts := by_section.get(section):
            every += _from_words(" ".join(texts), section)
    for sentence in _sentences(found):
        if _RED_FLAG.search(sentence):
            every.append(Proposal("red-flag", _shortened(sentence), "its words", 0.7))
    for text in by_section.get("relief", ()):
        for sentence in _SENTENCE.split(text):
            if _CARE.search(sentence):
                every.append(Proposal("care-step", _shortened(sentence), "relief", 0.5))
    every += _links(found)
    best: dict[tuple[str, str], Proposal] = {}
    for each in every:
        key = (each.kind, each.value)
        if key not in best or each.confidence > best[key].confidence:
            best[key] = each
    return list(best.values())
