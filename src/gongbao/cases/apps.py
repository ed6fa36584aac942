from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongbao.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils import timezone

        from gongbao.cases.issuers import Issuer, issue_as
        from gongbao.cases.permissions import may_read_files
        from gongbao.cases.selectors import papers_issued, people_with_paper
        from gongbao.cases.views import desk, papers
        from gongbao.documents.access import allow
        from gongbao.kernel.text import Text
        from gongbao.web.registry import on_the_desk
        from gongbao.web.scopes import name_scope

        name_scope("cases.read", Text("查看我的事项", "read my cases"), personal=True)
        name_scope("cases.write", Text("办理我的事项、留言", "make moves in my cases, and comment"), personal=True)
        allow("case", lambda person, number: may_read_files(person, number, timezone.localdate()))
        issue_as(Issuer(papers_issued, people_with_paper))
        on_the_desk(desk.work_of)
        on_the_desk(papers.work_of)
