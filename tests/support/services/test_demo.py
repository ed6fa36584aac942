"""The made-up applications."""

import pytest
from tests.support.city import at

from gongbao.support.models import Application, PaymentBatch
from gongbao.support.selectors.applications import state_of
from gongbao.support.services.demo import demo_load


@pytest.mark.django_db
def test_the_demo_shows_many_states_and_loads_once() -> None:
    made = demo_load(now=at("09-15"))
    states = {f"{one.measure}/{one.applicant.code}": state_of(Application.objects.get(pk=one.pk)) for one in made}
    assert states == {
        "debut_event/demo-shop": "tracking",
        "mixed_scene/demo-shop": "notice",
        "first_store/demo-shop": "received",
        "first_store/demo-enterprise": "held",
        "ip_scene/demo-shop": "refused",
        "new_format/demo-enterprise": "city_review",
        "energy-7a/demo-maker": "consenting",
        "energy-8/demo-maker": "waiting",
    }
    repeated = Application.objects.get(measure="new_format")
    assert repeated.countable == 3_000_000_00  # the contract whose invoice another named before is left out
    assert PaymentBatch.objects.get().payments.get().amount == 1_000_000_00
    assert demo_load(now=at("09-16")) == []
