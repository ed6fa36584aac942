"""Addresses of the desks of streets, districts and city."""

from django.urls import path

from gongbao.rating.views import street

CYCLE = "desk/rating/<str:code>/"

urlpatterns = [
    path(f"{CYCLE}sheets/", street.sheets, name="rating_sheets"),
    path(f"{CYCLE}sheets/<str:project>/", street.sheet, name="rating_sheet"),
    path(f"{CYCLE}sheets/<str:project>/sign/", street.sign, name="rating_sheet_sign"),
]
