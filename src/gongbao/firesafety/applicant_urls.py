"""Addresses of applicants: their applications, and each place of one."""

from django.urls import path

from gongbao.firesafety.views import applying, standing

ONE = "desk/fire/applications/<int:pk>/"
PLACE = f"{ONE}standing/<int:number>/"

urlpatterns = [
    path("desk/fire/applications/", applying.applications, name="fire_applications"),
    path("desk/fire/applications/new/", applying.new, name="fire_new"),
    path(ONE, applying.draft, name="fire_draft"),
    path(f"{ONE}part/<str:code>/", applying.part, name="fire_part"),
    path(f"{ONE}places/", applying.places, name="fire_places"),
    path(f"{ONE}places/new/", applying.place, name="fire_place_new"),
    path(f"{ONE}places/<int:number>/", applying.place, name="fire_place_edit"),
    path(f"{ONE}places/<int:number>/remove/", applying.place_take_out, name="fire_place_remove"),
    path(f"{ONE}materials/", applying.materials, name="fire_materials"),
    path(f"{ONE}materials/<int:number>/remove/", applying.material_take_out, name="fire_material_remove"),
    path(f"{ONE}materials/<str:key>/", applying.material, name="fire_material"),
    path(f"{ONE}review/", applying.review, name="fire_review"),
    path(f"{ONE}received/", applying.received, name="fire_received"),
    path(f"{ONE}discard/", applying.discard, name="fire_discard"),
    path(PLACE, standing.place, name="fire_own_place"),
    path(f"{PLACE}supply/<str:track>/", standing.supply, name="fire_supply"),
    path(f"{PLACE}visit/", standing.visit, name="fire_visit"),
    path(f"{PLACE}visit.ics", standing.visit_file, name="fire_visit_file"),
    path(f"{PLACE}again/<str:track>/", standing.again, name="fire_again"),
]
