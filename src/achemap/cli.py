"""The `achemap` command: thin. Each command imports what it needs, when it runs."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from achemap import __version__
from achemap.errors import BadInput, suggestion


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class _OneLineErrors(click.Group):
    """Turns bad input into one line on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            click.echo(f"achemap: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(
    cls=_OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="achemap")
def main() -> None:
    """Find the trigger-point pain pattern behind an ache: danger first."""


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@main.command()
@JSON
def regions(as_json: bool) -> None:
    """List the named regions of the body."""
    from achemap.atlas.vocabulary import regions as known

    if as_json:
        _print_json(
            {
                "regions": [
                    {
                        "id": each.id,
                        "name": each.name,
                        "term": each.term,
                        "parent": each.parent,
                        "synonyms": list(each.synonyms),
                        "choir": {
                            "left": list(each.choir_left),
                            "right": list(each.choir_right),
                        },
                    }
                    for each in known().values()
                ]
            }
        )
        return
    for each in known().values():
        indent = "  " if each.is_leaf else ""
        click.echo(f"{indent}{each.id:<32}{each.name}")


@main.command()
@click.argument("name")
@JSON
def region(name: str, as_json: bool) -> None:
    """Show which patterns reach the region NAME (an id or a lay name)."""
    from achemap.atlas.vocabulary import region_named
    from achemap.finder.reach import patterns_reaching

    found = region_named(name)
    reaching = patterns_reaching(found.id)
    if as_json:
        _print_json(
            {
                "region": found.id,
                "patterns": [
                    {
                        "pattern": each.pattern,
                        "muscles": list(each.muscles),
                        "level": each.level,
                        "share": round(each.share, 4),
                    }
                    for each in reaching
                ],
            }
        )
        return
    click.echo(f"{found.name} ({found.term})")
    for each in reaching:
        click.echo(f"  {each.level:<10} {each.share:4.0%}  {each.pattern}")
    if not reaching:
        click.echo("  no pattern of the library reaches it")


@main.command()
@click.argument("pattern")
@JSON
def show(pattern: str, as_json: bool) -> None:
    """Show one PATTERN of the library."""
    from achemap.library import load
    from achemap.library.writing import pattern_as_data, pattern_as_text

    library = load()
    if pattern not in library.patterns:
        raise BadInput(
            f"unknown pattern {pattern!r}", fix=suggestion(pattern, library.patterns)
        )
    record = library.patterns[pattern]
    if as_json:
        _print_json(pattern_as_data(record))
    else:
        click.echo(pattern_as_text(record), nl=False)


@main.command()
@JSON
def check(as_json: bool) -> None:
    """Lint the whole library; exit 1 when anything is wrong."""
    from achemap.check import findings
    from achemap.check.loading import counts, load_world

    world = load_world(datetime.now(tz=UTC).date())
    found = findings(world)
    numbers = counts(world)
    if as_json:
        _print_json({"counts": numbers, "findings": [each.as_data() for each in found]})
    else:
        for each in found:
            click.echo(f"{each.file}: {each.field}: {each.problem} ({each.fix})")
        click.echo(", ".join(f"{number} {name}" for name, number in numbers.items()))
        click.echo(f"{len(found)} finding(s)" if found else "nothing to mend")
    if found:
        raise SystemExit(1)


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
    from achemap.finder import answering

    answer = answering.finder(top=top)
    if batch is not None:
        _run_batch(batch, answer)
        return
    result = answer(_given(text, regions, age, sex, answers))
    if as_json:
        _print_json(result)
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
            _print_json(listed)
        else:
            click.echo(answering.questions_as_text(listed))
        return
    if batch is not None:
        _run_batch(batch, answering.answer)
        return
    result = answering.answer(_given(text, regions, age, sex, answers))
    if as_json:
        _print_json(result)
    else:
        click.echo(answering.as_text(result))


@main.group()
def evaluate() -> None:
    """Measure the finder and the screen against labelled cases."""


@evaluate.command("find")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
def evaluate_find(file: Path, as_json: bool) -> None:
    """Print the finder's accuracy on the labelled cases of FILE."""
    from achemap.finder import evaluation

    report = evaluation.evaluate_file(file)
    if as_json:
        _print_json(report.as_data())
    else:
        click.echo(report.as_text())


@evaluate.command("triage")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
def evaluate_triage(file: Path, answers: Path | None, as_json: bool) -> None:
    """Print the screen's accuracy on the labelled vignettes of FILE."""
    from achemap.triage import evaluation

    report = evaluation.evaluate_file(file, answers)
    if as_json:
        _print_json(report.as_data())
    else:
        click.echo(report.as_text())


@evaluate.command("sayings")
@JSON
def evaluate_sayings(as_json: bool) -> None:
    """Print how well held-out sayings find their own pattern."""
    from achemap.finder import sayings

    report = sayings.cross_validate()
    if as_json:
        _print_json(report.as_data())
    else:
        click.echo(report.as_text())


@main.command()
@click.argument("pattern")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--body",
    type=click.Choice(["neutral", "female", "male"]),
    default="neutral",
    show_default=True,
)
def figure(pattern: str, out: Path, body: str) -> None:
    """Draw the picture of PATTERN to FILE.svg or FILE.png."""
    from achemap.illustrate import write_figure
    from achemap.library import load

    library = load()
    if pattern not in library.patterns:
        raise BadInput(
            f"unknown pattern {pattern!r}", fix=suggestion(pattern, library.patterns)
        )
    write_figure(library.patterns[pattern], library.muscles, out, body)
    click.echo(str(out))


@main.command("compile")
def compile_bundle() -> None:
    """Compile the library into the tables that find and the browser use."""
    from achemap.bundle import compiled

    click.echo(compiled().describe())


@main.command("convert-wordpress")
@click.argument("export", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for drafts, pictures, redirects.",
)
@click.option(
    "--report",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for the account of every post, as JSON.",
)
@click.option(
    "--uploads",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A copy of wp-content/uploads, to take pictures from.",
)
@click.option(
    "--fetch-from",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Fetch missing pictures from this host. Repeatable; without it, no network.",
)
def convert_wordpress(
    export: Path, out: Path, report: Path, uploads: Path | None, hosts: tuple[str, ...]
) -> None:
    """Convert a WordPress EXPORT to drafts; the report lists all that has no place.

    EXPORT is a WXR file (.xml), a saved REST answer (.json), a saved page (.html), a
    zip or gzip of one, or a folder of them. Running it again changes nothing; a run
    that was stopped is finished by running it again.
    """
    from achemap.library import load
    from achemap.wordpress.media import Gatherer
    from achemap.wordpress.running import convert_export

    def say(done: int) -> None:
        if done % 50 == 0 and sys.stderr.isatty():
            click.echo(f"\r{done} posts", nl=False, err=True)

    muscles = load().muscles
    # The library stays as long as the command, and posts leave no circles: waste is
    # looked for seldom.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gatherer = Gatherer(uploads, frozenset(host.lower() for host in hosts))
    found = convert_export(export, out, report, muscles, say, gatherer)
    click.echo(
        f"{found['posts_converted']} posts, {found['words_in']} words in,"
        f" {found['words_placed']} placed, {found['words_not_placed']} listed as not"
        f" placed, {found['words_lost']} lost; {found['files_changed']} files changed"
    )
    if uploads or hosts:
        click.echo(
            f"pictures: {found['media_found']} found, {found['media_missing']} missing,"
            f" {found['media_refused']} refused"
        )
    if found["left_over"]:
        click.echo(f"{len(found['left_over'])} drafts here are not in this export")


if __name__ == "__main__":
    main()
