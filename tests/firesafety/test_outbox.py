"""What happens is passed on with the step: signed, in order, until it is taken; not at all if it did not happen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.firesafety.city import WHEN, District, at
from tests.firesafety.receiver import System, running

from gongbao.cases.refusals import MoveRefused
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Message, Place, Publication, Receiver
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.decisions import decision_end
from gongbao.firesafety.services.outbox import outbox_send, receiver_add
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(district: District) -> Iterator[System]:
    with running() as made:
        made.secret = receiver_add(name="演示数据平台", url=made.url).secret
        yield made


def test_every_step_is_kept_with_it_and_sent_signed_and_in_order(district: District, system: System) -> None:
    place = district.send()
    district.admit(place)
    assert Message.objects.filter(sent_at=None).count() == 5  # opened, twice acceptable, two vouchers
    assert outbox_send(now=WHEN) == 5
    what = [body["what"] for body in system.taken.values()]
    assert what == ["opened", "housing.find_ready", "fire.find_ready", "housing.admit", "fire.admit"]
    last = list(system.taken.values())[-1]
    assert last["paper"]["name"] == "受理凭证" and last["states"]["fire"] == "admitted"
    assert outbox_send(now=WHEN) == 0 and system.seen == 5


def test_what_was_refused_is_not_passed_on(district: District, system: System) -> None:
    place = district.send()
    before = Message.objects.count()
    with pytest.raises(MoveRefused):
        district.move(place, "fire", "fire.approve", opinion="x")
    assert Message.objects.count() == before


@pytest.mark.parametrize("status", [500, 302])
def test_after_a_failure_it_waits_a_little_longer_each_time_and_the_later_ones_wait_too(
    district: District, system: System, status: int
) -> None:
    system.fails, system.status = 2, status
    district.admit(district.send())
    first, second = settings().retry_minutes[:2]
    assert outbox_send(now=WHEN) == 0 and system.seen == 1
    failed = Message.objects.order_by("pk")[0]
    assert str(status) in failed.error and failed.tries == 1
    soon = WHEN + timedelta(minutes=first)
    assert outbox_send(now=soon - timedelta(seconds=1)) == 0 and system.seen == 1
    assert outbox_send(now=soon) == 0 and system.seen == 2
    assert outbox_send(now=soon + timedelta(minutes=second)) == 5
    assert Message.objects.filter(sent_at=None).count() == 0


def test_a_receiver_that_is_not_there_costs_nothing_but_a_try(district: District, system: System) -> None:
    gone = Receiver.objects.create(name="演示失联系统", url="http://127.0.0.1:9/", secret="0" * 64)
    district.admit(district.send())
    assert outbox_send(now=WHEN) == 5
    assert gone.messages.exclude(error="").count() == 1 and gone.messages.filter(sent_at=None).count() == 5


def test_another_secret_is_not_accepted(district: District, system: System) -> None:
    system.secret = "another"
    district.send()
    assert outbox_send(now=WHEN) == 0 and not system.taken
    assert "401" in Message.objects.get().error


@pytest.mark.parametrize("url", ["http://example.cn/", "ftp://127.0.0.1/", "http://127.0.0.1.example.cn/", "https://"])
def test_only_https_and_loopback_are_addresses_of_receivers(db: None, url: str) -> None:
    with pytest.raises(BadInput):
        receiver_add(name="x", url=url)
    assert not Receiver.objects.exists()


def decided(district: District) -> Place:
    place = district.send()
    district.admit(place)
    district.fix(place)
    then = at("2026-03-06 11:00")
    district.visit(place, "fire", then)
    district.move(place, "fire", "fire.approve", then, opinion="同意")
    return place


def test_an_annulled_decision_is_told_and_its_code_follows(district: District, system: System) -> None:
    place = decided(district)
    outbox_send(now=WHEN + timedelta(days=9))
    decision_end(
        publication=Publication.objects.get(place=place), state=Paper.State.ANNULLED, because="提供虚假材料",
        actor=district.actor("fire"), now=at("2026-03-09 10:00"),
    )  # fmt: skip
    paper = Paper.objects.get(subject=f"fire/{place.pk}", name="消防安全检查意见")
    assert (paper.state, paper.because) == ("annulled", "提供虚假材料")
    assert outbox_send(now=WHEN + timedelta(days=9)) == 1
    told = list(system.taken.values())[-1]
    assert told["what"] == "paper.annulled" and told["paper"]["state"] == "annulled"


@pytest.mark.parametrize(
    ("who", "state", "because", "refusal"),
    [
        ("housing", Paper.State.ANNULLED, "x", NotNow),  # not its own
        ("fire", Paper.State.REPLACED, "x", BadInput),
        ("fire", Paper.State.ANNULLED, " ", BadInput),
    ],
)
def test_a_decision_is_ended_by_its_own_authority_with_a_reason_or_not_at_all(
    district: District, who: str, state: str, because: str, refusal: type[Exception]
) -> None:
    place = decided(district)
    with pytest.raises(refusal):
        decision_end(
            publication=Publication.objects.get(place=place), state=state, because=because,
            actor=district.actor(who), now=at("2026-03-09 10:00"),
        )  # fmt: skip
    assert Paper.objects.get(subject=f"fire/{place.pk}", name="消防安全检查意见").state == "valid"
