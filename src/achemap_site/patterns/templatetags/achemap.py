"""Template tags: an editor's text ready for the page."""

from django import template
from django.utils.safestring import SafeString

from achemap_site.patterns.presenters.links import rich_text


register = template.Library()


@register.filter
def prose(html: str) -> SafeString:
    """Return rich text with links to records resolved."""
    return rich_text(html)
