from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "gongbao.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.support.frame import enter

        enter()
