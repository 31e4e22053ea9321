"""The form “Question? Comment? Typo?”, and the one for words that found nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from achemap_site.authoring.models import Feedback
from achemap_site.authoring.unanswered import LONGEST


STAMP = signing.TimestampSigner(salt="feedback")
# A page may lie in a browser tab for a day, or come from a cache.
OLDEST_STAMP = 30 * 24 * 3600


def fresh_stamp() -> str:
    """Return a signed time that says when a form was shown."""
    return STAMP.sign("shown")


class ShownForm(forms.Form):
    """A form that a person was shown. `website` is a trap that only robots fill."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_robot(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.data.get("website"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            STAMP.unsign(cleaned.get("stamp", ""), max_age=OLDEST_STAMP)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page had been open for long. Please send it once more.")
            ) from None
        if self._too_quick(cleaned["stamp"]):
            raise forms.ValidationError(
                _("That was very quick. Please wait a moment and send it once more.")
            )
        return cleaned

    def _too_quick(self, stamp: str) -> bool:
        try:
            STAMP.unsign(stamp, max_age=settings.FEEDBACK_SECONDS)
        except signing.SignatureExpired:
            return False
        return settings.FEEDBACK_SECONDS > 0


class FeedbackForm(ShownForm):
    """A reader's message."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Feedback.Kind.choices,
        initial=Feedback.Kind.QUESTION,
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write your message.")},
    )
    quote = forms.CharField(
        label=_("The passage it is about (if any)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    email = forms.EmailField(
        label=_("Your e-mail, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This is not an e-mail address: name@example.org")
        },
    )
    address = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "feedback-%s")
        super().__init__(*args, **options)


class WordsForm(ShownForm):
    """Words that found nothing, and nothing else."""

    words = forms.CharField(max_length=LONGEST)
