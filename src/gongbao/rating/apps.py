from django.apps import AppConfig


class RatingConfig(AppConfig):
    name = "gongbao.rating"
    label = "rating"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.documents.access import allow
        from gongbao.kernel.text import Text
        from gongbao.rating import permissions  # noqa: F401 - its predicates enter by being loaded
        from gongbao.rating.access import declaration_files, enterprise_files
        from gongbao.web.scopes import name_scope

        allow("declaration", declaration_files)
        allow("enterprise", enterprise_files)
        allow("rating", enterprise_files)
        name_scope("rating.read", Text("读取评价结果和明细", "read results and their details"))
        name_scope("rating.orders.write", Text("推送责令改正和处罚", "hand in orders and penalties"))
        name_scope("rating.complaints.write", Text("推送12345诉求量", "hand in the complaint line's counts"))
        name_scope("rating.credit.write", Text("推送公共信用评价结果", "hand in public-credit results"))
        from gongbao.rating.frame import enter

        enter()
