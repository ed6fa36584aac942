from django.urls import path

from gongbao.support.api import ledger, views

urlpatterns = [
    path("programmes", views.Programmes.as_view(), name="api_support_programmes"),
    path("measures", views.Measures.as_view(), name="api_support_measures"),
    path("measures/<str:code>", views.OneMeasure.as_view(), name="api_support_measure"),
    path("facts", views.Facts.as_view(), name="api_support_facts"),
    path("match", views.MatchProfile.as_view(), name="api_support_match"),
    path("combine", views.Combine.as_view(), name="api_support_combine"),
    path("applications/<int:pk>/ledger", ledger.Ledger.as_view(), name="api_support_ledger"),
    path("assess", views.Assess.as_view(), name="api_support_assess"),
]
