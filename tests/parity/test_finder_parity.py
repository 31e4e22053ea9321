"""Python and the browser give the same ranking on the same bundle.

2,400 generated inputs and the labelled complaints of tests/data, in real Chromium in
one page, and in node where it is installed: same order, scores within 1e-6.
"""

from __future__ import annotations

import http.server
import json
import math
import shutil
import subprocess
import threading
from functools import partial
from pathlib import Path

import pytest

from achemap.bundle import compiled, write
from achemap.complaint import Complaint, Place, complaint_from
from achemap.finder import compare, find, why_not
from achemap.library import load


PROJECT = Path(__file__).parents[2]
STATIC = PROJECT / "src" / "achemap_site" / "static" / "achemap"
HERE = Path(__file__).parent
COUNT = 2400
BAND = 1e-6


def _vectors():
    import importlib.util

    spec = importlib.util.spec_from_file_location("vectors", HERE / "vectors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle():
    return compiled()


@pytest.fixture(scope="module")
def inputs(bundle):
    sayings = [each for row in load().patterns.values() for each in row.sayings]
    made = _vectors().generated(bundle, COUNT, sayings)
    labelled = sorted((PROJECT / "tests" / "data").glob("*finder*.jsonl"))
    for path in labelled:
        for line in path.read_text(encoding="utf-8").splitlines():
            held = json.loads(line)
            made.append(
                {"id": held["id"], "text": held.get("text") or held["complaint"]}
            )
    return made


def _complaint(given, bundle) -> Complaint:
    plain = {key: value for key, value in given.items() if key != "regions"}
    found = complaint_from(plain, lexicon=bundle.lexicon)
    places = tuple(
        Place(each["region"], each["side"]) for each in given.get("regions", ())
    )
    return Complaint(
        found.text, found.understood, places, found.cells, None, None, found.answers
    )


@pytest.fixture(scope="module")
def expected(bundle, inputs):
    return [find(_complaint(given, bundle), bundle, top=10) for given in inputs]


@pytest.fixture(scope="module")
def site(tmp_path_factory, bundle, inputs):
    root = tmp_path_factory.mktemp("parity")
    write(root / "bundle", bundle)
    shutil.copytree(STATIC, root / "achemap")
    shutil.copy(HERE / "run.mjs", root / "run.mjs")
    (root / "inputs.json").write_text(json.dumps(inputs), encoding="utf-8")
    (root / "index.html").write_text("<!doctype html><title>parity</title>", "utf-8")
    return root


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path):
        """Serve modules as what they are, whatever the machine's mime table says."""
        if str(path).endswith((".mjs", ".js")):
            return "text/javascript"
        return super().guess_type(path)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site):
    handler = partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def _close(one, other):
    return math.isclose(one, other, rel_tol=0, abs_tol=BAND)


def _same(ranking, found, given):
    where = (given["id"], given["text"][:200])
    heard = ranking.complaint.understood
    assert [
        [
            m.concept, m.role, m.words, m.negated, m.past, m.other_person, m.hedged,
            m.side, m.relation,
        ]
        for m in heard.mentions
    ] == found["mentions"], where  # fmt: skip
    assert [list(each) for each in heard.corrections] == found["corrections"], where
    assert list(heard.not_understood) == found["not_understood"], where
    rows = found["results"]
    assert [each.pattern.id for each in ranking.results] == [row[0] for row in rows], (
        where
    )
    for result, (_, score, probability, side, because) in zip(
        ranking.results, rows, strict=True
    ):
        assert _close(result.score, score), where
        assert _close(result.probability, probability), where
        assert result.side == side, where
        theirs = dict(because)
        ours = {reason.evidence: reason.weight for reason in result.because}
        assert list(theirs) == list(ours), where
        assert all(_close(theirs[label], ours[label]) for label in ours), where
    assert _close(ranking.something_else, found["other"]), where
    assert [[t.pattern, list(t.places)] for t in ranking.together] == found["together"]
    assert list(ranking.unexplained) == found["unexplained"], where
    question = ranking.next_question
    if question is None or found["question"] is None:
        assert question is None, where
        assert found["question"] is None, where
    else:
        assert question.id == found["question"][0], where
        assert _close(question.gain, found["question"][1]), where


def _rows_close(ours, theirs, where):
    """Compare rows whose numbers are rounded to the band in both: a step may lie between."""
    assert len(ours) == len(theirs), where
    for one, other in zip(ours, theirs, strict=True):
        for mine, yours in zip(one, other, strict=True):
            near = isinstance(mine, float) and abs(mine - yours) <= 2 * BAND
            same = near or mine == yours
            assert same, (where, mine, yours)


def _same_why(ranking, bundle, theirs, given):
    where = (given["id"], given["text"][:200])
    ids = [each.pattern.id for each in ranking.results]
    why = why_not(bundle, ranking, ids[-1])
    both = compare(bundle, ranking, ids[0], ids[1])
    stood = [
        [each.pattern.id, each.rank, each.probability, each.side]
        for each in (why.own, why.leader, both.a, both.b)
    ]
    _rows_close(stood, theirs["standings"], where)
    down = [[each.evidence, each.weight, each.weight] for each in why.pulls_down]
    _rows_close(down, theirs["pulls_down"], where)
    for name, held in (
        ("behind", why.behind),
        ("ahead", why.ahead),
        ("shared", both.shared),
        ("for_a", both.for_a),
        ("for_b", both.for_b),
    ):
        _rows_close(
            [[each.evidence, each.a, each.b] for each in held], theirs[name], where
        )
    _rows_close([[e.id, e.name, e.chance] for e in why.unsaid], theirs["unsaid"], where)
    told = [[each.pattern, each.words] for each in both.tell_apart]
    assert told == theirs["tell_apart"], where
    asked = [[each.id, each.text, each.a, each.b] for each in both.questions]
    _rows_close(asked, theirs["questions"], where)


def _all_same(expected, found, inputs, bundle):
    assert len(found) == len(inputs) >= 2000
    for ranking, theirs, given in zip(expected, found, inputs, strict=True):
        _same(ranking, theirs, given)
    explained = [
        (ranking, theirs["why"], given)
        for ranking, theirs, given in zip(expected, found, inputs, strict=True)
        if theirs["why"] is not None
    ]
    assert len(explained) > 200
    for ranking, theirs, given in explained:
        _same_why(ranking, bundle, theirs, given)


def test_chromium_gives_the_same(page, address, expected, inputs, bundle):
    script = """async () => {
      const json = async (name) => (await fetch(name)).json();
      const bytes = async (name) => (await fetch(name)).arrayBuffer();
      const { evaluate } = await import("/run.mjs");
      return evaluate("/achemap", {
        core: await json("bundle/core.json"), cells: await bytes("bundle/cells.bin"),
        words: await json("bundle/words.json"), weights: await bytes("bundle/words.bin"),
        apart: await json("bundle/apart.json"), inputs: await json("inputs.json"),
      });
    }"""
    page.goto(address + "/index.html")
    found = page.evaluate(script)
    _all_same(expected, found, inputs, bundle)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_node_gives_the_same(site, expected, inputs, bundle):
    script = """
      import fs from "node:fs";
      const root = process.argv[2];
      const { evaluate } = await import(root + "/run.mjs");
      const json = (name) => JSON.parse(fs.readFileSync(root + "/" + name, "utf8"));
      const bytes = (name) => fs.readFileSync(root + "/bundle/" + name);
      const found = await evaluate(root + "/achemap", {
        core: json("bundle/core.json"), cells: bytes("cells.bin"),
        words: json("bundle/words.json"), weights: bytes("words.bin"),
        apart: json("bundle/apart.json"), inputs: json("inputs.json"),
      });
      fs.writeFileSync(root + "/found.json", JSON.stringify(found));
    """
    (site / "main.mjs").write_text(script, encoding="utf-8")
    (site / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    subprocess.run(["node", str(site / "main.mjs"), str(site)], check=True)
    found = json.loads((site / "found.json").read_text(encoding="utf-8"))
    _all_same(expected, found, inputs, bundle)
