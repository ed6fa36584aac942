from django.urls import path

from gongbao.firesafety import api, intake_api

urlpatterns = [
    path("places", api.Places.as_view(), name="api_fire_places"),
    path("places/<str:number>", api.OnePlace.as_view(), name="api_fire_place"),
    path("decisions", api.Decisions.as_view(), name="api_fire_decisions"),
    path("figures", api.Figures.as_view(), name="api_fire_figures"),
    path("applications", intake_api.Applications.as_view(), name="api_fire_applications"),
    path("applications/<int:pk>", intake_api.OneApplication.as_view(), name="api_fire_application"),
    path("applications/<int:pk>/materials", intake_api.Materials.as_view(), name="api_fire_materials"),
    path("applications/<int:pk>/send", intake_api.Send.as_view(), name="api_fire_send"),
    path("applications/<int:pk>/papers/<str:code>", intake_api.Papers.as_view(), name="api_fire_paper"),
    path("check", api.Check.as_view(), name="api_fire_check"),
]
