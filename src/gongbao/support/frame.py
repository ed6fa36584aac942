"""What support hangs into the common frame."""

from gongbao.cases.joining import lead_on
from gongbao.documents.access import allow
from gongbao.kernel.text import Text
from gongbao.support import gathered, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.support.access import application_files, batch_files
from gongbao.support.services import consents, effects, payments, recoveries  # noqa: F401 - they follow moves
from gongbao.support.views import applicant
from gongbao.support.views.application import ways_home
from gongbao.support.views.desk import work_of
from gongbao.web.registry import on_the_desk
from gongbao.web.scopes import name_scope

PROCESSES = ("support_fund", "support_etown", "support_consent", "support_objection", "support_recovery")


def enter() -> None:
    """Called once, when the application is ready."""
    on_the_desk(work_of)
    gathered.enter()
    on_the_desk(applicant.work_of)
    allow("support", application_files)
    name_scope("support.ledger.write", Text("提交和读取投资明细", "hand in and read own ledgers"))
    for process in PROCESSES:
        lead_on(process, ways_home)
    allow("support-batch", batch_files)
