"""What must be known of all posts at once, kept on disk so that memory stays flat."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from achemap.wordpress.records import Post
from achemap.wordpress.redirects import (
    AddressProblem,
    Claim,
    Redirect,
    claims_of,
    doubts_about,
    settle,
    slug_of,
)


# Where each kind of post is proposed to stand on the new site.
FOLDERS = {
    "pattern": "/patterns/",
    "self-care": "/self-care/",
    "technique": "/self-care/",
    "functional-anatomy": "/muscles/",
}
_OTHERS = "/guides/"
# Posts of these statuses had no address, or are to have none.
_NO_ADDRESS = frozenset({"trash", "auto-draft", "inherit"})
_TABLES = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT UNIQUE, sum TEXT, data TEXT);
CREATE TABLE claim (address TEXT, rank INTEGER, post TEXT, status TEXT);
CREATE TABLE place (new TEXT PRIMARY KEY, post TEXT UNIQUE);
CREATE TABLE problem (number INTEGER PRIMARY KEY, data TEXT);
CREATE TABLE media (number INTEGER PRIMARY KEY, address TEXT, data TEXT);
"""


class Ledger:
    """A throw-away database beside the drafts: entries, addresses, media."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            + _TABLES
            + "BEGIN;"
        )

    def close(self) -> None:
        self._base.close()

    def known(self, post: str) -> str | None:
        """Return the checksum under which a post id was noted, None when new."""
        row = self._base.execute("SELECT sum FROM entry WHERE id=?", (post,)).fetchone()
        return None if row is None else str(row[0])

    def note(
        self, post: Post, checksum: str, entry: dict[str, Any], known: Sequence[str]
    ) -> None:
        """Note a converted post: its report entry, addresses and new address."""
        run = self._base.execute
        new = self._place(post, str(entry["kind"]))
        told = json.dumps({**entry, "new_address": new}, ensure_ascii=False)
        run(
            "INSERT INTO entry (id, sum, data) VALUES (?,?,?)",
            (post.id, checksum, told),
        )
        if new is None:
            return
        self._base.executemany(
            "INSERT INTO claim VALUES (?,?,?,?)",
            [(c.address, c.rank, c.post, c.status) for c in claims_of(post, known)],
        )
        for doubt in doubts_about(post):
            self.doubt(doubt)

    def doubt(self, problem: AddressProblem) -> None:
        """Note something about addresses that an editor must decide."""
        data = {
            "kind": problem.kind,
            "address": problem.address,
            "posts": list(problem.posts),
            "problem": problem.problem,
        }
        self._base.execute(
            "INSERT INTO problem (data) VALUES (?)",
            (json.dumps(data, ensure_ascii=False),),
        )

    def _place(self, post: Post, kind: str) -> str | None:
        """Return the post's new address; the second of a name gets its number."""
        if post.status in _NO_ADDRESS:
            return None
        folder = FOLDERS.get(kind, _OTHERS)
        name = slug_of(post.title) or slug_of(post.slug) or f"post-{slug_of(post.id)}"
        insert = "INSERT OR IGNORE INTO place VALUES (?,?)"
        new = f"{folder}{name}/"
        if self._base.execute(insert, (new, post.id)).rowcount:
            return new
        first = self.owner_of(new) or ""
        self.doubt(
            AddressProblem(
                "same-title", new, (first, post.id), "two posts have the same title"
            )
        )
        new = f"{folder}{name}-{slug_of(post.id)}/"
        self._base.execute(insert, (new, post.id))
        return new

    def new_of(self, post: str) -> str | None:
        """Return the new address of a post."""
        row = self._base.execute(
            "SELECT new FROM place WHERE post=?", (post,)
        ).fetchone()
        return None if row is None else str(row[0])

    def owner_of(self, new: str) -> str | None:
        """Return the post that has a new address."""
        row = self._base.execute(
            "SELECT post FROM place WHERE new=?", (new,)
        ).fetchone()
        return None if row is None else str(row[0])

    def _had(self, post: str, address: str) -> bool:
        row = self._base.execute(
            "SELECT 1 FROM claim WHERE address=? AND post=?", (address, post)
        ).fetchone()
        return row is not None

    def media(self, address: str, data: dict[str, Any]) -> None:
        """Note a picture, sound or other file of the old site."""
        self._base.execute(
            "INSERT INTO media (address, data) VALUES (?,?)",
            (address, json.dumps(data, ensure_ascii=False)),
        )

    def all_media(self) -> Iterator[dict[str, Any]]:
        """Yield what was noted of files, in order."""
        for (data,) in self._base.execute("SELECT data FROM media ORDER BY number"):
            yield json.loads(data)

    def redirects(self) -> Iterator[Redirect]:
        """Yield the redirects by old address; what is doubtful is noted."""
        self._base.execute("CREATE INDEX by_address ON claim (address, post)")
        rows = self._base.execute("SELECT * FROM claim ORDER BY address, rank, rowid")
        claims = (Claim(*row) for row in rows)
        for each in settle(claims, self.new_of, self.owner_of, self._had):
            if isinstance(each, Redirect):
                yield each
            else:
                self.doubt(each)

    def problems(self) -> Iterator[dict[str, Any]]:
        """Yield what is doubtful about addresses."""
        for (data,) in self._base.execute("SELECT data FROM problem ORDER BY number"):
            yield json.loads(data)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield the report's entries, in the export's order."""
        for (data,) in self._base.execute("SELECT data FROM entry ORDER BY number"):
            yield json.loads(data)
