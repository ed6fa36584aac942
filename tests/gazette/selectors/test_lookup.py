from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.structure import Issue
from gongbao.gazette.selectors.resolve import Announced, Resolved, lookup
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]


@pytest.mark.parametrize(
    ("spelling", "cite"),
    [
        ("京建法[2025]2号第7条", "京建法〔2025〕2号 第七条"),
        ("京建法〔2025〕2号 第七条第一款", "京建法〔2025〕2号 第七条"),
        ("京建法〔2025〕2号 附件 扣分项 3", "京建法〔2025〕2号 附件 扣分项 3"),
        ("京建法〔2025〕2号", "京建法〔2025〕2号"),
        ("《北京市住宅项目物业服务企业综合评价管理办法》第七条", "京建法〔2025〕2号 第七条"),
    ],
)
def test_a_citation_resolves_before_any_text_is_imported_and_shows_the_digest(spelling: str, cite: str) -> None:
    found = lookup(spelling)
    assert isinstance(found, Announced)
    assert found.place.cite == cite == str(found.citation)
    assert found.digest and found.digest.zh and found.digest.en
    assert found.title.zh and found.title.en


@pytest.mark.parametrize("citation", ["京建法〔2025〕2号 第九十条", "示范发〔2030〕7号 第二条", "灯塔"])
def test_what_neither_the_package_nor_a_text_knows_is_refused(citation: str) -> None:
    with pytest.raises(BadInput):
        lookup(citation)


def test_a_document_of_which_the_package_knows_nothing_resolves_once_it_is_imported(issue: Issue, store: Store) -> None:
    store(issue)
    found = lookup("示范发〔2030〕7号 第二条")
    assert isinstance(found, Resolved)
    assert found.digest is None


@pytest.mark.gazette_text
def test_once_the_text_is_imported_the_same_citation_gives_text_and_digest(store: Store, gazette_file: Path) -> None:
    store(read_issue(gazette_file.read_text("utf-8")))
    found = lookup("京建法〔2025〕2号 第七条")
    assert isinstance(found, Resolved)
    assert found.digest and "10%" in found.digest.zh
    with pytest.raises(BadInput, match="之下有"):
        lookup("京建法〔2025〕2号 第九十条")
