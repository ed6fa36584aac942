"""Addresses of those who keep programmes and plan their money."""

from django.urls import path

from gongbao.support.views import programme_desk

DRAFT = "desk/support/programmes/<int:pk>/"

urlpatterns = [
    path("desk/support/programmes/", programme_desk.drafts, name="support_drafts"),
    path("desk/support/programmes/new/", programme_desk.new, name="support_draft_new"),
    path(DRAFT, programme_desk.draft, name="support_draft"),
    path(f"{DRAFT}approve/", programme_desk.approve, name="support_draft_approve"),
    path(f"{DRAFT}return/", programme_desk.send_back, name="support_draft_return"),
]
