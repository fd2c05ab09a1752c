"""Other particulars of a congress: stored as they were looked at, or not at all."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.particulars import (
    DeadlineAfterEnd,
    EditedMeanwhile,
    OpensAfterDeadline,
    OpenToSomebody,
    Particulars,
)
from congress.domain.planning.release import StateUnseen
from congress.domain.planning.scheduling import TitleMissing
from congress.models import Announcement, AuditLine, Congress, OutboxMessage
from congress.queries import congresses
from congress.services import registering
from congress.services.mails import announcing
from congress.services.planning import amending, previewing
from tests.builders import CLOSES, ENDS, OPEN, OPENS, a_congress, a_request, send_everything
from tests.queries_counter import count_queries


def amend(congress_id, *, version=None, seen=None, **values: Any):  # noqa: ANN401 - any of the particulars
    before = Particulars.of(congresses.get_congress(congress_id))
    wanted = replace(before, **values)
    asked = previewing.of_particulars(congress_id, wanted, now=OPEN, with_names=False)
    return amending.amend(
        congress_id,
        wanted,
        version=before.version if version is None else version,
        seen=asked.seen if seen is None else seen,
        actor=COMMAND,
        now=OPEN,
    )


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"version": "older"}, EditedMeanwhile),
        ({"seen": "another question"}, StateUnseen),
        ({"title": {"en": "Only English"}}, TitleMissing),
        ({"opens_at": ENDS, "closes_at": OPENS}, OpensAfterDeadline),
        ({"closes_at": ENDS + timedelta(days=2)}, DeadlineAfterEnd),
    ],
)
def test_what_cannot_be_saved_changes_nothing(session, values, refusal):
    congress_id = a_congress().id

    with pytest.raises(refusal):
        amend(congress_id, **({"town": "Hamm"} | values))

    assert congresses.get_congress(congress_id).town == "Lünen"
    assert session.scalars(select(AuditLine)).all() == []


def test_registration_opens_no_later_once_somebody_waits(session):
    congress_id = a_congress(capacity=0).id
    registering.register(congress_id, a_request(), now=OPEN)

    with pytest.raises(OpenToSomebody):
        amend(congress_id, opens_at=OPEN + timedelta(hours=1))
    assert amend(congress_id, opens_at=OPEN - timedelta(hours=1)) == ("opens_at",)


def test_the_log_has_before_and_after_but_no_address_and_nothing_long(session):
    congress_id = a_congress().id

    changed = amend(
        congress_id, town="Hamm", lead={"de": "Neu"}, contact_email="a@example.org", capacity=7
    )

    assert changed == ("lead", "town", "contact_email", "capacity")
    places, edited = session.scalars(select(AuditLine).order_by(AuditLine.id))
    assert (places.verb, places.details["capacity"]) == ("places_set", 7)
    assert (edited.verb, edited.fields) == ("congress_edited", ["lead", "town", "contact_email"])
    assert edited.details["changes"] == {"town": ["Lünen", "Hamm"]}


def test_other_places_alone_are_a_line_of_their_own(session):
    congress_id = a_congress().id

    assert amend(congress_id, waiting_list=False) == ("waiting_list",)
    assert session.scalars(select(AuditLine.verb)).all() == ["places_set"]
    assert amend(congress_id) == ()


def test_letters_that_wait_name_the_deadline_cost_and_contact_of_now(session):
    congress_id = a_congress(cost={"de": "frei", "en": "free"}).id
    for number, language in ((1, "de"), (2, "en"), (3, "de")):
        registering.register(congress_id, a_request(number, language=language), now=OPEN)
    mails = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    mails[-1].attempts = 1  # its bytes are made
    session.commit()
    closes_at = CLOSES - timedelta(days=2)

    amend(
        congress_id,
        closes_at=closes_at,
        cost={"de": "20 Euro", "en": "20 euros"},
        contact_email="neu@example.org",
    )

    session.expire_all()
    named = [
        (mail.language, *(mail.facts["congress"][name] for name in ("cost", "contact")))
        for mail in session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind != "programme_changed")  # written afterwards
            .order_by(OutboxMessage.id)
        )
    ]
    german, english = ("de", "20 Euro", "neu@example.org"), ("en", "20 euros", "neu@example.org")
    *before, last = named
    assert before == [german, german, english, english, german]
    assert last == ("de", "frei", "")
    first = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert first.facts["congress"]["closes_at"] == closes_at.astimezone(UTC).isoformat()


def test_another_introduction_is_told_to_nobody_however_many_there_are(session, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 0)
    congress_id = a_congress().id
    registering.register(congress_id, a_request(), now=OPEN)
    send_everything()

    assert amend(congress_id, lead={"de": "Neu"}) == ("lead",)
    assert session.scalars(select(Announcement)).all() == []
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "congress_edited")).one()
    assert line.details["told"] == 0
    assert session.scalars(select(Congress.sequence)).one() == 1  # the public entry says it


def test_the_question_asks_as_much_for_two_people_as_for_twenty(session):
    congress = a_congress()
    before = Particulars.of(congresses.get_congress(congress.id))
    counts = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            registering.register(congress.id, a_request(number), now=OPEN)
        with count_queries() as found:
            asked = previewing.of_particulars(
                congress.id, replace(before, town="Hamm"), now=OPEN, with_names=True
            )
        counts.append((asked.reach.people, len(found)))

    [(two, few), (twenty, many)] = counts
    assert (two, twenty) == (2, 20)
    assert few == many
