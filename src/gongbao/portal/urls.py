from django.urls import path

from gongbao.portal.views import api_docs, front

urlpatterns = [
    path("", front.front, name="front"),
    path("search/", front.search, name="search"),
    path("api/", api_docs.api_docs, name="api_docs"),
]
