"""What a person was told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongbao.cases.selectors import notices_of
from gongbao.cases.services.notices import notice_read
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor, allow
from gongbao.web.words import said

PER_PAGE = 30


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first, each with what to do and until when."""
    allow(request, "organisations.desk.see")
    who = actor(request).person
    assert who  # noqa: S101 - the permission above
    page = Paginator(notices_of(who), PER_PAGE).get_page(request.GET.get("page"))
    told = [(one, Text(one.title, one.title_en), Text(one.todo, one.todo_en)) for one in page]
    unread = notices_of(who, unread=True).count()
    return render(request, "cases/notices.html", {"page": page, "told": told, "unread": unread})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark those named (or, without any, all) as read."""
    allow(request, "organisations.desk.see")
    who = actor(request).person
    assert who  # noqa: S101 - the permission above
    named = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal() and len(pk) < 19]
    chosen = named or list(notices_of(who, unread=True).values_list("pk", flat=True))
    count = notice_read(person=who, notices=chosen, now=timezone.now())
    messages.success(request, said(Text(f"{count} 条通知已标为已读。", f"{count} notices marked as read.")))
    return HttpResponseRedirect(reverse("notices"))
