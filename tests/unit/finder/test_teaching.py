"""A pattern's own words teach the text model."""

from achemap.finder.teaching import own_words, sentences
from achemap.language import load_lexicon


def test_sentences_without_links_and_scraps():
    text = "It burns low down, on [one side](pattern:x).\nShort bit. And it keeps on burning!"
    assert sentences(text) == [
        "It burns low down, on one side.",
        "And it keeps on burning!",
    ]


def test_every_pattern_teaches_its_title_and_signs(small_library):
    patterns = list(small_library.patterns.values())
    found = own_words(patterns, load_lexicon())
    assert len(found) == len(patterns)
    for pattern, texts in zip(patterns, found, strict=True):
        assert texts[0] == pattern.title
        assert any(text.startswith("worse with ") for text in texts), pattern.id


def test_that_one_teaches_the_other(small_library):
    patterns = list(small_library.patterns.values())
    names = [each.id for each in patterns]
    found = dict(zip(names, own_words(patterns, load_lexicon()), strict=True))
    own = small_library.patterns["serratus-posterior-inferior"]
    other = next(each for each in own.similar if each.pattern in names)
    first = sentences(other.tell_apart)[0]
    assert first.startswith("That")
    assert first in found[other.pattern]
    assert first not in found[own.id]
