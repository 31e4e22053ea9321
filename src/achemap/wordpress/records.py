"""What an old site holds: posts as they were exported, before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment; `approved` is what the export says ("1", "0", "spam")."""

    id: str
    author: str
    date: str
    approved: str
    content: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One item of an export: post, page, attachment, menu item or custom type.

    `id` is WordPress's own number and identifies the post; addresses do not, since
    they change and are shared. `content` is the HTML as stored. `status` is publish,
    future (scheduled), draft, pending, private, trash or inherit. `categories` and
    `tags` are names; `terms` is every (taxonomy, name). `meta` keeps every custom
    field in order, repeated keys too. `password` is set when the post asks for one.
    """

    id: str
    kind: str
    title: str
    slug: str = ""
    link: str = ""
    guid: str = ""
    status: str = "publish"
    date: str = ""
    author: str = ""
    content: str = ""
    excerpt: str = ""
    password: str = ""
    parent: str = ""
    menu_order: str = ""
    attachment_url: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()

    def field(self, key: str) -> str:
        """Return the first custom field of that name, or an empty text."""
        return next((value for name, value in self.meta if name == key), "")


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag or other term of the site; `parent` is a slug."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote posts; addresses for mail are left out on purpose."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site that an export came from; `version` is that of the export's format."""

    title: str = ""
    address: str = ""
    language: str = ""
    version: str = ""


Item = Post | Term | Author | Site
