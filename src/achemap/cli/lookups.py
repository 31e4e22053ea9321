"""Commands that show what the library and the body hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from achemap.cli.group import JSON, main, print_json
from achemap.errors import BadInput, suggestion


@main.command()
@JSON
def regions(as_json: bool) -> None:
    """List the named regions of the body."""
    from achemap.atlas.vocabulary import regions as known

    if as_json:
        print_json(
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
        print_json(
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
        print_json(pattern_as_data(record))
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
        print_json({"counts": numbers, "findings": [each.as_data() for each in found]})
    else:
        for each in found:
            click.echo(f"{each.file}: {each.field}: {each.problem} ({each.fix})")
        click.echo(", ".join(f"{number} {name}" for name, number in numbers.items()))
        click.echo(f"{len(found)} finding(s)" if found else "nothing to mend")
    if found:
        raise SystemExit(1)


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
