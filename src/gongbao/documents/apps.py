from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gongbao.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.kernel.text import Text
        from gongbao.web.registry import Door, open_door

        says = Text("用核验码查验文书是否真实、有效。", "See whether a paper is genuine and still holds.")
        open_door(Door(6, Text("核验文件", "Check a paper"), says, "papers"))
