"""Old addresses to new ones: every address under which a post was ever reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from achemap.wordpress.records import Post


# Query keys that change how a page is shown or counted, never which post it is.
_NOISE = re.compile(r"^(?:share|amp|nb|utm_\w+|fbclid|gclid|replytocom|noamp|print)$")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Redirect:
    """One old address (path, with the query that names a post) and its new one."""

    old: str
    new: str
    post: str


@dataclass(frozen=True, slots=True)
class AddressProblem:
    """Something about addresses that an editor must decide."""

    kind: str
    address: str
    posts: tuple[str, ...]
    problem: str


def normal_address(address: str) -> str:
    """Return an address without host, scheme, noise and trailing slash.

    `?p=12` and its like stay, since they name the post.
    """
    parts = urlsplit(address.strip())
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/")
    path = re.sub(r"/amp$", "", path) or "/"
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _NOISE.match(key)
    ]
    query = "&".join(f"{key}={value}" for key, value in kept)
    return f"{path}?{query}" if query else path


def old_addresses(post: Post) -> Iterator[str]:
    """Yield every known old address of a post, its first the one it had last."""
    seen: set[str] = set()
    candidates = [post.link, post.guid]
    if post.id.isdigit():
        key = "page_id" if post.kind == "page" else "p"
        candidates.append(f"/?{key}={post.id}")
    base = normal_address(post.link).rpartition("/")[0]
    candidates += [
        f"{base}/{slug}" for name, slug in post.meta if name == "_wp_old_slug"
    ]
    for candidate in candidates:
        if not candidate:
            continue
        address = normal_address(candidate)
        if address not in seen and address != "/":
            seen.add(address)
            yield address


def slug_of(text: str) -> str:
    """Return a title as an address part: lower case words with hyphens."""
    plain = text.lower().replace("’", "").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")


def _other_text(post: Post) -> bool:
    """Return whether a post's address speaks of something else than its title."""
    slug = set(_WORD.findall(post.slug.replace("-", " ")))
    title = set(_WORD.findall(post.title.lower()))
    ignored = {
        "trigger",
        "points",
        "understanding",
        "pain",
        "your",
        "with",
        "self",
        "care",
    }
    return (
        len(slug - ignored) >= 3
        and len(title - ignored) >= 2
        and not (slug & title) - ignored
    )


def redirects(
    posts: Iterable[Post], new_address: Mapping[str, str]
) -> tuple[list[Redirect], list[AddressProblem]]:
    """Return redirects for the posts that have a new address, and what is doubtful.

    An address claimed by two posts goes to the one that had it last; loops are left
    out. `new_address` maps post ids to new paths.
    """
    claims: dict[str, list[tuple[int, Post]]] = {}
    problems: list[AddressProblem] = []
    for post in posts:
        if post.id not in new_address:
            continue
        if _other_text(post):
            problems.append(
                AddressProblem(
                    "other-text",
                    normal_address(post.link),
                    (post.id,),
                    "the address speaks of something else than the title",
                )
            )
        for rank, address in enumerate(old_addresses(post)):
            claims.setdefault(address, []).append((rank, post))
    found: list[Redirect] = []
    for address, claimed in claims.items():
        owners = {post.id for _, post in claimed}
        if len(owners) > 1:
            problems.append(
                AddressProblem(
                    "collision",
                    address,
                    tuple(sorted(owners)),
                    "several posts had this address",
                )
            )
        owner = min(claimed, key=lambda claim: claim[0])[1]
        new = new_address[owner.id]
        if address.rstrip("/") != new.rstrip("/"):
            found.append(Redirect(address, new, owner.id))
    by_old = {each.old.rstrip("/"): each for each in found}
    for each in found:
        if each.new.rstrip("/") in by_old:
            problems.append(
                AddressProblem(
                    "chain",
                    each.old,
                    (each.post,),
                    f"{each.new} is itself an old address",
                )
            )
    loops = {
        each.old
        for each in found
        if each.new.rstrip("/") in by_old
        and by_old[each.new.rstrip("/")].new.rstrip("/") == each.old.rstrip("/")
    }
    for address in sorted(loops):
        problems.append(
            AddressProblem(
                "loop", address, (), "two addresses lead to each other; left out"
            )
        )
    return [each for each in found if each.old not in loops], problems
