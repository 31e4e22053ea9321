"""Old addresses to new ones: every address under which a post was ever reached."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import parse_qsl, unquote, urlsplit

from achemap.wordpress.records import Post


# Query keys that change how a page is shown or counted, never which post it is.
_NOISE = re.compile(r"^(?:share|amp|nb|utm_\w+|fbclid|gclid|replytocom|noamp|print)$")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Redirect:
    """One old address (path, with the query that names a post) and its new one.

    The old one stands for http and https, with and without trailing slash, `?share=`,
    `?amp` and the like: compare requests after `normal_address`.
    """

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
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "/"
    path = re.sub(r"/{2,}", "/", unquote(parts.path)).rstrip("/")
    path = re.sub(r"/amp$", "", path) or "/"
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _NOISE.match(key)
    ]
    query = "&".join(f"{key}={value}" for key, value in kept)
    return f"{path}?{query}" if query else path


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def old_addresses(post: Post) -> Iterator[str]:
    """Yield every known old address of a post, its first the one it had last."""
    seen: set[str] = set()
    candidates = [post.link]
    if _host(post.guid) in {"", _host(post.link)}:
        candidates.append(post.guid)
    if post.id.isdigit():
        candidates.append(f"/?p={post.id}")
        if post.kind == "page":
            candidates.append(f"/?page_id={post.id}")
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
    """Return a title as an address part: lower case words with hyphens.

    Accents go; letters of other scripts stay.
    """
    plain = html.unescape(re.sub(r"<[^<>]*>", "", text)).lower()
    plain = plain.replace("’", "").replace("'", "")
    folded = unicodedata.normalize("NFKD", plain)
    folded = "".join(each for each in folded if not unicodedata.combining(each))
    latin = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if len(re.sub(r"[\W_]+", "", folded)) > 2 * len(latin.replace("-", "")):
        latin = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    return latin[:80].strip("-")


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


@dataclass(frozen=True, slots=True)
class Claim:
    """A post that once had an address; `rank` 0 when it had it last."""

    address: str
    rank: int
    post: str
    status: str = "publish"


def claims_of(post: Post, known: Sequence[str] = ()) -> Iterator[Claim]:
    """Yield what addresses a post once had; `known` when they were worked out before."""
    for rank, address in enumerate(known or old_addresses(post)):
        yield Claim(address, rank, post.id, post.status)


def doubts_about(post: Post) -> Iterator[AddressProblem]:
    """Yield what is doubtful about a post's own address."""
    if _other_text(post):
        yield AddressProblem(
            "other-text",
            normal_address(post.link),
            (post.id,),
            "the address speaks of something else than the title",
        )


def settle(
    claims: Iterable[Claim],
    new_of: Callable[[str], str | None],
    owner_of: Callable[[str], str | None],
    had: Callable[[str, str], bool],
) -> Iterator[Redirect | AddressProblem]:
    """Yield the redirects of claims that are sorted by address, and what is doubtful.

    `new_of` gives a post's new address, `owner_of` the post of a new address,
    `had` whether a post once had an address. An
    address claimed by several posts goes to the published one that had it last. A new
    address is never redirected, so no redirect leads to another and none in a circle;
    where one would have, that is reported.
    """
    for address, group in groupby(claims, key=lambda claim: claim.address):
        claimed = sorted(group, key=lambda each: (each.status != "publish", each.rank))
        owners = tuple(dict.fromkeys(each.post for each in claimed))
        if len(owners) > 1:
            yield AddressProblem(
                "collision",
                address,
                tuple(sorted(owners)),
                f"several posts had this address; it leads to post {owners[0]}",
            )
        new = new_of(owners[0])
        if new is None or new.rstrip("/") == address.rstrip("/"):
            continue
        holder = owner_of(address.rstrip("/") + "/")
        if holder is None:
            yield Redirect(address, new, owners[0])
        else:
            kind = "loop" if had(holder, new.rstrip("/")) else "chain"
            yield AddressProblem(
                kind,
                address,
                tuple(sorted((owners[0], holder))),
                f"is now the address of post {holder}, so it cannot lead on to {new}",
            )


def redirects(
    posts: Iterable[Post], new_address: Mapping[str, str]
) -> tuple[list[Redirect], list[AddressProblem]]:
    """Return redirects for the posts that have a new address, and what is doubtful.

    `new_address` maps post ids to new paths. See `settle` for the rules.
    """
    known = [post for post in posts if post.id in new_address]
    claims = sorted(
        (claim for post in known for claim in claims_of(post)),
        key=lambda claim: (claim.address, claim.rank),
    )
    holders = {new.rstrip("/") + "/": post for post, new in new_address.items()}
    found: list[Redirect] = []
    problems = [doubt for post in known for doubt in doubts_about(post)]
    had = {(claim.post, claim.address) for claim in claims}
    for each in settle(claims, new_address.get, holders.get, lambda *pair: pair in had):
        if isinstance(each, Redirect):
            found.append(each)
        else:
            problems.append(each)
    return found, problems
