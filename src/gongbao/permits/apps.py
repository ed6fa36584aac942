from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "gongbao.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.permits.frame import enter

        enter()
