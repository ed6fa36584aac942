from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "gongbao.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.kernel.text import Text
        from gongbao.organisations.services.clients import calls_forget, keys_forget
        from gongbao.organisations.views.logins import work_of
        from gongbao.web.clock import every_night
        from gongbao.web.registry import on_the_desk
        from gongbao.web.scopes import name_scope

        on_the_desk(work_of)
        every_night("calls", calls_forget)
        every_night("keys", keys_forget)
        name_scope("client.read", Text("查看令牌自身的权限", "see what the token itself may do"))
