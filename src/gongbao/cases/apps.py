from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongbao.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils import timezone

        from gongbao.cases.permissions import may_read_files
        from gongbao.cases.views.desk import work_of
        from gongbao.documents.access import allow
        from gongbao.web.registry import on_the_desk

        allow("case", lambda person, number: may_read_files(person, number, timezone.localdate()))
        on_the_desk(work_of)
