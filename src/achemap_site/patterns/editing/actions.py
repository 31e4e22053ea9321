"""What an editor changes beside the page itself."""

from __future__ import annotations

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from achemap.errors import BadInput
from achemap_site.patterns import site_words
from achemap_site.patterns.models import Word


class NewWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word as it was typed: `ways` are lines."""

    id: str
    kind: str
    name: str
    ways: str


# Made once, before threads ask; see achemap.library.records.
_NEW_WORD = msgspec.json.Decoder(NewWord)


def asked_word(body: bytes) -> NewWord:
    """Read a request. Raises BadInput."""
    try:
        return _NEW_WORD.decode(body)
    except msgspec.DecodeError as error:
        raise BadInput(str(error), file="word") from error


@transaction.atomic
def add_word(new: NewWord) -> dict[str, str]:
    """Keep a new word, in the database and for the lexicon. Raises BadInput."""
    word = Word(
        record_id=new.id.strip(),
        kind=new.kind,
        name=new.name.strip(),
        ways="\n".join(line.strip() for line in new.ways.splitlines() if line.strip()),
    )
    try:
        word.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field.replace("record_id", "id")) from error
    word.save()
    transaction.on_commit(site_words.write_beside)
    return {"id": word.record_id}
