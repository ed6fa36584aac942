from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongbao.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.web.registry import search_at

        search_at("search")
