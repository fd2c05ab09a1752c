"""What letters say of wishes: what was ranked, until when, and whether it counts already."""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.invitations import Guest
from congress.domain.mails.kinds import MessageKind
from congress.domain.planning import calling_off as rules
from congress.domain.planning.release import StateUnseen
from congress.domain.ranking import NO_PLACE, Wishes
from congress.extensions import db
from congress.formats import letters
from congress.models import (
    Announcement,
    Congress,
    OutboxMessage,
    ProgrammeItem,
    Registration,
)
from congress.queries.congresses import get_congress
from congress.queries.planning import scheduling
from congress.queries.registrations import standings
from congress.services import registering
from congress.services.invitations import letters as invitation_letters
from congress.services.mails import announcing, opening_letters
from congress.services.mails.facts import Letters
from congress.services.planning import calling_off, previewing, releasing
from tests.builders import (
    BERLIN,
    OPEN,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

pytestmark = pytest.mark.usefixtures("database")

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
UNTIL = OPEN + timedelta(days=2)
LINKS = defaultdict(str, page="https://congress.test/x")


@pytest.fixture
def workshops(database) -> list[int]:
    return by_wishes()


def by_wishes() -> list[int]:
    """Store a congress with three workshops of one time that take wishes."""
    congress = a_congress(rules={"allocation": "wishes"}, wishes_until=UNTIL, capacity=1)
    titles = ("Netze", "Quartier", "Jugend")
    return [
        a_workshop(congress, number=number, title=title).id
        for number, title in enumerate(titles, start=1)
    ]


def text(*kinds: str, written_at: datetime = OPEN) -> str:
    message = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind.in_(kinds or ("confirmed", "waiting")))
        .order_by(OutboxMessage.id.desc())
    ).first()
    assert message is not None
    written = letters.compose(
        message.kind, "de", message.facts, links=LINKS, zone=BERLIN, written_at=written_at
    )
    return " ".join(written.text.split())


def register(workshops: list[int], wishes: Wishes | None, number: int = 1) -> None:
    congress_id = db.session.get_one(ProgrammeItem, workshops[0]).congress_id
    wished = {} if wishes is None else {workshops[0]: wishes}
    registering.register(congress_id, a_request(number, wishes=wished), now=OPEN)


def call_off(item_id: int, *, ranked: int = 0) -> None:
    seen = rules.mark_of(scheduling.get_edited(item_id), ranked)
    calling_off.call_off(item_id, seen=seen, actor=ORGANISER, now=OPEN)


def letters_of_changes() -> list[OutboxMessage]:
    of_changes = select(OutboxMessage).where(OutboxMessage.kind == "programme_changed")
    return list(db.session.scalars(of_changes.order_by(OutboxMessage.registration_id)))


def publish(now: datetime = OPEN) -> previewing.Preview:
    congress = db.session.scalars(select(Congress)).one()
    shown = previewing.preview(congress.id, now=now, with_names=True)
    releasing.release(congress.id, seen=shown.seen, actor=ORGANISER, now=now)
    return shown


def edit(item_id: int, **values: object) -> None:
    row = db.session.get_one(ProgrammeItem, item_id)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


@pytest.mark.parametrize(
    ("ranked", "any_other", "said"),
    [
        ((2, 0), False, "13.15 bis 15.15 Uhr: 1. Workshop 3: Jugend; 2. Workshop 1: Netze"),
        ((1,), True, "1. Workshop 2: Quartier; sonst auch alles andere"),
        ((), True, "alles ist recht"),
        ((), False, "kein Platz gewünscht"),
    ],
)
def test_a_letter_names_the_wishes_and_their_day(workshops, ranked, any_other, said) -> None:
    register(workshops, Wishes(tuple(workshops[each] for each in ranked), any_other))
    words = text()
    assert said in words
    assert "bis 2. Oktober 2015" in words
    assert ("schreiben Ihnen" in words) == bool(ranked or any_other)


def test_who_has_said_nothing_is_asked_to_and_later_hears_what_happens(workshops) -> None:
    register(workshops, None)
    assert "noch nichts geordnet" in text()
    assert "Bitte sagen Sie auf Ihrer Seite" in text()
    assert "Jetzt werden die Plätze vergeben" in text(written_at=UNTIL)


def test_of_another_choice_nothing_is_said_for_them(workshops) -> None:
    congress = db.session.scalars(select(Congress)).one()
    a_workshop(congress, number=4, starts_at=WORKSHOPS_START + timedelta(hours=3))
    register(workshops, NO_PLACE)
    assert "kein Platz gewünscht" in text()
    assert "noch nichts geordnet" in text()


def test_who_waits_for_the_event_hears_that_it_depends_on_that(workshops) -> None:
    register(workshops, NO_PLACE)
    register(workshops, Wishes((workshops[0],)), number=2)
    assert "Wünsche zählen für alle, die bis dahin einen Platz" in text()


@pytest.mark.parametrize(
    ("others", "any_other", "counts"), [((1,), False, True), ((), True, True), ((), False, False)]
)
def test_whose_place_is_called_off_hears_that_wishes_decide(
    workshops, others, any_other, counts
) -> None:
    off, *rest = workshops
    congress = db.session.scalars(select(Congress)).one()
    later = a_workshop(
        congress,
        number=4,
        starts_at=WORKSHOPS_START + timedelta(hours=3),
        allocation="first_come",
    )
    wished = Wishes((off, *(rest[each] for each in others)), any_other)
    register(workshops, wished)
    person = db.session.scalars(select(Registration)).one()
    a_booking(person, db.session.get_one(ProgrammeItem, off))
    a_booking(person, later)
    send_everything()

    call_off(off)
    words = text("programme_changed")
    assert ("Ihre anderen Wünsche für diese Zeit zählen" in words) == counts
    assert "in keinem anderen Workshop" not in words
    assert "ohne Workshopplatz" in words
    assert "bis 2. Oktober 2015" in words


RANKED = {
    "first, and another": ((0, 1), False, "Ihre anderen Wünsche für diese Zeit zählen"),
    "first, else any": ((0,), True, "Ihre anderen Wünsche für diese Zeit zählen"),
    "alone": ((0,), False, "Bitte sagen Sie, was Sie stattdessen möchten"),
    "another": ((1,), False, None),
    "any": ((), True, None),
    "none": ((), False, None),
}


@pytest.mark.parametrize(("ranked", "any_other", "said"), RANKED.values(), ids=RANKED)
def test_whoever_ranked_what_is_called_off_hears_of_it(workshops, ranked, any_other, said) -> None:
    register(workshops, Wishes(tuple(workshops[each] for each in ranked), any_other))
    send_everything()
    call_off(workshops[0], ranked=1 if said else 0)
    if said is None:
        assert not letters_of_changes()
        return
    words = text("programme_changed")
    assert "steht unter Ihren Wünschen. Dieser Workshop findet nicht statt." in words
    assert said in words
    assert "bis 2. Oktober 2015" in words
    assert "ohne Workshopplatz" not in words
    assert letters_of_changes()[0].facts["links"] == ["manage"]


def test_it_is_asked_anew_where_somebody_ranked_it_meanwhile(workshops) -> None:
    register(workshops, Wishes((workshops[0],)))
    with pytest.raises(StateUnseen):
        call_off(workshops[0])


def test_who_has_a_place_at_that_time_has_nothing_to_rank_instead(workshops) -> None:
    register(workshops, Wishes((workshops[0],)))
    person = db.session.scalars(select(Registration)).one()
    a_booking(person, db.session.get_one(ProgrammeItem, workshops[1]))
    send_everything()
    call_off(workshops[0])
    assert not letters_of_changes()


@pytest.mark.parametrize("at_once", [300, 0], ids=["at once", "in steps"])
def test_what_is_published_tells_them_whether_it_takes_place_and_nothing_else(
    workshops, monkeypatch, at_once
) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    for number in (1, 2):
        register(workshops, Wishes((workshops[0],)), number)
    send_everything()
    edit(workshops[0], title={"de": "Neue Netze"})
    assert publish().reach.people == 0
    assert not db.session.scalars(select(Announcement.total).where(Announcement.total > 0)).all()
    announcing.next_step(now=OPEN)
    edit(workshops[0], cancelled=True)
    shown = publish()
    assert (shown.reach.people, [each.told for each in shown.changes]) == (2, [2])
    announcing.next_step(now=OPEN)
    assert len(letters_of_changes()) == 2
    send_everything()
    edit(workshops[0], cancelled=False)
    assert publish().reach.people == 2
    announcing.next_step(now=OPEN)
    assert "findet doch statt, und Ihr Wunsch danach zählt wieder" in text("programme_changed")


def test_once_the_places_are_assigned_a_wish_is_none_any_more(workshops) -> None:
    register(workshops, Wishes((workshops[0],)))
    for each in workshops:
        edit(each, assigned_at=OPEN)
    send_everything()
    call_off(workshops[0])
    assert not letters_of_changes()


@pytest.mark.parametrize("allocation", ["wishes", "first_come"])
def test_whoever_is_invited_reads_of_the_day_where_places_are_given_by_wishes(
    workshops, allocation
) -> None:
    row = db.session.scalars(select(Congress)).one()
    row.rules = {"allocation": allocation}
    db.session.commit()
    congress = get_congress(row.id)
    to_guest = invitation_letters.stated(congress, Guest("a@example.org"), 1, now=OPEN)
    opened = opening_letters.stated(congress, MessageKind.REGISTRATION_OPENED, 1, "de")
    said = [
        datetime.fromisoformat(each["wishes_until"])
        for each in (to_guest, opened)
        if "wishes_until" in each
    ]
    assert said == ([UNTIL, UNTIL] if allocation == "wishes" else [])


def test_a_reminder_says_what_is_ranked_and_until_when(workshops) -> None:
    register(workshops, None)
    register(workshops, Wishes((workshops[1],)), number=2)
    congress = get_congress(db.session.scalars(select(Congress.id)).one())
    texts = []
    for each in standings(db.session.scalars(select(Registration.id)).all()):
        facts = {**Letters(congress).to(each), "reminder": "soon"}
        texts.append(
            " ".join(
                letters.compose(
                    "reminder", "de", facts, links=LINKS, zone=BERLIN, written_at=OPEN
                ).text.split()
            )
        )
    silent, ranked = texts
    assert "noch nichts geordnet" in silent
    assert "1. Workshop 2: Quartier" in ranked
    assert all("bis 2. Oktober 2015" in each for each in texts)


@pytest.mark.parametrize("at_once", [300, 0], ids=["at once", "in steps"])
def test_whose_wish_ends_as_it_is_moved_away_hears_of_it(workshops, monkeypatch, at_once) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    moved, other, _ = workshops
    for number, wished in enumerate((Wishes((moved, other)), Wishes((other,)), NO_PLACE), start=1):
        register(workshops, wished, number)
    send_everything()
    later = timedelta(hours=3)
    row = db.session.get_one(ProgrammeItem, moved)
    edit(moved, starts_at=row.starts_at + later, ends_at=row.ends_at + later)
    shown = publish()
    announcing.next_step(now=OPEN)
    assert (shown.reach.people, [each.told for each in shown.changes]) == (1, [1])
    [letter] = letters_of_changes()
    words = text("programme_changed")
    assert "jetzt 16.15 bis 18.15 Uhr" in words
    assert "Dieser Wunsch zählt nicht mehr" in words
    assert "13.15 bis 15.15 Uhr: 1. Workshop 2: Quartier" in words
    assert "bis 2. Oktober 2015" in words
    assert letter.facts["links"] == ["manage"]
    assert shown.letter is not None
    assert "1. Workshop 1" not in shown.letter.text


def test_a_choice_that_is_moved_whole_keeps_its_wishes_and_nobody_hears_of_it(workshops) -> None:
    register(workshops, Wishes((workshops[0],)))
    send_everything()
    for each in workshops:
        row = db.session.get_one(ProgrammeItem, each)
        later = timedelta(minutes=15)
        edit(each, starts_at=row.starts_at + later, ends_at=row.ends_at + later)
    assert publish().reach.people == 0
    assert not letters_of_changes()
