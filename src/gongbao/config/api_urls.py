"""The root of the REST interface: /api/v1. Each domain keeps its own addresses; here they get their place."""

from django.urls import include, path
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from gongbao.organisations import api as organisations
from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api


class Schema(Api, SpectacularAPIView):
    """The description of this interface, OpenAPI 3.1."""

    scopes = {"GET": PUBLIC}
    renderer_classes = [OpenApiJsonRenderer]


urlpatterns = [
    path("schema", Schema.as_view(), name="api_schema"),
    path("places", organisations.Places.as_view(), name="api_places"),
    path("", include("gongbao.cases.api.urls")),
    path("gazette/", include("gongbao.gazette.api.urls")),
    path("permits/", include("gongbao.permits.api.urls")),
    path("support/", include("gongbao.support.api.urls")),
    path("client", organisations.ThisClient.as_view(), name="api_client"),
    path("rating/", include("gongbao.rating.api_urls")),
    path("fire/", include("gongbao.firesafety.api_urls")),
]
