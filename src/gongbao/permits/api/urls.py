from django.urls import path

from gongbao.permits.api import views

urlpatterns = [
    path("editions", views.Editions.as_view(), name="api_permits_editions"),
    path("items", views.Items.as_view(), name="api_permits_items"),
    path("items/<int:number>", views.OneItem.as_view(), name="api_permits_item"),
    path("laws", views.Laws.as_view(), name="api_permits_laws"),
    path("check", views.Check.as_view(), name="api_permits_check"),
    path("changes", views.Changes.as_view(), name="api_permits_changes"),
]
