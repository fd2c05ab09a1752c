"""Asking people of a programme, their answers, what becomes of their links: on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from congress.domain import online
from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.domain.congresses import CongressState
from congress.domain.planning.contributors import (
    MOST_TO_ADDRESS,
    InvitationsUnseen,
    InvitedEnough,
    NotAskedAnyMore,
)
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.partners import NamesNotYours
from congress.domain.planning.portraits import Beside, Photo
from congress.domain.programme import PersonState
from congress.extensions import db, settings
from congress.models import AuditLine, Congress, Contributor, OutboxMessage, Person, ProgrammeItem
from congress.queries import congresses
from congress.queries.planning import contributors, portraits
from congress.queries.planning.congress_files import as_item_plan
from congress.queries.planning.scheduling import count_unpublished, get_edited
from congress.services import contributor_links
from congress.services.logins import accounts
from congress.services.planning import (
    copying,
    deleting,
    inviting,
    picturing,
    releasing,
    scheduling,
)
from congress.transaction import transaction
from tests import builders
from tests.builders import AFTERWARDS, OPEN, STARTS

pytestmark = pytest.mark.usefixtures("database")

ANNA = "anna@example.org"
ALL, ROOM = "https://video.example.org/all", "https://video.example.org/workshop"
CONFIRMED, DECLINED = PersonState.CONFIRMED, PersonState.DECLINED


def set_address(congress_id: int, person_id: int, email: str = ANNA) -> None:
    inviting.set_address(congress_id, person_id, email, "de", actor=COMMAND, now=OPEN)


def invite(congress_id: int, *people: int) -> int:
    seen = inviting.preview(congress_id, people, now=OPEN).seen
    return inviting.invite(congress_id, people, seen=seen, actor=COMMAND, now=OPEN)


def link_in(mail: OutboxMessage) -> str:
    """The token that the letter brings when it goes out; empty where it opens nothing."""
    link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    return link.removeprefix(f"{settings().base_url.rstrip('/')}/contribution/")


def plan_of(item_id: int) -> ItemPlan:
    row = db.session.get_one(ProgrammeItem, item_id, populate_existing=True)
    return as_item_plan(row)


def test_somebody_is_asked_answers_and_the_answer_waits_for_the_release():
    congress = builders.a_congress()
    item = builders.a_workshop(congress)
    part = builders.a_contribution(item)
    here, person, number = congress.id, part.person.id, part.id
    other = builders.a_contribution(builders.a_workshop(congress), "Bernd Beispiel")
    set_address(here, person)
    with pytest.raises(InvitationsUnseen):
        inviting.invite(here, [person], seen="", actor=COMMAND, now=OPEN)
    seen = inviting.preview(here, [person, other.person.id], now=OPEN)
    assert [each.name for each in seen.left_out] == ["Bernd Beispiel"]

    assert invite(here, person, other.person.id) == 1
    with pytest.raises(InvitationsUnseen):  # the same form once more
        inviting.invite(here, [person], seen=seen.seen, actor=COMMAND, now=OPEN)

    mail = db.session.scalars(select(OutboxMessage)).one()
    assert (mail.recipient, mail.recipient_name) == (ANNA, "Anna Beispiel")
    opened = contributors.find_by_token(link_in(mail))
    assert opened is not None
    assert opened.person.has_link
    assert any(part.is_asked for part in opened.person.parts)
    assert contributors.outstanding(here) == contributors.Outstanding(asked=1, declined=0)

    with pytest.raises(NotAskedAnyMore):  # what somebody else is asked
        inviting.answer(opened.contributor_id, other.id, CONFIRMED, "", now=OPEN)
    inviting.answer(opened.contributor_id, number, CONFIRMED, "Gern!", now=OPEN)

    said = contributors.find(here, person)
    assert said is not None
    assert (said.parts[0].state, said.parts[0].note) == (CONFIRMED, "Gern!")
    assert said.answered_at == OPEN
    assert get_edited(item.id).released.people == ()
    assert count_unpublished(congresses.get_heading(here)) == 2
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.actor, line.verb, line.item_id) == (
        "contributor",
        "contribution_answered",
        item.id,
    )

    inviting.answer(opened.contributor_id, number, DECLINED, "", now=OPEN)
    assert contributors.outstanding(here) == contributors.Outstanding(asked=0, declined=1)
    before = plan_of(item.id)
    asked = replace(before.people[0], state=PersonState.REQUESTED)
    scheduling.edit_item(
        item.id,
        replace(before, people=(asked,)),
        version=before.version,
        actor=COMMAND,
        now=OPEN,
    )
    again = contributors.find(here, person)
    assert (again.parts[0].id, again.parts[0].answered_at) == (number, None)


def test_what_is_not_asked_any_more_takes_no_answer():
    congress = builders.a_congress()
    item = builders.a_workshop(congress)
    part = builders.a_contribution(item)
    here, person = congress.id, part.person.id
    set_address(here, person)
    invite(here, person)
    known = db.session.scalars(select(Contributor.id)).one()

    def refuses(now: datetime = OPEN) -> bool:
        with pytest.raises(NotAskedAnyMore):
            inviting.answer(known, part.id, CONFIRMED, "", now=now)
        db.session.rollback()
        return True

    assert refuses(now=STARTS + timedelta(days=1))
    for state in ("cancelled", "finished"):
        with transaction():
            db.session.execute(update(Congress).values(state=state))
        assert refuses()
        with pytest.raises(NotAskedAnyMore):
            invite(here, person)
        db.session.rollback()
    with transaction():
        db.session.execute(update(Congress).values(state="published"))
        db.session.execute(update(ProgrammeItem).values(cancelled=True))
    assert contributors.find_known(here, person).parts[0].is_on  # a draft of the organisers
    releasing.release(here, actor=COMMAND, now=OPEN)
    assert refuses()


def test_a_release_tells_people_once_what_it_moves_or_calls_off():
    congress = builders.a_congress()
    moved, off = builders.a_workshop(congress), builders.a_workshop(congress)
    here, before = congress.id, moved.starts_at
    anna = builders.add(Person(name="Anna Beispiel", affiliation={}))
    builders.a_contribution(moved, anna, state="confirmed")
    builders.a_contribution(off, anna, state="confirmed")
    builders.a_contribution(moved, "Bernd Beispiel", state="confirmed")  # no address
    gone = builders.a_contribution(moved, "Clara Beispiel", state="declined").person.id
    unasked = builders.a_contribution(moved, "Dora Beispiel").person.id
    for person in (anna.id, gone, unasked):
        set_address(here, person)
    releasing.release(here, actor=COMMAND, now=OPEN)
    assert db.session.scalars(select(OutboxMessage)).all() == []

    later = before + timedelta(hours=1)
    with transaction():
        moved.starts_at, moved.ends_at, off.cancelled = later, later + timedelta(hours=1), True
    concerned = contributors.concerned(here)
    assert [each.name for each in concerned.told] == ["Anna Beispiel"]
    assert [each.name for each in concerned.untold] == ["Bernd Beispiel"]
    releasing.release(here, actor=COMMAND, now=OPEN)

    mail = db.session.scalars(select(OutboxMessage)).one()
    told = [(each["was"]["starts_at"], each["off"]) for each in mail.facts["moved"]]
    assert sorted(told) == [(before.astimezone(UTC).isoformat(), each) for each in (False, True)]
    assert link_in(mail) == ""  # only an invitation opens a page
    releasing.release(here, actor=COMMAND, now=OPEN)
    assert contributors.concerned(here) == contributors.Concerned()
    invite(here, anna.id)
    assert contributors.find_by_token(link_in(mail)).person.name == "Anna Beispiel"
    inviting.end_link(here, anna.id, actor=COMMAND, now=OPEN)
    assert db.session.scalars(select(OutboxMessage)).all() == []  # not sent yet


def test_whoever_has_agreed_is_told_how_to_take_part_online_and_when_that_changes():
    congress = builders.a_congress(online_link=ALL)
    item, other = builders.a_workshop(congress), builders.a_workshop(congress)
    here = congress.id
    anna = builders.add(Person(name="Anna Beispiel", affiliation={}))
    builders.a_contribution(item, anna, state="confirmed")
    builders.a_contribution(other, anna, state="confirmed")
    asked = builders.a_contribution(item, "Bernd Beispiel").person.id
    set_address(here, anna.id)
    set_address(here, asked, "bernd@example.org")
    with transaction():
        item.online_link = ROOM
    whole = congresses.get_congress(here)

    def links(person_id: int) -> list[str]:
        known = contributors.find_known(here, person_id)
        return [online.link_to_part(each, whole) for each in known.parts] if known else []

    invite(here, anna.id)
    first = db.session.scalars(select(OutboxMessage)).one()
    assert all("online_link" not in each for each in first.facts["agreed"])  # a draft
    assert links(anna.id) == [ALL, ALL]

    releasing.release(here, actor=COMMAND, now=OPEN)
    assert links(anna.id) == [ROOM, ALL]
    assert links(asked) == [""]
    invite(here, asked)
    invite(here, anna.id)
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [each.get("online_link") for each in mails[-1].facts["agreed"]] == [ROOM, None]
    assert ROOM not in str(mails[-2].facts)
    builders.send_everything()

    with transaction():
        db.session.get_one(ProgrammeItem, item.id).online_link = f"{ROOM}-2"
    assert [each.person_id for each in contributors.concerned(here).told] == [anna.id]
    releasing.release(here, actor=COMMAND, now=OPEN)
    moved = select(OutboxMessage).where(
        OutboxMessage.kind == "contribution_moved", OutboxMessage.state == "queued"
    )
    [each] = db.session.scalars(moved).one().facts["moved"]
    assert (each["was"]["online_link"], each["now"]["online_link"]) == (ROOM, f"{ROOM}-2")
    off = replace(whole, state=CongressState.CANCELLED)
    known = contributors.find_known(here, anna.id)
    assert {online.link_to_part(part, off) for part in known.parts} == {""}


def test_a_link_ends_with_its_address_and_outlives_the_part():
    congress = builders.a_congress()
    item = builders.a_workshop(congress)
    person = builders.a_contribution(item).person.id
    here = congress.id
    set_address(here, person)
    invite(here, person)
    first = db.session.scalars(select(OutboxMessage)).one()
    token = link_in(first)
    builders.send_everything()

    invite(here, person)  # again: the same link
    second = db.session.scalars(select(OutboxMessage).where(OutboxMessage.id != first.id)).one()
    assert link_in(second) == token

    set_address(here, person, "neu@example.org")
    assert contributors.find_by_token(token) is None
    assert db.session.scalars(select(OutboxMessage.id)).all() == [first.id]  # not sent yet: gone
    assert link_in(db.session.get_one(OutboxMessage, first.id)) == ""

    invite(here, person)
    mail = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert mail is not None
    token = link_in(mail)
    before = plan_of(item.id)
    scheduling.edit_item(
        item.id, replace(before, people=()), version=before.version, actor=COMMAND, now=OPEN
    )
    opened = contributors.find_by_token(token)
    assert opened is not None
    assert opened.person.parts == ()

    inviting.end_link(here, person, actor=COMMAND, now=OPEN)
    assert contributors.find_by_token(token) is None
    assert db.session.scalars(select(Person.id)).all() == []


def test_what_is_known_goes_with_the_draft_and_a_year_after_the_congress():
    last = builders.a_congress()
    item = builders.a_workshop(last)
    part = builders.a_contribution(item, state="confirmed", note="Komme mit der Bahn.")
    last_id, person = last.id, part.person.id
    set_address(last_id, person)
    invite(last_id, person)
    starting = (STARTS + timedelta(weeks=52)).date()
    draft = copying.copy_edition(last.slug, starting=starting, actor=COMMAND, now=AFTERWARDS)

    copied = contributors.find(draft.congress_id, person)
    assert copied is not None
    assert (copied.email, copied.invited_at, copied.has_link) == (ANNA, None, False)
    assert [(each.state, each.note) for each in copied.parts] == [("requested", "")]
    invite(draft.congress_id, person)

    deleting.delete_draft(draft.congress_id, actor=COMMAND, now=AFTERWARDS)
    assert [each.congress_id for each in db.session.scalars(select(Contributor))] == [last_id]
    assert {mail.congress_id for mail in db.session.scalars(select(OutboxMessage))} == {last_id}

    photo, beside = Photo(b"x", "image/jpeg", 1, 1), Beside({"de": "Anna"}, "Max")
    picturing.show(last_id, person, photo, beside, actor=COMMAND, now=OPEN)
    known = db.session.scalars(select(Contributor.id)).one()
    picturing.suggest(known, replace(photo, content=b"y"), beside, now=OPEN)

    assert inviting.forget_old(now=AFTERWARDS) == 0
    assert portraits.of(last_id, person).draft is not None
    assert inviting.forget_old(now=STARTS + timedelta(days=367)) == 1
    forgotten = contributors.find(last_id, person)
    assert (forgotten.email, forgotten.has_link, forgotten.parts[0].note) == ("", False, "")
    left = portraits.of(last_id, person)
    assert (left.current is not None, left.draft) == (True, None)


@pytest.mark.sqlite_only
def test_who_sees_no_names_opens_none_to_a_mailbox():
    """Neither by an address, nor by a letter, nor by a workshop for whom has a link."""
    congress = builders.a_congress()
    item = builders.a_workshop(congress)
    part = builders.a_contribution(item, state="confirmed")
    talk = builders.a_contribution(builders.a_workshop(congress), "Eve Beispiel", role="moderator")
    here, anna, eve, workshop = congress.id, part.person.id, talk.person.id, item.id

    def somebody(name: str, role: Role) -> Actor:
        user = accounts.invite(f"{name}@example.org", actor=COMMAND, now=OPEN, roles={here: role})
        return Actor(ActorKind.ORGANISER, user)

    def reach(person: int, actor: Actor, email: str = ANNA) -> int:
        inviting.set_address(here, person, email, "de", actor=actor, now=OPEN)
        seen = inviting.preview(here, [person], now=OPEN).seen
        return inviting.invite(here, [person], seen=seen, actor=actor, now=OPEN)

    def plan_with_eve() -> tuple[ItemPlan, str]:
        plan = plan_of(workshop)
        new = PersonPlan("Eve Beispiel", {"de": "Stadt Köln"}, "dialogue_partner", CONFIRMED)
        return replace(plan, people=(*plan.people, new)), plan.version

    programme, organiser = somebody("p", Role.PROGRAMME), somebody("o", Role.ORGANISER)
    with pytest.raises(NamesNotYours):
        inviting.set_address(here, anna, "eve@example.org", "de", actor=programme, now=OPEN)
    assert reach(anna, organiser) == 1
    seen = inviting.preview(here, [anna], now=OPEN).seen
    with pytest.raises(NamesNotYours):
        inviting.invite(here, [anna], seen=seen, actor=programme, now=OPEN)

    assert reach(eve, programme, "eve@example.org") == 1
    plan, version = plan_with_eve()
    scheduling.edit_item(workshop, plan, version=version, actor=programme, now=OPEN)
    known = {each.name: each.has_link for each in contributors.of_congress(here)}
    assert known == {"Anna Beispiel": True, "Eve Beispiel": False}
    for _ in range(MOST_TO_ADDRESS):  # the one before was taken back
        assert reach(eve, organiser, "eve@example.org") == 1
    with pytest.raises(InvitedEnough):
        reach(eve, organiser, "Eve@example.org")
