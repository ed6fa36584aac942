"""The calendar of working days: which years are known, and loading another."""

import json
import tomllib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongbao.cases.forms import CalendarForm
from gongbao.cases.selectors import day_table
from gongbao.cases.services.clock import calendar_load
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.words import said


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    allow(request, "cases.calendar.load")
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = tomllib.loads(form.cleaned_data["file"].read().decode())
            plain = json.loads(json.dumps(document, default=str))  # dates as texts
            count = calendar_load(document=plain, actor=actor(request).person, now=timezone.now())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            form.add_error("file", said(Text("不是 UTF-8 编码的 TOML 文件", "not a TOML file in UTF-8")))
        except BadInput as bad:
            form.take(bad)
        else:
            done = Text(f"已载入,重新计算了 {count} 个期限。", f"Loaded; {count} deadlines were worked out anew.")
            messages.success(request, said(done))
            return HttpResponseRedirect(reverse("calendar"))
    return render(request, "cases/calendar.html", {"form": form, "years": sorted(day_table().years)})
