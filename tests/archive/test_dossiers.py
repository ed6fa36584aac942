"""A dossier grows by entries alone, with the change it records; it is exported, verified, and closed by daily roots."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from gongbao.archive.guards import removals, run, statements
from gongbao.archive.models import DailyRoot, Dossier, Entry, Leaf, PersonalValue, WrittenOnce
from gongbao.archive.selectors import dossier_entries, dossier_file, heads_of, personal_values, roots
from gongbao.archive.services import entries_append, entry_append, personal_erase, root_make
from gongbao.config.cli import gongbao
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.chain import verify
from gongbao.kernel.merkle import root
from gongbao.kernel.problem import BadInput, CheckFailed
from gongbao.organisations.models import Person

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)  # 10:00 in Beijing
SUBJECT = "enterprise/91110000000000000X"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return Person.objects.create(username="clerk", name="张三")


def add(subject: str = SUBJECT, kind: str = "score.changed", **more: object) -> Entry:
    with transaction.atomic():
        return entry_append(subject=subject, kind=kind, payload={"points": "3.5000"}, at=NOW, **more)  # type: ignore[arg-type]


def test_entries_are_linked_and_say_who_did_what_when(clerk: Person) -> None:
    first, second = add(actor=clerk), add()
    assert (first.sequence, second.sequence, second.previous) == (1, 2, first.hash)
    assert first.content == {
        "kind": "score.changed",
        "at": "2026-07-01T10:00:00+08:00",
        "actor": f"person/{clerk.pk}",
        "data": {"points": "3.5000"},
    }
    assert second.content["actor"] == "system"
    assert verify(entry.chained() for entry in dossier_entries(SUBJECT)) == []
    dossier = Dossier.objects.get(subject=SUBJECT)
    assert (dossier.sequence, dossier.head) == (2, second.hash)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused_and_one_inside_shares_its_fate() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        entry_append(subject=SUBJECT, kind="k", payload={}, at=NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        entry_append(subject=SUBJECT, kind="k", payload={}, at=NOW)
        raise ZeroDivisionError
    assert not Entry.objects.exists() and not Dossier.objects.exists()


def test_a_payload_with_floats_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(ValueError, match="小数"), transaction.atomic():
        entry_append(subject=SUBJECT, kind="k", payload={"points": 0.1}, at=NOW)  # type: ignore[dict-item]
    assert not Entry.objects.exists()


def refused_by_the_models(entry: Entry) -> list[Callable[[], object]]:
    return [
        entry.save,
        entry.delete,
        lambda: Entry.objects.filter(pk=entry.pk).update(kind="other"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["kind"]),
        lambda: DailyRoot.objects.all().delete(),
        lambda: Leaf.objects.update(entry=entry),
    ]


def test_written_rows_refuse_changes_through_the_models() -> None:
    entry = add()
    for attempt in refused_by_the_models(entry):
        with pytest.raises(WrittenOnce):
            attempt()
    assert Entry.objects.get().kind == "score.changed"


@pytest.mark.parametrize("table", ["archive_entry", "archive_dailyroot", "archive_leaf"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_written_rows_refuse_changes_in_the_database_itself(table: str, statement: str) -> None:
    add()
    root_make(now=NOW)
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert (Entry.objects.count(), DailyRoot.objects.count(), Leaf.objects.count()) == (1, 1, 1)


def test_the_guards_can_be_taken_away_and_set_up_again() -> None:
    add()
    run(connection, removals(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_entry SET kind = 'x'")
    run(connection, statements(connection.vendor))
    assert Entry.objects.get().kind == "x"


def test_personal_values_stand_outside_and_can_be_erased_while_the_chain_holds(clerk: Person) -> None:
    entry = add(personal={"name": "李四", "phone": "010-0000"})
    assert "李四" not in entry.payload + entry.personal
    assert personal_values(entry) == {"name": "李四", "phone": "010-0000"}
    personal_erase(entry=entry, fields=["name"], because="本人申请", at=NOW, actor=clerk)
    assert personal_values(entry) == {"phone": "010-0000"}
    assert not PersonalValue.objects.filter(value__contains="李四").exists()
    last = dossier_entries(SUBJECT).last()
    assert last is not None
    assert last.content["data"] == {"sequence": 1, "fields": ["name"], "because": "本人申请"}
    lines = list(dossier_file(SUBJECT))
    assert verify_file_lines(lines) == [] and "李四" not in "".join(lines)


def test_a_value_that_is_not_there_cannot_be_erased_and_nothing_changes(clerk: Person) -> None:
    entry = add(personal={"name": "李四"})
    with pytest.raises(BadInput):
        personal_erase(entry=entry, fields=["name", "age"], because="–", at=NOW, actor=clerk)
    assert personal_values(entry) == {"name": "李四"} and Entry.objects.count() == 1


def test_a_day_has_one_root_over_the_heads_of_all_dossiers() -> None:
    add()
    add()
    add("place/1")
    made = root_make(now=NOW)
    assert (made.day, made.dossiers, made.root) == (date(2026, 7, 1), 2, root(heads_of(made)))
    assert {(head.subject, head.sequence) for head in heads_of(made)} == {(SUBJECT, 2), ("place/1", 1)}
    add()
    assert root_make(now=NOW) == made
    late = root_make(now=datetime(2026, 7, 1, 16, 0, tzinfo=UTC))  # midnight in Beijing: the next day
    assert (late.day, late.root == made.root) == (date(2026, 7, 2), False)
    assert list(roots()) == [late, made]


def export(tmp_path: Path) -> Path:
    path = tmp_path / "dossier.jsonl"
    path.write_text("".join(line + "\n" for line in dossier_file(SUBJECT)))
    return path


def verified(*arguments: str) -> object:
    return CliRunner().invoke(gongbao, ["archive", "verify", *arguments]).exception


def test_a_changed_byte_is_named_by_its_entry(tmp_path: Path) -> None:
    add()
    add(kind="objection.upheld")
    add()
    path = export(tmp_path)
    assert verified(str(path)) is None
    path.write_text(path.read_text().replace("objection.upheld", "objection.refused"))
    failed = verified(str(path))
    assert isinstance(failed, CheckFailed) and failed.failures[0].startswith("第 2 条")


def test_a_chain_rewritten_as_a_whole_is_found_by_the_published_root(tmp_path: Path) -> None:
    add()
    add("place/1")
    published = root_make(now=NOW).root
    assert verified(str(export(tmp_path)), "--root", published) is None
    assert isinstance(verified(str(export(tmp_path)), "--root", "0" * 64), CheckFailed)
    run(connection, removals(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_leaf")
        cursor.execute("DELETE FROM archive_dailyroot")
        cursor.execute("DELETE FROM archive_entry")
    run(connection, statements(connection.vendor))
    Dossier.objects.update(sequence=0, head="")
    add(kind="another.story")
    forged = root_make(now=NOW)
    assert forged.root != published
    path = export(tmp_path)
    assert verified(str(path)) is None
    assert isinstance(verified(str(path), "--root", published), CheckFailed)


def test_a_subject_without_dossier_is_told_so() -> None:
    with pytest.raises(Dossier.DoesNotExist):
        dossier_file("nobody/0")


def test_the_commands_export_a_dossier_and_make_the_root_of_the_day(tmp_path: Path) -> None:
    add(personal={"name": "李四"})
    made = CliRunner().invoke(gongbao, ["archive", "root"])
    assert made.exit_code == 0 and DailyRoot.objects.get().root in made.output
    out = tmp_path / "dossier.jsonl"
    assert CliRunner().invoke(gongbao, ["archive", "export", SUBJECT, "--out", str(out)]).exit_code == 0
    assert verified(str(out), "--root", DailyRoot.objects.get().root) is None
    assert CliRunner().invoke(gongbao, ["archive", "export", SUBJECT]).output == out.read_text()
    assert isinstance(CliRunner().invoke(gongbao, ["archive", "export", "nobody/0"]).exception, BadInput)


def test_many_dossiers_get_their_entries_at_once_and_each_chain_holds() -> None:
    with transaction.atomic():
        entry_append(subject="enterprise/1", kind="first", payload={}, at=NOW)
        for number in range(2):
            payloads = {f"enterprise/{one}": {"number": number} for one in range(1, 4)}
            entries_append(payloads=payloads, kind="many", at=NOW)
    for one, length in ((1, 3), (2, 2), (3, 2)):
        assert dossier_entries(f"enterprise/{one}").count() == length
        assert verify_file_lines(dossier_file(f"enterprise/{one}")) == []
