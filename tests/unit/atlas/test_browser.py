"""The body map's files are those that the atlas gives."""

from pathlib import Path

import achemap_site
from achemap.atlas.browser import browser_files


def test_committed_files_are_fresh() -> None:
    folder = Path(achemap_site.__file__).parent / "static/achemap/bodymap"

    for name, content in browser_files().items():
        assert (folder / name).read_bytes() == content, (
            "run: python -m achemap.atlas.browser " + str(folder)
        )
