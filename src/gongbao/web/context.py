"""What every page knows."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from gongbao.web.registry import doors, search_url_name
from gongbao.web.words import in_chinese

SIZES = ("normal", "large", "larger")  # 16, 18 and 20 px
SIZE_COOKIE = "gongbao_type"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Language, size of type, the links that change them, doors, search."""
    size = request.COOKIES.get(SIZE_COOKIE, SIZES[0])
    size = size if size in SIZES else SIZES[0]
    here = request.get_full_path() if request.method == "GET" else request.path
    other = "en" if in_chinese() else "zh-hans"

    def prefer(**choice: str) -> str:
        return f"{reverse('prefer')}?{urlencode({**choice, 'next': here})}"

    return {
        "lang": "zh-Hans" if in_chinese() else "en",
        "chinese": in_chinese(),
        "demo": settings.DEMO,
        "type_size": size,
        "type_sizes": [(name, prefer(type=name)) for name in SIZES],
        "other_language": prefer(language=other),
        "doors": doors(),
        "search_url": reverse(search_url_name()) if search_url_name() else "",
        "q": request.GET.get("q", ""),
    }
