"""Addresses of visits, which a service worker opens without a network, and of what comes after opening."""

from django.urls import path

from gongbao.firesafety.views import checklist, follow_ups

VISIT = "desk/fire/visits/<str:number>/"

urlpatterns = [
    path("desk/fire/visits/worker.js", checklist.worker, name="fire_worker"),
    path(VISIT, checklist.checklist, name="fire_checklist"),
    path(f"{VISIT}answers/", checklist.answers, name="fire_answers"),
    path(f"{VISIT}photos/", checklist.photos, name="fire_photos"),
    path("desk/fire/opened/<str:number>/", follow_ups.opened, name="fire_opened"),
    path("desk/fire/follow-ups/", follow_ups.follow_ups, name="fire_follow_ups"),
    path("desk/fire/follow-ups/<str:number>/", follow_ups.follow_up, name="fire_follow_up"),
    path("desk/fire/follow-ups/<str:number>/<int:pk>/mended/", follow_ups.mended, name="fire_danger_mended"),
]
