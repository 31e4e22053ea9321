"""`achemap convert-wordpress`: an old site to drafts."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from achemap.cli.group import main


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
