"""The addresses of the house. Each domain keeps its own; here they get their place."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
