"""Reading deliveries: public notices for everybody."""

from datetime import date, timedelta

from django.db.models import QuerySet

from gongbao.firesafety.models import Attempt, Delivery

SHOWN_AFTER = timedelta(days=90)  # a notice that is over stays to be read


def notices_running(today: date) -> QuerySet[Attempt]:
    """Public notices that run, and those over for a short while, the newest first."""
    found = Attempt.objects.filter(way=Delivery.Way.NOTICE, until__gte=today - SHOWN_AFTER)
    return found.select_related(
        "delivery__paper", "delivery__place__case", "delivery__place__application__applicant"
    ).order_by("-day", "-pk")
