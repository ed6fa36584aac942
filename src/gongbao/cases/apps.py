from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongbao.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.cases.frame import enter

        enter()
