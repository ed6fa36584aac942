"""A field of a form for any number of files, wherever files are handed in."""

from __future__ import annotations  # UploadedFile takes a type in its stubs alone

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongbao.documents.sniffing import MEGABYTE, accepted
from gongbao.kernel.text import Text
from gongbao.web.words import said


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; each is looked at when it is stored, one that is far too large already here."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        cleaned = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        limit = accepted()["megabytes"]
        for one in cleaned:
            if one and one.size > limit * MEGABYTE:
                words = Text(
                    f"“{one.name}”超过 {limit} MB,请压缩或拆分后再上传",
                    f"“{one.name}” is larger than {limit} MB: make it smaller or split it",
                )
                raise forms.ValidationError(said(words))
        return [one for one in cleaned if one]


def files_field(label: Text, *, required: bool) -> FilesField:
    limit = accepted()["megabytes"]
    kinds = Text(
        f"PDF、图片、Word、Excel 或文本,可选多个,每个不超过 {limit} MB",
        f"PDF, picture, Word, Excel or text; several if need be, {limit} MB each at most",
    )
    return FilesField(label=said(label), help_text=said(kinds), required=required)
