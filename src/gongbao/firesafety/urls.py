"""All addresses of joint handling: desks here, applicants' and public ones beside them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongbao.firesafety.public_urls")),
    path("", include("gongbao.firesafety.applicant_urls")),
    path("", include("gongbao.firesafety.visit_urls")),
    path("", include("gongbao.firesafety.desk_urls")),
]
