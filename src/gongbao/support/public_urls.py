"""Addresses that anybody may open."""

from django.urls import path

from gongbao.support.views import awards, programmes, public, simulator

urlpatterns = [
    path("support/", public.front, name="support"),
    path("support/measures/<str:code>/", public.measure, name="support_measure"),
    path("support/programmes/<str:key>/", programmes.programme, name="support_programme"),
    path("support/programmes/<str:key>/programme.toml", programmes.download, name="support_programme_file"),
    path("support/awards/", awards.page, name="support_awards"),
    path("support/simulator/", simulator.simulator, name="support_simulator"),
    path("support/simulator/profile.json", simulator.download, name="support_profile"),
]
