from django.apps import AppConfig


class GazetteConfig(AppConfig):
    name = "gongbao.gazette"
    label = "gazette"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.gazette import permissions  # noqa: F401 - its predicates enter by being loaded
        from gongbao.gazette.frame import enter

        enter()
