"""Background work: put down with the change it belongs to, done by the worker that `gongbao serve` starts."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks import TaskResultStatus, task
from tests.organisations.small_city import somebody

from gongbao.organisations.models import Person


@task
def rename(pk: int, name: str) -> str:
    Person.objects.filter(pk=pk).update(name=name)
    return name


def work() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_work_waits_for_the_worker_and_tells_its_result(capfd: Any) -> None:
    person = somebody("li")
    result = rename.enqueue(person.pk, "新名")
    person.refresh_from_db()
    assert person.name != "新名"
    work()
    person.refresh_from_db()
    result.refresh()
    assert person.name == "新名"
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "新名")


@pytest.mark.django_db(transaction=True)
def test_work_of_a_change_that_was_taken_back_is_not_done(capfd: Any) -> None:
    person = somebody("li")
    with transaction.atomic():
        rename.enqueue(person.pk, "新名")
        transaction.set_rollback(True)
    work()
    person.refresh_from_db()
    assert person.name != "新名"
