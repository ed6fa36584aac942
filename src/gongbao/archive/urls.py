"""Addresses of the daily roots, and of dossiers for administrators."""

from django.urls import path

from gongbao.archive.views import erasing, roots

urlpatterns = [
    path("roots/", roots.roots, name="roots"),
    path("roots/feed/", roots.RootsFeed(), name="roots_feed"),
    path("desk/dossiers/", erasing.dossiers, name="dossiers"),
    path("desk/dossiers/entry/<int:pk>/erase/", erasing.erase, name="personal_erase"),
    path("desk/dossiers/<path:subject>/", erasing.dossier, name="dossier"),
]
