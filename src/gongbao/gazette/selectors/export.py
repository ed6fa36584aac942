"""Documents and issues in the forms that others read: JSON, HTML, Akoma Ntoso, plain text."""

from collections.abc import Callable
from html import escape

from gongbao.gazette.rules.export_akn import document_to_akn
from gongbao.gazette.rules.export_html import document_to_html
from gongbao.gazette.rules.export_json import to_json
from gongbao.gazette.rules.plain import plain
from gongbao.gazette.rules.structure import Document, Issue
from gongbao.gazette.selectors.content import issue_content
from gongbao.gazette.selectors.documents import issue_get
from gongbao.gazette.selectors.resolve import resolve
from gongbao.kernel.problem import BadInput, Problem

PAGE = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
{body}
</body>
</html>
"""


def export(name: str, form: str) -> str:
    """A document (its number, a 《title》, or any citation in it) or a whole issue (2026-13) in one of FORMS.

    Raises BadInput for what is not there, and for an issue in a form that only documents have.
    """
    if name.replace("-", "").isdecimal():
        return _issue(name, form)
    resolved = resolve(name)
    return FORMS[form](resolved.document, issue_content(resolved.revision.document.issue))


def _issue(name: str, form: str) -> str:
    issue = issue_content(issue_get(name))
    match form:
        case "json":
            return to_json(issue)
        case "html":
            title = f"{issue.year}年第{issue.number}期"
            documents = (document_to_html(one, 2, f"doc_{at}_") for at, one in enumerate(issue.documents, start=1))
            return _page(title, f"<h1>{title}</h1>\n" + "\n".join(documents))
        case "text":
            return "\n".join(_text(document) for document in issue.documents)
    expected = "一份文件的文号:Akoma Ntoso 按文件导出"
    raise BadInput(
        [Problem("export", None, "", name, expected, "the number of a document: Akoma Ntoso holds one document each")]
    )


def _page(title: str, body: str) -> str:
    return PAGE.format(title=escape(title), body=body)


def _text(document: Document) -> str:
    return "\n".join(plain(document)) + "\n"


FORMS: dict[str, Callable[[Document, Issue], str]] = {
    "json": lambda document, _: to_json(document),
    "html": lambda document, _: _page(document.title, document_to_html(document)),
    "akn": document_to_akn,
    "text": lambda document, _: _text(document),
}
