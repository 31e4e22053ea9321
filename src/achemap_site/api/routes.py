"""The JSON interface: the library to read, the finder and the screen to ask.

Nothing that a reader sends here is stored or logged.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from pydantic import Field

from achemap.atlas.vocabulary import region_named, regions
from achemap.errors import BadInput
from achemap_site.api import answers


api = NinjaAPI(
    title="Achemap",
    version="1",
    description=(
        "Pain patterns that trigger points may cause. Not a diagnosis and no medical"
        " advice. What you send is neither stored nor logged."
    ),
    urls_namespace="api-1",
    docs_url=None,
)


class Problem(Schema):
    detail: str


class Ask(Schema):
    """A complaint, as in a line of `achemap find --batch`."""

    id: str | int | None = None
    text: str | None = None
    complaint: str | None = None
    age: int | None = None
    sex: str | None = None
    regions: list[str] = Field(default_factory=list)
    cells: list[int] = Field(default_factory=list)
    answers: dict[str, str] = Field(default_factory=dict)


@api.exception_handler(BadInput)
def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    """Say in one line what was wrong with the request."""
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.get("/patterns", response=list[dict[str, Any]])
def patterns(request: HttpRequest) -> list[dict[str, Any]]:
    """List every published pattern."""
    return answers.patterns()


@api.get("/patterns/{pattern}", response={200: dict[str, Any], 404: Problem})
def pattern(request: HttpRequest, pattern: str) -> Any:
    """Return one pattern, without the self-care that only a screen opens."""
    found = answers.pattern(pattern)
    if found is None:
        return Status(404, {"detail": f"no pattern {pattern}"})
    return found


@api.get("/regions", response=list[dict[str, Any]])
def region_list(request: HttpRequest) -> list[dict[str, Any]]:
    """List the named regions of the body."""
    return [answers.region(each) for each in regions().values()]


@api.get("/regions/{name}", response={200: dict[str, Any], 404: Problem})
def region(request: HttpRequest, name: str) -> Any:
    """Return one region (an id or a lay name) and the patterns that reach it."""
    try:
        found = region_named(name)
    except BadInput as error:
        return Status(404, {"detail": str(error)})
    return answers.region(found) | {"patterns": answers.reaching(found.id)}


@api.post("/find", response={200: dict[str, Any], 422: Problem})
def find(request: HttpRequest, ask: Ask, top: int = 5) -> Any:
    """Rank the patterns that fit a complaint, with reasons and the danger screen."""
    return answers.find(ask.dict(), top=max(1, min(top, 50)))


@api.post("/triage", response={200: dict[str, Any], 422: Problem})
def triage(request: HttpRequest, ask: Ask) -> Any:
    """Say how urgent a complaint is, and what still has to be asked."""
    return answers.triage(ask.dict())
