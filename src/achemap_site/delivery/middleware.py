"""Headers, the two content policies, and sessions for editors only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase


EDITOR_PREFIXES = ("/admin/", "/documents/")


def is_for_editors(path: str) -> bool:
    """Return whether a path belongs to the editor and not to readers."""
    return path.startswith(EDITOR_PREFIXES)


class Headers:
    """Adds the headers that are the same for every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PolicyByPath(CSPMiddleware):
    """Strict for readers, relaxed where Wagtail's editor needs inline scripts."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_for_editors(request.path):
            parts.config = settings.EDITOR_SECURITY_POLICY
            parts.nonce = None
        return parts


class SessionForEditors(SessionMiddleware):
    """Keeps readers free of cookies: a session exists only where one was begun.

    A reader's request has no session cookie, so nothing is looked up, nothing is
    saved, and the response does not vary by cookie.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        is_reader = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if (
            is_reader
            and not is_for_editors(request.path)
            and not request.session.modified
        ):
            return response
        return super().process_response(request, response)
