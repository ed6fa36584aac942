from django.urls import path

from gongbao.gazette.api import views

urlpatterns = [
    path("issues", views.Issues.as_view(), name="api_gazette_issues"),
    path("documents", views.Documents.as_view(), name="api_gazette_documents"),
    path("provisions", views.Provisions.as_view(), name="api_gazette_provisions"),
    path("resolve", views.Resolve.as_view(), name="api_gazette_resolve"),
    path("search", views.Search.as_view(), name="api_gazette_search"),
]
