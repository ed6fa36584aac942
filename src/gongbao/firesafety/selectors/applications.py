"""Reading applications: whose, what is still missing."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from gongbao.firesafety.models import Application, Place
from gongbao.kernel.problem import Problem
from gongbao.organisations.permissions import Actor

NEEDED = (
    ("district", "工程所在区", "the district"),
    ("project", "建设工程名称", "the name of the construction project"),
    ("address", "工程地址", "the address of the project"),
    ("matter", "申请消防验收或备案", "acceptance or filing"),
    ("delivery_address", "送达地址", "the delivery address"),
    ("delivery_to", "收件人及电话", "addressee and telephone"),
    ("address_confirmed", "确认送达地址及其法律后果", "confirm the delivery address and its legal effect"),
    ("draw_part", "参与抽取的数", "your part of the draw"),
)


def applications_of(actor: Actor) -> QuerySet[Application]:
    """Those that somebody may change: of the enterprises whose clerk she is, or keyed in at her desk."""
    enterprises = [post.organisation.pk for post in actor.posts if post.role == "enterprise"]
    desks = [post.organisation.pk for post in actor.posts if post.role == "window"]
    found = Application.objects.filter(applicant__in=enterprises) | Application.objects.filter(window__in=desks)
    return found.select_related("applicant", "district").distinct()


def place_by_number(number: str) -> Place | None:
    """The place whose case has that number."""
    found = Place.objects.filter(case__number=number)
    return found.select_related("case", "application__applicant", "application__district").first()


def application_problems(application: Application, today: date) -> list[Problem]:
    """Everything that keeps a draft from being sent."""
    return [*_form(application, today), *_places(application)]


def _form(application: Application, today: date) -> Iterator[Problem]:
    for name, zh, en in NEEDED:
        value = getattr(application, name)
        if not value:
            yield Problem("application", None, name, "", f"请填写:{zh}", f"enter {en}")
    if application.window and not application.handed_in:
        yield Problem("application", None, "handed_in", "", "请填写:窗口收件日", "enter the day of receipt at the desk")
    if application.handed_in and application.handed_in > today:
        handed = application.handed_in.isoformat()
        yield Problem("application", None, "handed_in", handed, f"不晚于今天 {today}", f"not after today, {today}")


def _places(application: Application) -> Iterator[Problem]:
    places = list(application.places.all())
    if not places:
        yield Problem("application", None, "places", "", "请至少添加一个场所", "add one place at least")
    for row, place in enumerate(places, start=1):
        for name, zh, en in (
            ("name", "场所名称", "name"),
            ("kind", "场所类型", "kind"),
            ("operator", "经营者", "operator"),
        ):
            if not getattr(place, name):
                yield Problem("places", row, name, "", f"请填写第 {row} 个场所的{zh}", f"enter the {en} of place {row}")
