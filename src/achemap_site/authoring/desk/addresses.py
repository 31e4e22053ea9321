"""Old addresses: redirects to the page that a post became.

Until that page is published they lead, for the time being, to the list above it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from achemap.wordpress.redirects import normal_address
from achemap_site.authoring.desk.models import OldPost
from achemap_site.patterns.models import HomePage, RecordPage


LONGEST = 255
_NUMBERS = ("p", "page_id")


def addresses_of(old: OldPost) -> list[str]:
    """Return every address under which an old post was reached."""
    known = old.facts.get("addresses", [])
    found = [Redirect.normalise_path(str(address)) for address in known]
    return list(dict.fromkeys(path for path in found if path not in {"", "/"}))


def add_redirects(*, old: OldPost, page: Page) -> list[dict[str, Any]]:
    """Lead a post's old addresses to its page; return each with its problem, if any.

    An address that leads elsewhere, or that a page of this site has, is left as it is.
    """
    done = []
    for path in addresses_of(old):
        problem = _problem(path, page)
        if not problem and not Redirect.objects.filter(old_path=path).exists():
            Redirect.add_redirect(path, redirect_to=page)
        done.append({"old": path, "problem": problem})
    return done


def _problem(path: str, page: Page) -> str:
    if len(path) > LONGEST:
        return "too long for a redirect"
    other = Redirect.objects.filter(old_path=path).exclude(redirect_page=page).first()
    if other is not None:
        return f"leads to “{other.redirect_page or other.redirect_link}” already"
    here = _page_at(path)
    if here is not None and here.pk != page.pk:
        return f"is the address of “{here.title}”"
    if here is not None:
        return "is the page’s own address"
    return ""


def _page_at(path: str) -> Page | None:
    if "?" in path:
        return None
    home = HomePage.objects.first()
    below = f"{home.url_path.rstrip('/')}{path}/" if home else ""
    return Page.objects.filter(url_path=below).first()


def new_address(address: str) -> str | None:
    """Return where a link of the old site leads now, when its post has a page.

    Records are linked by their id, so that the link holds when a page moves.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if not host or not OldPost.objects.filter(host=host).exists():
        return None
    page = page_now(address)
    if isinstance(page, RecordPage):
        return f"/go/{page.kind}/{page.record_id}/"
    return str(page.url) if page is not None and page.url else None


def page_now(address: str) -> Page | None:
    """Return the page that an address of the old site leads to by now."""
    path = Redirect.normalise_path(normal_address(address))
    redirect = Redirect.objects.filter(old_path=path).first()
    if redirect is None or redirect.redirect_page is None:
        return None
    return redirect.redirect_page.specific


def _before_publication(redirect: Redirect) -> HttpResponseBase | None:
    """Return the way to the list above a page that is not published, else None.

    It is a temporary one, so that no browser keeps it.
    """
    page = redirect.redirect_page
    if page is None or page.live:
        return None
    above = page.get_ancestors().live().filter(depth__gt=1).order_by("-depth")
    address = next((each.url for each in above if each.url), "/")
    answer = HttpResponseRedirect(address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class OldAddresses(RedirectMiddleware):
    """Wagtail's redirects, which else would lead to pages that nobody can see yet."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Answer an address that is not found with where it leads now."""
        if response.status_code == 404:
            path = Redirect.normalise_path(
                request.get_full_path(), decode_unicode=False
            )
            found = get_redirect(request, path)
            if found is None and "?" in path:
                found = get_redirect(request, path.partition("?")[0])
            early = _before_publication(found) if found is not None else None
            if early is not None:
                return early
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


class NumberedPosts:
    """Answers the old site's /?p=12, which would else show the first page."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/" and request.method in {"GET", "HEAD"} and request.GET:
            for key in _NUMBERS:
                number = request.GET.get(key, "")
                if number.isdigit() and len(number) < 12:
                    found = Redirect.objects.filter(
                        old_path=f"/?{key}={number}"
                    ).first()
                    early = _before_publication(found) if found else None
                    if early is not None:
                        return early
                    if found is not None and found.link:
                        return HttpResponsePermanentRedirect(found.link)
        answer: HttpResponseBase = self.get_response(request)
        return answer
