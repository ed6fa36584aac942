"""Addresses of cases, notices and what supervisors and administrators do with them."""

from django.urls import path

from gongbao.cases.views import calendar, case, desk, move, notices, papers, process, settings

CASE = "desk/cases/<str:number>/"

urlpatterns = [
    path("processes/<str:code>/", process.process, name="process"),
    path("processes/<str:code>/bpmn/", process.drawing, name="process_bpmn"),
    path("desk/cases/", desk.inbox, name="inbox"),
    path("desk/cases/all/", desk.all_cases, name="all_cases"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}comment/", case.comment, name="case_comment"),
    path(f"{CASE}<str:track>/<str:code>/", move.move, name="case_move"),
    path("desk/notices/", notices.notices, name="notices"),
    path("desk/notices/read/", notices.read, name="notices_read"),
    path("desk/papers/", papers.office_papers, name="own_office_papers"),
    path("desk/papers/<str:code>/", papers.end, name="paper_end"),
    path("desk/overdue/", desk.overdue, name="overdue"),
    path("desk/settings/", settings.settings, name="process_settings"),
    path("desk/settings/<str:process>/<str:code>/", settings.setting, name="process_setting"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
]
