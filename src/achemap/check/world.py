"""Everything the checks look at, loaded once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from achemap.library.records import Article, Library, Pattern, Technique


@dataclass(frozen=True, slots=True)
class World:
    """The library with what it refers to, and the day on which it is checked.

    `kinds` gives the kind of every lexicon concept by id; `rules` the ids of the
    triage rules; `rule_sources` the source keys that those rules cite.
    """

    library: Library
    kinds: Mapping[str, str]
    rules: Collection[str]
    rule_sources: Collection[str]
    today: date

    def file_of(self, folder: str, name: str) -> str:
        return self.library.files.get((folder, name), f"{folder}/{name}")

    def reviewed(self) -> Iterator[tuple[str, Pattern | Technique | Article]]:
        """Yield every record that has a review date, with its file."""
        for folder, records in (
            ("patterns", self.library.patterns),
            ("techniques", self.library.techniques),
            ("concepts", self.library.concepts),
            ("collections", self.library.collections),
        ):
            for name, record in records.items():
                yield self.file_of(folder, name), record
