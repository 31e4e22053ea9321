"""The `achemap` command: thin. Each command imports what it needs, when it runs."""

from achemap.cli import complaints, converting, lookups, measuring
from achemap.cli.group import main


__all__ = ["complaints", "converting", "lookups", "main", "measuring"]
