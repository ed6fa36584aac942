"""Files that the commission uploads: looked at, kept, imported when she says so."""

from typing import Any

import pytest
from django.db import connection
from tests.rating.small_cycle import COLLECTING, SmallCity, enterprises

from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Enterprise
from gongbao.rating.services import rows
from gongbao.rating.services.uploads import upload_import, upload_keep
from gongbao.web.errors import NotAllowed


def content(city: SmallCity, **changes: str) -> list[tuple[str, bytes]]:
    folder = city.file(enterprises=enterprises(**changes))
    return [("enterprises.csv", (folder / "enterprises.csv").read_bytes())]


def test_a_file_is_kept_with_what_it_would_change_and_changes_it_only_when_told(small: SmallCity) -> None:
    officer, cycle = small.actor("officer"), small.fresh()
    kept, counts = upload_keep(cycle=cycle, files=content(small, credit_score="88"), actor=officer, now=COLLECTING)
    assert counts == {"enterprises": (0, 4, 0)}
    assert not Enterprise.objects.filter(cycle=cycle, ended=None, credit=880_000).exists()
    delivery = upload_import(cycle=cycle, files=[file.pk for file in kept], actor=officer, now=COLLECTING)
    assert delivery is not None
    assert delivery.counts == {"enterprises": 4}
    assert Enterprise.objects.filter(cycle=cycle, ended=None, credit=880_000).count() == 4
    again = upload_import(cycle=cycle, files=[file.pk for file in kept], actor=officer, now=COLLECTING)
    assert again is None


def test_a_file_with_errors_is_not_kept(small: SmallCity) -> None:
    wrong = content(small, credit_score="101")
    with pytest.raises(BadInput) as refused:
        upload_keep(cycle=small.fresh(), files=wrong, actor=small.actor("officer"), now=COLLECTING)
    assert refused.value.total == 4
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("names", [[], ["a.xlsx", "b.csv"]])
def test_nothing_or_a_workbook_with_others_is_refused(small: SmallCity, names: list[str]) -> None:
    files = [(name, b"x") for name in names]
    with pytest.raises(BadInput):
        upload_keep(cycle=small.fresh(), files=files, actor=small.actor("officer"), now=COLLECTING)
    assert not StoredFile.objects.exists()


def test_a_file_that_another_officer_looked_at_is_not_imported(small: SmallCity) -> None:
    cycle = small.fresh()
    kept, _ = upload_keep(
        cycle=cycle, files=content(small, credit_score="88"), actor=small.actor("officer"), now=COLLECTING
    )
    with pytest.raises(BadInput):
        upload_import(cycle=cycle, files=[file.pk for file in kept], actor=small.actor("second"), now=COLLECTING)
    assert cycle.deliveries.count() == 1


def test_only_the_commission_uploads(small: SmallCity) -> None:
    with pytest.raises(NotAllowed):
        upload_keep(cycle=small.fresh(), files=content(small), actor=small.actor("reviewer"), now=COLLECTING)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_a_file_is_read(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and checking stand outside any transaction, when it is looked at and when it is imported."""
    original, inside = rows.check_over, list[bool]()

    def watched(*args: Any, **kwargs: Any) -> Any:
        inside.append(connection.in_atomic_block)
        return original(*args, **kwargs)

    monkeypatch.setattr(rows, "check_over", watched)
    officer, cycle = small.actor("officer"), small.fresh()
    kept, _ = upload_keep(cycle=cycle, files=content(small, credit_score="88"), actor=officer, now=COLLECTING)
    upload_import(cycle=cycle, files=[file.pk for file in kept], actor=officer, now=COLLECTING)
    assert inside == [False, False]


def test_rows_that_came_while_a_file_was_read_are_seen(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody imports the same file meanwhile: then nothing in it is new any more."""
    original, others = rows.check_over, list[object]()
    officer, source = small.actor("officer"), small.file(enterprises=enterprises(credit_score="88"))

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        found = original(*args, **kwargs)
        if not others:
            others.append(True)
            others.append(rows.file_import(cycle=small.cycle, source=source, actor=officer, now=COLLECTING))
        return found

    monkeypatch.setattr(rows, "check_over", interrupted)
    assert rows.file_import(cycle=small.cycle, source=source, actor=officer, now=COLLECTING) is None
    assert others[1] and Enterprise.objects.filter(ended=None, credit=880_000).count() == 4
