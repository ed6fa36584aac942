"""Addresses of the permit list. An item's address names its edition, so that it stays."""

from django.urls import path

from gongbao.permits.views import catalogue, checking, desk, guides, reading

EDITION = "permits/editions/<str:name>/"

urlpatterns = [
    path("permits/", catalogue.search_page, name="permits"),
    path("permits/check/", checking.check_page, name="permits_check"),
    path("permits/laws/", catalogue.laws_page, name="permits_laws"),
    path("permits/guides/", guides.guides, name="permits_guides"),
    path("permits/diff/", catalogue.diff_page, name="permits_diff"),
    path("permits/editions/", catalogue.editions, name="permits_editions"),
    path(EDITION, catalogue.edition, name="permits_edition"),
    path(f"{EDITION}list.<str:form>", catalogue.download, name="permits_download"),
    path(f"{EDITION}<int:number>/", catalogue.item, name="permits_item"),
    path("desk/permits/", desk.revisions, name="permits_drafts"),
    path("desk/permits/new/", desk.new, name="permits_new"),
    path("desk/permits/read/", reading.read, name="permits_read"),
    path("desk/permits/guides/<str:name>/<int:number>/", guides.write, name="permits_guide_write"),
    path("desk/permits/<int:pk>/", desk.revision, name="permits_draft"),
    path("desk/permits/<int:pk>/publish/", desk.publish, name="permits_publish"),
    path("desk/permits/<int:pk>/return/", desk.send_back, name="permits_return"),
]
