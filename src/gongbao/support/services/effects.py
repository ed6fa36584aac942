"""What the moves of an application change beside its case: amounts, credit marks, promises of money, other cases.

Every function here runs inside the transaction of its move; what it returns is printed on the move's paper.
"""

from collections.abc import Callable

from gongbao.cases.joining import Effect, Made, Rows, effect
from gongbao.cases.refusals import MoveRefused
from gongbao.cases.services.engine import case_move
from gongbao.kernel.fixed import from_fixed, to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.support.models import Application, Consent, CreditMark
from gongbao.support.rules.facts import MONEY_PLACES, yuan
from gongbao.support.selectors.applications import TRACK, about, in_state, rivals
from gongbao.support.selectors.caps import cap_left
from gongbao.support.selectors.worth import worth_of
from gongbao.support.services.notices import notice_publish, notices_replace
from gongbao.support.services.promises import commitment_make, commitment_release

COURSES = ("support_fund", "support_etown")
FALSE_PAPERS = "京商消二字〔2026〕3号 五（一）"


def application_in(made: Made) -> Application:
    """By the dossier of its case: the case that is just being opened is not on the application yet."""
    return about(made.case.subject).select_for_update(of=("self",)).get()


def on_course(*moves: str) -> Callable[[Effect], Effect]:
    """Let a function follow these moves of both courses."""

    def keep(found: Effect) -> Effect:
        for course in COURSES:
            effect(course, *moves)(found)
        return found

    return keep


@on_course("refuse_early", "refuse_taken", "hold", "not_chosen")
def screened(made: Made) -> Rows:
    """The reason that was found on sending."""
    if made.move.to == "refused":
        others_release(made)
    return (("理由", made.case.fields.get("screened", "")),)


@on_course("not_supplied")
def not_supplied(made: Made) -> Rows:
    others_release(made)
    return (("理由", f"未按期补正:{made.case.fields.get('missing', '')}"),)


@on_course("refuse", "refuse_city", "deliberate", "fail")
def refused(made: Made) -> None:
    """The next applicant for the project goes on; money that was promised is free again."""
    ended(made)


@on_course("withdraw")
def withdrawn(made: Made) -> None:
    ended(made)


@on_course("refuse_false")
def false_papers(made: Made) -> Rows:
    """Found false before payment: refused, with a bad-credit mark."""
    application = ended(made)
    credit_mark(application, made, made.values["reasons"])
    return (("信用处理", "记入北京市商务领域不良信用记录名单"),)


def credit_mark(application: Application, made: Made, because: str) -> None:
    CreditMark.objects.create(
        organisation=application.applicant, application=application, made_on=made.day, because=because
    )


def ended(made: Made) -> Application:
    """What every end before payment brings."""
    application = application_in(made)
    commitment_release(application=application)
    notices_replace(application=application)
    others_release(made)
    for consent in Consent.objects.filter(application=application, case__ended_at=None):
        case_move(case=consent.case, track="consent", move="drop", version=None, actor=None, now=made.now, party="lead")
    return application


def others_release(made: Made) -> None:
    """Applications for the same project that were held for this one go on, unless another still stands before them."""
    application = application_in(made)
    if application.project_id is None:
        return
    for held in in_state("held").filter(project=application.project_id).exclude(pk=application.pk).order_by("case_id"):
        before = [one for one in rivals(held) if one.case_id and held.case_id and one.case_id < held.case_id]
        if held.case and not before:
            case_move(
                case=held.case, track=TRACK, move="release", version=None, actor=None, now=made.now, party="district"
            )


@effect("support_fund", "release")
def released(made: Made) -> None:
    """The earlier applicant gives way: its own application is withdrawn. The district cannot release before that."""
    application = application_in(made)
    for other in rivals(application):
        if other.case is None or made.case.pk < other.case.pk:
            continue
        if made.party != "rival" or other.applicant_id != made.case.parts.get(party="rival").organisation_id:
            zh, en = (
                f"在先申报 {other.case.number} 尚未退出",
                f"the earlier application {other.case.number} still stands",
            )
            raise MoveRefused(Text(zh, en), made.move.cite)
        case_move(
            case=other.case, track=TRACK, move="withdraw", version=None, actor=made.actor, now=made.now,
            party="applicant",
        )  # fmt: skip


@effect("support_fund", "supply")
def supplied(made: Made) -> None:
    """What the rules give is worked out anew on what was supplied."""
    reassess(application_in(made))


def reassess(application: Application) -> None:
    if application.applied_on:
        worth = worth_of(application, application.applied_on, audited=False)
        application.assessed, application.countable = worth.amount, worth.countable
        application.save(update_fields=["assessed", "countable"])


@effect("support_fund", "report")
def audited(made: Made) -> Rows:
    """The amount upon the auditor's corrections; both ledgers stay."""
    application = application_in(made)
    audit_settle(application)
    return (
        ("申报投入计入金额", f"{yuan(application.countable or 0)}元"),
        ("审计后计入金额", f"{yuan(application.audited_countable or 0)}元"),
        ("按规定最高可支持金额", f"{yuan(application.audited or 0)}元"),
    )


def audit_settle(application: Application) -> None:
    """Work the amount out on the ledger as it stands now, invoices that others named before left out."""
    if application.applied_on is None:
        return
    worth = worth_of(application, application.applied_on)
    application.audited = worth.amount if worth.eligible is not False else 0
    application.audited_countable = worth.countable
    application.save(update_fields=["audited", "audited_countable"])


def ceiling(application: Application) -> int | None:
    """The most that can be decided, in fen; None where the document gives no figure."""
    own = application.audited if application.audited is not None else application.assessed
    left = cap_left(application)
    return own if own is None or left is None else min(own, left)


@on_course("decide")
def decided(made: Made) -> Rows:
    """At most what the rules give; promised against the budget of the year."""
    application, amount = application_in(made), to_fixed(made.values["amount"], MONEY_PLACES)
    most = ceiling(application)
    if amount <= 0 or (most is not None and amount > most):
        zh = f"大于0,至多 {yuan(most)} 元(同一平台、产品或项目已决定的已扣除)" if most is not None else "大于0的金额"
        shared = "less what was decided for the same platform, product or project"
        en = f"more than 0, at most {yuan(most)} yuan ({shared})" if most is not None else "more than 0"
        raise BadInput([Problem("fields", None, "amount", made.values["amount"], zh, en)])
    application.decided = amount
    application.save(update_fields=["decided"])
    commitment_make(application=application, amount=amount, year=made.day.year, now=made.now)
    rows = [("按规定最高可支持金额", f"{yuan(most)}元" if most is not None else "文件未列金额")]
    base = application.audited_countable
    if base:
        rows.append(("支持比例", f"{from_fixed(amount * 10000 // base, 2)}%(占审计后计入金额)"))
    return tuple(rows)


@on_course("publish")
def published(made: Made) -> Rows:
    application = application_in(made)
    until = made.case.deadlines.get(code="notice", ended_at=None).due
    if application.decided is None or until is None:
        raise RuntimeError("a notice shows a decision until a day")
    notice = notice_publish(application=application, amount=application.decided, first=made.day, last=until)
    return (("拟支持金额", f"{yuan(notice.amount)}元"), ("公示截止", f"{notice.last_day}(含当日)"))


@on_course("decide_again")
def to_decide_again(made: Made) -> Rows:
    """The amount is worked out anew: an invoice found elsewhere is taken out. The new decision is published again."""
    application = application_in(made)
    if application.audited is not None:
        audit_settle(application)
    commitment_release(application=application)
    notices_replace(application=application)
    most = ceiling(application)
    return (("重新核定后最高可支持金额", f"{yuan(most)}元" if most is not None else "文件未列金额"),)
