"""Addresses of public notices and of objections to them. Nobody needs a login."""

from django.urls import path

from gongbao.support.views import notices

urlpatterns = [
    path("support/notices/", notices.notices, name="support_notices"),
    path("support/notices/<int:pk>/", notices.notice, name="support_notice"),
    path("support/notices/<int:pk>/object/", notices.make, name="support_object"),
    path("support/objections/<str:token>/", notices.objection, name="support_objection"),
]
