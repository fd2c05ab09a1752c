"""An import is a release: new congresses whole, existing ones by code, no booking lost."""
# ruff: noqa: ANN401 - the values of a plan have many types

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.congress_file.difference import Change, Difference
from congress.domain.congress_file.plan import CongressPlan, DayPlan
from congress.domain.congresses import CongressState
from congress.domain.programme import PersonState
from congress.domain.registration import BookingState
from congress.domain.registration_request import RegistrationRequest, WishedWorkshop
from congress.domain.times.time_slots import TimeSlot
from congress.formats.congress_file import read_congress_file, write_congress_file
from congress.models import (
    AuditLine,
    Booking,
    Congress,
    Organisation,
    OutboxMessage,
    Person,
    ProgrammeItem,
)
from congress.queries.congresses import find_congress
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_plan, has_unpublished_changes
from congress.queries.programme import find_item, released_items
from congress.services.changing import withdraw
from congress.services.planning.adopting import BookedItemNeedsPlaces
from congress.services.planning.importing import import_congress
from congress.services.registering import register

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = datetime(2015, 9, 16, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
AFTERWARDS = datetime(2015, 10, 22, 8, 0, tzinfo=UTC)
FINISHED = read_congress_file(
    (EXAMPLES / "fachkongress-2015.toml").read_bytes(),
    find_file=lambda name: (EXAMPLES / name).read_bytes(),
).plan
PLAN = replace(FINISHED, state=CongressState.PUBLISHED)
SLUG = PLAN.slug


def with_item(code: str, plan: CongressPlan = PLAN, **values: Any) -> CongressPlan:
    items = tuple(replace(i, **values) if i.code == code else i for i in plan.items)
    return replace(plan, items=items)


def without_item(code: str) -> CongressPlan:
    return replace(PLAN, items=tuple(item for item in PLAN.items if item.code != code))


def bring_in(plan: CongressPlan = PLAN, now: datetime = NOW):
    return import_congress(plan, actor=COMMAND, now=now)


def book(session, number: int, code: str) -> int:
    congress_id = session.scalars(select(Congress.id)).one()
    item_id = session.scalars(select(ProgrammeItem.id).where(ProgrammeItem.code == code)).one()
    request = RegistrationRequest(
        given_name="Erika",
        family_name=f"Muster {number}",
        email=f"muster{number}@example.org",
        choices=(WishedWorkshop(item_id),),
    )
    return register(congress_id, request, now=NOW).registration_id


def places_of(session, code: str) -> Any:
    item = ProgrammeItem
    columns = (item.capacity, item.taken, item.overbooked, item.waiting)
    return session.execute(select(*columns).where(item.code == code)).one()


def exported() -> str:
    plan = find_plan(SLUG)
    assert plan is not None
    return write_congress_file(plan)


def test_a_new_congress_is_public_at_once_and_written_back_the_same(session):
    """Done when 2: the export of an imported file imports again to the same export."""
    result = bring_in(FINISHED, AFTERWARDS)
    assert (result.is_new, result.slug) == (True, SLUG)
    first = exported()
    assert first == write_congress_file(FINISHED)
    again = read_congress_file(first.encode()).plan
    assert bring_in(again, AFTERWARDS).differences == ()
    assert exported() == first


def test_whoever_has_not_agreed_is_not_named(session):
    bring_in(with_item("workshop-4", people=PLAN.items[2].people))
    congress_id = find_congress(SLUG).id
    assert [p.name for p in find_item(congress_id, "workshop-4").face.people] == ["Loring Sittler"]
    requested = tuple(replace(p, state=PersonState.REQUESTED) for p in PLAN.items[2].people)
    bring_in(with_item("workshop-4", people=requested), LATER)
    [person] = find_item(congress_id, "workshop-4").face.people
    assert (person.name, person.affiliation) == (None, {})


def test_the_same_file_again_changes_nothing(session):
    bring_in()
    before = [(item.sequence, item.revised_at) for item in released_items(find_congress(SLUG).id)]
    revision = find_congress(SLUG).revision
    assert bring_in(now=LATER).differences == ()
    congress = find_congress(SLUG)
    assert congress.revision == revision
    assert [(i.sequence, i.revised_at) for i in released_items(congress.id)] == before


def test_a_changed_item_keeps_its_uid_and_raises_its_sequence_alone(session):
    bring_in()
    before = {item.code: item for item in released_items(find_congress(SLUG).id)}
    result = bring_in(with_item("workshop-4", title={"de": "Jung engagiert"}), LATER)
    assert result.differences == (Difference(Change.CHANGED, "item", "workshop-4", ("title",)),)
    congress = find_congress(SLUG)
    for item in released_items(congress.id):
        old = before[item.code]
        assert item.uid == old.uid
        expected = (1, LATER) if item.code == "workshop-4" else (0, old.revised_at)
        assert (item.sequence, item.revised_at) == expected
    assert (congress.sequence, congress.revision) == (0, 2)


def test_a_changed_place_is_a_revision_of_the_congress(session):
    bring_in()
    bring_in(replace(PLAN, venue={"de": "Rathaus"}), LATER)
    congress = find_congress(SLUG)
    assert (congress.sequence, congress.revised_at) == (1, LATER)
    assert congress.venue == {"de": "Rathaus"}


def test_a_booked_workshop_that_the_file_drops_is_cancelled_and_not_lost(session):
    bring_in()
    book(session, 1, "workshop-4")
    bring_in(without_item("workshop-4"), LATER)
    assert find_item(find_congress(SLUG).id, "workshop-4").face.cancelled
    assert session.scalars(select(func.count()).select_from(Booking)).one() == 1
    assert list_broken() == []


def test_what_nobody_ever_saw_simply_goes(session):
    draft = replace(PLAN, state=CongressState.DRAFT)
    bring_in(draft)
    items = tuple(item for item in PLAN.items if item.code != "impulsvortrag")
    bring_in(replace(draft, items=items), LATER)
    assert [item.code for item in find_plan(SLUG).items] == [item.code for item in items]
    assert session.scalars(select(Person)).all() == []


def test_a_subscriber_sees_a_dropped_item_as_cancelled(session):
    bring_in()
    bring_in(without_item("impulsvortrag"), LATER)
    item = find_item(find_congress(SLUG).id, "impulsvortrag")
    assert (item.face.cancelled, item.sequence) == (True, 1)


def test_a_dropped_item_is_dropped_once(session):
    bring_in()
    bring_in(without_item("impulsvortrag"), LATER)
    assert bring_in(without_item("impulsvortrag"), LATER).differences == ()


def test_a_workshop_that_takes_place_after_all_serves_its_queue_first(session):
    bring_in(with_item("workshop-4", places=1))
    for number in range(3):
        book(session, number, "workshop-4")
    bring_in(with_item("workshop-4", places=1, cancelled=True), LATER)
    bring_in(with_item("workshop-4", places=5, cancelled=True), LATER)
    bring_in(with_item("workshop-4", places=5), LATER)
    assert places_of(session, "workshop-4") == (5, 3, 0, 0)
    assert list_broken() == []


def test_a_booked_workshop_must_stay_bookable(session):
    bring_in()
    book(session, 1, "workshop-4")
    with pytest.raises(BookedItemNeedsPlaces):
        bring_in(with_item("workshop-4", bookable=False, places=None), LATER)
    assert find_plan(SLUG) == PLAN


def test_fewer_places_remove_nobody_and_more_go_to_the_queue_first(session):
    bring_in(with_item("workshop-4", places=2))
    people = [book(session, number, "workshop-4") for number in range(4)]
    for places, counters in ((1, (1, 2, 1, 2)), (2, (2, 2, 0, 2)), (3, (3, 3, 0, 1))):
        bring_in(with_item("workshop-4", places=places), LATER)
        assert places_of(session, "workshop-4") == counters
        assert list_broken() == []
    confirmed = select(Booking.registration_id).where(Booking.state == BookingState.CONFIRMED)
    assert sorted(session.scalars(confirmed)) == people[:3]


def test_more_places_of_the_congress_let_its_queue_move_up(session):
    bring_in(replace(PLAN, registration=replace(PLAN.registration, capacity=1)))
    for number in range(3):
        book(session, number, "workshop-4")
    bring_in(replace(PLAN, registration=replace(PLAN.registration, capacity=None)), LATER)
    places = find_congress(SLUG).places
    assert (places.capacity, places.taken, places.waiting) == (None, 3, 0)
    assert list_broken() == []


def test_whoever_booked_is_told_of_a_new_time_and_nobody_else(session):
    bring_in()
    first = book(session, 1, "workshop-4")
    book(session, 2, "workshop-5")
    slot = PLAN.items[0].slot
    moved = replace(slot, starts_at=slot.starts_at + timedelta(hours=1))
    moved = replace(moved, ends_at=moved.starts_at + timedelta(hours=1))
    bring_in(with_item("workshop-4", slot=moved), LATER)
    told = select(OutboxMessage.registration_id).where(OutboxMessage.kind == "programme_changed")
    assert session.scalars(told).all() == [first]


def test_an_import_publishes_what_was_edited_though_the_file_says_the_same(session):
    """An import is a release."""
    bring_in()
    item = session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "workshop-4")).one()
    item.title = {"de": "Neuer Titel"}
    session.commit()
    edited = find_plan(SLUG) or PLAN
    assert has_unpublished_changes(SLUG)
    bring_in(edited, LATER)
    assert not has_unpublished_changes(SLUG)


def test_whoever_waits_for_the_congress_hears_too_that_it_moved(session):
    full = replace(PLAN, registration=replace(PLAN.registration, capacity=1))
    bring_in(full)
    inside, waiting = (book(session, number, "workshop-4") for number in (1, 2))
    bring_in(replace(full, town="Bonn"), LATER)
    told = select(OutboxMessage.registration_id, OutboxMessage.kind).order_by(OutboxMessage.id)
    assert [tuple(row) for row in session.execute(told)][-2:] == [
        (inside, "programme_changed"),
        (waiting, "programme_changed"),
    ]


def test_rooms_and_organisations_follow_the_file(session):
    bring_in()
    [host, funder] = PLAN.organisations
    changed = replace(
        with_item("workshop-4", room="raum-9"),
        rooms=(replace(PLAN.rooms[0], seats=180), replace(PLAN.rooms[1], code="raum-9")),
        organisations=(replace(funder, website="https://www.mfkjks.nrw"), host),
    )
    items = tuple(
        item if item.room in {None, "saal", "raum-9"} else replace(item, room=None)
        for item in changed.items
    )
    changed = replace(changed, items=items)
    bring_in(changed, LATER)
    assert find_plan(SLUG) == changed
    assert session.scalars(select(func.count()).select_from(Organisation)).one() == 2


def test_what_is_named_differently_in_another_spelling_is_one_organisation(session):
    bring_in()
    [host, funder] = PLAN.organisations
    bring_in(
        replace(
            PLAN, organisations=(replace(host, name="FORUM für soziale  Innovation gGmbH"), funder)
        ),
        LATER,
    )
    assert session.scalars(select(func.count()).select_from(Organisation)).one() == 2


LAST, ONE = PLAN.days[-1], timedelta(days=1)
NEXT = TimeSlot(LAST.slot.starts_at + ONE, LAST.slot.ends_at + ONE)
WITH_ONE_DAY_MORE = replace(PLAN, days=(*PLAN.days, DayPlan(LAST.day + ONE, NEXT)))
WITH_ONE_HOST_LESS = replace(PLAN, organisations=PLAN.organisations[:-1])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAN, WITH_ONE_DAY_MORE),
        (WITH_ONE_DAY_MORE, PLAN),
        (PLAN, WITH_ONE_HOST_LESS),
        (WITH_ONE_HOST_LESS, PLAN),
    ],
)
def test_a_day_or_an_organisation_that_comes_or_goes_is_seen_at_once(session, before, after):
    bring_in(before)
    known = find_congress(SLUG)
    assert known is not None

    bring_in(after, LATER)

    shown = find_congress(SLUG)
    assert shown is not None
    assert len(shown.days) == len(after.days)
    assert len(shown.organisations) == len(after.organisations)
    assert shown.revision > known.revision


def test_whoever_registered_is_told_of_one_more_day(session):
    bring_in()
    book(session, 1, next(item.code for item in PLAN.items if item.bookable))

    bring_in(WITH_ONE_DAY_MORE, LATER)

    kinds = session.scalars(select(OutboxMessage.kind).where(OutboxMessage.created_at == LATER))
    assert list(kinds) == ["programme_changed"]


def test_another_congress_shows_what_became_of_a_shared_organisation(session):
    """A page made before would show a logo and an address that are gone."""
    bring_in()
    bring_in(replace(PLAN, slug="other"))
    before = find_congress("other")
    [host, funder] = PLAN.organisations
    shared = replace(host, website="https://www.fsi.example")
    bring_in(replace(PLAN, organisations=(shared, funder)), LATER)
    after = find_congress("other")
    assert shared.website in [each.website for each in after.organisations]
    assert after.revision > before.revision


def test_who_waited_moves_up_when_a_congress_takes_place_after_all(session):
    """REL-07: a place that became free while nobody could move up is not left empty."""
    plan = with_item("workshop-4", places=1)
    bring_in(plan)
    first, _second = (book(session, number, "workshop-4") for number in (1, 2))
    bring_in(replace(plan, state=CongressState.CANCELLED), LATER)
    withdraw(first, actor=COMMAND, now=LATER)
    bring_in(plan, LATER)
    assert list_broken() == []


def test_an_import_leaves_a_line_in_the_log(session):
    bring_in()
    bring_in(with_item("workshop-4", title={"de": "Jung engagiert"}), LATER)
    lines = session.scalars(
        select(AuditLine).where(AuditLine.verb == "congress_imported").order_by(AuditLine.id)
    ).all()
    assert [line.actor for line in lines] == ["command", "command"]
    assert lines[1].fields == ["title"]
    assert lines[1].details["changed"] == ["item workshop-4"]
    assert [list(each) for each in lines[1].details["renamed"].values()] == [["title"]]
