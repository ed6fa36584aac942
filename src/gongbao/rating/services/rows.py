"""Taking rows in, by file, by push or by hand: all problems at once, nothing half-stored, twice is once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils import timezone

from gongbao.cases.services.notices import notice_send
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Client
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Delivery, Enterprise, Fact, RatingCycle, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.rules.standard import Standard
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.gather import frame_of, tables_around, tables_of
from gongbao.rating.selectors.places import authorities_of
from gongbao.rating.services.keeping import Origin, concerned, cycle_lock, rows_keep
from gongbao.rating.services.windows import people_of
from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.findings import Findings
from gongbao.rating.tables.keyed import STORED, stored
from gongbao.rating.tables.overlay import KEYS, cells_of, check_over, sheet_of
from gongbao.rating.tables.sheets import Sheet, file_hash, read_sheets, source_files

CLAUSE = "京建法〔2025〕2号 第十条"
OPEN = (State.COLLECTING,)
MENDING = (State.COLLECTING, State.CLOSED, State.PRELIMINARY, State.OBJECTIONS)
BROUGHT = {"enforcement": "facts", "hotline": "complaints", "economy": "enterprises"}  # by each connected system
MOST = 10_000  # rows of one push


def refuse_unless(cycle: RatingCycle, states: tuple[State, ...]) -> None:
    """Raises MoveRefused where the cycle is past taking this in."""
    if cycle.state not in states:
        now = State(cycle.state).label
        zh, en = f"本周期处于“{now}”,不再接收", f"the cycle is past taking this in: {now}"
        raise MoveRefused(Text(zh, en), CLAUSE)


def file_preview(*, cycle: RatingCycle, source: Path) -> dict[str, tuple[int, int, int]]:
    """table -> (new, changed, unchanged) rows. Raises BadInput with every problem, by cell."""
    sheets, changed = _check_file(cycle, source)
    before = stored(tables_of(cycle))
    counted = {}
    for name, sheet in sheets.items():
        known = before[name].select(KEYS[name])
        new = changed[name].join(known, on=KEYS[name], how="anti").height
        counted[name] = (new, changed[name].height - new, sheet.raw.height - changed[name].height)
    return counted


def file_import(*, cycle: RatingCycle, source: Path, actor: Actor, now: datetime, because: str = "") -> Delivery | None:
    """A folder or workbook with one or more of the tables. Returns None where nothing was new.

    Rows take the place of those with the same key; what is not in the file stays. After closing and until the result
    is final it is a correction: it needs a reason, and the enterprises that it concerns are told. Reading and checking
    take long and lock nothing; where somebody brought rows meanwhile, they are checked again. Raises BadInput,
    MoveRefused.
    """
    post = authorise("rating.cycle.run", actor).post
    cycle = RatingCycle.objects.get(pk=cycle.pk)
    _refuse_import(cycle, because)
    seen = _on_file(cycle)
    _, changed = _check_file(cycle, source)
    files = {path.name: file_hash(path) for path in source_files(source)}
    with transaction.atomic():
        cycle = cycle_lock(cycle)
        mending = _refuse_import(cycle, because)
        if _on_file(cycle) != seen:
            _, changed = _check_file(cycle, source)
        how, office = "correction" if mending else "file", post.organisation if post else None
        made = rows_keep(cycle, changed, Origin("city", how, office, actor.person, None, because.strip(), files), now)
        if made and mending:
            _tell_mended(cycle, changed, because, now)
        return made


def _refuse_import(cycle: RatingCycle, because: str) -> bool:
    """Whether an import is a correction now. Raises MoveRefused, or BadInput for a correction without a reason."""
    refuse_unless(cycle, MENDING)
    mending = cycle.state not in OPEN
    if mending and not because.strip():
        zh, en = "归集截止后导入即为更正,请写明理由", "an import after closing is a correction: say why"
        raise BadInput([Problem("files", None, "because", "", zh, en)])
    return mending


def _on_file(cycle: RatingCycle) -> tuple[object, ...]:
    """What a check of rows rests on: the newest delivery, and the edition."""
    return cycle.deliveries.order_by("-pk").values_list("pk", flat=True).first(), edition_of(cycle).sha256


def _tell_mended(cycle: RatingCycle, changed: Mapping[str, pl.DataFrame], because: str, now: datetime) -> None:
    names = {table.name: table for table in contract()}
    tables = [names[name] for name, frame in changed.items() if frame.height]
    zh, en = "、".join(table.zh for table in tables), ", ".join(table.name for table in tables)
    title = Text(f"本企业数据已更正:{zh}({cycle.code})", f"Your data was corrected: {en} ({cycle.code})")
    _heard({code for code, _, _ in concerned(cycle, changed)}, title, because, now)


def _check_file(cycle: RatingCycle, source: Path) -> tuple[dict[str, Sheet], dict[str, pl.DataFrame]]:
    findings = Findings()
    sheets = read_sheets(source, findings, every=False)
    if not sheets:
        findings.raise_if_any()
    return sheets, check_over(sheets, tables_of(cycle), cycle.cycle, edition_of(cycle), findings)


# --- connected systems ------------------------------------------------------------------------------------------------


@transaction.atomic
def rows_push(
    *, cycle: RatingCycle, source: str, rows: Sequence[Mapping[str, str]], client: Client, now: datetime
) -> Delivery | None:
    """What a connected system hands in. source: enforcement (facts, each only from the authorities and of the kinds
    that its indicator names), hotline (complaints), economy (uscc with credit_score or credit_grade).

    The same rows again change nothing. A fact's id is put under the organisation's code, so that systems do not meet.
    """
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, OPEN)
    table = BROUGHT[source]
    given = _cells(table, rows, economy=source == "economy")
    if source == "enforcement":
        _check_authority(given, edition_of(cycle), authorities_of(client.organisation, timezone.localdate(now)))
        given = given.with_columns(pl.format(client.organisation.code + "/{}", "fact_id").alias("fact_id"))
    if source == "economy":
        given = _with_enterprises(cycle, given)
    changed = _check_rows(cycle, table, given)
    return rows_keep(cycle, changed, Origin(source, "push", client.organisation, None, client), now)


def _cells(table: str, rows: Sequence[Mapping[str, str]], *, economy: bool = False) -> pl.DataFrame:
    """Rows as text cells. Raises BadInput for a column that is not the table's, or too many rows."""
    every = [column.name for entry in contract() if entry.name == table for column in entry.columns]
    columns = ["uscc", "credit_score", "credit_grade"] if economy else every
    if not 0 < len(rows) <= MOST:
        raise BadInput([Problem(table, None, "", str(len(rows)), f"1 至 {MOST} 行", f"1 to {MOST} rows")])
    strange = [(at, key) for at, row in enumerate(rows, 1) for key in row.keys() - set(columns)]
    if strange:
        expected = "、".join(columns)
        raise BadInput(
            Problem(table, at, key, key, f"列名之一:{expected}", f"one of {expected}") for at, key in strange
        )
    cells = {name: [None if row.get(name) is None else str(row[name]) for row in rows] for name in columns}
    return pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String))


def _check_authority(given: pl.DataFrame, standard: Standard, authorities: tuple[str, ...]) -> None:
    problems = []
    for at, row in enumerate(given.iter_rows(named=True), 1):
        indicator = standard.by_code.get(row["indicator"] or "")
        if indicator is None:
            continue  # told by the intake
        if "enforcement" not in indicator.source:
            zh, en = "执法机关提供的指标", "an indicator that enforcement supplies"
            problems.append(Problem("facts", at, "indicator", indicator.code, zh, en))
        elif not any(indicator.accepts(authority, row["value"] or "") for authority in authorities):
            named = indicator.authorities.get(row["value"] or "", indicator.authorities.get("", ()))
            names = [standard.authorities[key] for key in named]
            zh = f"由{'、'.join(name.zh for name in names)}作出的决定"
            en = f"a decision of {' or '.join(name.en for name in names)}"
            problems.append(Problem("facts", at, "indicator", indicator.code, zh, en))
    if problems:
        raise BadInput(problems)


def _with_enterprises(cycle: RatingCycle, given: pl.DataFrame) -> pl.DataFrame:
    """Credit results beside what is on file of each enterprise."""
    known = frame_of("enterprises", Enterprise.objects.filter(cycle=cycle, ended=None))
    unknown = given.with_row_index("row", offset=1).join(known.select("uscc"), on="uscc", how="anti")
    if unknown.height:
        zh, en = "本周期登记在册的企业", "an enterprise on file in the cycle"
        raise BadInput(
            Problem("enterprises", int(row), "uscc", str(code), zh, en)
            for row, code in unknown.select("row", "uscc").iter_rows()
        )
    on_file = cells_of("enterprises", known, edition_of(cycle)).drop("credit_score", "credit_grade")
    return given.join(on_file, on="uscc", how="left", maintain_order="left")


def rows_check(cycle: RatingCycle, table: str, rows: Sequence[Mapping[str, str]]) -> dict[str, pl.DataFrame]:
    """Check rows of text cells over what is on file; those that are new or differ. Raises BadInput with everything."""
    return _check_rows(cycle, table, _cells(table, rows))


def _check_rows(cycle: RatingCycle, table: str, given: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Check rows of one table over what is on file: all of it for complaints, else only what they concern."""
    if table == "complaints":
        on_file = tables_of(cycle)
    else:
        codes = [code for code in given["uscc"] if code]
        projects = [name for name in given["project_id"] if name] if table == "facts" else []
        on_file = tables_around(cycle, codes, projects)
        if table == "facts":  # ids are on file under whatever enterprise
            _check_ids(cycle, given)
    sheets = {table: sheet_of(table, given)}
    changed = check_over(sheets, on_file, cycle.cycle, edition_of(cycle), Findings())
    return {name: frame if name == table else frame.clear() for name, frame in changed.items()}


def _check_ids(cycle: RatingCycle, given: pl.DataFrame) -> None:
    held = dict(
        Fact.objects.filter(cycle=cycle, ended=None, fact_id__in=list(given["fact_id"])).values_list("fact_id", "uscc")
    )
    problems = [
        Problem("facts", at, "fact_id", str(row["fact_id"]), "另一企业的事实已用此编号", "an id of its own")
        for at, row in enumerate(given.iter_rows(named=True), 1)
        if held.get(row["fact_id"], row["uscc"]) != row["uscc"]
    ]
    if problems:
        raise BadInput(problems)


# --- single facts -----------------------------------------------------------------------------------------------------


@transaction.atomic
def fact_enter(
    *, cycle: RatingCycle, row: Mapping[str, str], actor: Actor, now: datetime, because: str = "", token: str = ""
) -> Fact:
    """An order or penalty entered by hand by its authority. row: the columns of `facts` but for fact_id, as text.
    token: of the form, so that sending it twice enters once. Raises BadInput, MoveRefused, NotAllowed."""
    post = authorise("rating.order.enter", actor).post
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, OPEN)
    office = post.organisation if post else None
    given = _cells("facts", [{**row, "fact_id": "new"}])
    _check_authority(given, edition_of(cycle), authorities_of(office, actor.on) if office else ())
    fact_id = f"{office.code if office else ''}/H{token or Fact.objects.filter(cycle=cycle).count() + 1}"
    if token and (twice := Fact.objects.filter(cycle=cycle, fact_id=fact_id).order_by("-pk").first()):
        return twice
    origin = Origin("enforcement", "hand", office, actor.person, because=because)
    return facts_keep(cycle, [{**row, "fact_id": fact_id}], origin, now)[0]


def facts_keep(
    cycle: RatingCycle, rows: Sequence[Mapping[str, str]], origin: Origin, now: datetime, ended: Sequence[Fact] = ()
) -> list[Fact]:
    """Check and store facts given as text cells, and end others, in one delivery. The caller holds the cycle's lock."""
    nothing = {name: pl.DataFrame(schema=dict(schema)) for name, schema in STORED.items()}
    changed = rows_check(cycle, "facts", rows) if rows else nothing
    ids = set(changed["facts"]["fact_id"])
    rows_keep(cycle, changed, origin, now, [fact for fact in ended if fact.fact_id not in ids])
    wanted = [row["fact_id"] for row in rows]
    return list(Fact.objects.filter(cycle=cycle, ended=None, fact_id__in=wanted).order_by("fact_id"))


@transaction.atomic
def fact_correct(*, fact: Fact, changes: Mapping[str, str], because: str, actor: Actor, now: datetime) -> Fact:
    """By its owner, or by the commission with the enterprise heard; until the result is final. The old version stays.

    changes: columns of `facts` as text, "" to empty one. Raises BadInput, MoveRefused, Stale, NotAllowed.
    """
    cycle, fact = _fact_locked(fact, because, actor)
    cells = cells_of("facts", frame_of("facts", Fact.objects.filter(pk=fact.pk)), edition_of(cycle)).row(0, named=True)
    fixed = {"fact_id", "indicator"} & changes.keys()
    if fixed:
        zh, en = "不能更改;请停用后另行登记", "cannot be changed: end it and enter another"
        raise BadInput(Problem("facts", None, name, str(changes[name]), zh, en) for name in sorted(fixed))
    if changes.get("uscc", fact.uscc) != fact.uscc:
        raise BadInput([Problem("facts", None, "uscc", changes["uscc"], "同一企业", "the same enterprise")])
    (made,) = facts_keep(cycle, [{**cells, **changes}], _corrected(fact, actor, because), now)
    _tell(cycle, fact, Text("已更正", "was corrected"), because, now)
    return made


@transaction.atomic
def fact_end(*, fact: Fact, because: str, actor: Actor, now: datetime) -> None:
    """Take a fact out of account. It stays readable."""
    cycle, fact = _fact_locked(fact, because, actor)
    facts_keep(cycle, [], _corrected(fact, actor, because), now, [fact])
    _tell(cycle, fact, Text("不再计入", "no longer counts"), because, now)


def _tell(cycle: RatingCycle, fact: Fact, how: Text, because: str, now: datetime) -> None:
    """The enterprise is heard: it learns what was mended and why, and can say what it thinks."""
    name = edition_of(cycle).by_code[fact.indicator].name
    title = Text(f"事实{how.zh}:{name.zh}({cycle.code})", f"A fact {how.en}: {name.en} ({cycle.code})")
    _heard([fact.uscc], title, because, now)


def _heard(codes: Iterable[str], title: Text, because: str, now: datetime) -> None:
    todo = Text(
        f"理由:{because.strip()}。有不同意见的,请告知市住房城乡建设委",
        f"because: {because.strip()}; say so if you disagree",
    )
    notice_send(people=people_of(codes, now), title=title, todo=todo, now=now)


def _fact_locked(fact: Fact, because: str, actor: Actor) -> tuple[RatingCycle, Fact]:
    authorise("rating.fact.correct", actor, fact)
    cycle = cycle_lock(fact.cycle)
    refuse_unless(cycle, MENDING)
    if not because.strip():
        raise BadInput([Problem("facts", None, "because", "", "请写明理由", "a reason")])
    held = Fact.objects.select_related("delivery__organisation").get(pk=fact.pk)
    if held.ended_id:
        raise Stale
    return cycle, held


def _corrected(fact: Fact, actor: Actor, because: str) -> Origin:
    """A correction stays with the owner of the fact."""
    return Origin(fact.delivery.source, "correction", fact.delivery.organisation, actor.person, because=because.strip())
