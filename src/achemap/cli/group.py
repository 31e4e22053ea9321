"""The group that all commands belong to, and how it reports bad input."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from achemap import __version__
from achemap.errors import BadInput


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


@contextmanager
def no_collecting() -> Iterator[None]:
    """Load tables without looking for garbage: they stay, and there are many of them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def print_json(data: object) -> None:
    """Print data as indented JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
