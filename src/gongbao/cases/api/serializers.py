"""Cases as the REST interface shows them, and what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from gongbao.cases.models import Case, CaseDeadline, Step
from gongbao.cases.rules.process import Process
from gongbao.cases.selectors import (
    Choice,
    Event,
    cases_of,
    day_table,
    days_left,
    files_read,
    moves_for,
    next_parties,
    reads_internal,
)  # fmt: skip
from gongbao.cases.tables import process_of
from gongbao.documents.models import StoredFile
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person
from gongbao.web.api import WordsSerializer

Shown = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """Who reads and acts: a person, on a day, in one organisation."""

    person: Person
    organisation: Organisation
    on: date

    def cases(self) -> QuerySet[Case]:
        return cases_of(self.person, self.on, self.organisation)

    def reads_internal(self, case: Case) -> bool:
        return reads_internal(self.person, case, self.on, self.organisation)

    def files(self, case: Case) -> QuerySet[StoredFile]:
        return files_read(case, internal=self.reads_internal(case))


class TrackSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = WordsSerializer()
    state = serializers.CharField()
    state_name = WordsSerializer()
    version = serializers.IntegerField(help_text="number of moves made on the track: give it with the next")
    since = serializers.DateTimeField()


class PartySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = WordsSerializer()
    organisation = serializers.CharField(help_text="its code")
    organisation_name = serializers.CharField()
    can_move = serializers.BooleanField()


class DeadlineSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = WordsSerializer()
    of = serializers.CharField(help_text="the party that has to keep it")
    due = serializers.DateField(allow_null=True, help_text="last day, included; null while suspended")
    left = serializers.IntegerField(allow_null=True, help_text="working days (or days) left, negative once passed")
    provisional = serializers.BooleanField(help_text="reaches into a year without a published calendar")
    cite = serializers.CharField(allow_blank=True)


class OfferSerializer(serializers.Serializer[Any]):
    track = serializers.CharField()
    move = serializers.CharField()
    name = WordsSerializer()
    party = serializers.CharField(help_text="as which the person makes it")
    takes = serializers.ListField(child=serializers.CharField(), help_text="fields that must be given")
    may = serializers.ListField(child=serializers.CharField(), help_text="fields that can be given")
    why_not = WordsSerializer(allow_null=True, help_text="null where the move can be made now")
    cite = serializers.CharField(allow_blank=True)


class FileSerializer(serializers.ModelSerializer[StoredFile]):
    class Meta:
        model = StoredFile
        fields = ["id", "name", "media_type", "size", "sha256", "stored_at"]


class CaseLineSerializer(serializers.ModelSerializer[Case]):
    class Meta:
        model = Case
        fields = ["number", "process", "edition", "title", "subject", "opened_at", "ended_at"]


class CaseSerializer(CaseLineSerializer):
    """Where a case stands, what runs, and what the person can do in it."""

    name = WordsSerializer(help_text="of the process")
    law = serializers.CharField(help_text="the document that the process carries out")
    tracks = TrackSerializer(many=True)
    parties = PartySerializer(many=True)
    next = serializers.ListField(child=serializers.CharField(), help_text="the parties that can move now")
    facts = serializers.DictField(child=serializers.CharField())
    values = serializers.DictField(child=serializers.CharField(), help_text="the latest of the fields given so far")
    deadlines = DeadlineSerializer(many=True)
    moves = OfferSerializer(many=True)
    files = FileSerializer(many=True)

    class Meta(CaseLineSerializer.Meta):
        fields = [
            *CaseLineSerializer.Meta.fields,
            "name", "law", "tracks", "parties", "next", "facts", "values", "deadlines", "moves", "files",
        ]  # fmt: skip


class EventSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    day = serializers.DateField(help_text="that it counts from")
    title = WordsSerializer()
    track = serializers.CharField(allow_blank=True)
    move = serializers.CharField(allow_blank=True, help_text="empty for a comment")
    party = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_null=True, help_text="name of the person, null for the clock")
    values = serializers.DictField(
        child=serializers.CharField(), help_text="what was given; a comment's text is `text`"
    )
    audience = serializers.ChoiceField(Step.Audience.values)
    paper = serializers.CharField(allow_null=True, help_text="check code")
    files = serializers.ListField(child=serializers.IntegerField())
    cite = serializers.CharField(allow_blank=True)


class MoveSerializer(serializers.Serializer[Any]):
    track = serializers.CharField(max_length=60)
    move = serializers.CharField(max_length=60)
    version = serializers.IntegerField(min_value=0, help_text="of the track, as it was seen")
    fields = serializers.DictField(  # type: ignore[assignment]  # a field of that name
        child=serializers.CharField(allow_blank=True), required=False
    )


class CommentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(required=False, allow_blank=True, max_length=20_000)
    audience = serializers.ChoiceField(Step.Audience.values, required=False, default=Step.Audience.ALL.value)
    file = serializers.FileField(required=False, allow_empty_file=True, help_text="only as multipart/form-data")


def case_shown(case: Case, reader: Reader) -> Shown:
    """What CaseSerializer writes."""
    process, days = process_of(case.process, case.edition), day_table()
    told = {name: getattr(case, name) for name in CaseLineSerializer.Meta.fields}
    offers = moves_for(case, reader.person, reader.on, reader.organisation)
    return told | {
        "name": _text(process.name),
        "law": process.law,
        "tracks": [
            {
                "code": row.code, "name": _text(process.track(row.code).name), "state": row.state,
                "state_name": _text(process.track(row.code).state(row.state).name),
                "version": row.version, "since": row.since,
            }
            for row in case.tracks.all()
        ],
        "parties": [
            {
                "code": part.party, "name": _text(process.party(part.party).name),
                "organisation": part.organisation.code, "organisation_name": part.organisation.name,
                "can_move": part.can_move,
            }
            for part in case.parts.select_related("organisation")
        ],
        "next": [] if case.ended_at else next_parties(case),
        "facts": case.facts,
        "values": case.fields,
        "deadlines": [
            _deadline(row, process, days_left(row, reader.on, days)) for row in case.deadlines.filter(ended_at=None)
        ],
        "moves": [_offer(choice) for choice in offers],
        "files": FileSerializer(reader.files(case), many=True).data,
    }  # fmt: skip


def _deadline(row: CaseDeadline, process: Process, left: int | None) -> Shown:
    return {
        "code": row.code, "name": _text(process.deadline(row.code).name), "of": row.of, "due": row.due, "left": left,
        "provisional": row.provisional, "cite": row.cite,
    }  # fmt: skip


def _offer(choice: Choice) -> Shown:
    move = choice.move
    return {
        "track": move.track, "move": move.code, "name": _text(move.name), "party": choice.party,
        "takes": move.takes, "may": move.may, "why_not": _text(choice.why_not) if choice.why_not else None,
        "cite": move.cite,
    }  # fmt: skip


def event_shown(event: Event) -> Shown:
    """What EventSerializer writes."""
    step, data = event.step, event.step.entry.content["data"]
    given: Mapping[str, object] = {**data.get("fields", {}), **event.said}
    return {
        "at": step.at, "day": step.day, "title": _text(event.title), "track": step.track, "move": step.move,
        "party": step.party, "by": str(step.person) if step.person else None,
        "values": {code: str(value) for code, value in given.items()}, "audience": step.audience,
        "paper": step.paper.code if step.paper else None, "files": [file.pk for file in step.files.all()],
        "cite": data.get("cite", ""),
    }  # fmt: skip


def _text(text: Text) -> Shown:
    return {"zh": text.zh, "en": text.en}
