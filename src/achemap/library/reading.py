"""Library files to records, with errors that name file, line and field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import yaml

from achemap.atlas.grammar import decode
from achemap.errors import BadInput, suggestion
from achemap.library.records import (
    SECTION_HEADINGS,
    Article,
    Muscle,
    Pattern,
    Product,
    Source,
    Technique,
)


R = TypeVar("R")

# The C loader is about eight times faster; PyYAML's own is the same language.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PATH = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_PATH_PART = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN_FIELD = re.compile(r"contains unknown field `(?P<name>[^`]*)`")
_MISSING_FIELD = re.compile(r"missing required field `(?P<name>[^`]*)`")
_HEADING = re.compile(r"^## +(?P<title>.+?)\s*$", re.MULTILINE)


def read_text(path: Path) -> str:
    """Return the file's text. Raises BadInput when it is not UTF-8 or not there."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            "is not UTF-8 text", file=path, fix="save it as UTF-8"
        ) from error
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file=path) from error


def parse_yaml(text: str, file: Path | str, first_line: int = 1) -> Any:
    """Return the YAML value of `text`. Raises BadInput with file and line."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + first_line
        problem = getattr(error, "problem", None) or str(error)
        raise BadInput(
            f"is not readable YAML: {problem}",
            file=file,
            line=line,
            fix="often a colon or quote in a text: put the text in double quotes",
        ) from error


def split_front_matter(text: str, file: Path | str) -> tuple[str, str, int]:
    """Return (front matter, body, 1-based line where the body starts).

    Raises BadInput when the file does not open with a `---` block.
    """
    lines = text.split("\n")
    if lines[0].strip() != "---":
        raise BadInput(
            "does not begin with front matter",
            file=file,
            line=1,
            fix="the first line is ---",
        )
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return (
                "\n".join(lines[1 : number - 1]) + "\n",
                "\n".join(lines[number:]),
                number + 1,
            )
    raise BadInput(
        "front matter is not closed", file=file, line=1, fix="end it with ---"
    )


def _path_parts(path: str) -> list[str | int]:
    parts: list[str | int] = []
    for name, index in _PATH_PART.findall(path):
        if name:
            parts.append(name)
        elif index != "...":
            parts.append(int(index))
    return parts


def line_of(text: str, parts: list[str | int], first_line: int = 1) -> int | None:
    """Return the line on which the value at `parts` of a YAML text begins."""
    node = yaml.compose(text, Loader=_LOADER)
    line = None if node is None else node.start_mark.line
    for part in parts:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                break
            key, node = pairs[str(part)]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return None if line is None else line + first_line


def _as_bad_input(
    error: Exception, kind: type, text: str, file: Path | str, first_line: int
) -> BadInput:
    message = str(error)
    match = _PATH.search(message)
    parts = _path_parts(match["path"]) if match else []
    message = message[: match.start()] if match else message
    fix = None
    if unknown := _UNKNOWN_FIELD.search(message):
        parts = [*parts, unknown["name"]]
        message = f"unknown field {unknown['name']!r}"
        fields = [field.encode_name for field in msgspec.structs.fields(kind)]
        fix = suggestion(unknown["name"], fields) if len(parts) == 1 else None
    elif missing := _MISSING_FIELD.search(message):
        message = f"field {missing['name']!r} is missing"
        fix = f"add {missing['name']}: …"
    field = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts)
    return BadInput(
        message,
        file=file,
        line=line_of(text, parts, first_line),
        field=field.lstrip(".") or None,
        fix=fix,
    )


def convert(
    data: object, kind: type[R], text: str, file: Path | str, first_line: int = 1
) -> R:
    """Return `data` as a record of `kind`. Raises BadInput with file, line, field.

    `text` is the YAML that `data` came from, beginning on `first_line` of the file.
    """
    try:
        return msgspec.convert(data, kind, dec_hook=decode)
    except (msgspec.ValidationError, ValueError) as error:
        raise _as_bad_input(error, kind, text, file, first_line) from error


def _mapping(data: object, file: Path | str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadInput("holds no fields", file=file, fix="write `field: value` lines")
    return cast("Mapping[str, Any]", data)


def read_sections(body: str, file: Path | str, first_line: int = 1) -> dict[str, str]:
    """Return the Markdown under each `##` heading of a pattern, by section name.

    Raises BadInput for an unknown, repeated or out-of-place heading, so that no
    text is ever dropped.
    """
    names = {title: name for name, title in SECTION_HEADINGS.items()}
    found: dict[str, str] = {}
    heads = list(_HEADING.finditer(body))
    lead = body[: heads[0].start()] if heads else body
    if lead.strip():
        raise BadInput(
            "text before the first section heading",
            file=file,
            line=first_line,
            fix=f"put it under ## {next(iter(names))}",
        )
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        line = first_line + body.count("\n", 0, head.start())
        title = head["title"]
        if title not in names:
            raise BadInput(
                f"unknown section {title!r}",
                file=file,
                line=line,
                fix=suggestion(title, names),
            )
        if names[title] in found:
            raise BadInput(f"section {title!r} is there twice", file=file, line=line)
        end = len(body) if after is None else after.start()
        found[names[title]] = body[head.end() : end].strip("\n")
    return found


def parse_pattern(text: str, file: Path | str = "pattern") -> Pattern:
    """Read a pattern file. Raises BadInput with file, line and field."""
    front, body, body_line = split_front_matter(text, file)
    data = dict(_mapping(parse_yaml(front, file, 2), file))
    data["sections"] = {
        name.replace("_", "-"): prose
        for name, prose in read_sections(body, file, body_line).items()
    }
    return convert(data, Pattern, front, file, 2)


def _with_body(text: str, kind: type[R], file: Path | str) -> R:
    front, body, _ = split_front_matter(text, file)
    data = dict(_mapping(parse_yaml(front, file, 2), file))
    data["body"] = body.strip("\n")
    return convert(data, kind, front, file, 2)


def parse_technique(text: str, file: Path | str = "technique") -> Technique:
    """Read a technique file. Raises BadInput with file, line and field."""
    return _with_body(text, Technique, file)


def parse_article(text: str, file: Path | str = "article") -> Article:
    """Read a concept or collection file. Raises BadInput with file, line, field."""
    return _with_body(text, Article, file)


def parse_muscle(text: str, file: Path | str = "muscle") -> Muscle:
    """Read a muscle file. Raises BadInput with file, line and field."""
    return convert(parse_yaml(text, file), Muscle, text, file)


def parse_product(text: str, file: Path | str = "product") -> Product:
    """Read a product file. Raises BadInput with file, line and field."""
    return convert(parse_yaml(text, file), Product, text, file)


def parse_sources(text: str, file: Path | str = "sources") -> tuple[Source, ...]:
    """Read a source list. Raises BadInput with file, line and field."""
    return convert(parse_yaml(text, file) or [], tuple[Source, ...], text, file)
