"""Addresses of the desks of authorities and reception."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
