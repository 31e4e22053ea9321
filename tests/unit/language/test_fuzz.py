"""Whatever is typed: an answer, in order, never a crash or a hang."""

from hypothesis import given, settings
from hypothesis import strategies as st

from achemap.language import load_lexicon, understand


WORDS = st.sampled_from(
    [
        "no",
        "not",
        "never",
        "pain",
        "knee",
        "left",
        "right",
        "back",
        "neck",
        "when",
        "i",
        "my",
        "cough",
        ".",
        ",",
        "!",
        "(",
        "and",
        "or",
        "but",
        "without",
        "can't",
        "worse",
        "from",
        "to",
        "between",
        "above",
        "mum",
        "had",
        "<b>",
        "😀",
        "膝",
        "\x00",
        "\u202e",
        "'",
    ]
)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text):
    heard = understand(text)
    for mention in heard.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.words


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_words_are_read_in_order(words):
    found = understand(" ".join(words)).mentions
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(each.concept in load_lexicon().concepts for each in found)


def test_100_kilobytes_are_read():
    text = "my left shoulder blade burns when I reach overhead, no tingling. " * 1600
    assert len(text) > 100_000
    assert understand(text).mentions


def test_a_word_of_100_kilobytes_is_read():
    assert understand("a" * 100_000).mentions == ()
