"""Addresses of support."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongbao.support.public_urls")),
    path("", include("gongbao.support.planning_urls")),
    path("", include("gongbao.support.applicant_urls")),
    path("", include("gongbao.support.desk_urls")),
    path("", include("gongbao.support.notice_urls")),
]
