"""Addresses that anybody may read."""

from django.urls import path

from gongbao.firesafety.views import checking, public

urlpatterns = [
    path("fire/", public.front, name="fire"),
    path("fire/check/", checking.check_page, name="fire_check"),
    path("fire/places/<str:number>/", public.place, name="fire_place"),
    path("fire/decisions/", public.decisions, name="fire_decisions"),
    path("fire/figures/", public.figures_page, name="fire_figures"),
    path("fire/checklists/", public.lists, name="fire_checklists"),
    path("fire/data/<str:name>.<str:ending>", public.data, name="fire_data"),
]
