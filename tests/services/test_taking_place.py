"""Who hears that a congress takes place after all: whoever was told that it does not."""

import pytest
from sqlalchemy import select

from congress import worker
from congress.models import OutboxMessage
from congress.services import registering
from congress.services.mails import announcing
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, send_everything
from tests.services.mail_house import ORGANISER


class Large:
    """A congress whose people are told in steps of two; all but the first wait for a place."""

    def __init__(self) -> None:
        self.congress = a_congress(capacity=1)
        for number in range(5):
            registering.register(self.congress.id, a_request(number), now=OPEN)
        send_everything()

    def call_off(self) -> None:
        releasing.call_off(self.congress.id, actor=ORGANISER, now=OPEN)

    def bring_back(self) -> None:
        releasing.hold_after_all(self.congress.id, actor=ORGANISER, now=OPEN)

    def step(self) -> None:
        announcing.next_step(now=OPEN)
        send_everything()

    def tell(self) -> None:
        worker.announce()
        send_everything()


@pytest.fixture
def large(session, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 0)
    monkeypatch.setattr(announcing, "STEP", 2)
    return Large()


STORIES = {
    "nobody heard of the end": ("call_off bring_back tell", []),
    "some did": ("call_off step bring_back tell", ["off"] * 2 + ["on"] * 2),
    "all did": ("call_off tell bring_back tell", ["off"] * 5 + ["on"] * 5),
    "twice, the second end before anybody heard of the first beginning": (
        "call_off tell bring_back call_off tell bring_back tell",
        ["off"] * 5 + ["on"] * 5,
    ),
    "twice, some heard of the first beginning": (
        "call_off tell bring_back step call_off tell bring_back tell",
        ["off"] * 5 + ["on"] * 2 + ["off"] * 2 + ["on"] * 5,
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_only_who_heard_of_the_end_hears_that_it_is_none(session, large, name):
    events, expected = STORIES[name]

    for event in events.split():
        getattr(large, event)()

    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    words = {"congress_cancelled": "off", "held_after_all": "on"}
    assert [words[each] for each in kinds if each in words] == expected
