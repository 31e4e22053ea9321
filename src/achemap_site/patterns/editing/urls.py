"""Addresses of the pattern editor, below the admin."""

from __future__ import annotations

from django.urls import path

from achemap_site.patterns.editing import pasting, views


app_name = "patterns_editing"
urlpatterns = [
    path("draw/", views.draw, name="draw"),
    path("hints/<int:number>/", views.hints, name="hints"),
    path("words/", views.words, name="words"),
    path("paste/", pasting.paste, name="paste"),
    path("records/<slug:kind>/", views.records, name="records"),
]
