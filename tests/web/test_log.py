"""The log in words: which workshop, from what to what, and nothing twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, SYSTEM, Actor, ActorKind, Role
from congress.domain.congresses import CongressState
from congress.domain.planning.release import NEXT_STATES
from congress.domain.registration_request import WishedWorkshop
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Booking, Congress, CongressDay, ProgrammeItem
from congress.queries import audit
from congress.queries.planning.congress_files import as_item_plan, as_plan, items_of
from congress.services import auditing, changing, promoting, registering
from congress.services.planning import copying, importing, releasing, scheduling
from congress.web.organiser import log_words
from tests import builders
from tests.builders import BEGUN, OPEN, TWO_HOURS, WORKSHOPS_START, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

A_DAY = timedelta(days=1)
LOG = "/organiser/fachkongress/log"


@pytest.fixture
def house(app):
    """Two workshops at one time, Erika in the first; and a log that somebody may read."""
    with app.app_context():
        congress = builders.a_congress()
        first = builders.a_workshop(congress, number=1, title="Netzwerke", code="eins")
        second = builders.a_workshop(congress, number=2, title="Landschaften", code="zwei")
        second.capacity = 0
        db.session.commit()
        request = a_request(1, first, family_name="Muster")
        number = registering.register(congress.id, request, now=OPEN).registration_id
        ids = {"congress": congress.id, "first": first.id, "second": second.id, "erika": number}
    user = an_organiser(app, "organisation@example.org", {ids["congress"]: Role.ORGANISER})
    return ids | {"actor": Actor(ActorKind.ORGANISER, user)}


def newest(app):
    page = pages.read(logged_in(app, "organisation@example.org").get(f"{LOG}?lang=de"))
    return pages.words(pages.get(page, "ol").findall("li/span")[0])


def test_another_workshop_is_named_with_the_one_before(app, house):
    wish = WishedWorkshop(house["second"], safe_item_id=house["first"])
    with app.app_context():
        changing.change_workshops(house["erika"], [wish], actor=ATTENDEE, now=OPEN)

    assert newest(app) == (
        "Erika Muster hat umgebucht: „1 Netzwerke“ → „1 Netzwerke“, „2 Landschaften“ (Warteliste)."
    )


@pytest.mark.parametrize(
    ("had", "chosen", "by_themselves", "for_them"),
    [
        ([], ["first"], "hat „1 Netzwerke“ gewählt", "hat „1 Netzwerke“ bekommen"),
        (
            ["first"],
            [],
            "hat „1 Netzwerke“ zurückgegeben und hat jetzt nichts gebucht",
            "hat „1 Netzwerke“ nicht mehr und hat jetzt nichts gebucht",
        ),
    ],
)
def test_no_workshop_is_none_that_one_changes_from(
    app, house, had, chosen, by_themselves, for_them
):
    before, after = ([[house[name], "confirmed"] for name in each] for each in (had, chosen))
    for actor, said in ((ATTENDEE, by_themselves), (house["actor"], for_them)):
        with app.app_context():
            auditing.record(
                "workshops_changed",
                actor=actor,
                now=OPEN,
                congress_id=house["congress"],
                registration_id=house["erika"],
                details={"before": before, "after": after},
            )
            db.session.commit()
        assert newest(app).removesuffix(" organisation@example.org") == f"Erika Muster {said}."


def test_a_line_names_an_item_as_it_was_called_then(app, house):
    with app.app_context():
        booking = db.session.scalars(select(Booking.id)).one()
        changing.leave(house["erika"], booking, actor=ATTENDEE, now=OPEN)
        row = db.session.get_one(ProgrammeItem, house["first"])
        for title in ("Netze", "Knoten"):
            plan = as_item_plan(row)
            new = replace(plan, title={"de": title})
            scheduling.edit_item(row.id, new, version=plan.version, actor=house["actor"], now=OPEN)
        file = as_plan(db.session.get_one(Congress, house["congress"]), items_of(house["congress"]))
        renamed = [replace(each, short_title={"de": "Kn."}) for each in file.items]
        importing.import_congress(
            replace(file, items=tuple(renamed)), actor=house["actor"], now=OPEN
        )
        changing.take_back(house["erika"], booking, actor=ATTENDEE, now=OPEN)

    page = pages.read(logged_in(app, "organisation@example.org").get(f"{LOG}?lang=de"))
    said = [pages.words(each) for each in pages.get(page, "ol").findall("li/span")]
    assert [each.removesuffix(" organisation@example.org") for each in said] == [
        "Erika Muster hat den eben zurückgegebenen Platz in „1 Kn.“ wieder genommen.",
        "Die Kongressdatei wurde eingelesen.",
        "„1 Knoten“ wurde bearbeitet: Titel „Netze“ → „Knoten“.",
        "„1 Netze“ wurde bearbeitet: Titel „Netzwerke“ → „Netze“.",
        "Erika Muster hat „1 Netzwerke“ zurückgegeben.",
        "Erika Muster hat sich angemeldet.",
    ]


def test_a_workshop_given_up_is_named(app, house):
    with app.app_context():
        booking = db.session.scalars(select(Booking.id)).one()
        changing.leave(house["erika"], booking, actor=ATTENDEE, now=OPEN)

    assert newest(app) == "Erika Muster hat „1 Netzwerke“ zurückgegeben."


def test_a_workshop_taken_back_is_named(app, house):
    with app.app_context():
        booking = db.session.scalars(select(Booking.id)).one()
        changing.leave(house["erika"], booking, actor=ATTENDEE, now=OPEN)
        changing.take_back(house["erika"], booking, actor=ATTENDEE, now=OPEN)

    assert newest(app) == (
        "Erika Muster hat den eben zurückgegebenen Platz in „1 Netzwerke“ wieder genommen."
    )


def test_a_workshop_moved_up_to_is_named(app, house):
    wish = WishedWorkshop(house["second"])
    with app.app_context():
        changing.change_workshops(house["erika"], [wish], actor=ATTENDEE, now=OPEN)
        waiting = select(Booking.id).where(Booking.state == "waiting")
        booking = db.session.scalars(waiting).one()
        promoting.promote_booking(booking, overbook=True, actor=house["actor"], now=OPEN)

    assert newest(app) == (
        "Erika Muster ist von Hand über die vorhandenen Plätze hinaus nachgerückt: "
        "„2 Landschaften“. organisation@example.org"
    )


def test_a_free_place_is_within_the_places_whatever_was_asked(app, house):
    wish = WishedWorkshop(house["second"])
    with app.app_context():
        changing.change_workshops(house["erika"], [wish], actor=ATTENDEE, now=OPEN)
        waiting = select(Booking.id).where(Booking.state == "waiting")
        booking = db.session.scalars(waiting).one()
        db.session.get_one(ProgrammeItem, house["second"]).capacity = 5
        db.session.commit()
        promoting.promote_booking(booking, overbook=True, actor=house["actor"], now=OPEN)

    assert newest(app) == (
        "Erika Muster ist von Hand nachgerückt: „2 Landschaften“. organisation@example.org"
    )


def test_an_edited_item_is_told_from_what_to_what(app, house):
    with app.app_context():
        row = db.session.get_one(ProgrammeItem, house["first"])
        plan = as_item_plan(row)
        starts_at = WORKSHOPS_START + TWO_HOURS / 8
        slot = replace(plan.slot, starts_at=starts_at)
        new = replace(plan, slot=slot, abstract={"de": "Neu"}, places=30)
        scheduling.edit_item(row.id, new, version=plan.version, actor=house["actor"], now=OPEN)
    page = pages.read(logged_in(app, "organisation@example.org").get(f"{LOG}?lang=de"))
    places, edited = (pages.words(each) for each in pages.get(page, "ol").findall("li/span")[:2])

    assert places == "Plätze von „1 Netzwerke“: 25 → 30. organisation@example.org"
    assert edited == (
        "„1 Netzwerke“ wurde bearbeitet: Beschreibung; "
        "Zeit 13.15 bis 15.15 Uhr → 13.30 bis 15.15 Uhr. organisation@example.org"
    )


@pytest.mark.parametrize(("cancelled", "said"), [(True, "Fällt aus"), (False, "Findet doch statt")])
def test_calling_off_and_its_undoing_are_told_apart(app, house, cancelled, said):
    with app.app_context():
        row = db.session.get_one(ProgrammeItem, house["first"])
        row.cancelled = not cancelled
        db.session.commit()
        plan = as_item_plan(row)
        new = replace(plan, cancelled=cancelled)
        scheduling.edit_item(row.id, new, version=plan.version, actor=house["actor"], now=OPEN)

    assert newest(app) == f"„1 Netzwerke“ wurde bearbeitet: {said}. organisation@example.org"


@pytest.mark.parametrize(
    ("before", "state", "said"),
    [
        ("draft", "published", "Der Kongress wurde veröffentlicht."),
        ("published", "draft", "Der Kongress wurde wieder zum Entwurf gemacht."),
        ("published", "finished", "Der Kongress wurde als abgeschlossen gekennzeichnet."),
        ("finished", "published", "Der Kongress wurde wieder geöffnet."),
    ],
)
def test_each_change_of_state_has_its_words(app, before, state, said):
    with app.app_context():
        congress = builders.a_congress(slug="leer", state=before)
        releasing.change_state(congress.id, CongressState(state), actor=SYSTEM, now=BEGUN)
    an_organiser(app, "leer@example.org", {congress.id: Role.ORGANISER})
    page = pages.read(logged_in(app, "leer@example.org").get("/organiser/leer/log?lang=de"))

    assert pages.words(pages.get(page, "ol").findall("li/span")[0]) == f"{said} System"


def test_every_state_that_is_reached_has_words():
    told = {f"state_changed_{each}" for states in NEXT_STATES.values() for each in states}

    assert told - {"state_changed_cancelled"} <= log_words.WORDS.keys()


def test_a_copied_edition_was_read_from_no_file(app, house):
    with app.app_context():
        copied = copying.copy_edition(
            "fachkongress", starting=date(2027, 10, 20), actor=house["actor"], now=OPEN
        )
        lines = audit.of_congress(copied.congress_id, limit=9)

    assert [line.verb for line in lines] == ["edition_copied"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": {"de": "Netzwerke", "en": "Networks"}}, "Titel."),
        (
            {"slot": TimeSlot(WORKSHOPS_START + A_DAY, WORKSHOPS_START + A_DAY + TWO_HOURS)},
            "Zeit 21. Oktober 2015, 13.15 bis 15.15 Uhr → 22. Oktober 2015, 13.15 bis 15.15 Uhr.",
        ),
    ],
)
def test_from_and_to_differ(app, house, changes, said):
    """Another day at the same time, a title in the other language."""
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        row = db.session.get_one(ProgrammeItem, house["first"])
        day = congress.days[0]
        builders.add(
            CongressDay(
                congress_id=congress.id,
                day=day.day + A_DAY,
                starts_at=day.starts_at + A_DAY,
                ends_at=day.ends_at + A_DAY,
            )
        )
        plan = as_item_plan(row)
        new = replace(plan, **changes)
        scheduling.edit_item(row.id, new, version=plan.version, actor=house["actor"], now=OPEN)

    assert newest(app) == f"„1 Netzwerke“ wurde bearbeitet: {said} organisation@example.org"


@pytest.mark.parametrize(
    ("places", "waiting_list", "said"),
    [
        (25, False, "„1 Netzwerke“ hat keine Warteliste mehr."),
        (30, True, "Plätze von „1 Netzwerke“: 25 → 30."),
        (30, False, "Plätze von „1 Netzwerke“: 25 → 30. „1 Netzwerke“ hat keine Warteliste mehr."),
    ],
)
def test_a_waiting_list_is_told_from_the_number_of_places(app, house, places, waiting_list, said):
    with app.app_context():
        plan = as_item_plan(db.session.get_one(ProgrammeItem, house["first"]))
        new = replace(plan, places=places, waiting_list=waiting_list)
        scheduling.edit_item(
            house["first"], new, version=plan.version, actor=house["actor"], now=OPEN
        )

    assert newest(app) == f"{said} organisation@example.org"


def test_published_items_are_named_while_they_are_few(app, house):
    with app.app_context():
        for item in db.session.scalars(select(ProgrammeItem)):
            item.title = {"de": f"Neu {item.number}"}
        db.session.commit()
        releasing.release(house["congress"], actor=house["actor"], now=OPEN)

    said = newest(app)

    assert "„1 Neu 1“, „2 Neu 2“." in said
