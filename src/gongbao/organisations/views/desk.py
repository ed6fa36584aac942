"""The desk of a person, and joining by an invitation."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.forms import JoinForm
from gongbao.organisations.permissions import actor, allow
from gongbao.organisations.selectors import invitation_by_token
from gongbao.organisations.services.people import invitation_accept
from gongbao.web.registry import desk_of
from gongbao.web.words import said


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    allow(request, "organisations.desk.see")
    who = actor(request)
    return render(request, "organisations/desk.html", {"actor": who, "works": desk_of(who, timezone.now())})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation: with the login one has, or with a new one."""
    now, person = timezone.now(), actor(request).person
    invitation = invitation_by_token(token)
    usable = invitation and not (invitation.accepted_at or invitation.withdrawn_at) and invitation.expires_at > now
    if not usable:
        return render(request, "organisations/join_closed.html", status=404)
    form = JoinForm(request.POST if request.method == "POST" and person is None else None)
    if request.method == "POST" and (person is not None or form.is_valid()):
        given = form.cleaned_data if person is None else {}
        try:
            joined = invitation_accept(token=token, now=now, today=timezone.localdate(), person=person, **given)
        except BadInput as bad:
            if person is not None:
                messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
                return redirect("desk")
            form.take(bad)
        else:
            if person is None:
                login(request, joined, backend="gongbao.organisations.login.Backend")
                UserSession.objects.create_from_request(request)
            messages.success(request, said(Text("已加入。", "You have joined.")))
            return redirect("desk")
    return render(request, "organisations/join.html", {"invitation": invitation, "form": form, "person": person})
