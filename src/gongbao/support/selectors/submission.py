"""Whether an application can be sent."""

from datetime import date

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.support.models import Application
from gongbao.support.selectors.drafts import lacking
from gongbao.support.selectors.editions import measure_of


def submission_problems(application: Application) -> list[Problem]:
    """Everything that is missing before it can be sent, empty when it is complete."""
    return [Problem(lack.part, None, lack.name, "", lack.words.zh, lack.words.en) for lack in lacking(application)]


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
