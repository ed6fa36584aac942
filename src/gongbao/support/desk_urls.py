"""Addresses of the offices' desks."""

from django.urls import path

from gongbao.support.views import application, auditing, desk, money, summaries

ONE = "desk/support/application/<str:number>/"
YEAR = "desk/support/money/<str:programme>/<int:year>/"

urlpatterns = [
    path("desk/support/", desk.queue, name="support_queue"),
    path(ONE, application.show, name="support_application"),
    path(f"{ONE}materials/", application.materials, name="support_materials"),
    path(f"{ONE}ledger/", auditing.ledger, name="support_ledger"),
    path(f"{ONE}ledger/<int:pk>/", auditing.correct, name="support_row"),
    path("desk/support/summary/<str:kind>.xlsx", summaries.summary, name="support_summary"),
    path(f"{ONE}recover/", application.recover, name="support_recover"),
    path("desk/support/money/", money.money, name="support_money"),
    path(YEAR, money.year, name="support_year"),
    path(f"{YEAR}pay/", money.pay, name="support_pay"),
    path("desk/support/double/", money.double, name="support_double"),
]
