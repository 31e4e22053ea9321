"""The danger screen: the kidney rule, three values, monotonicity, nothing skipped."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.complaint import Complaint, Place, complaint_from
from achemap.errors import BadInput
from achemap.triage import Cleared, evaluate, load_rules
from achemap.triage.checks import Check, answers_from
from achemap.triage.evaluate import screen_of
from achemap.triage.loading import RuleSet, read_rules
from achemap.triage.questions import questions
from achemap.triage.reading import Given
from achemap.triage.records import RANK, Clause, Rule


RULES = load_rules()
ANSWERS = Path(__file__).with_name("vignette_answers.jsonl")
KIDNEYS = "aching and burning over my kidneys, worse when I cough"


def calm(**changed: str) -> dict[str, str]:
    """Answer every question in the way that raises no concern, but for `changed`."""
    answers = {
        name: "yes" if one.worry == "no" else "no"
        for name, one in RULES.questions.items()
    }
    return answers | {name.replace("_", "-"): said for name, said in changed.items()}


def complaint(text: str = "", **given: object) -> Complaint:
    return complaint_from({"text": text, "age": 44, "sex": "f", **given})


class TestKidneyRule:
    def test_asks_before_anything_is_known(self) -> None:
        screen = evaluate(complaint_from({"text": KIDNEYS}))
        assert screen.disposition == "incomplete"
        assert "kidney-checked" in {one.id for one in screen.ask}

    @pytest.mark.parametrize("said", ["no", "unknown"])
    def test_unchecked_kidneys_go_to_a_doctor(self, said: str) -> None:
        screen = evaluate(
            complaint_from({"text": KIDNEYS, "answers": {"kidney-checked": said}})
        )
        assert screen.disposition == "doctor_first"

    def test_only_a_clean_recent_check_opens_self_care(self) -> None:
        assert evaluate(complaint(KIDNEYS, answers=calm())).disposition == "selfcare_ok"
        for name, said in (
            ("kidney_checked", "no"),
            ("kidney_checked_recent", "no"),
            ("kidney_checked_clear", "unknown"),
            ("kidney_new_since", "yes"),
        ):
            screen = evaluate(complaint(KIDNEYS, answers=calm(**{name: said})))
            assert screen.disposition == "doctor_first", name

    def test_a_check_lapses(self) -> None:
        today = date(2026, 11, 23)
        for days, wanted in ((30, "selfcare_ok"), (120, "doctor_first")):
            check = Check(
                "kidney", "doctor", today - timedelta(days=days), True, True, False
            )
            answers = calm() | answers_from(check, today=today)
            assert evaluate(complaint(KIDNEYS, answers=answers)).disposition == wanted

    def test_a_check_by_another_person_does_not_count(self) -> None:
        today = date(2026, 11, 23)
        check = Check("kidney", "other", today, True, True, False)
        assert answers_from(check, today=today) == {"kidney-checked": "no"}

    def test_low_back_asks_whether_it_is_over_the_kidneys(self) -> None:
        asked = {one.id for one in evaluate(complaint("my lower back aches")).ask}
        assert "kidney-area-pain" in asked
        assert "kidney-checked" not in asked


def alone() -> list[tuple[Rule, Clause]]:
    return [
        (rule, way)
        for rule in RULES.rules.values()
        for way in rule.ways
        if len(way.all) == 1
        and not (way.any or way.at_least)
        and way.all[0] in RULES.questions
        and RULES.questions[way.all[0]].strong
    ]


@pytest.mark.parametrize(
    ("rule", "way"), alone(), ids=lambda one: getattr(one, "id", "")
)
def test_a_strong_sign_alone_gives_its_level_from_every_place(
    rule: Rule, way: Clause
) -> None:
    question = RULES.questions[way.all[0]]
    zones = RULES.zones if "anywhere" in rule.where else rule.where
    for zone in zones:
        for said, level in ((question.worry, way.level), ("unknown", "doctor_first")):
            place = Given(frozenset({zone}), True, 44, None, {})
            answers = calm() | {question.id: said}
            screen = screen_of(place, answers, RULES)
            assert RANK[screen.at_least] >= RANK[level], (zone, said)


def world() -> st.SearchStrategy[tuple[Given, dict[str, str]]]:
    names = st.sampled_from(sorted(RULES.questions))
    return st.tuples(
        st.builds(
            Given,
            st.frozensets(st.sampled_from(sorted(RULES.zones)), min_size=1, max_size=3),
            st.just(True),
            st.one_of(st.none(), st.integers(0, 100)),
            st.sampled_from([None, "f", "m"]),
            st.dictionaries(
                st.sampled_from(sorted(RULES.lexicon.cues)), st.just("so"), max_size=2
            ),
        ),
        st.dictionaries(names, st.sampled_from(["yes", "no", "unknown"]), max_size=30),
    )


class TestProperties:
    @settings(max_examples=150, deadline=None)
    @given(world(), st.sampled_from(sorted(RULES.questions)))
    def test_more_worry_never_lowers(
        self, world: tuple[Given, dict[str, str]], name: str
    ) -> None:
        place, answers = world
        worry = RULES.questions[name].worry
        ease = "no" if worry == "yes" else "yes"
        ranks = []
        for said in (ease, "unknown", worry):
            screen = screen_of(place, answers | {name: said}, RULES)
            ranks.append(RANK[screen.at_least])
        if name not in ("kidney-checked", "chest-checked"):
            assert ranks == sorted(ranks)
        assert ranks[2] >= ranks[0]

    @settings(max_examples=100, deadline=None)
    @given(world())
    def test_an_answer_never_lowers_what_was_certain(
        self, world: tuple[Given, dict[str, str]]
    ) -> None:
        place, answers = world
        rank = -1
        held: dict[str, str] = {}
        for name, said in answers.items():
            held[name] = said
            now = RANK[screen_of(place, held, RULES).at_least]
            assert now >= rank
            rank = now

    @settings(max_examples=100, deadline=None)
    @given(world())
    def test_open_questions_never_give_self_care(
        self, world: tuple[Given, dict[str, str]]
    ) -> None:
        place, answers = world
        screen = screen_of(place, answers, RULES)
        if screen.ask:
            assert screen.disposition != "selfcare_ok"
            assert screen.cleared() is None

    @settings(max_examples=60, deadline=None)
    @given(world(), st.sampled_from(sorted(RULES.zones)))
    def test_a_wider_place_never_lowers(
        self, world: tuple[Given, dict[str, str]], zone: str
    ) -> None:
        place, answers = world
        wide = Given(place.zones | {zone}, True, place.age, place.sex, place.cues)
        lower = RANK[screen_of(place, answers, RULES).at_least]
        assert RANK[screen_of(wide, answers, RULES).at_least] >= lower

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=200))
    def test_text_alone_never_gives_self_care(self, text: str) -> None:
        screen = evaluate(Complaint(text=text, regions=(Place("back-lower"),)))
        assert screen.disposition != "selfcare_ok"


class TestAnswers:
    def test_unknown_question_is_refused(self) -> None:
        with pytest.raises(BadInput, match="kidney-cheked"):
            evaluate(complaint(KIDNEYS, answers={"kidney-cheked": "no"}))

    def test_no_place_is_never_self_care(self) -> None:
        screen = evaluate(complaint("it hurts", answers=calm()))
        assert screen.disposition == "incomplete"
        assert screen.ask[0].id == "where"

    def test_unknown_age_is_asked(self) -> None:
        asked = evaluate(complaint_from({"regions": ["knee"]})).ask
        assert "under-16" in {one.id for one in asked}

    def test_a_child_goes_to_a_doctor(self) -> None:
        screen = evaluate(
            complaint_from({"regions": ["calf"], "age": 9, "answers": calm()})
        )
        assert screen.disposition == "doctor_first"

    def test_a_no_does_not_cancel_what_was_written(self) -> None:
        screen = evaluate(
            complaint("low back ache, numb between my legs", answers=calm())
        )
        assert screen.disposition == "emergency"

    def test_cleared_cannot_be_made_by_hand(self) -> None:
        with pytest.raises(TypeError):
            Cleared("x", frozenset(), frozenset())


def without(rules: RuleSet, gone: str) -> RuleSet:
    kept = {name: rule for name, rule in rules.rules.items() if name != gone}
    return RuleSet(
        rules.zones,
        rules.topics,
        rules.questions,
        MappingProxyType(kept),
        rules.lexicon,
        "mutant",
    )


def smallest(way: Clause) -> dict[str, str]:
    """Return answers that make a way certain, as far as answers can."""
    answers = {}
    for literal in (*way.all, *way.any[:1], *way.of):
        name, _, said = literal.partition("=")
        if name in RULES.questions:
            answers[name] = said or RULES.questions[name].worry
    return answers


def fires(rule: Rule, way: Clause, rules: RuleSet) -> str | None:
    zones = {
        literal[5:]
        for literal in (*way.all, *way.any[:1], *way.of)
        if literal.startswith("zone:")
    }
    zones |= {zone for zone in rule.where if zone != "anywhere"} or {"legs"}
    age = 44
    for literal in (*way.all, *way.any[:1], *way.of):
        if literal.startswith("age"):
            bound = int(literal.lstrip("age<>="))
            age = max(bound, 44) if ">=" in literal else min(bound - 1, age)
    screen = screen_of(
        Given(frozenset(zones), True, age, None, {}), smallest(way), rules
    )
    return next((one.level for one in screen.fired if one.rule == rule.id), None)


@pytest.mark.parametrize("name", sorted(RULES.rules))
def test_each_way_fires_and_a_missing_rule_shows(name: str) -> None:
    rule = RULES.rules[name]
    mutant = without(RULES, name)
    for way in rule.ways:
        level = fires(rule, way, RULES)
        assert level is not None
        assert RANK[level] >= RANK[way.level]
        assert fires(rule, way, mutant) is None


def test_every_row_of_the_safety_table_is_covered() -> None:
    covered = {row for rule in RULES.rules.values() for row in rule.rows}
    assert covered >= set(range(1, 82))


def test_weakening_a_rule_is_noticed() -> None:
    """The levels are pinned: a weaker rule set differs from this list."""
    pinned = json.loads(Path(__file__).with_name("levels.json").read_text())
    assert {name: rule.level for name, rule in RULES.rules.items()} == pinned["rules"]
    ways = {
        name: [
            [way.level, list(way.all), list(way.any), way.at_least, list(way.of)]
            for way in rule.ways
        ]
        for name, rule in RULES.rules.items()
    }
    assert ways == pinned["ways"]


class TestRuleFiles:
    def write(self, folder: Path, text: str) -> None:
        for file in Path(RULES_FOLDER).glob("*-*.yaml"):
            folder.joinpath(file.name).write_text(file.read_text())
        folder.joinpath("rules-99-own.yaml").write_text(text)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("language: en\nrules:\n  - {id: x}\n", "rules-99-own.yaml:3"),
            ("language: en\nrulez: []\n", "rulez"),
            (
                "language: en\nquestions:\n  - {id: q, text: t, label: l, topic: nowhere}\n",
                "q.topic",
            ),
            (": :\n- x\n  y", "this is not YAML"),
        ],
    )
    def test_one_error_stops_everything(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        self.write(tmp_path, text)
        with pytest.raises(BadInput) as error:
            read_rules(tmp_path)
        assert said in str(error.value)
        assert "\n" not in str(error.value)


RULES_FOLDER = Path(load_rules.__code__.co_filename).parent.parent / "data" / "triage"


class TestQuestions:
    def test_questions_have_unique_ids(self) -> None:
        asked = [one.id for one in questions(["kidney-angle"])]
        assert len(asked) == len(set(asked))


def test_answers_of_the_vignettes_are_known_questions() -> None:
    for line in ANSWERS.read_text().splitlines():
        held = json.loads(line)
        assert set(held["answers"]) <= set(RULES.questions), held["id"]


def test_records_survive_json() -> None:
    for rule in RULES.rules.values():
        assert msgspec.json.decode(msgspec.json.encode(rule), type=Rule) == rule
