from django.urls import path

from gongbao.rating import api

urlpatterns = [
    path("cycles", api.Cycles.as_view(), name="api_rating_cycles"),
    path("cycles/<str:code>/scores", api.Scores.as_view(), name="api_rating_scores"),
    path("cycles/<str:code>/scores/<str:uscc>", api.EnterpriseResult.as_view(), name="api_rating_result"),
    path("cycles/<str:code>/scores/<str:uscc>/ledger", api.Ledger.as_view(), name="api_rating_ledger"),
    path("cycles/<str:code>/download.<str:ending>", api.Download.as_view(), name="api_rating_download"),
    path("cycles/<str:code>/orders", api.Orders.as_view(), name="api_rating_orders"),
    path("cycles/<str:code>/complaints", api.Complaints.as_view(), name="api_rating_complaints"),
    path("cycles/<str:code>/complaint-items", api.ComplaintItems.as_view(), name="api_rating_complaint_items"),
    path("cycles/<str:code>/credit", api.Credit.as_view(), name="api_rating_credit"),
    path("enterprises/<str:uscc>", api.EnterpriseHistory.as_view(), name="api_rating_history"),
]
