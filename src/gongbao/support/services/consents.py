"""Consent of co-offices (I-33): each is asked in a case of its own; the last answer moves the application."""

from gongbao.cases.joining import Made, effect
from gongbao.cases.services.engine import case_move, case_open
from gongbao.support.models import Application, Consent
from gongbao.support.selectors.applications import TRACK
from gongbao.support.selectors.consents import consents_now, outcome
from gongbao.support.selectors.editions import measure_of
from gongbao.support.selectors.offices import named_offices
from gongbao.support.services.effects import application_in


@effect("support_etown", "ask")
def ask(made: Made) -> tuple[tuple[str, str], ...]:
    """Ask every co-office; who asked again after a refusal to consent asks anew."""
    application = application_in(made)
    lead, *others = named_offices(application, made.day)
    rounds = Consent.objects.filter(application=application).order_by("-round").values_list("round", flat=True)
    number = (rounds.first() or 0) + 1
    for office in others:
        case = case_open(
            process="support_consent",
            subject=made.case.subject,
            title=f"会签 · {made.case.title}"[:200],
            parties={"lead": made.case.parts.get(party="lead").organisation, "office": office},
            fields={"summary": f"{measure_of(application).name.zh};牵头单位意见:{made.values['opinion']}"},
            actor=made.actor,
            now=made.now,
            party="lead",
        )
        Consent.objects.create(application=application, office=office, round=number, case=case)
    return (("会签单位", "、".join(office.name for office in others)),) if lead else ()


@effect("support_consent", "consent", "object", "count_silence")
def answered(made: Made) -> None:
    """When the last has answered, the application goes on: to the decision, or back to the leading office."""
    application = Application.objects.select_for_update(of=("self",)).get(consents__case=made.case)
    answers = consents_now(application)
    if application.case is None or any(outcome(one) == "" for one in answers):
        return
    said = ";".join(f"{one.office.name}:{words(one)}" for one in answers)
    refused = any(outcome(one) == "objected" for one in answers)
    case_move(
        case=application.case,
        track=TRACK,
        move="not_consented" if refused else "consented",
        version=None,
        actor=None,
        now=made.now,
        fields={"opinion": said},
        party="co_offices",
    )


def words(consent: Consent) -> str:
    """What an office answered, silence noted as such."""
    answer = {"consented": "同意", "silent": "两次征求均未答复,视为同意"}.get(outcome(consent))
    return answer or f"不同意({consent.case.fields.get('opinion', '')})"
