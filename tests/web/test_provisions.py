"""The tag that makes a citation a link."""

from urllib.parse import unquote

import pytest
from django.template import Context, Template

from gongbao.kernel.text import Text
from gongbao.web import provisions


def shown(template: str, **values: str) -> str:
    return unquote(Template(template).render(Context(values)))


def test_a_citation_is_a_link_with_a_preview_and_may_be_said_in_other_words() -> None:
    link = shown('{% cite "京建法[2025]2号 第7条" "本办法第七条" %}')
    assert 'href="/gazette/京建法〔2025〕2号/第七条/"' in link
    assert 'data-hx-target="#preview"' in link
    assert ">本办法第七条</a>" in link


def test_what_is_no_citation_stays_words() -> None:
    assert shown('{% cite "house rule" %}') == "house rule"
    assert shown("{% cite typed %}", typed="<b>") == "&lt;b&gt;"


def test_what_several_domains_run_on_one_provision_stands_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisions, "_sources", [])
    one, two = (provisions.Run("甲", Text("步骤", "Step"), Text(name, name)) for name in ("一", "二"))
    provisions.runs_from(lambda: [one])
    provisions.runs_from(lambda: [two])
    assert provisions.runs_by_cite() == {"甲": (one, two)}
