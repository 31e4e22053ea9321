"""The pages that every site has: the first page, the lists, about and contact."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from achemap_site.patterns import models
from achemap_site.patterns.own_words import ABOUT, CONTACT, HOW_WE_DECIDE, LEAD


def ensure_tree() -> None:
    """Make what is missing of the fixed pages; touch nothing that is there."""
    home = _home()
    _child(home, models.PatternIndexPage, "patterns", _("Pain patterns"))
    _child(home, models.RegionIndexPage, "where", _("Where does it hurt?"))
    _child(home, models.TechniqueIndexPage, "self-care", _("Self-care"))
    _child(home, models.MuscleIndexPage, "muscles", _("Muscles"))
    _child(home, models.ArticleIndexPage, "guides", _("Guides"))
    _child(
        home,
        models.HowWeDecidePage,
        "how-we-decide",
        _("How we decide"),
        intro=HOW_WE_DECIDE,
    )
    _text_page(home, "about", _("About Achemap"), ABOUT)
    _text_page(home, "contact", _("Contact"), CONTACT, shows_contact=True)


def _home() -> models.HomePage:
    home = models.HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=models.HomePage(title="Achemap", slug="achemap", lead=LEAD)
    )
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if site is None:
        Site.objects.create(
            hostname="localhost",
            root_page=home,
            is_default_site=True,
            site_name="Achemap",
        )
    else:
        site.root_page = home
        site.site_name = "Achemap"
        site.save()
    # Wagtail's own "welcome" page, which nobody has touched.
    if (
        welcome is not None
        and welcome.specific_class is Page
        and not welcome.get_children()
    ):
        Page.objects.get(pk=welcome.pk).delete()
    return models.HomePage.objects.get(pk=home.pk)


def _child(home: Page, model: type[Page], slug: str, title: str, **fields: Any) -> None:
    if not model.objects.exists():
        Page.objects.get(pk=home.pk).add_child(
            instance=model(title=title, slug=slug, **fields)
        )


def _text_page(home: Page, slug: str, title: str, body: str, **fields: Any) -> None:
    here = Page.objects.get(pk=home.pk)
    if not here.get_children().filter(slug=slug).exists():
        page = models.TextPage(title=title, slug=slug, body=body, **fields)
        here.add_child(instance=page)
