"""Addresses of the desk, under /admin/old-posts/."""

from __future__ import annotations

from django.urls import path

from achemap_site.authoring.desk import views


urlpatterns = [
    path("old-posts/", views.desk, name="desk"),
    path("old-posts/upload/", views.upload, name="desk-upload"),
    path("old-posts/bulk/", views.bulk, name="desk-bulk"),
    path("old-posts/exports/<int:number>/", views.export, name="desk-export"),
    path("old-posts/<int:number>/", views.post, name="desk-post"),
    path("old-posts/<int:number>/original/", views.original, name="desk-original"),
]
