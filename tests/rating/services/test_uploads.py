"""Files that the commission uploads: looked at, kept, imported when she says so."""

import pytest
from tests.rating.small_cycle import COLLECTING, SmallCity, enterprises

from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Enterprise
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
