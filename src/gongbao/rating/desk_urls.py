"""Addresses of the desks of streets, districts and city."""

from django.urls import path

from gongbao.rating.views import (
    board,
    complaints,
    desk_standards,
    facts,
    files,
    helping,
    objection_queue,
    orders,
    plans,
    reviews,
    runs,
    street,
    verifications,
)

CYCLE = "desk/rating/<str:code>/"
PROJECT = f"{CYCLE}verifications/<str:project>/<str:uscc>/"

urlpatterns = [
    path(f"{CYCLE}sheets/", street.sheets, name="rating_sheets"),
    path(f"{CYCLE}sheets/<str:project>/", street.sheet, name="rating_sheet"),
    path(f"{CYCLE}sheets/<str:project>/sign/", street.sign, name="rating_sheet_sign"),
    path(f"{CYCLE}reviews/", reviews.reviews, name="rating_reviews"),
    path(f"{CYCLE}reviews/<int:pk>/", reviews.review, name="rating_review"),
    path(f"{CYCLE}help/", helping.tasks, name="rating_help"),
    path(f"{CYCLE}help/ask/", helping.asking, name="rating_help_ask"),
    path(f"{CYCLE}help/<int:pk>/", helping.task, name="rating_help_task"),
    path(f"{CYCLE}verifications/", verifications.verifications, name="rating_verifications"),
    path(PROJECT, verifications.project, name="rating_verify_project"),
    path(f"{PROJECT}<str:indicator>/", verifications.verify, name="rating_verify"),
    path(f"{CYCLE}plans/", plans.plans, name="rating_plans"),
    path(f"{CYCLE}plans/<int:pk>/", plans.plan, name="rating_plan"),
    path(f"{CYCLE}plans/<int:pk>/list.csv", plans.plan_list, name="rating_plan_list"),
    path(f"{CYCLE}plans/<int:pk>/<int:visit>/", plans.visit, name="rating_visit"),
    path("desk/rating/", board.cycles, name="rating_cycles"),
    path(CYCLE, board.board, name="rating_board"),
    path(f"{CYCLE}step/<str:to>/", board.step, name="rating_step"),
    path(f"{CYCLE}settings/", board.settings, name="rating_settings"),
    path(f"{CYCLE}dossier/", board.dossier, name="rating_dossier"),
    path(f"{CYCLE}files/", files.files, name="rating_files"),
    path(f"{CYCLE}files/template.xlsx", files.template, name="rating_template"),
    path(f"{CYCLE}files/import/", files.take, name="rating_files_take"),
    path(f"{CYCLE}orders/", orders.orders, name="rating_orders"),
    path(f"{CYCLE}complaints/", complaints.complaints, name="rating_complaints"),
    path(f"{CYCLE}complaints/<int:pk>/", complaints.complaint, name="rating_complaint"),
    path(f"{CYCLE}facts/", facts.facts, name="rating_facts"),
    path(f"{CYCLE}facts/<int:pk>/", facts.fact, name="rating_fact"),
    path(f"{CYCLE}runs/", runs.runs, name="rating_runs"),
    path(f"{CYCLE}runs/progress/", runs.progress, name="rating_runs_progress"),
    path(f"{CYCLE}runs/<int:pk>/", runs.run, name="rating_run"),
    path(f"{CYCLE}runs/<int:pk>/<str:name>", runs.run_file, name="rating_run_file"),
    path(f"{CYCLE}objections/", objection_queue.objections, name="rating_objections"),
    path(f"{CYCLE}what-if/", desk_standards.try_out, name="rating_what_if"),
    path(f"{CYCLE}standard/", desk_standards.standard, name="rating_standard"),
    path(f"{CYCLE}standard/file/", desk_standards.standard_file, name="rating_standard_file"),
]
