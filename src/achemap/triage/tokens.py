"""The words of a text as the danger reading sees them: folded, small words marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "some",
        "really",
        "very",
        "quite",
        "so",
        "just",
        "bit",
        "rather",
        "pretty",
        "absolutely",
        "completely",
        "totally",
        "little",
        "kind",
        "sort",
        "also",
        "own",
        "right",
        "left",
        "slightly",
        "terribly",
        "horribly",
        "extremely",
        "awfully",
    ]
)
# Slips of the pen in words of danger; read before any other repair.
SLIPS: Mapping[str, str] = {
    "apendix": "appendix",
    "bladdar": "bladder",
    "blader": "bladder",
    "bleading": "bleeding",
    "bleding": "bleeding",
    "bleedin": "bleeding",
    "blod": "blood",
    "bloood": "blood",
    "bludd": "blood",
    "blurd": "blurred",
    "blured": "blurred",
    "braeth": "breath",
    "braething": "breathing",
    "breatheless": "breathless",
    "breathin": "breathing",
    "breathles": "breathless",
    "breathng": "breathing",
    "breating": "breathing",
    "breeth": "breathe",
    "breething": "breathing",
    "breff": "breath",
    "breth": "breath",
    "brethe": "breathe",
    "brething": "breathing",
    "brethles": "breathless",
    "brethless": "breathless",
    "caff": "calf",
    "calv": "calf",
    "carnt": "cant",
    "caugh": "cough",
    "caughing": "coughing",
    "cheast": "chest",
    "chesst": "chest",
    "chrushing": "crushing",
    "chst": "chest",
    "clamy": "clammy",
    "cldnt": "cant",
    "cnt": "cant",
    "coff": "cough",
    "coffing": "coughing",
    "colappsed": "collapsed",
    "colapsed": "collapsed",
    "collapsd": "collapsed",
    "collasped": "collapsed",
    "concious": "conscious",
    "confussed": "confused",
    "confuzed": "confused",
    "coughin": "coughing",
    "couph": "cough",
    "crusing": "crushing",
    "diabeetic": "diabetic",
    "diahorrea": "diarrhoea",
    "diarhea": "diarrhoea",
    "diarrea": "diarrhoea",
    "diarrhea": "diarrhoea",
    "diebetic": "diabetic",
    "difficulity": "difficulty",
    "dificulty": "difficulty",
    "dioreah": "diarrhoea",
    "diorrhea": "diarrhoea",
    "dizy": "dizzy",
    "dizzie": "dizzy",
    "dosent": "doesnt",
    "dosnt": "doesnt",
    "droolling": "drooling",
    "droopin": "drooping",
    "faintd": "fainted",
    "fante": "faint",
    "fanted": "fainted",
    "feaver": "fever",
    "feinted": "fainted",
    "fevr": "fever",
    "haert": "heart",
    "hart": "heart",
    "headach": "headache",
    "headacke": "headache",
    "headahce": "headache",
    "headake": "headache",
    "headeache": "headache",
    "heartt": "heart",
    "hedache": "headache",
    "hemorrage": "haemorrhage",
    "kidny": "kidney",
    "miscarrage": "miscarriage",
    "nauseus": "nauseous",
    "nausous": "nauseous",
    "nautious": "nauseous",
    "nub": "numb",
    "num": "numb",
    "numbess": "numbness",
    "numbnes": "numbness",
    "numbnss": "numbness",
    "numm": "numb",
    "nummb": "numb",
    "nummness": "numbness",
    "numness": "numbness",
    "painkilers": "painkillers",
    "paralised": "paralysed",
    "parallysed": "paralysed",
    "paralyzed": "paralysed",
    "parylised": "paralysed",
    "peee": "pee",
    "preasure": "pressure",
    "pregant": "pregnant",
    "preggo": "pregnant",
    "pregnat": "pregnant",
    "pregnent": "pregnant",
    "pregnet": "pregnant",
    "prego": "pregnant",
    "preshure": "pressure",
    "presure": "pressure",
    "pruple": "purple",
    "purpel": "purple",
    "seisure": "seizure",
    "servere": "severe",
    "severre": "severe",
    "sezure": "seizure",
    "shiverin": "shivering",
    "shivring": "shivering",
    "shivvering": "shivering",
    "sholder": "shoulder",
    "shoulda": "shoulder",
    "siezure": "seizure",
    "slured": "slurred",
    "stomac": "stomach",
    "stomache": "stomach",
    "stomch": "stomach",
    "stumach": "stomach",
    "stumache": "stomach",
    "sucidal": "suicidal",
    "sucide": "suicide",
    "suddenley": "suddenly",
    "suddenlly": "suddenly",
    "suddently": "suddenly",
    "suddn": "sudden",
    "suddnly": "suddenly",
    "suden": "sudden",
    "sudenly": "suddenly",
    "suicdal": "suicidal",
    "suicidle": "suicidal",
    "suisidal": "suicidal",
    "suiside": "suicide",
    "swallo": "swallow",
    "swallowin": "swallowing",
    "swalow": "swallow",
    "swalowing": "swallowing",
    "sweatin": "sweating",
    "sweling": "swelling",
    "swelld": "swollen",
    "swellin": "swelling",
    "sweting": "sweating",
    "swetting": "sweating",
    "swetty": "sweaty",
    "swety": "sweaty",
    "swolen": "swollen",
    "swolla": "swallow",
    "swolled": "swollen",
    "swollin": "swollen",
    "swollon": "swollen",
    "swollow": "swallow",
    "swollowing": "swallowing",
    "swolow": "swallow",
    "swolowing": "swallowing",
    "tempature": "temperature",
    "temperatur": "temperature",
    "temperture": "temperature",
    "tempeture": "temperature",
    "temprature": "temperature",
    "tempreture": "temperature",
    "tescticle": "testicle",
    "testical": "testicle",
    "testicals": "testicles",
    "testicel": "testicle",
    "testicule": "testicle",
    "tihgt": "tight",
    "tingaling": "tingling",
    "tingeling": "tingling",
    "tinging": "tingling",
    "tinglin": "tingling",
    "tite": "tight",
    "tyte": "tight",
    "ulser": "ulcer",
    "unconcious": "unconscious",
    "unconshus": "unconscious",
    "unconsious": "unconscious",
    "urin": "urine",
    "uring": "urine",
    "visoin": "vision",
    "vison": "vision",
    "vomitin": "vomiting",
    "vomitting": "vomiting",
    "vommit": "vomit",
    "vommiting": "vomiting",
    "vommitting": "vomiting",
    "vomting": "vomiting",
    "weack": "weak",
    "weaknes": "weakness",
    "weakniss": "weakness",
    "weeak": "weak",
    "weeknees": "weakness",
    "weeknes": "weakness",
    "whipe": "wipe",
    "wrost": "worst",
    "yurine": "urine",
}
FOLDED: Mapping[str, str] = {
    **SLIPS,
    "cannot": "cant",
    "couldnt": "cant",
    "cudnt": "cant",
    "unable": "cant",
    "darent": "cant",
    "backbone": "spine",
    "tum": "tummy",
    "abdomin": "abdomen",
    "wouldnt": "wont",
    "gonna": "going",
    "u": "you",
    "ur": "your",
    "im": "i",
    "ive": "i",
    "dr": "doctor",
    "gp": "doctor",
    "docs": "doctor",
    "doc": "doctor",
    "mum": "mother",
    "mom": "mother",
    "dad": "father",
}
_WHOLE = re.compile(r"[.,]")
FEVERS = frozenset(["38", "39", "40", "41"])
STOPS = frozenset(".!?\n;")
MARKS = frozenset(".!?\n;,:()–—-/")
_TOKEN = re.compile(r"\d+[.,]\d+|[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\n/–—]|(?<=\s)-(?=\s)")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
# Here 's is a word of its own that scopes and skipping know.
SPOKEN = frozenset(
    ["it's", "he's", "she's", "that's", "there's", "what's", "who's", "let's", "here's"]
)
BITERS = frozenset(
    ["dog", "cat", "rat", "tick", "snake", "horse", "monkey", "insect", "spider"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of the text: folded form, sentence number, offsets."""

    text: str
    sentence: int
    start: int
    end: int
    skipped: bool = False

    @property
    def is_mark(self) -> bool:
        return self.text in MARKS


def words_of(text: str, corrections: Mapping[str, str] | None = None) -> list[Word]:
    """Return the words and marks of `text`, folded, with offsets into it."""
    fixes = corrections or {}
    found: list[Word] = []
    sentence = 0
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        word = match.group().lower()
        word = fixes.get(word, word)
        if word.endswith("'s") and word not in SPOKEN:
            word = word[:-2]  # "skin's gone yellow"
        word = word.replace("'", "")
        if word == "not" and found and found[-1].text == "can":
            found[-1] = Word(
                "cant", sentence, found[-1].start, match.end(), skipped=False
            )
            continue
        if word[0].isdigit():
            whole, *rest = _WHOLE.split(word)  # "39.6" is a fever, "0.5" is "0"
            word = f"{whole}c" if rest and whole in FEVERS else whole
        word = FOLDED.get(word, word)
        if word == "bit" and found and found[-1].text in BITERS:
            word = "bitten"
        last = found[-1].text if found else ""
        skipped = word in SKIPPED or (word == "to" and last == "cant")
        found.append(Word(word, sentence, match.start(), match.end(), skipped))
        if word in STOPS:
            sentence += 1
    return found


def plain_words(phrase: str) -> list[str]:
    """Return the words of a phrase as texts are read: folded, small words dropped."""
    found: list[str] = []
    for word in phrase.lower().replace("'", "").split():
        word = FOLDED.get(word, word)
        unable = word == "to" and found[-1:] == ["cant"]  # "unable to"
        if word not in SKIPPED and not unable:
            found.append(word)
    return found
