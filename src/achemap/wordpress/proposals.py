"""What an old post seems to say, for an editor to confirm: never published by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from achemap.language import understand
from achemap.library.records import Muscle
from achemap.wordpress.generations import kind_named
from achemap.wordpress.muscle_names import named_in, names_of, pictured
from achemap.wordpress.placing import Placed, Placement
from achemap.wordpress.records import Post
from achemap.wordpress.redirects import normal_address
from achemap.wordpress.segments import Segment
from achemap.wordpress.vocabulary import Cues, cues_of, normal


# How much of a section is read for words; posts say the main thing first.
READ_CHARACTERS = {"describe": 500, "activate": 350}
_RED_FLAG = re.compile(
    r"\b(?:medical doctor|(?:see|ask|tell|call|visit|consult|checked by|to) (?:a|your|the) "
    r"(?:doctor|physician|dentist|gp)|cleared (?:of|by)|checked (?:out )?by|kidney|kidneys|"
    r"gall ?bladder|appendix|appendicitis|chest pain|heart attack|heart trouble|stroke|"
    r"emergency|ambulance|911|999|medical (?:attention|treatment|care|help|referral)|"
    r"digestive (?:problem|trouble)s?|rule[ds]? out|blood clot|fracture|numb(?:ness)? in "
    r"the (?:groin|saddle)|fever|shortness of breath|sudden(?:ly)? severe)\b",
    re.IGNORECASE,
)
# One of these is in every text that `_RED_FLAG` finds: a quick look before the slow one.
_RED_WORDS = (
    "doctor", "physician", "dentist", " gp", "cleared ", "checked ", "kidney", "gall",
    "append", "chest pain", "heart ", "stroke", "emergency", "ambulance", "911", "999",
    "medical ", "digestive ", "rule", "blood clot", "fracture", "numb", "fever",
    "shortness of", "sudden",
)  # fmt: skip
_DOCTOR = re.compile(
    r"\b(?:doctor|physician|dentist|medical|emergency|911|999|gp)\b", re.I
)
# What a sentence of self-care tells to do: the first of these that it names.
_CARE: tuple[tuple[str, Cues], ...] = (
    ("avoid", cues_of("avoid", "stay away", "don't", "do not", "stop", "skip", "instead of")),
    ("patch", cues_of("patch", "patches")),
    ("ice", cues_of("ice", "icing", "iced", "ice-and-stretch", "cold pack")),
    ("heat", cues_of("heat", "warm", "hot", "heating")),
    ("stretch", cues_of("stretch", "stretches", "stretching", "doorway", "yoga", "pose")),
    ("pressure", cues_of("press", "pressure", "ball", "roller", "massage")),
    ("move", cues_of("walk", "exercise", "exercises", "strengthen", "strengthening", "roll")),
    ("breathe", cues_of("breathe", "breathing", "breath", "breaths")),
    ("posture", cues_of("pillow", "towel", "cushion", "desk", "screen", "sit", "posture")),
    ("rest", cues_of("rest", "resting", "lie", "nap")),
    ("see-someone", cues_of("see a", "see your")),
)  # fmt: skip
_TIME = re.compile(
    r"\b(\d{1,3}|one|two|three|five|ten|fifteen|twenty|thirty)\s*(?:-|–|to)?\s*\d*\s*"
    r"(seconds?|minutes?|times|breaths)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(“])")
_SHOP = re.compile(
    r"(?:amazon\.|amzn\.|//a\.co/|ebay\.|/shop/|/product/|/products/|/dp/|etsy\.|walmart\."
    r"|shopify\.|affiliate|[?&]tag=)",
    re.IGNORECASE,
)
_GOODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("relief-patch", re.compile(r"\bpatch", re.I)),
    ("ice-pack", re.compile(r"\b(?:ice pack|cold pack|gel pack)", re.I)),
    ("heat-pack", re.compile(r"\b(?:heat(?:ing)? pa[cd]|hot pack)", re.I)),
    ("massage-ball", re.compile(r"\bball", re.I)),
    ("foam-roller", re.compile(r"\broller", re.I)),
    ("lumbar-cushion", re.compile(r"\b(?:cushion|lumbar)", re.I)),
    ("rolled-towel", re.compile(r"\btowel", re.I)),
)  # fmt: skip
_SIGN_ROLES = frozenset(
    {"feels", "worse", "better", "onset", "gesture", "comes-with", "time"}
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing a post seems to say.

    `kind` is muscle, zone, sign.<role>, aggravator, red-flag, care-step, product,
    similar, companion, technique or video. `value` is an id (muscle, region, concept),
    an address (similar, companion, product, video) or a sentence. `evidence` is the
    source's own words, `at` the segment they stand in (-1: the title), `confidence`
    0-1. `details` are (name, value) pairs: a zone's side, a step's kind and time, a
    product's id and that its link is advertising.
    """

    kind: str
    value: str
    evidence: str
    confidence: float
    at: int = -1
    details: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "value": self.value,
            "evidence": self.evidence,
            "confidence": self.confidence,
            "at": self.at,
            "details": dict(self.details),
        }


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _muscles(
    post: Post, found: list[Segment], muscles: Mapping[str, Muscle]
) -> Iterator[Proposal]:
    names = names_of(muscles)
    texts = [post.title, *(each.text for each in found)]
    counted, first = named_in(texts, names)
    shown: dict[str, tuple[str, int]] = {}
    linked: dict[str, tuple[str, int]] = {}
    for each in found:
        for media in each.media:
            for muscle in pictured(media.address, names) if media.address else ():
                name = media.address.partition("?")[0].rpartition("/")[2]
                shown.setdefault(muscle, (f"picture {name}", each.at))
        for link in each.links:
            for muscle in pictured(link.address.rstrip("/"), names):
                linked.setdefault(muscle, (f"link to {link.address}", each.at))
    total = counted.total() or 1
    for muscle in sorted({*counted, *shown, *linked}, key=lambda m: (-counted[m], m)):
        if muscle in shown:
            evidence, at = shown[muscle]
            yield Proposal("muscle", muscle, evidence, 0.95, at)
        elif muscle in counted:
            text = first[muscle]
            sure = round(0.3 + 0.5 * counted[muscle] / total, 2)
            yield Proposal(
                "muscle", muscle, _shortened(text), sure, texts.index(text) - 1
            )
        else:
            evidence, at = linked[muscle]
            yield Proposal("muscle", muscle, evidence, 0.4, at)


def _joined(placement: Placement) -> tuple[str, list[tuple[int, Placed]]]:
    """Return the starts of what is felt and what sets it off, with their offsets."""
    texts: list[str] = []
    starts: list[tuple[int, Placed]] = []
    length = 0
    for section, most in READ_CHARACTERS.items():
        left = most
        for each in placement.placed:
            if each.section != section or not each.segment.text or left <= 0:
                continue
            text = each.segment.text[:left]
            starts.append((length, each))
            texts.append(text)
            length += len(text) + 3
            left -= len(text)
    return " . ".join(texts), starts


def _said(placement: Placement) -> Iterator[Proposal]:
    """Yield the zones and signs of what is felt and what sets it off."""
    text, starts = _joined(placement)
    understood = understand(text)
    guessed = {written for written, _ in understood.corrections}
    for mention in understood.mentions:
        if mention.negated or mention.other_person:
            continue
        zone = mention.role == "region"
        if not zone and mention.role not in _SIGN_ROLES:
            continue
        part = next(part for start, part in reversed(starts) if start <= mention.start)
        before = text.rfind(".", 0, mention.start) + 1
        after = text.find(".", mention.end)
        around = text[before : after if after >= 0 else None].strip()
        sure = 0.6 if part.section == "describe" or not zone else 0.4
        if not guessed.isdisjoint(mention.words.lower().split()):
            sure -= 0.3
        yield Proposal(
            "zone" if zone else f"sign.{mention.role}",
            mention.concept,
            _shortened(around),
            round(max(0.1, sure - 0.2 if mention.hedged else sure), 2),
            part.segment.at,
            (("words", mention.words), ("section", part.section))
            + ((("side", mention.side),) if mention.side else ()),
        )


def _sentences(placement: Placement) -> Iterator[tuple[str, Placed, bool]]:
    """Yield the sentences that may propose something, and whether to look for danger."""
    for each in placement.placed:
        if each.segment.kind in {"paragraph", "list", "quote"}:
            plain = each.segment.text.lower()
            flagged = any(word in plain for word in _RED_WORDS)
            if flagged or each.section in {"activate", "relief"}:
                for sentence in _SENTENCE.split(each.segment.text):
                    yield sentence, each, flagged


def _from_sentences(placement: Placement) -> Iterator[Proposal]:
    for sentence, each, flagged in _sentences(placement):
        at, short = each.segment.at, _shortened(sentence)
        if flagged and _RED_FLAG.search(sentence):
            sure = 0.9 if _DOCTOR.search(sentence) else 0.6
            yield Proposal("red-flag", short, short, sure, at)
        if each.section == "activate" and len(sentence) > 20:
            yield Proposal("aggravator", short, short, 0.5, at)
        if each.section == "relief":
            plain = normal(sentence)
            words, padded = frozenset(plain.split()), f" {plain} "
            kind = next((n for n, cues in _CARE if cues.count(words, padded)), None)
            if kind is not None:
                times = tuple(" ".join(found) for found in _TIME.findall(sentence))
                details = (("step", kind),) + ((("time", ", ".join(times)),) if times else ())  # fmt: skip
                yield Proposal("care-step", short, short, 0.5, at, details)


def _internal(address: str, host: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in {"", "http", "https"} or not (parts.path or parts.query):
        return False
    own = (parts.hostname or "").removeprefix("www.")
    return own == host if own else address.startswith("/") and bool(host or not own)


def _link(address: str, words: str, segment: Segment, host: str, section: str) -> Proposal | None:  # fmt: skip
    """Return what a link to a shop or to another post proposes."""
    if _SHOP.search(address):
        near = f"{words} {segment.text}"
        goods = next((name for name, seen in _GOODS if seen.search(near)), "")
        details = (("advertising", "yes"),) + ((("product", goods),) if goods else ())
        return Proposal("product", address, words or _shortened(segment.text), 0.8, segment.at, details)  # fmt: skip
    if not _internal(address, host) or re.search(
        r"\.(?:jpe?g|png|gif|pdf|webp)$", address, re.I
    ):
        return None
    old = normal_address(address)
    if old == "/" or re.match(r"/(?:tag|category|author|page|wp-)\b", old):
        return None
    kind = kind_named(f"{words} / {old.replace('-', ' ')}")
    evidence = _shortened(segment.text or words)
    details = (("words", words),)
    if kind in {"self-care", "therapist-notes", "functional-anatomy", "protocol"}:
        return Proposal("companion", old, evidence, 0.7, segment.at, (*details, ("post-kind", kind)))  # fmt: skip
    if kind == "technique":
        return Proposal("technique", old, evidence, 0.7, segment.at, details)
    sure = 0.9 if section == "similar" else 0.6
    return Proposal("similar", old, evidence, sure, segment.at, details)


def _linked(post: Post, placement: Placement) -> Iterator[Proposal]:
    try:
        host = (urlsplit(post.link or post.guid).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    for each in placement.in_order():
        for link in each.segment.links:
            made = _link(
                link.address, link.text, each.segment, host, each.section or ""
            )
            if made is not None:
                yield made
        for media in each.segment.media:
            if media.kind == "video":
                evidence = media.caption or _shortened(each.segment.text)
                yield Proposal("video", media.address, evidence or "a player", 0.9, each.segment.at)  # fmt: skip


def propose(
    post: Post, placement: Placement, muscles: Mapping[str, Muscle]
) -> list[Proposal]:
    """Return what a post seems to say: muscles, zones, signs, red flags, care, links.

    The same kind and value is proposed once, with its surest evidence.
    """
    found = [each.segment for each in placement.in_order()]
    every: list[Proposal] = list(_muscles(post, found, muscles))
    every += _said(placement)
    every += _from_sentences(placement)
    every += _linked(post, placement)
    best: dict[tuple[str, str], Proposal] = {}
    for each in every:
        key = (each.kind, each.value)
        if key not in best or each.confidence > best[key].confidence:
            best[key] = each
    return list(best.values())
