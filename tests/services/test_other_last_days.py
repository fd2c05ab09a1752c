"""Another last day of a call: told to whoever can correct a proposal until then, or could."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND
from congress.domain.calls import AuthorsUnseen
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import AuditLine, Congress, OutboxMessage, Proposal
from congress.models import Call as Row
from congress.queries import calls, congresses
from congress.services.calling import opening, telling_authors
from congress.services.mails import showing
from tests.builders import (
    AFTERWARDS,
    CLOSES,
    OPEN,
    a_call,
    a_congress,
    a_proposal,
    send_everything,
)

DAY = timedelta(days=1)
LATER, EARLIER = CLOSES + 5 * DAY, CLOSES - 5 * DAY
ERIKA, ANN = "erika@example.org", "ann@example.org"


@pytest.fixture
def congress_id(session):
    """Erika has proposed two things, Ann one; others have their answers, or want none."""
    congress = a_congress()
    a_call(congress)
    a_proposal(congress, title="Die Dorfküche")
    a_proposal(congress, title="Der Dorfladen", email="Erika@Example.org", state="shortlisted")
    a_proposal(congress, title="Der Bus", email=ANN, mail_language="en")
    for state in ("accepted", "declined", "withdrawn"):
        a_proposal(congress, email=f"{state}@example.org", state=state)
    return congress.id


def edit(congress_id: int, *, now: datetime = OPEN, seen: str | None = None, **values: object):
    before = calls.find(congress_id)
    assert before is not None
    wanted = replace(before, **values)  # type: ignore[arg-type]
    asked = telling_authors.preview(congresses.get_congress(congress_id), wanted, now=now)
    opening.edit(
        congress_id,
        wanted,
        version=before.version,
        seen=asked.seen if seen is None else seen,
        actor=COMMAND,
        now=now,
    )
    db.session.expire_all()
    return asked


def waiting() -> list[OutboxMessage]:
    return list(
        db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.state == "queued")
            .order_by(OutboxMessage.recipient_key)
        )
    )


@pytest.mark.parametrize(
    ("state", "was", "values", "now", "told"),
    [
        ("published", CLOSES, {"closes_at": LATER}, OPEN, [ANN, ERIKA]),
        ("published", CLOSES, {"closes_at": EARLIER}, OPEN, [ANN, ERIKA]),
        ("published", CLOSES, {"closes_at": LATER}, CLOSES, [ANN, ERIKA]),
        ("published", CLOSES, {"closes_at": EARLIER}, CLOSES, []),
        ("published", CLOSES, {"closes_at": LATER}, AFTERWARDS, []),
        ("published", CLOSES, {"title": {"de": "Neu"}}, OPEN, []),
        ("published", CLOSES, {"is_open": False}, OPEN, []),
        ("draft", CLOSES, {"closes_at": LATER}, OPEN, []),
        ("cancelled", CLOSES, {"closes_at": LATER}, OPEN, []),
    ],
)
def test_who_is_told(congress_id, state, was, values, now, told):
    db.session.execute(update(Congress).values(state=state))
    db.session.execute(update(Row).values(closes_at=was))
    db.session.commit()

    asked = edit(congress_id, now=now, **values)

    assert [each.recipient_key for each in waiting()] == told
    assert asked.reach.people == len(told)
    assert db.session.scalars(select(AuditLine)).one().details["told"] == len(told)


def said(mail: OutboxMessage, now: datetime) -> tuple[str, str]:
    assert mail.congress_id is not None
    instead = {"proposal": "LINK"}
    kind = MessageKind(mail.kind)
    words = showing.in_words(
        mail.congress_id, kind, mail.language, mail.facts, instead=instead, now=now
    )
    return words.subject, " ".join(words.text.split())


def test_one_letter_says_old_and_new_of_all_that_somebody_proposed(congress_id):
    asked = edit(congress_id, closes_at=LATER)

    english, german = (said(mail, OPEN) for mail in waiting())
    assert english[0].startswith("New last day for proposals: ")
    assert german[0].startswith("Neuer letzter Tag für Vorschläge: ")
    assert (
        "bis einschließlich 12. Oktober 2015, 24.00 Uhr (MESZ) berichtigen, "
        "bisher bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)."
    ) in german[1]
    assert "Vorschlag Der Dorfladen, Die Dorfküche" in german[1]
    assert "Der Link öffnet „Der Dorfladen“." in german[1]
    assert "earlier emails" not in english[1]
    assert asked.letter is not None
    assert asked.letter.subject in {english[0], german[0]}


def test_one_that_ends_at_once_says_that_it_is_over(congress_id):
    edit(congress_id, closes_at=EARLIER, now=EARLIER)
    _english, (_subject, text) = (said(mail, EARLIER) for mail in waiting())
    assert "Ihre Angaben dazu können Sie nicht mehr berichtigen." in text
    assert "angekündigt war: bis einschließlich 7. Oktober 2015" in text


def test_what_changes_twice_before_anybody_heard_is_one_letter_or_none(congress_id):
    edit(congress_id, closes_at=EARLIER)
    edit(congress_id, closes_at=LATER)
    assert [
        tuple(datetime.fromisoformat(mail.facts["call"][name]) for name in ("before", "closes_at"))
        for mail in waiting()
    ] == [(CLOSES, LATER)] * 2

    edit(congress_id, closes_at=CLOSES)
    assert waiting() == []

    edit(congress_id, closes_at=EARLIER)
    send_everything()
    edit(congress_id, closes_at=CLOSES)
    assert len(waiting()) == 2


def test_nobody_is_told_whom_nobody_has_seen(congress_id):
    asked = telling_authors.preview(
        congresses.get_congress(congress_id),
        replace(found, closes_at=LATER) if (found := calls.find(congress_id)) else None,  # type: ignore[arg-type]
        now=OPEN,
    )
    a_proposal(db.session.get_one(Congress, congress_id), email="new@example.org")

    with pytest.raises(AuthorsUnseen):
        edit(congress_id, closes_at=LATER, seen=asked.seen)
    db.session.rollback()

    assert (waiting(), db.session.scalars(select(AuditLine)).all()) == ([], [])
    db.session.execute(update(Proposal).values(state="declined"))
    db.session.commit()
    edit(congress_id, closes_at=LATER, seen="")  # there is nobody to tell
