"""Structured data (schema.org) for machines that read pages: data blocks, which run nothing under the strict policy."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongbao.gazette.addresses import place_url
from gongbao.gazette.models import Issue
from gongbao.gazette.selectors.resolve import Resolved

Absolute = Callable[[str], str]
_FORCE = {True: "InForce", False: "NotInForce", None: None}
# a "<" would end the script element early
_ESCAPED = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def document_data(found: Resolved, on: date, absolute: Absolute) -> SafeString:
    """A document as Legislation."""
    document, holds = found.document, found.validity
    data: dict[str, Any] = {
        "@type": "Legislation",
        "name": document.title,
        "alternateName": document.title_en or None,
        "legislationIdentifier": document.number or None,
        "legislationDate": _day(document.issued_on),
        "legislationDateVersion": _day(found.revision.document.issue.published_on),
        "temporalCoverage": f"{_day(holds.begins) or '..'}/{_day(holds.ends) or '..'}",
        "legislationLegalForce": _FORCE[holds.holds(on)],
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in document.issuers],
        "legislationRepeals": [ref.number or f"《{ref.title}》" for ref in document.force.replaces] or None,
        "inLanguage": "zh-Hans",
        "url": absolute(place_url(found.place.cite or str(found.citation))),
    }
    return data_block(data)


def issue_data(issue: Issue, absolute: Absolute) -> SafeString:
    """An issue as PublicationIssue."""
    data = {
        "@type": "PublicationIssue",
        "name": str(issue),
        "issueNumber": str(issue.number),
        "datePublished": _day(issue.published_on),
        "isPartOf": {
            "@type": "Periodical",
            "name": "北京市人民政府公报",
            "issn": issue.colophon.get("issn"),
        },
        "url": absolute(reverse("gazette_issue", args=[f"{issue.year}-{issue.number}"])),
    }
    return data_block(data)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def data_block(data: dict[str, Any]) -> SafeString:
    said = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value is not None}}
    text = json.dumps(said, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
