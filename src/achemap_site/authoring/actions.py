"""What changes when a reader sends a message."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from achemap_site.authoring.models import Feedback


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


def mark_done(*, feedback: Feedback) -> None:
    """Take a message off the inbox's list of new ones."""
    feedback.state = Feedback.State.DONE
    feedback.save(update_fields=["state"])
