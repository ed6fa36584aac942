"""Changing the tree of organisations and the table of competence.

Each function is one transaction that also writes down who changed what; bad values raise BadInput with every problem
at once, before anything is written. `by` is who acts (None: the command line).
"""

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from stdnum.cn import uscc as uscc_number

from gongbao.organisations.models import Competence, Organisation, Person
from gongbao.organisations.services.checking import Check, log_change
from gongbao.organisations.tables.catalogue import kinds, places

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")


def _check_place_in_tree(check: Check, kind: str, parent: Organisation | None) -> None:
    check.need(kind in kinds(), "kind", kind, "组织类型目录中的类型", "a kind from the catalogue of kinds")
    if kind in kinds():
        names = "、".join(kinds()[k].name.zh if k else "(顶层)" for k in kinds()[kind].below)
        names_en = ", ".join(kinds()[k].name.en if k else "(the top)" for k in kinds()[kind].below)
        check.need(
            (parent.kind if parent else "") in kinds()[kind].below,
            "parent",
            parent or "",
            f"上级应为:{names}",
            f"stands below: {names_en}",
        )


def _check_uscc(check: Check, kind: str, uscc: str) -> None:
    needed = kind in kinds() and kinds()[kind].uscc
    if uscc or needed:
        check.need(
            uscc_number.is_valid(uscc),
            "uscc",
            uscc,
            "18 位统一社会信用代码,校验位正确",
            "a unified social credit code of 18 characters with a right check character",
        )
    taken = Organisation.objects.filter(uscc=uscc).first() if uscc else None
    check.need(not taken, "uscc", uscc, f"该代码已属于{taken}", f"the code already belongs to {taken}")


@transaction.atomic
def organisation_create(
    *,
    code: str,
    kind: str,
    name: str,
    parent: Organisation | None,
    now: datetime,
    by: Person | None = None,
    name_en: str = "",
    uscc: str = "",
    address: str = "",
    phone: str = "",
) -> Organisation:
    """Add an organisation to the tree."""
    check = Check("organisation")
    name, uscc = name.strip(), uscc.strip().upper()
    check.need(CODE.fullmatch(code), "code", code, "字母、数字、点、横线,最多 32 个", "up to 32 letters, digits, . _ -")
    taken = Organisation.objects.filter(code=code).exists()
    check.need(not taken, "code", code, "该代码已使用,请换一个", "the code is taken, choose another")
    check.need(name and len(name) <= 200, "name", name, "填写名称,最多 200 字", "a name of up to 200 characters")
    _check_place_in_tree(check, kind, parent)
    _check_uscc(check, kind, uscc)
    check.done()
    organisation = Organisation.objects.create(
        code=code,
        kind=kind,
        name=name,
        name_en=name_en.strip(),
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        uscc=uscc,
        address=address.strip(),
        phone=phone.strip(),
    )
    log_change(now, by, "organisation_created", organisation=organisation, detail={"name": name, "kind": kind})
    return organisation


@transaction.atomic
def organisation_move(*, organisation: Organisation, parent: Organisation, now: datetime, by: Person | None) -> None:
    """Hang an organisation, with everything below it, under another parent."""
    check = Check("organisation")
    _check_place_in_tree(check, organisation.kind, parent)
    inside = parent.path.startswith(organisation.path)
    check.need(not inside, "parent", parent, "不能移到自己的下级", "cannot stand below itself")
    check.done()
    old, new = organisation.path, f"{parent.path}{organisation.code}/"
    Organisation.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    organisation.parent, organisation.path = parent, new
    organisation.save(update_fields=["parent"])
    log_change(now, by, "organisation_moved", organisation=organisation, detail={"from": old, "to": new})


@transaction.atomic
def organisation_close(*, organisation: Organisation, on: date, now: datetime, by: Person | None) -> None:
    """End an organisation on a day: from then on nobody acts for it. It stays readable."""
    check = Check("organisation")
    open_below = organisation.children.filter(closed_on=None).count()
    check.need(not open_below, "children", open_below, "先撤销或移走下级组织", "close or move those below first")
    check.done()
    organisation.closed_on = on
    organisation.save(update_fields=["closed_on"])
    organisation.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    log_change(now, by, "organisation_closed", organisation=organisation, detail={"on": on.isoformat()})


@transaction.atomic
def places_load(*, now: datetime) -> int:
    """Put the city, its districts and its zone into the tree, unless they are there. Returns how many were new."""
    known = set(Organisation.objects.filter(code__in=[p["code"] for p in places()]).values_list("code", flat=True))
    top = Organisation.objects.filter(code=places()[0]["code"]).first()
    for place in places():
        if place["code"] not in known:
            made = organisation_create(
                code=place["code"],
                kind=place["kind"],
                name=place["name"],
                name_en=place["name_en"],
                parent=top,
                now=now,
            )
            top = top or made
    return len(places()) - len(known)


@transaction.atomic
def competence_set(
    *,
    matter: str,
    place: Organisation,
    authority: Organisation,
    first_day: date,
    now: datetime,
    by: Person | None = None,
) -> Competence:
    """From a day on, `authority` is competent at `place`; the row before it ends the day before."""
    earlier = Competence.objects.filter(matter=matter, place=place)
    check = Check("competence")
    check.need(place.kind_of.level, "place", place, "应为市、区、街道或社区", "a city, district, street or community")
    check.need(
        not earlier.filter(first_day__gte=first_day).exists(),
        "first_day",
        first_day,
        "应晚于该地域已有规定的开始日期",
        "later than the start of every row that the place has already",
    )
    check.done()
    earlier.filter(last_day=None).update(last_day=first_day - timedelta(days=1))
    row = Competence.objects.create(matter=matter, place=place, authority=authority, first_day=first_day)
    log_change(
        now,
        by,
        "competence_set",
        organisation=authority,
        detail={"matter": matter, "place": place.code, "from": first_day.isoformat()},
    )
    return row
