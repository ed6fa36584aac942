"""Addresses of the offices' desks."""

from django.urls import path

from gongbao.support.views import desk

urlpatterns = [
    path("desk/support/", desk.queue, name="support_queue"),
]
