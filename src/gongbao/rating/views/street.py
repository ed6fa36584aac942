"""Score sheets of streets and communities: the list to tick through, a sheet, checking and signing it."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import carried_out
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.rating.models import RatingCycle, Sheet, Spell, State
from gongbao.rating.permissions import ONLY_STREET
from gongbao.rating.rules.kinds.base import Level, points_text
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import managers_on
from gongbao.rating.selectors.rows import enterprises_in, spells_of_project
from gongbao.rating.selectors.settings import source_due
from gongbao.rating.selectors.sheets import SheetRow, sheet_list, sheet_newest, sheet_versions
from gongbao.rating.services.sheets import BONUS, CLAUSE, FAULT, sheet_draft, sheet_sign
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.places import streets_of
from gongbao.web.errors import NotAllowed
from gongbao.web.forms import Form
from gongbao.web.words import both


@require_safe
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """The projects of the street, those without a signed sheet first."""
    cycle = cycle_of(request, code)
    rows = _rows(request, cycle)
    words, show = request.GET.get("words", "").strip(), request.GET.get("show", "")
    shown = [row for row in rows if words.lower() in row.spell.name.lower() and (show != "todo" or not row.is_done)]
    return page(
        request, "street/sheets", cycle,
        rows=shown, all=len(rows), done=sum(row.is_done for row in rows),
        drafted=sum(row.sheet is not None and not row.is_done for row in rows),
        managers=dict(enterprises_in(cycle).values_list("uscc", "name")) if rows else {},
        due=source_due(cycle, "street"), cite=CLAUSE, open=cycle.state == State.COLLECTING, words=words, show=show,
    )  # fmt: skip


def _rows(request: HttpRequest, cycle: RatingCycle) -> list[SheetRow]:
    places = streets_of(actor(request))
    if not places:
        raise NotAllowed(ONLY_STREET)
    return [row for place in places for row in sheet_list(cycle, place)]


class SheetForm(Form):
    """version: of the newest sheet; for each deduction a box to tick, and a field of its own name for the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, cycle: RatingCycle, sheet: Sheet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = sheet.version if sheet else 0
        self._bonus(cycle, sheet)
        held = sheet.faults if sheet else {}
        levels = edition_of(cycle).by_code[FAULT].kind.given  # type: ignore[attr-defined] # of kind events
        self.faults = [self._fault(edition_of(cycle).level_name(level.name), level, held) for level in levels]

    def _bonus(self, cycle: RatingCycle, sheet: Sheet | None) -> None:
        """The score; a draft may be without one yet."""
        shape = edition_of(cycle).facts[BONUS].value
        low, high = (shape.minimum or 0, shape.maximum or 0) if shape else (0, 0)
        self.fields["bonus"] = forms.TypedChoiceField(
            label=both("参与社区治理得分", "Score for taking part in the community"),
            help_text=both(f"{low} 至 {high} 分", f"from {low} to {high}"),
            choices=[(score, str(score)) for score in range(low, high + 1)],
            widget=forms.RadioSelect, coerce=int, empty_value=None, initial=sheet.bonus if sheet else None,
            required=not self.is_bound or "sign" in self.data,
            error_messages={"required": both(f"请给出 {low} 至 {high} 分", f"a score from {low} to {high}")},
        )  # fmt: skip
        self.fields["bonus_reason"] = forms.CharField(
            label=both("评分说明", "Grounds for the score"), widget=forms.Textarea({"rows": 2}), required=False,
            initial=sheet.bonus_reason if sheet else "",
        )  # fmt: skip

    def _fault(self, name: Text, level: Level, held: dict[str, str]) -> tuple[BoundField, BoundField]:
        """A box, and the reason that it needs once it is ticked."""
        box, points = f"is_{level.name}", points_text(level.points)
        self.fields[box] = forms.BooleanField(
            label=both(f"{name.zh}({points} 分)", f"{name.en} ({points})"), required=False, initial=level.name in held
        )
        self.fields[level.name] = forms.CharField(
            label=both(f"扣分理由:{name.zh}", f"Reason: {name.en}"),
            help_text=both("什么时候、发生了什么", "what happened, and when"),
            widget=forms.Textarea({"rows": 2}), initial=held.get(level.name, ""),
            required=not self.is_bound or bool(self.data.get(box)),
            error_messages={"required": both("请写明扣分理由", "a reason for the deduction")},
        )  # fmt: skip
        return self[box], self[level.name]

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        codes = [reason.name for box, reason in self.faults if data[box.name]]
        plain = {name: data[name] for name in ("version", "bonus", "bonus_reason")}
        return {**plain, "faults": {code: data[code] for code in codes}}


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str, project: str) -> HttpResponse:
    """One project's sheet: filled in while collecting, and all its versions."""
    cycle = cycle_of(request, code)
    spell = _spell(cycle, project)
    allow(request, "rating.sheet.draft", spell)
    newest, may_sign = sheet_newest(cycle, project), _may_sign(request, spell)
    form = SheetForm(request.POST or None, cycle=cycle, sheet=newest)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: _kept(request, cycle, project, form)):
        if may_sign and "sign" in request.POST:
            return redirect("rating_sheet_sign", code, project)
        tell(request, "草稿已保存,待街道(乡镇)签署。", "The draft is kept; the street signs it.")
        return redirect("rating_sheet", code, project)
    return page(
        request, "street/sheet", cycle,
        spell=spell, form=form, newest=newest, versions=_versions(cycle, project), may_sign=may_sign,
        open=cycle.state == State.COLLECTING, managers=_managers(cycle, project), cite=CLAUSE,
        next=_next(request, cycle, project), due=source_due(cycle, "street"),
    )  # fmt: skip


def _kept(request: HttpRequest, cycle: RatingCycle, project: str, form: SheetForm) -> Sheet:
    return sheet_draft(cycle=cycle, project_id=project, actor=actor(request), now=now(), **form.given())


class SignForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str, project: str) -> HttpResponse:
    """What is about to be signed, and signing it."""
    cycle = cycle_of(request, code)
    spell = _spell(cycle, project)
    allow(request, "rating.sheet.sign", spell)
    newest = sheet_newest(cycle, project)
    if newest is None or (newest.signed_at and request.method != "POST"):
        return redirect("rating_sheet", code, project)
    form = SignForm(request.POST or None, initial={"version": newest.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if carried_out(form, lambda: sheet_sign(sheet=newest, version=version, actor=actor(request), now=now())):
            return _signed(request, cycle, project)
    return page(
        request, "street/sign", cycle,
        spell=spell, form=form, sheet=newest, faults=_faults(cycle, newest), managers=_managers(cycle, project),
        cite=CLAUSE,
    )  # fmt: skip


def _signed(request: HttpRequest, cycle: RatingCycle, project: str) -> HttpResponseRedirect:
    left = sum(not row.is_done for row in _rows(request, cycle))
    tell(
        request, f"已签署,分数已计入。还有 {left} 个项目没有签署的评分表。",
        f"Signed; the score counts. {left} projects are left without a signed sheet.",
    )  # fmt: skip
    return HttpResponseRedirect(reverse("rating_sheet", args=[cycle.code, project]))


def _spell(cycle: RatingCycle, project: str) -> Spell:
    found = spells_of_project(cycle, project).last()
    if found is None:
        raise Http404
    return found


def _may_sign(request: HttpRequest, spell: Spell) -> bool:
    return isinstance(ask("rating.sheet.sign", actor(request), spell), Allowed)


def _managers(cycle: RatingCycle, project: str) -> list[str]:
    codes = managers_on(cycle, project, cycle.cycle.last_day).values("uscc")
    return list(enterprises_in(cycle).filter(uscc__in=codes).values_list("name", flat=True))


def _next(request: HttpRequest, cycle: RatingCycle, project: str) -> Spell | None:
    """The next project without a signed sheet."""
    return next((r.spell for r in _rows(request, cycle) if not r.is_done and r.spell.project_id != project), None)


def _faults(cycle: RatingCycle, sheet: Sheet) -> list[tuple[Text, str]]:
    return [(edition_of(cycle).level_name(code), reason) for code, reason in sheet.faults.items()]


def _versions(cycle: RatingCycle, project: str) -> list[tuple[Sheet, list[tuple[Text, str]]]]:
    return [(each, _faults(cycle, each)) for each in sheet_versions(cycle, project)]
