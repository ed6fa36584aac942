"""Addresses that anybody may open."""

from django.urls import path

from gongbao.rating.views import open_data, public, standards

urlpatterns = [
    path("rating/", public.front, name="rating"),
    path("rating/enterprises/<str:uscc>/", public.enterprise, name="rating_enterprise"),
    path("rating/estates/", public.estates, name="rating_estates"),
    path("rating/estates/<path:project>/", public.estate, name="rating_estate"),
    path("rating/compare/", public.compare, name="rating_compare"),
    path("rating/districts/", public.districts, name="rating_districts"),
    path("rating/how/", standards.how, name="rating_how"),
    path("rating/editions/difference/", standards.difference, name="rating_difference"),
    path("rating/editions/<str:key>/", standards.edition, name="rating_edition"),
    path("rating/editions/<str:key>/standard.toml", standards.download, name="rating_edition_file"),
    path("rating/data/", open_data.data, name="rating_data"),
    path("rating/data/<str:code>/points.csv", open_data.points, name="rating_points"),
    path("rating/data/<str:code>/run.json", open_data.run_json, name="rating_run_json"),
    path("rating/data/<str:code>/dossier.jsonl", open_data.dossier, name="rating_public_dossier"),
    path("rating/draws/", open_data.draws, name="rating_draws"),
    path("rating/draws/<int:pk>/", open_data.draw, name="rating_draw"),
    path("rating/draws/<int:pk>/list.csv", open_data.draw_list, name="rating_draw_list"),
    path("rating/draws/<int:pk>/result.csv", open_data.draw_result, name="rating_draw_result"),
]
