"""REST: places of the city for everybody, and what a connected system may do."""

from typing import Any

from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from gongbao.organisations.api_auth import PUBLIC
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import Client, Organisation
from gongbao.organisations.selectors import place_kinds
from gongbao.organisations.tables.catalogue import kinds


class PlaceSerializer(serializers.ModelSerializer[Organisation]):
    level = serializers.SerializerMethodField(help_text="city, district, street or community")
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]  # a field of that name, not the nesting
        help_text="code of the place that it lies in, null for the city"
    )

    class Meta:
        model = Organisation
        fields = ["code", "level", "name", "name_en", "parent"]

    def get_level(self, place: Organisation) -> str:
        return kinds()[place.kind].level

    def get_parent(self, place: Organisation) -> str | None:
        return place.parent.code if place.parent else None


class Places(Api, ListAPIView[Organisation]):
    """City, districts and zone, streets, communities: the codes by which other data names them."""

    scopes = {"GET": PUBLIC}
    serializer_class = PlaceSerializer
    filterset_fields = {"code": ["exact"], "parent__code": ["exact"], "name": ["exact", "contains"]}
    queryset = Organisation.objects.filter(kind__in=place_kinds(), closed_on=None).select_related("parent")


class ClientSerializer(serializers.ModelSerializer[Client]):
    organisation = serializers.CharField(source="organisation.name", read_only=True)
    scopes = serializers.SerializerMethodField()

    class Meta:
        model = Client
        fields = ["name", "organisation", "scopes", "issued_at", "expires_at"]

    def get_scopes(self, client: Client) -> list[str]:
        return client.scopes.split()


class ThisClient(Api, RetrieveAPIView[Client]):
    """What the token of this call may do."""

    scopes = {"GET": "client.read"}
    serializer_class = ClientSerializer

    queryset = Client.objects.none()  # tells the schema what this is about

    def get_object(self) -> Any:
        return self.request.user
