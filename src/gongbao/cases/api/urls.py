from django.urls import path

from gongbao.cases.api import views

urlpatterns = [
    path("cases", views.Cases.as_view(), name="api_cases"),
    path("cases/<str:number>", views.OneCase.as_view(), name="api_case"),
    path("cases/<str:number>/history", views.History.as_view(), name="api_case_history"),
    path("cases/<str:number>/moves", views.Moves.as_view(), name="api_case_moves"),
    path("cases/<str:number>/comments", views.Comments.as_view(), name="api_case_comments"),
    path("cases/<str:number>/files/<str:pk>", views.File.as_view(), name="api_case_file"),
]
