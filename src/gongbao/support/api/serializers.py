"""The shapes of what the REST interface of support says."""

from typing import Any

from rest_framework import serializers

from gongbao.web.api import WordsSerializer


class Window(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    cite = serializers.CharField()


class ProgrammeSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    document = serializers.CharField()
    name = WordsSerializer()
    digest = WordsSerializer()
    window = Window(help_text="days on which an application may be made, both included")
    choice = serializers.ChoiceField(["measure", "document"], help_text="what one project takes of it")
    choice_cite = serializers.CharField()
    explained_by = serializers.CharField()
    refers_to = serializers.ListField(child=serializers.CharField())
    measures = serializers.ListField(child=serializers.CharField(), help_text="codes")


class ConditionSerializer(serializers.Serializer[Any]):
    fact = serializers.CharField()
    test = serializers.CharField()
    value = serializers.JSONField(help_text="what is compared with, as the programme file writes it")
    text = WordsSerializer()
    cite = serializers.CharField()


class PaperSerializer(serializers.Serializer[Any]):
    slot = serializers.CharField()
    name = WordsSerializer()
    each = serializers.CharField(help_text="event or store: due for each; empty: once")
    only_if = WordsSerializer(allow_null=True)
    cite = serializers.CharField()


class MeasureSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    programme = serializers.CharField()
    name = WordsSerializer()
    digest = WordsSerializer()
    scope = serializers.ChoiceField(["entity", "project"])
    cite = serializers.CharField()
    promise = serializers.ChoiceField(["exact", "up_to", "unset", "none"])
    amount = serializers.JSONField(help_text="its rule, as the programme file writes it")
    amount_text = WordsSerializer(allow_null=True)
    offices = WordsSerializer(many=True, help_text="the first leads")
    window = Window()
    conditions = ConditionSerializer(many=True)
    papers = PaperSerializer(many=True)
    readings = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField(help_text="its page")
