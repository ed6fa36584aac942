"""Matching a population in the background, so that nobody waits for it."""

from django_tasks import task

from gongbao.support.rows import Population
from gongbao.support.services.populations import population_match


@task()
def match_in_background(population: int) -> None:
    """Match it; its row says how far it is and what became of it. One that was deleted meanwhile is passed over."""
    found = Population.objects.select_related("origin").filter(pk=population).first()
    if found is not None:
        population_match(population=found)
