"""What is left of a cap that several applications share: of one platform or product, or of one project's applicants."""

from django.db.models import Q, Sum

from gongbao.support.models import Application, Commitment
from gongbao.support.selectors.applications import standing
from gongbao.support.selectors.editions import measure_of


def cap_left(application: Application) -> int | None:
    """Fen that decisions on others leave of the measure's cap, never below 0; None where no cap is shared.

    Projects that name one platform or product share it whoever applies and in every year; of a project that names
    none, its applicants together (energy-7a).
    """
    amount, same = measure_of(application).amount, Q()
    if amount is None or amount.most is None:
        return None
    named = application.facts.get("project", {}).get(amount.per.name.removeprefix("project.")) if amount.per else None
    if amount.per and named:
        same = Q(**{f"facts__{amount.per.name.replace('.', '__')}": named})
    elif application.project_id:
        same = Q(project=application.project_id) & ~Q(applicant=application.applicant_id)
    else:
        return None
    others = standing().filter(same, programme=application.programme, measure=application.measure)
    promised = Commitment.objects.filter(application__in=others.exclude(pk=application.pk).values("pk"))
    total = promised.exclude(state=Commitment.State.RELEASED).aggregate(total=Sum("amount"))["total"]
    return max(amount.most - (total or 0), 0)
