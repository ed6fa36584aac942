from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "gongbao.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.permits import permissions  # noqa: F401 - its predicates enter themselves
