"""What changes when a reader sends a message, or words that found nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from achemap_site.authoring.models import Feedback, UnansweredWords
from achemap_site.authoring.unanswered import LONGEST
from achemap_site.patterns.models import PatternPage


log = logging.getLogger(__name__)


class TooMany(Exception):
    """One sender has sent as many messages as an hour allows."""


def sender_of(address: str) -> str:
    """Return a hash that tells senders apart for one day and names nobody."""
    today = timezone.now().date().isoformat()
    return salted_hmac(
        f"feedback sender {today}", address, algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def receive_feedback(
    *,
    kind: str,
    message: str,
    quote: str,
    address: str,
    page: Page | None,
    email: str,
    sender: str,
    mail_to: str,
) -> Feedback:
    """Store a reader's message; mail it too when an editor asked for that.

    Raises TooMany when `sender` has reached the hourly limit.
    """
    since = timezone.now() - timedelta(hours=1)
    if (
        Feedback.objects.filter(sender=sender, sent__gte=since).count()
        >= settings.FEEDBACK_PER_HOUR
    ):
        raise TooMany
    feedback = Feedback.objects.create(
        kind=kind,
        message=message,
        quote=quote,
        address=address[:500],
        page=page,
        email=email,
        sender=sender,
    )
    if mail_to:
        transaction.on_commit(partial(_mail, feedback, mail_to))
    return feedback


def _mail(feedback: Feedback, to: str) -> None:
    text = f"{feedback.address}\n\n{feedback.quote}\n\n{feedback.message}\n\n{feedback.email}"
    try:
        send_mail(f"Achemap: {feedback.kind}", text, None, [to])
    except OSError as error:  # a mail server that is down; the message is stored
        log.warning("message %s was stored but not mailed: %s", feedback.pk, error)


@transaction.atomic
def receive_words(*, words: str, sender: str) -> UnansweredWords:
    """Store words that found nothing; a wording that is known is only counted.

    Case and spaces do not tell wordings apart. The same sender is counted once.
    Raises TooMany when `sender` has reached the hourly limit.
    """
    told = " ".join(words.split()).lower()[:LONGEST]
    now = timezone.now()
    known = UnansweredWords.objects.select_for_update().filter(words=told).first()
    if known is not None and known.sender == sender:
        return known
    mine = UnansweredWords.objects.filter(
        sender=sender, last_sent__gte=now - timedelta(hours=1)
    )
    if mine.count() >= settings.FEEDBACK_PER_HOUR:
        raise TooMany
    if known is None:
        return UnansweredWords.objects.create(
            words=told, first_sent=now, last_sent=now, sender=sender
        )
    known.times += 1
    known.last_sent, known.sender = now, sender
    known.save(update_fields=["times", "last_sent", "sender"])
    return known


@transaction.atomic
def add_to_sayings(*, words: UnansweredWords, pattern: PatternPage, user: Any) -> Any:
    """Add words to the sayings of a pattern's draft; return the new revision.

    The live page stays as it is until somebody publishes the draft.
    """
    draft = pattern.get_latest_revision_as_object()
    sayings = [line.strip() for line in draft.sayings.splitlines() if line.strip()]
    if words.words not in (saying.lower() for saying in sayings):
        sayings.append(words.words)
    draft.sayings = "\n".join(sayings)
    revision = draft.save_revision(user=user, log_action=True)
    words.state, words.pattern = UnansweredWords.State.ADDED, pattern
    words.save(update_fields=["state", "pattern"])
    return revision


def set_aside(*, words: UnansweredWords) -> None:
    """Take words off the list of those that wait."""
    words.state = UnansweredWords.State.DISMISSED
    words.save(update_fields=["state"])
