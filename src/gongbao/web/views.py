"""The few pages that belong to the frame itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongbao.web.context import SIZE_COOKIE, SIZES
from gongbao.web.middleware import LANGUAGES
from gongbao.web.registry import sitemap_addresses

YEAR = 365 * 24 * 3600


@require_safe
def prefer(request: HttpRequest) -> HttpResponse:
    """Remember a language or a size of type in a cookie, and go back. Unknown choices change nothing."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("front")
    response = HttpResponseRedirect(back)
    for name, cookie, known in (
        ("language", settings.LANGUAGE_COOKIE_NAME, LANGUAGES),
        ("type", SIZE_COOKIE, SIZES),
    ):
        chosen = request.GET.get(name, "")
        if chosen in known:
            response.set_cookie(cookie, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All public pages, for machines that look for them."""
    addresses = [request.build_absolute_uri(path) for path in (reverse("front"), *sitemap_addresses())]
    return render(request, "web/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where the list of pages is; desks are nobody's reading."""
    lines = ("User-agent: *", "Disallow: /desk/", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown in place of a small move (htmx) that did not reach the server; loaded before it is needed."""
    return render(request, "web/offline.html")
