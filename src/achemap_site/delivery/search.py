"""Search for readers: SQLite FTS5 with stemming, lay words and spelling repair.

The index is derived from the catalogue and held in memory by each process, so it is
the same on SQLite and on PostgreSQL and never out of step with what is published.
Lay words come from the lexicon: each pattern is indexed with all the ways people say
its places and signs ("wing bone" finds the shoulder blade).
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from achemap.errors import BadInput
from achemap_site.patterns.catalogue import Catalogue, Entry, catalogue


COLUMNS = ("title", "say", "place", "muscle", "signs", "prose")
WEIGHTS = (10.0, 5.0, 5.0, 6.0, 3.0, 1.0)
KIND_BONUS = {"pattern": 1.3, "collection": 1.1}
LONGEST_QUERY = 200
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
STOP = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "cant",
        "do",
        "does",
        "for",
        "from",
        "get",
        "gets",
        "has",
        "have",
        "i",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "ive",
        "just",
        "like",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "out",
        "over",
        "own",
        "really",
        "s",
        "so",
        "some",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "this",
        "to",
        "too",
        "under",
        "up",
        "very",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
        "hurts",
        "hurt",
        "pain",
        "pains",
        "painful",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the record, and the words that were read for others (if any)."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found; `corrected` maps a typed word to the word searched for."""

    hits: tuple[Hit, ...]
    corrected: Mapping[str, str]

    def __iter__(self) -> Iterable[Hit]:
        return iter(self.hits)

    def __bool__(self) -> bool:
        return bool(self.hits)


class Index:
    """The search index of one catalogue."""

    def __init__(self, entries: Iterable[Entry], ways: Mapping[str, str]) -> None:
        self._entries = list(entries)
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        columns = ", ".join(COLUMNS)
        self._base.execute(
            f"CREATE VIRTUAL TABLE docs USING fts5({columns}, tokenize='porter unicode61 remove_diacritics 2')"
        )
        rows = [
            (number, *self._row(entry, ways))
            for number, entry in enumerate(self._entries)
        ]
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        self._base.executemany(
            f"INSERT INTO docs(rowid, {columns}) VALUES ({marks})",  # noqa: S608 - names are ours
            rows,
        )
        self._words = self._vocabulary(rows)

    @staticmethod
    def _row(entry: Entry, ways: Mapping[str, str]) -> tuple[str, ...]:
        words = entry.words
        places = " ".join(ways.get(leaf, "") for leaf in entry.reach)
        signs = " ".join(ways.get(sign, "") for sign in words.get("signs", "").split())
        return (
            entry.title,
            words.get("say", ""),
            f"{words.get('place', '')} {places}",
            words.get("muscle", "").replace("-", " "),
            f"{words.get('signs', '').replace('-', ' ')} {signs}",
            f"{entry.summary} {words.get('prose', '')}",
        )

    @staticmethod
    def _vocabulary(rows: Iterable[tuple[object, ...]]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for row in rows:
            for text in row[1:]:
                for word in _WORD.findall(str(text).lower()):
                    if len(word) > 3 and not word.isdigit():
                        counts[word] = counts.get(word, 0) + 1
        return counts

    def search(self, text: str, limit: int = 20) -> Answer:
        """Return the best records for what a reader typed; never raises for any text."""
        typed = [word.lower() for word in _WORD.findall(text[:LONGEST_QUERY])]
        asked = [word for word in typed if word not in STOP][:MOST_WORDS] or typed[
            :MOST_WORDS
        ]
        if not asked:
            return Answer((), {})
        corrected = {
            word: better for word in asked if (better := self._repair(word)) is not None
        }
        words = [corrected.get(word, word) for word in asked]
        hits = self._match(words, " AND ", limit) if len(words) > 1 else []
        if len(hits) < min(limit, 3):
            known = {hit.entry.id for hit in hits}
            hits += [
                hit
                for hit in self._match(words, " OR ", limit)
                if hit.entry.id not in known
            ]
        return Answer(tuple(hits[:limit]), corrected)

    def _match(self, words: list[str], joint: str, limit: int) -> list[Hit]:
        query = joint.join(
            f'"{word}"*' if len(word) > 3 else f'"{word}"' for word in words
        )
        weights = ", ".join(map(str, WEIGHTS))
        with self._lock:
            rows = self._base.execute(
                f"SELECT rowid, -bm25(docs, {weights}) FROM docs WHERE docs MATCH ?"  # noqa: S608
                " ORDER BY 2 DESC LIMIT ?",
                (query, limit * 2),
            ).fetchall()
        hits = [
            Hit(entry, score * KIND_BONUS.get(entry.kind, 1.0))
            for number, score in rows
            for entry in (self._entries[number],)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    @lru_cache(maxsize=4096)  # noqa: B019 - the index lives as long as its process
    def _repair(self, word: str) -> str | None:
        """Return the known word nearest to an unknown one, None when none is near."""
        if len(word) < 4 or word in self._words or self._has_stem(word):
            return None
        allowed = 1 if len(word) < 6 else 2
        near = process.extract(
            word,
            self._words.keys(),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=allowed,
            limit=8,
        )
        if not near:
            return None
        return str(
            min(
                near,
                key=lambda one: (one[1], one[0][0] != word[0], -self._words[one[0]]),
            )[0]
        )

    def _has_stem(self, word: str) -> bool:
        with self._lock:
            row = self._base.execute(
                "SELECT 1 FROM docs WHERE docs MATCH ? LIMIT 1", (f'"{word}"*',)
            ).fetchone()
        return row is not None


def lay_words() -> dict[str, str]:
    """Return concept id -> all the ways people say it; empty without a lexicon."""
    from achemap.language import load_lexicon

    try:
        concepts = load_lexicon().concepts
    except (BadInput, OSError):
        return {}
    return {one.id: " ".join((one.name, *one.ways)) for one in concepts.values()}


def _entries(known: Catalogue) -> Iterable[Entry]:
    for kind in (
        known.patterns,
        known.collections,
        known.concepts,
        known.techniques,
        known.muscles,
    ):
        yield from kind.values()


@lru_cache(maxsize=1)
def _built(version: str) -> Index:
    return Index(_entries(catalogue()), lay_words())


def index() -> Index:
    """Return the index of what is live now."""
    return _built(catalogue().version)
