"""Forms of the editors."""

from django import forms

from gongbao.web.forms import Form
from gongbao.web.words import both


class UploadForm(Form):
    file = forms.FileField(
        label=both("公报文件", "File of the issue"),
        help_text=both(
            "一期公报的全部文字:UTF-8 文本(.txt),或带文字层的 PDF",
            "The whole text of an issue: UTF-8 text (.txt), or PDF with a text layer",
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf"}),
    )


class CorrectForm(Form):
    text = forms.CharField(
        label=both("文字", "Text"),
        help_text=both(
            "一行一行照印出的改;保存后重新识别。改过的人不能核准。",
            "Line by line as it is printed; it is read again once saved. Who corrects does not approve.",
        ),
        widget=forms.Textarea(attrs={"rows": 24, "class": "form-control source", "lang": "zh-Hans"}),
        strip=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class ReturnForm(Form):
    because = forms.CharField(label=both("退回的理由", "Why it is returned"), max_length=300)
