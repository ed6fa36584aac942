"""Addresses of those who keep programmes and plan their money."""

from django.urls import path

from gongbao.support.views import populations, programme_desk

DRAFT = "desk/support/programmes/<int:pk>/"
POPULATION = "desk/support/populations/<int:pk>/"

urlpatterns = [
    path("desk/support/programmes/", programme_desk.drafts, name="support_drafts"),
    path("desk/support/programmes/new/", programme_desk.new, name="support_draft_new"),
    path(DRAFT, programme_desk.draft, name="support_draft"),
    path(f"{DRAFT}approve/", programme_desk.approve, name="support_draft_approve"),
    path(f"{DRAFT}return/", programme_desk.send_back, name="support_draft_return"),
    path("desk/support/populations/", populations.populations, name="support_populations"),
    path(POPULATION, populations.population, name="support_population"),
    path(f"{POPULATION}progress/", populations.progress, name="support_population_progress"),
    path(f"{POPULATION}delete/", populations.delete, name="support_population_delete"),
    path(f"{POPULATION}try/<str:key>/", populations.try_out, name="support_population_try"),
    path(f"{POPULATION}files/<str:table>/", populations.download, name="support_population_file"),
]
