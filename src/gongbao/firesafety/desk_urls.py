"""Addresses of the desks of authorities, reception and administrator, and of draws and notices for everybody."""

from django.urls import path

from gongbao.firesafety.views import delivering, desk, draws, outbox, visits, window

PLACE = "desk/fire/places/<str:number>/"

urlpatterns = [
    path("desk/fire/", desk.queue, name="fire_desk"),
    path("desk/fire/calendar/", desk.calendar, name="fire_calendar"),
    path("desk/fire/window/", window.window, name="fire_window"),
    path("desk/fire/deliveries/", delivering.deliveries, name="fire_deliveries"),
    path("desk/fire/deliveries/<int:pk>/", delivering.delivery, name="fire_delivery"),
    path("desk/fire/decisions/<int:pk>/end/", delivering.end, name="fire_decision_end"),
    path("desk/fire/outbox/", outbox.outbox, name="fire_outbox"),
    path(PLACE, desk.place, name="fire_desk_place"),
    path(f"{PLACE}propose/", visits.propose, name="fire_propose"),
    path(f"{PLACE}inspectors/", visits.inspector, name="fire_inspector"),
    path(f"{PLACE}inspectors/<int:pk>/recuse/", visits.recuse, name="fire_recuse"),
    path(f"{PLACE}absence/", visits.absence, name="fire_absence"),
    path("fire/draws/", draws.draws, name="fire_draws"),
    path("fire/draws/<str:day>/", draws.draw, name="fire_draw"),
    path("fire/draws/<str:day>/list.csv", draws.draw_list, name="fire_draw_list"),
    path("fire/draws/<str:day>/result.csv", draws.draw_result, name="fire_draw_result"),
    path("fire/notices/", draws.notices, name="fire_notices"),
]
