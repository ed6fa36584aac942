"""The addresses of the house. Each domain keeps its own; here they get their place."""

from django.urls import URLPattern, URLResolver, include, path

from gongbao.web import views as web

handler400 = "gongbao.web.errors.bad_request"
handler403 = "gongbao.web.errors.forbidden"
handler404 = "gongbao.web.errors.not_found"
handler500 = "gongbao.web.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongbao.portal.urls")),
    path("", include("gongbao.organisations.urls")),
    path("", include("gongbao.archive.urls")),
    path("", include("gongbao.documents.urls")),
    path("", include("gongbao.cases.urls")),
    path("", include("gongbao.gazette.urls")),
    path("", include("gongbao.rating.urls")),
    path("", include("gongbao.permits.urls")),
    path("", include("gongbao.firesafety.urls")),
    path("", include("gongbao.support.urls")),
    path("account/", include("gongbao.organisations.login_urls")),
    path("api/v1/", include("gongbao.config.api_urls")),
    path("prefer/", web.prefer, name="prefer"),
    path("sitemap.xml", web.sitemap, name="sitemap"),
    path("robots.txt", web.robots, name="robots"),
    path("offline/", web.offline, name="offline"),
]
