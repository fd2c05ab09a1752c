from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.calendars import public_calendar
from congress.domain.calendars.calendar import Content, Entry, Status
from congress.domain.calendars.public_calendar import Wording
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.programme import Face, ItemKind, ProgrammeItem, PublicPerson
from congress.domain.registration import RegistrationPeriod
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places

STATED = datetime(2015, 8, 1, 8, tzinfo=UTC)
LATER = STATED + timedelta(days=20)
DAY = TimeSlot(
    datetime(2015, 10, 21, 7, 30, tzinfo=UTC), datetime(2015, 10, 21, 14, 30, tzinfo=UTC)
)
SECOND_DAY = TimeSlot(DAY.starts_at + timedelta(days=1), DAY.ends_at + timedelta(days=1))
CONGRESS = Congress(
    id=1,
    slug="fachkongress-2015",
    kind=CongressKind.FACHKONGRESS,
    state=CongressState.PUBLISHED,
    title={"de": "Fachkongress", "en": "Congress"},
    lead={"de": "Engagement vor Ort"},
    description={},
    cost={},
    town="Lünen",
    venue={"de": "Hansesaal"},
    address="Kurt-Schumacher-Straße 41\n44532 Lünen",
    directions={},
    accessibility={},
    timezone="Europe/Berlin",
    days=(DAY,),
    period=RegistrationPeriod(STATED, LATER),
    places=Places(),
    organisations=(),
    fields={},
    one_mail=False,
    contact_email="",
    revision=7,
    uid="congress-uid",
    sequence=2,
    revised_at=STATED,
)
ITEM = ProgrammeItem(
    id=1,
    code="w1",
    kind=ItemKind.WORKSHOP,
    number=1,
    face=Face(
        title={"de": "Beteiligung"},
        abstract={"de": "Worum es geht"},
        slot=TimeSlot(DAY.starts_at, DAY.starts_at + timedelta(hours=1)),
        room={"de": "Raum 1"},
        people=(PublicPerson(None, {"de": "Stadt Lünen"}, "dialogue_partner"),),
    ),
    bookable=True,
    places=Places(25, 3),
    uid="item-uid",
    sequence=1,
    revised_at=LATER,
)
WORDING = Wording(
    language="de",
    cancelled="Abgesagt:",
    online="Online",
    people=lambda item: "; ".join(each.name or "N. N." for each in item.face.people),
    hours=lambda congress, day: f"{day.starts_at.astimezone(congress.zone):%H.%M}",
    congress_url=lambda congress: f"https://congress.test/{congress.slug}",
    item_url=lambda congress, item: f"https://congress.test/{congress.slug}/{item.code}",
)


def cancelled(item):
    return replace(item, face=replace(item.face, cancelled=True), sequence=2)


def test_an_item_is_an_entry_of_its_own_that_marks_nobody_as_busy():
    assert public_calendar.of_programme(CONGRESS, [ITEM], WORDING) == [
        Entry(
            uid="item-uid",
            sequence=3,
            revised_at=LATER,
            status=Status.CONFIRMED,
            content=Content(
                summary="Beteiligung",
                starts=ITEM.slot.starts_at,
                ends=ITEM.slot.ends_at,
                timezone="Europe/Berlin",
                location="Raum 1, Hansesaal, Kurt-Schumacher-Straße 41, 44532 Lünen",
                description="Worum es geht\n\nN. N.",
                url="https://congress.test/fachkongress-2015/w1",
            ),
            transparent=True,
        )
    ]


def test_a_cancelled_item_stays_and_says_so_in_its_title():
    """ICS-22."""
    (before,) = public_calendar.of_programme(CONGRESS, [ITEM], WORDING)
    (after,) = public_calendar.of_programme(CONGRESS, [cancelled(ITEM)], WORDING)
    assert after.uid == before.uid
    assert after.sequence > before.sequence
    assert (after.status, after.content.summary) == (Status.CANCELLED, "Abgesagt: Beteiligung")


def test_another_venue_revises_every_item():
    moved = replace(CONGRESS, venue={"de": "Rathaus"}, sequence=3, revised_at=LATER)
    before = public_calendar.item_entry(CONGRESS, ITEM, WORDING)
    after = public_calendar.item_entry(moved, ITEM, WORDING)
    assert after.sequence == before.sequence + 1


def test_a_cancelled_congress_cancels_every_entry_once():
    gone = replace(CONGRESS, state=CongressState.CANCELLED)
    items = [ITEM, cancelled(replace(ITEM, uid="other"))]
    titles = [
        (each.status, each.content.summary)
        for each in public_calendar.of_programme(gone, items, WORDING)
    ]
    assert titles == [(Status.CANCELLED, "Abgesagt: Beteiligung")] * 2


def test_without_a_programme_the_calendar_is_the_congress_itself():
    """ICS-24: whole days, and the end is the day after the last."""
    (entry,) = public_calendar.of_programme(CONGRESS, [], WORDING)
    assert entry == Entry(
        uid="congress-uid",
        sequence=2,
        revised_at=STATED,
        status=Status.CONFIRMED,
        content=Content(
            summary="Fachkongress",
            starts=date(2015, 10, 21),
            ends=date(2015, 10, 22),
            timezone="Europe/Berlin",
            location="Hansesaal, Kurt-Schumacher-Straße 41, 44532 Lünen",
            description="Engagement vor Ort\n\n09.30",
            url="https://congress.test/fachkongress-2015",
        ),
        transparent=True,
    )


@pytest.mark.parametrize(
    ("days", "first", "after_last"),
    [
        ((DAY, SECOND_DAY), date(2015, 10, 21), date(2015, 10, 23)),
        (
            (TimeSlot(DAY.starts_at, datetime(2015, 10, 21, 22, tzinfo=UTC)),),
            date(2015, 10, 21),
            date(2015, 10, 22),
        ),
        (
            (TimeSlot(datetime(2015, 10, 20, 22, 30, tzinfo=UTC), DAY.ends_at),),
            date(2015, 10, 21),
            date(2015, 10, 22),
        ),
    ],
    ids=["two days", "until local midnight", "from just after local midnight"],
)
def test_days_are_those_of_the_place(days, first, after_last):
    content = public_calendar.congress_entry(replace(CONGRESS, days=days), WORDING).content
    assert (content.starts, content.ends) == (first, after_last)


def test_all_congresses_are_one_entry_each_in_order_of_time():
    earlier = replace(CONGRESS, id=2, uid="earlier", days=(DAY,))
    later = replace(CONGRESS, id=3, uid="later", days=(SECOND_DAY,))
    entries = public_calendar.of_all([later, earlier], WORDING)
    assert [entry.uid for entry in entries] == ["earlier", "later"]


MODULES = (DAY, TimeSlot(DAY.starts_at + timedelta(weeks=4), DAY.ends_at + timedelta(weeks=4)))
COURSE = replace(
    CONGRESS,
    kind=CongressKind.TRAINING,
    days=MODULES,
    modules={"2015-11-18": {"title_de": "Recht", "place_de": "Kreishaus Unna"}},
)


@pytest.mark.parametrize(
    ("kind", "days", "is_course"),
    [
        (CongressKind.TRAINING, MODULES, True),
        (CongressKind.TRAINING, (DAY,), False),
        (CongressKind.TRAINING, (DAY, SECOND_DAY), False),
        (CongressKind.FACHKONGRESS, MODULES, False),
    ],
)
def test_a_course_has_time_between_its_days(kind, days, is_course):
    assert replace(CONGRESS, kind=kind, days=days).is_course is is_course


def test_a_course_is_one_entry_a_module_each_where_it_is_held():
    for entries in (
        public_calendar.of_programme(COURSE, [], WORDING),
        public_calendar.of_all([COURSE], WORDING),
    ):
        said = [(each.uid, each.content.summary, each.content.location) for each in entries]
        venue = "Hansesaal, Kurt-Schumacher-Straße 41, 44532 Lünen"
        assert said == [
            ("module-1-congress-uid", "Fachkongress", venue),
            ("module-2-congress-uid", "Fachkongress: Recht", "Kreishaus Unna"),
        ]
        assert [each.content.starts for each in entries] == [day.starts_at for day in MODULES]
        assert all(each.transparent and each.sequence == 2 for each in entries)


def test_an_item_of_a_module_is_where_the_module_is():
    weeks = timedelta(weeks=4)
    slot = TimeSlot(ITEM.slot.starts_at + weeks, ITEM.slot.ends_at + weeks)
    item = replace(ITEM, face=replace(ITEM.face, slot=slot))
    [entry] = public_calendar.of_programme(COURSE, [item], WORDING)
    assert entry.content.location == "Raum 1, Kreishaus Unna"


def test_the_date_to_be_saved_of_a_course_is_its_first_day_and_names_all():
    content = public_calendar.congress_entry(COURSE, WORDING).content
    assert (content.starts, content.ends) == (date(2015, 10, 21), date(2015, 10, 22))
    assert content.description.count("08.30") == 1  # in winter
    assert content.description.count("09.30") == 1


def test_a_draft_is_in_no_public_calendar():
    """ICS-23."""
    draft = replace(CONGRESS, state=CongressState.DRAFT)
    with pytest.raises(ValueError, match="draft"):
        public_calendar.of_programme(draft, [ITEM], WORDING)
    with pytest.raises(ValueError, match="draft"):
        public_calendar.of_all([draft], WORDING)


def test_a_cancelled_entry_of_one_s_own_stays_for_ninety_days():
    gone = Entry(
        "gone", 1, STATED, Status.CANCELLED, Content("K", DAY.starts_at, DAY.ends_at, "UTC")
    )
    kept = replace(gone, uid="kept", status=Status.CONFIRMED)
    last = STATED + timedelta(days=90)
    assert public_calendar.still_shown([gone, kept], now=last - timedelta(seconds=1)) == [
        gone,
        kept,
    ]
    assert public_calendar.still_shown([gone, kept], now=last) == [kept]
