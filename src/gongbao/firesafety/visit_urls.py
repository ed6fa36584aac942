"""Addresses of inspectors on the spot, apart from other desks: a service worker opens them without a network."""

from django.urls import path

from gongbao.firesafety.views import checklist

VISIT = "desk/fire/visits/<str:number>/"

urlpatterns = [
    path("desk/fire/visits/worker.js", checklist.worker, name="fire_worker"),
    path(VISIT, checklist.checklist, name="fire_checklist"),
    path(f"{VISIT}answers/", checklist.answers, name="fire_answers"),
    path(f"{VISIT}photos/", checklist.photos, name="fire_photos"),
]
