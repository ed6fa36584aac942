"""Addresses of the rating."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongbao.rating.desk_urls")),
]
