"""Scoring standards in the city's hands: checking an edition, using it in the cycle, trying it (what if)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import because, carried_out
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.rating.models import RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.rules.editions import compare
from gongbao.rating.rules.flow import flow_svg
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import load_standard
from gongbao.rating.rules.what_if import WhatIf
from gongbao.rating.selectors.clauses import Clauses
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.what_if import Tried, what_if
from gongbao.rating.services.cycles import cycle_standard_change
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.runs import migration_rows
from gongbao.web.chart import Chart, Series
from gongbao.web.forms import Form
from gongbao.web.words import both

LARGEST = 1_000_000  # bytes of a standard
MOVERS = 20  # that are shown


class EditionForm(Form):
    file = forms.FileField(
        label=both("标准文件(TOML)", "File of the standard (TOML)"),
        help_text=both("从本页下载现行标准,改好后上传", "download the edition in force from this page, edit, upload"),
        widget=forms.FileInput({"accept": ".toml"}),
    )

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(str(both("不超过 1 MB 的文件", "a file of 1 MB at most")))
        try:
            return str(given.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(str(both("UTF-8 编码的文本文件", "a text file in UTF-8"))) from None


class UseForm(EditionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=both("更换理由", "Reason for using it"),
        help_text=both(
            "只核对的不用填;周期内更换标准须写明理由", "not for a check alone; a change within a cycle needs one"
        ),
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: HttpRequest, code: str) -> HttpResponse:
    """The edition of the cycle; another one checked, compared, and with a reason used instead."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    initial = {"version": cycle.version}
    form = UseForm(request.POST or None, request.FILES or None, initial=initial)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["file"]
        problems = _faults(text)
        shown = {"checked": True, "problems": problems}
        if not problems:
            edition = load_standard(text)
            shown |= {"edition": edition, "changes": compare(edition_of(cycle), edition)}
            if "use" in request.POST and _used(request, cycle, text, form):
                tell(
                    request, "本周期改用这一版标准,理由已写入档案。", "The cycle is scored by this edition from now on."
                )
                return redirect("rating_standard", code)
    return page(request, "city/standard", cycle, form=form, standard=edition_of(cycle), **shown)


def _faults(text: str) -> list[Problem]:
    """Everything that is wrong with an edition, its citations included."""
    try:
        return prove(load_standard(text), Clauses().resolve)
    except BadInput as bad:
        return list(bad.problems)


def _used(request: HttpRequest, cycle: RatingCycle, text: str, form: UseForm) -> bool:
    data = form.cleaned_data
    return carried_out(
        form,
        lambda: cycle_standard_change(
            cycle=cycle, standard=text, because=data["because"], version=data["version"], actor=actor(request),
            now=now(),
        ),
    )  # fmt: skip


@require_safe
def standard_file(request: HttpRequest, code: str) -> HttpResponse:
    """The edition of the cycle, as a file to edit."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    head = {"Content-Disposition": f'attachment; filename="{edition_of(cycle).id}.toml"'}
    return HttpResponse(cycle.standard, content_type="application/toml; charset=utf-8", headers=head)


@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """What if: an edited standard on the facts of this cycle. Nothing is kept."""
    cycle = cycle_of(request, code, "rating.cycle.run")
    form = EditionForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            shown = _shown(what_if(cycle, form.cleaned_data["file"]))
        except BadInput as bad:
            shown = {"problems": bad.problems}
        except MoveRefused as refused:
            form.add_error(None, because(refused.refused))
    return page(request, "city/what_if", cycle, form=form, has_run=bool(cycle.draft_id or cycle.public_id), **shown)


def _shown(tried: Tried) -> dict[str, Any]:
    result, language = tried.result, get_language() or "zh"
    title = Text(f"{result.moved} 家企业的等级会变化", f"{result.moved} enterprises would change their grade")
    movers = result.moves.filter(result.moves["change"] != 0).head(MOVERS)
    return {
        "tried": tried,
        "title": title,
        "flow": mark_safe(flow_svg(result, language)),  # noqa: S308 - made here, every text escaped
        "table": migration_rows(result.migration, list(result.grades)),
        "movers": [_mover(tried, row) for row in movers.iter_rows(named=True)],
        "chart": _distribution(result),
    }


def _mover(tried: Tried, row: dict[str, Any]) -> dict[str, Any]:
    """A row of `moves` for reading, with what the change is made of."""
    causes = tried.result.causes.filter(tried.result.causes["uscc"] == row["uscc"])
    known = tried.standard.by_code
    by = [
        (known[code].name if code in known else Text(code, code), _signed(change, 6))
        for code, change in causes.select("indicator", "change").iter_rows()
    ]
    scores = {name: from_fixed(row[name], 4) for name in ("score_before", "score_after")}
    return {**row, **scores, "change": _signed(row["change"], 4), "by": by}


def _signed(change: int, places: int) -> str:
    return ("+" if change > 0 else "") + from_fixed(change, places)


def _distribution(result: WhatIf) -> Chart:
    bars = result.distribution
    return Chart(
        Text("得分分布的变化", "How the scores are spread, before and after"),
        [f"{bar.low} – {bar.low + bar.width}" for bar in bars],
        [
            Series(Text("现行标准", "in force"), [bar.before for bar in bars]),
            Series(Text("试算标准", "tried"), [bar.after for bar in bars]),
        ],
        Text("家企业", "enterprises"),
    )
