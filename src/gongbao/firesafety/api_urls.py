from django.urls import path

from gongbao.firesafety import api

urlpatterns = [
    path("places", api.Places.as_view(), name="api_fire_places"),
    path("places/<str:number>", api.OnePlace.as_view(), name="api_fire_place"),
    path("decisions", api.Decisions.as_view(), name="api_fire_decisions"),
    path("figures", api.Figures.as_view(), name="api_fire_figures"),
    path("check", api.Check.as_view(), name="api_fire_check"),
]
