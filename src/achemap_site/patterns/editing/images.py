"""Pictures that editors upload: what they show must be said."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$|^(?:img|dsc|image)[-_ ]?\d+$")


class DescribedImageForm(BaseImageForm):
    """Asks for a description, and takes neither a file's name nor the title for one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "description" in self.fields:
            field = self.fields["description"]
            field.required = True
            field.label = _("What the picture shows")
            field.help_text = _("For those who cannot see it. Never the file name.")

    def clean_description(self) -> str:
        """Refuse a description that only names the file."""
        text = str(self.cleaned_data.get("description") or "").strip()
        title = str(self.data.get(self.add_prefix("title"), "")).strip()
        low = text.lower()
        named = low == title.lower() and " " not in low
        if _FILE_NAME.search(low) or named:
            raise ValidationError(_("Say what the picture shows, not its file name."))
        return text
