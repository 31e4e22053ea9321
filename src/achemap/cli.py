"""The `achemap` command."""


def main() -> None:
    raise SystemExit(0)
