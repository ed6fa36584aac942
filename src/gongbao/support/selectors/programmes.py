"""Programmes in force: those of the package, and over them what was approved here, each from its day."""

from datetime import date
from functools import lru_cache

from django.db.models import Case, QuerySet, When

from gongbao.gazette.selectors.resolve import resolve, revision_get
from gongbao.gazette.tables.skeletons import find_place, packaged_skeletons
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rows import ProgrammeDraft
from gongbao.support.rules.programme import Catalogue, Programme, load_catalogue
from gongbao.support.rules.revision import Change, changes
from gongbao.support.tables.catalogue import catalogue, packaged_facts, packaged_texts
from gongbao.support.tables.programme_files import check_text, programme_of

State = ProgrammeDraft.State


def catalogue_on(day: date) -> Catalogue:
    """Every programme as it holds on a day."""
    approved = _approved(day)
    return _catalogue(tuple((packaged_texts() | approved).values())) if approved else catalogue()


def programme_text(key: str, day: date) -> str:
    """The text of the file that holds on a day. Raises KeyError."""
    return (packaged_texts() | _approved(day))[key]


def _approved(day: date) -> dict[str, str]:
    """id of a programme -> the text that was approved and has begun; of several the last one stands."""
    drafts = ProgrammeDraft.objects.filter(state=State.APPROVED, from_day__lte=day)
    return dict(drafts.order_by("from_day", "sequence", "pk").values_list("programme", "text"))


@lru_cache(maxsize=8)
def _catalogue(texts: tuple[str, ...]) -> Catalogue:
    return load_catalogue(packaged_facts(), texts)


def drafts_all() -> QuerySet[ProgrammeDraft]:
    """Every text that was handed in, what waits first, then the newest."""
    waits = Case(When(state=State.WAITING, then=0), default=1)
    return ProgrammeDraft.objects.select_related("drafted_by", "decided_by").order_by(waits, "-drafted_at", "-pk")


def drafts_of(programme: str) -> QuerySet[ProgrammeDraft]:
    """The newest first."""
    return ProgrammeDraft.objects.filter(programme=programme).order_by("-sequence")


def text_checked(text: str, name: str, known: Catalogue) -> tuple[list[Problem], Programme | None]:
    """Everything that is wrong with a text, clauses that do not exist included, and the programme where it could be
    read. Raises BadInput for no TOML."""
    found, programme = check_text(text, name, known)
    if programme is None:
        return found, None
    return found + [_missing(cite, name) for cite in _cites(programme) if not _is_there(cite)], programme


def _cites(programme: Programme) -> list[str]:
    """Every clause that a programme names, each once."""
    cites = [programme.window.cite, programme.choice_cite]
    for measure in programme.measures:
        cites += [measure.cite, *(c.cite for c in measure.conditions), *(m.cite for m in measure.materials)]
    return list(dict.fromkeys(cites))


def _is_there(cite: str) -> bool:
    """Whether a clause exists; of a document that the house does not have, nothing can be said."""
    citation = parse(cite)
    if revision_get(citation) is not None:
        try:
            return bool(resolve(cite))
        except BadInput:
            return False
    return citation.document not in packaged_skeletons() or find_place(citation) is not None


def _missing(cite: str, name: str) -> Problem:
    return Problem(name, None, "cite", cite, "文件中没有这一条", "the document has no such clause")


def draft_programme(draft: ProgrammeDraft) -> Programme:
    """The programme that a draft says."""
    return programme_of(draft.text, str(draft), catalogue_on(draft.from_day))


def draft_changes(draft: ProgrammeDraft) -> tuple[Change, ...] | None:
    """What it changes against the edition in force before its day; None where there is none."""
    new = draft_programme(draft)
    known = catalogue_on(draft.from_day).programmes
    old = next((one for one in known if one.id == draft.programme), None)
    return None if old is None else changes(old, new)
