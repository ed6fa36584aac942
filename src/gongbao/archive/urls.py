"""Addresses of the daily roots."""

from django.urls import path

from gongbao.archive import views

urlpatterns = [
    path("roots/", views.roots, name="roots"),
    path("roots/feed/", views.RootsFeed(), name="roots_feed"),
]
