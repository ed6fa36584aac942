from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "gongbao.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.kernel.text import Text
        from gongbao.web.scopes import name_scope

        name_scope("client.read", Text("查看令牌自身的权限", "see what the token itself may do"))
