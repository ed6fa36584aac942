from django.apps import AppConfig


class FiresafetyConfig(AppConfig):
    name = "gongbao.firesafety"
    label = "firesafety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.firesafety.frame import enter

        enter()
