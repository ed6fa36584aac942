from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "gongbao.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import gongbao.archive.permissions  # noqa: F401 - enters its predicates
        from gongbao.archive.views.erasing import work_of
        from gongbao.web.registry import on_the_desk

        on_the_desk(work_of)
