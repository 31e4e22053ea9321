"""The `achemap-site` command: Django's commands, and `serve`."""

from __future__ import annotations

import os
import sys

from achemap.errors import BadInput


def main() -> None:
    """Run one command; bad input is one line on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achemap_site.config.settings")
    try:
        if sys.argv[1:2] == ["serve"]:
            from achemap_site.config.serving import serve

            serve(sys.argv[2:])
            return
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except BadInput as error:
        sys.stderr.write(f"achemap-site: {error}\n")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
