"""The check before applying: one question a page, the answers in the address; then each condition with its clause."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongbao.firesafety.rules.check import MATTERS, check
from gongbao.firesafety.rules.materials import wanted
from gongbao.firesafety.tables.guides import packaged_guide


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """The next open question, or what came of them."""
    guide = packaged_guide()
    answers = {one.code: request.GET.get(one.code, "") for one in guide.questions}
    verdict = check(guide.questions, answers)
    given = [(one.question, one.chosen) for one in verdict.findings if one.chosen]
    context: dict[str, Any] = {
        "verdict": verdict,
        "given": [(question, option, _without(given, question.code)) for question, option in given],
        "asked": verdict.next,
        "unanswered": bool(verdict.next and "asked" in request.GET and request.GET["asked"] == verdict.next.code),
        "place": len(given) + 1,
        "of": len(verdict.findings),
    }
    if not verdict.next and not verdict.failed:
        matter = verdict.matter
        context["matter"] = MATTERS[matter] if matter else None
        context["materials"] = [one.material for one in wanted(guide.materials, (matter, "inspection"), 1)]
        context["apply_url"] = f"{reverse('fire_new')}?{urlencode({q.code: o.code for q, o in given})}"
    return render(request, "firesafety/public/check.html", context)


def _without(given: list[tuple[Any, Any]], code: str) -> str:
    """The address at which that question is asked again: with the answers before it."""
    before = {}
    for question, option in given:
        if question.code == code:
            break
        before[question.code] = option.code
    return f"?{urlencode(before)}"
