"""The desk's forms: an upload, and the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from achemap_site.authoring.desk.importing import ENDINGS
from achemap_site.authoring.desk.models import OldExport, OldPost


SORTS = {
    "title": ("title", "pk"),
    "-title": ("-title", "pk"),
    "generation": ("generation", "title", "pk"),
    "-generation": ("-generation", "title", "pk"),
    "completeness": ("completeness", "title", "pk"),
    "-completeness": ("-completeness", "title", "pk"),
    "written": ("written", "pk"),
    "-written": ("-written", "pk"),
}


class UploadForm(forms.Form):
    """An export of the old site."""

    file = forms.FileField(
        label=_("Export file"),
        help_text=_(
            "WordPress: Tools, Export, All content. Also a zip of exports, an answer "
            "of the REST interface (JSON), or a saved page (HTML)."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty: export again and choose that file."),
        },
    )
    uploads = forms.FileField(
        label=_("Pictures (may be left out)"),
        required=False,
        help_text=_(
            "A zip of the old site’s folder wp-content/uploads. Each picture is "
            "checked, and kept once."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"empty": _("This zip is empty: zip the folder again.")},
    )


def people() -> list[tuple[str, str]]:
    """Return everybody who may be given work."""
    users = get_user_model().objects.filter(is_active=True).order_by("username")
    return [(str(user.pk), user.get_full_name() or user.username) for user in users]


def _choices(field: str) -> list[tuple[str, str]]:
    found = OldPost.objects.order_by(field).values_list(field, flat=True).distinct()
    return [(value, value) for value in found]


class Filters(forms.Form):
    """What the list shows; every field may be empty."""

    q = forms.CharField(label=_("Title or address"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    generation = forms.ChoiceField(label=_("Format"), required=False)
    person = forms.ChoiceField(label=_("Assigned to"), required=False)
    export = forms.ChoiceField(label=_("Export"), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("title", _("Title")),
            ("-title", _("Title, from the end")),
            ("-completeness", _("Most complete first")),
            ("completeness", _("Least complete first")),
            ("generation", _("Oldest format first")),
            ("-generation", _("Newest format first")),
            ("-written", _("Written last")),
            ("written", _("Written first")),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        anything = [("", _("All"))]
        choices: dict[str, list[Any]] = {
            "state": list(OldPost.State.choices),
            "kind": _choices("kind"),
            "generation": _choices("generation"),
            "person": [("nobody", _("Nobody")), *people()],
            "export": [(str(e.pk), e.name) for e in OldExport.objects.all()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as made above
            field.choices = anything + found
