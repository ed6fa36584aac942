"""Addresses of the gazette. The last public one takes every citation, so named pages stand before it."""

from django.urls import path

from gongbao.gazette.views import desk, feeds, finding, reading

urlpatterns = [
    path("gazette/", reading.front, name="gazette"),
    path("gazette/search/", finding.search_page, name="gazette_search"),
    path("gazette/in-force/", finding.in_force, name="gazette_in_force"),
    path("gazette/graph/", finding.graph_page, name="gazette_graph"),
    path("gazette/readings/", finding.readings, name="gazette_readings"),
    path("gazette/feed.xml", feeds.feed, name="gazette_feed"),
    path("gazette/issues/<str:name>/", reading.issue, name="gazette_issue"),
    path("gazette/issues/<str:name>/original/<int:sequence>/", reading.original, name="gazette_original"),
    path("gazette/revisions/<path:address>/", reading.revisions, name="gazette_revisions"),
    path("gazette/download/<str:form>/<path:address>", reading.download, name="gazette_download"),
    path("gazette/<path:address>/", reading.place, name="gazette_place"),
    path("desk/gazette/", desk.drafts, name="gazette_drafts"),
    path("desk/gazette/new/", desk.upload, name="gazette_upload"),
    path("desk/gazette/<int:pk>/", desk.draft, name="gazette_draft"),
    path("desk/gazette/<int:pk>/correct/", desk.correct, name="gazette_correct"),
    path("desk/gazette/<int:pk>/publish/", desk.publish, name="gazette_publish"),
    path("desk/gazette/<int:pk>/return/", desk.send_back, name="gazette_return"),
]
