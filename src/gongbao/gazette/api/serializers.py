"""The shapes of what the REST interface of the gazette says."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gongbao.gazette.rules.plain import plain
from gongbao.gazette.selectors.provisions import Piece
from gongbao.gazette.selectors.resolve import Announced, Resolved
from gongbao.gazette.tables.packaged import packaged_digests
from gongbao.web.api import WordsSerializer
from gongbao.web.provisions import Run


class IssueSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="year and number: 2026-13")
    total = serializers.IntegerField(allow_null=True, help_text="running number since the first issue")
    published_on = serializers.DateField(allow_null=True)
    documents = serializers.IntegerField(source="count")


class DocumentSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="revision.document.key", help_text="number, or title where it bears none")
    title = serializers.CharField(source="revision.title")
    title_en = serializers.CharField(source="revision.title_en")
    issuers = serializers.ListField(child=serializers.CharField(), source="revision.issuers")
    issued_on = serializers.DateField(source="revision.issued_on", allow_null=True)
    issue = serializers.CharField(source="revision.document.issue.code")
    text = serializers.IntegerField(source="revision.sequence", help_text="number of the text, from 1")
    trial = serializers.BooleanField(source="revision.trial")
    begins = serializers.DateField(source="validity.begins", allow_null=True)
    ends = serializers.DateField(source="validity.ends", allow_null=True, help_text="last day; null: none is stated")
    begin_stated = serializers.BooleanField(
        source="validity.stated", help_text="false: the day printed under it is taken (reading I-19)"
    )
    replaced_by = serializers.CharField(source="validity.replaced_by")


class _RunSerializer(serializers.Serializer[Any]):
    kind = WordsSerializer()
    name = WordsSerializer()
    url = serializers.CharField(help_text="its page, empty where it has none")


class ProvisionSerializer(serializers.Serializer[Any]):
    cite = serializers.CharField(help_text="the citation in official form")
    level = serializers.CharField(help_text="chapter, article, paragraph, part, item, …; row of a table")
    heading = serializers.CharField()
    text = serializers.CharField(help_text="own words; a line for each paragraph or cell")
    digest = serializers.SerializerMethodField()
    runs = serializers.SerializerMethodField(help_text="what runs on it here")

    @extend_schema_field(WordsSerializer(allow_null=True))
    def get_digest(self, piece: Piece) -> dict[str, str] | None:
        return _digest(piece.cite)

    @extend_schema_field(_RunSerializer(many=True))
    def get_runs(self, piece: Piece) -> list[dict[str, Any]]:
        return _runs(self.context["runs"].get(piece.cite, ()))


class CitedSerializer(serializers.Serializer[Any]):
    cite = serializers.SerializerMethodField(help_text="the citation in official form")
    url = serializers.SerializerMethodField(help_text="the page of the place")
    imported = serializers.SerializerMethodField(help_text="false: its address is known, its text is not here")
    text = serializers.SerializerMethodField(help_text="a line for each paragraph or cell, all below it included")
    digest = serializers.SerializerMethodField()
    runs = serializers.SerializerMethodField(help_text="what runs on it here")

    def get_cite(self, found: Resolved | Announced) -> str:
        return found.place.cite or str(found.citation)

    def get_url(self, found: Resolved | Announced) -> str:  # noqa: ARG002 - DRF's signature
        url: str = self.context["url"]
        return url

    def get_imported(self, found: Resolved | Announced) -> bool:
        return isinstance(found, Resolved)

    def get_text(self, found: Resolved | Announced) -> str:
        return "\n".join(plain(found.place.target)) if isinstance(found, Resolved) else ""

    @extend_schema_field(WordsSerializer(allow_null=True))
    def get_digest(self, found: Resolved | Announced) -> dict[str, str] | None:
        return _digest(found.place.cite)

    @extend_schema_field(_RunSerializer(many=True))
    def get_runs(self, found: Resolved | Announced) -> list[dict[str, Any]]:
        return _runs(self.context["runs"].get(found.place.cite, ()))


class _PieceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(trim_whitespace=False)
    hit = serializers.BooleanField()


class _HitSerializer(serializers.Serializer[Any]):
    cite = serializers.CharField(source="passage.cite")
    excerpt = _PieceSerializer(many=True)


class _DocumentCount(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()


class FoundSerializer(serializers.Serializer[Any]):
    words = serializers.ListField(child=serializers.CharField(), help_text="what was looked for, folded")
    count = serializers.IntegerField(help_text="all passages that were found")
    hits = _HitSerializer(many=True)
    by_document = _DocumentCount(many=True)


def _digest(cite: str) -> dict[str, str] | None:
    digest = packaged_digests().get(cite)
    return {"zh": digest.zh, "en": digest.en} if digest else None


def _runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [
        {
            "kind": {"zh": run.kind.zh, "en": run.kind.en},
            "name": {"zh": run.name.zh, "en": run.name.en},
            "url": run.url,
        }
        for run in runs
    ]
