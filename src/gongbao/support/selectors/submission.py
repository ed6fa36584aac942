"""Whether an application can be sent, and what stands in its way for the same project."""

from dataclasses import dataclass
from datetime import date

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.support.models import Application
from gongbao.support.selectors.applications import PAID, rivals, state_of
from gongbao.support.selectors.drafts import lacking, matched
from gongbao.support.selectors.editions import measure_of, programme_of

ONE_EACH = "京商消二字〔2026〕3号 二（一）4"  # one direction, one applicant for a project


@dataclass(frozen=True)
class Screening:
    """outcome: clear, early, taken or rival; because: what was found; rival: who applied before."""

    outcome: str
    because: Text
    rival: Organisation | None = None


def submission_problems(application: Application) -> list[Problem]:
    """Everything that is missing before it can be sent, empty when it is complete."""
    return [Problem(lack.part, None, lack.name, "", lack.words.zh, lack.words.en) for lack in lacking(application)]


def warnings(application: Application, on: date) -> list[tuple[Text, str]]:
    """What would have it refused or held although it is complete: words and clause of each."""
    match, measure = matched(application, on), measure_of(application)
    found = [(because.text, because.cite) for because in match.because if because.met is False]
    if application.case is None:
        screened = screening(application, match.first_day, on)
        if screened.outcome != "clear":
            found.append((screened.because, measure.cite if screened.outcome == "early" else ONE_EACH))
    return found


def submission_refusal(application: Application, on: date) -> MoveRefused | None:
    """Why there can be no application at all on that day: nothing is promised, or the time is over (I-16, I-40)."""
    measure = measure_of(application)
    if measure.promise == "none":
        return MoveRefused(Text("本措施不承诺资金,无须申请", "no money is promised here: nothing to apply for"), "I-16")
    window = measure.window
    if not window.first <= on <= window.last:
        because = Text(
            f"申请期为 {window.first} 至 {window.last}(均含)",
            f"applications are taken from {window.first} to {window.last}, both included",
        )
        return MoveRefused(because, window.cite)
    return None


def screening(application: Application, first_day: date, on: date) -> Screening:
    """What is found on sending. Too early comes first; then what stands for the same project."""
    if first_day > on:
        because = Text(
            f"规定的销售(营业)期间尚未届满,最早可于 {first_day} 申报",
            f"the months to be waited are not over: the first possible day is {first_day}",
        )
        return Screening("early", because)
    return _conflict(application, on) or Screening("clear", Text("", ""))


def _conflict(application: Application, on: date) -> Screening | None:
    """What stands for the same project and cannot stand beside this: of a document that gives one measure to a project
    every other application, whoever applies; else the same measure, or another document for the same applicant.
    The same measure may come again in another year where the document gives it for several."""
    single, years = programme_of(application).choice == "measure", measure_of(application).years
    earlier = {one.applied_on.year for one in rivals(application).filter(**_same(application)) if one.applied_on}
    again = years != 1 and on.year not in earlier
    if again and years and len(earlier) >= years:
        because = Text(f"单个项目支持年限不超过{years}年", f"a project is supported for {years} years at most")
        return Screening("taken", because)
    for other in rivals(application):
        alike = other.programme == application.programme
        if other.applicant_id != application.applicant_id:
            found = single and programme_of(other).choice == "measure"
        else:
            found = single or not alike or (other.measure == application.measure and not again)
        if found:
            return _between(application, other)
    return None


def _same(application: Application) -> dict[str, object]:
    return {"applicant": application.applicant_id, "programme": application.programme, "measure": application.measure}


def _between(application: Application, other: Application) -> Screening:
    number, measure = other.case.number if other.case else "", measure_of(other)
    if other.applicant_id != application.applicant_id:
        if other.programme == application.programme and state_of(other) not in PAID:
            because = Text(
                f"同一项目已由另一家单位在先申报(编号 {number}),一个项目只能由一家单位申报",
                f"another applicant was first for this project (number {number}): one applicant for a project",
            )
            return Screening("rival", because, other.applicant)
        because = Text(
            f"同一项目已由另一家单位申报(编号 {number})", f"the project was applied for by another (number {number})"
        )
        return Screening("taken", because)
    same = programme_of(other).document == programme_of(application).document
    because = Text(
        f"同一项目已申报“{measure.name.zh}”(编号 {number}),"
        + ("一个项目只能申报一个方向" if same else "同一项目只能享受一项政策,可先撤回在先申报"),
        f"the project is applied for under “{measure.name.en}” (number {number}): "
        + ("one direction for a project" if same else "one policy for a project; withdraw the other first"),
    )
    return Screening("taken", because)
