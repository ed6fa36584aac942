"""Addresses of the rating."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongbao.rating.public_urls")),
    path("", include("gongbao.rating.enterprise_urls")),
    path("", include("gongbao.rating.desk_urls")),
]
