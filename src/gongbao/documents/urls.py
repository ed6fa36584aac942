"""Addresses of papers and files."""

from django.urls import path

from gongbao.documents import views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("desk/files/<int:pk>/", views.file, name="file"),
]
