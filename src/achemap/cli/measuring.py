"""`achemap evaluate`: accuracy on labelled cases and held-out sayings."""

from __future__ import annotations

from pathlib import Path

import click

from achemap.cli.group import JSON, main, print_json


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
        print_json(report.as_data())
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
        print_json(report.as_data())
    else:
        click.echo(report.as_text())


@evaluate.command("sayings")
@JSON
def evaluate_sayings(as_json: bool) -> None:
    """Print how well held-out sayings find their own pattern."""
    from achemap.finder import sayings

    report = sayings.cross_validate()
    if as_json:
        print_json(report.as_data())
    else:
        click.echo(report.as_text())
