"""Choose the finder's mix by cross-validation over sayings: `python bench/tune_finder.py`.

Prints the report before and after; with `--write` it stores the new numbers in
`src/achemap/data/finder/settings.json`. Labelled cases are never looked at.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace

from achemap.bundle import Bundle, compiled
from achemap.finder.leaving import calibrated, figures, rounds
from achemap.finder.sayings import accuracy, held_out, report_on, tuned
from achemap.finder.stored import DATA
from achemap.library import load


KEPT = (
    "noise",
    "paint_noise",
    "place",
    "sign",
    "text",
    "prior",
    "paint",
    "temperature",
    "other",
    "other_words",
    "other_paint",
    "share",
    "share_words",
    "share_paint",
    "most",
)


def main() -> None:
    bundle, library = compiled(), load()
    singles, doubles = held_out(library, bundle)
    print(report_on(singles, doubles, bundle).as_text())
    found = tuned(singles, doubles, bundle.tables.settings)
    one, two = rounds(library, bundle)
    found = calibrated(one, two, found)
    print("muscle left out, single:", figures(one, found))
    print("muscle left out, pairs: ", figures(two, found))
    after = Bundle(
        bundle.version, replace(bundle.tables, settings=found), bundle.lexicon
    )
    print("tuned:", {name: asdict(found)[name] for name in KEPT})
    print("single:", accuracy(singles, after.tables.settings))
    print("pairs: ", accuracy(doubles, after.tables.settings))
    if "--write" in sys.argv:
        path = DATA / "finder" / "settings.json"
        held = json.loads(path.read_text(encoding="utf-8"))
        held.update({name: asdict(found)[name] for name in KEPT})
        path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
