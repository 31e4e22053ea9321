"""`achemap find` and `achemap triage`: one complaint, or a file of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from achemap.cli.group import JSON, main, no_collecting, print_json
from achemap.errors import BadInput


def _complaint_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        JSON,
        click.option(
            "--batch", help="A JSON-lines file of complaints; - for standard input."
        ),
        click.option(
            "--answer", "answers", multiple=True, help="QUESTION=yes|no|unknown"
        ),
        click.option("--sex", type=click.Choice(["f", "m"])),
        click.option("--age", type=int),
        click.option("--region", "regions", multiple=True, help="An id or a lay name."),
        click.argument("text", required=False, default=""),
    ):
        command = option(command)
    return command


def _given(
    text: str,
    regions: tuple[str, ...],
    age: int | None,
    sex: str | None,
    answers: tuple[str, ...],
) -> dict[str, Any]:
    """Return the options of one complaint in the form of a batch line."""
    pairs: dict[str, str] = {}
    for answer in answers:
        question, separator, value = answer.partition("=")
        if not separator:
            raise BadInput(f"--answer {answer!r}", fix="write QUESTION=yes|no|unknown")
        if pairs.get(question, value) != value:
            raise BadInput(f"--answer {question} is given twice, differently")
        pairs[question] = value
    return {
        "id": None,
        "text": text,
        "regions": list(regions),
        "age": age,
        "sex": sex,
        "answers": pairs,
    }


def _run_batch(name: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer a JSON-lines file line by line, in order, on standard output."""
    with click.open_file(name, encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
            except ValueError as error:
                raise BadInput(f"not JSON: {error}", file=name, line=number) from error
            if not isinstance(given, dict):
                raise BadInput("not a JSON object", file=name, line=number)
            try:
                result = answer(given)
            except BadInput as error:
                raise BadInput(
                    error.message,
                    file=name,
                    line=number,
                    field=error.field,
                    fix=error.fix,
                ) from error
            click.echo(json.dumps(result, ensure_ascii=False))


@main.command()
@_complaint_options
@click.option("--top", default=5, show_default=True, help="How many patterns to list.")
def find(
    text: str,
    regions: tuple[str, ...],
    age: int | None,
    sex: str | None,
    answers: tuple[str, ...],
    batch: str | None,
    as_json: bool,
    top: int,
) -> None:
    """Rank the patterns that fit TEXT, with the reasons."""
    with no_collecting():
        from achemap.finder import answering

        answer = answering.finder(top=top)
    if batch is not None:
        _run_batch(batch, answer)
        return
    result = answer(_given(text, regions, age, sex, answers))
    if as_json:
        print_json(result)
    else:
        click.echo(answering.as_text(result))


@main.command()
@_complaint_options
@click.option("--questions", is_flag=True, help="List the questions instead.")
def triage(
    text: str,
    regions: tuple[str, ...],
    age: int | None,
    sex: str | None,
    answers: tuple[str, ...],
    batch: str | None,
    as_json: bool,
    questions: bool,
) -> None:
    """Screen TEXT for danger: what to do first, and what is still to be asked."""
    from achemap.triage import answering

    if questions:
        listed = answering.questions(regions)
        if as_json:
            print_json(listed)
        else:
            click.echo(answering.questions_as_text(listed))
        return
    if batch is not None:
        _run_batch(batch, answering.answer)
        return
    result = answering.answer(_given(text, regions, age, sex, answers))
    if as_json:
        print_json(result)
    else:
        click.echo(answering.as_text(result))
