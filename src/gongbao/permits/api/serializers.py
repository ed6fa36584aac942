"""The shapes of what the REST interface of the permit list says."""

from typing import Any

from rest_framework import serializers

from gongbao.permits.rules.check import KINDS as VERDICTS
from gongbao.permits.rules.diff import KINDS as CHANGES
from gongbao.permits.rules.guides import STATES
from gongbao.permits.rules.items import CONFIDENCES, FIELDS
from gongbao.web.api import WordsSerializer


def _texts(**given: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), **given)


class EditionSerializer(serializers.Serializer[Any]):
    edition = serializers.CharField()
    cite = serializers.CharField(help_text="number of its document")
    rule = serializers.CharField(help_text="citation: nothing outside the list is a permit")
    title = WordsSerializer()
    in_force = serializers.DateField(allow_null=True)
    replaces = serializers.CharField(help_text="number of the document before")
    count = serializers.IntegerField(help_text="rows that the list has")
    missing = serializers.ListField(child=serializers.IntegerField(), help_text="numbers of rows that are unread")


class _BasisSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    number = serializers.CharField(help_text="document number, empty where none is given")


class _ActSerializer(serializers.Serializer[Any]):
    mode = serializers.CharField()
    other = serializers.CharField(help_text="the body that its words name, or empty")


class _BodySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    acts = _ActSerializer(many=True)
    mode = WordsSerializer(help_text="what it does, in words")
    share = serializers.ChoiceField(["whole", "part"])
    scope = serializers.CharField(help_text="to what it is limited, or empty")


class _CorrectionSerializer(serializers.Serializer[Any]):
    no = serializers.IntegerField()
    field = serializers.ChoiceField(FIELDS)
    printed = serializers.CharField()
    corrected = serializers.CharField(help_text="empty takes it away; the same words: a doubt without a proposal")
    confidence = serializers.ChoiceField(list(CONFIDENCES))
    reason = WordsSerializer()
    applied = serializers.BooleanField(help_text="false: a hint beside the text that is shown")


class _PrintedSerializer(serializers.Serializer[Any]):
    city_departments = serializers.CharField()
    name = serializers.CharField()
    legal_bases = serializers.CharField()
    zone_departments = serializers.CharField()
    implementing_bodies = serializers.CharField()
    remark = serializers.CharField()


class ItemSerializer(serializers.Serializer[Any]):
    no = serializers.IntegerField()
    cite = serializers.CharField()
    url = serializers.CharField(help_text="its page")
    city_departments = _texts()
    name = serializers.CharField()
    legal_bases = _BasisSerializer(many=True)
    zone_departments = _texts()
    implementing_bodies = _BodySerializer(many=True)
    remark = serializers.CharField()
    printed = _PrintedSerializer(help_text="its cells as read from the page")
    corrections = _CorrectionSerializer(many=True)


class _DemandSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    basis = serializers.CharField(help_text="citation of the law that asks for it")


class _GuideSerializer(serializers.Serializer[Any]):
    updated = serializers.DateField()
    conditions = _DemandSerializer(many=True)
    materials = _DemandSerializer(many=True)
    time_limit = serializers.CharField(help_text="empty where it is not told, as the next two")
    fee = serializers.CharField()
    place = serializers.CharField()


class GuidedItemSerializer(ItemSerializer):
    guide_state = serializers.ChoiceField(list(STATES), help_text="outdated: older than the list")
    guide = _GuideSerializer(allow_null=True)


class _ItemName(serializers.Serializer[Any]):
    no = serializers.IntegerField()
    name = serializers.CharField()
    cite = serializers.CharField()


class LawSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(source="basis.title")
    number = serializers.CharField(source="basis.number")
    items = _ItemName(many=True)


class VerdictSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(list(VERDICTS), help_text="not_found: rows are unread; not_listed: it is no permit")
    items = serializers.ListField(child=serializers.IntegerField(), help_text="numbers of the items that it means")
    reason = WordsSerializer()
    cite = serializers.CharField()
    similar = serializers.ListField(child=serializers.IntegerField(), help_text="similar names; they decide nothing")


class ChangeSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(list(CHANGES))
    before = serializers.ListField(child=serializers.IntegerField(), help_text="numbers in the old edition")
    after = serializers.ListField(child=serializers.IntegerField(), help_text="numbers in the new edition")
    was = _texts()
    now = _texts()
    doubtful = serializers.BooleanField(help_text="rows of the other edition are unread; it may be among them")
