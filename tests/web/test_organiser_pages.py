"""The workspace in a browser without JavaScript: lists, files, forms, mails."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.planning.scheduling import EditedMeanwhile, EndsBeforeStart
from congress.domain.registration import NoFreePlace
from congress.extensions import db
from congress.models import Booking, Congress, OutboxMessage, ProgrammeItem, Registration
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in, post, publish, token

HERE = "/organiser/fachkongress"
BOTH = {"Erika Muster", "Max Beispiel"}
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def people(app):
    """A congress that is still to come, with a workshop of one place and two people."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
        )
        item = builders.a_workshop(
            congress, code="ws", number=4, title="Sozialraum", capacity=1, starts_at=LATER
        )
        erika = builders.a_registration(
            congress, given_name="Erika", family_name="Muster", email="rathaus@example.org"
        )
        max_ = builders.a_registration(
            congress, given_name="Max", family_name="Beispiel", email="rathaus@example.org"
        )
        builders.a_booking(erika, item, question="Wie?")
        waiting = builders.a_booking(max_, item, state="waiting")
        ids = {"erika": erika.id, "max": max_.id, "item": item.id, "waiting": waiting.id}
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    return ids


@pytest.fixture
def organiser(app, people):
    return logged_in(app, "organiser@example.org")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", BOTH),
        ("?q=muster", {"Erika Muster"}),
        ("?q=%25", set()),
        ("?workshop=ws", {"Erika Muster"}),
        ("?waiting=ws", {"Max Beispiel"}),
        ("?state=waiting", set()),
        ("?state=nonsense&workshop=nonsense&sort=nonsense&page=-1", BOTH),
        ("?sort=-registered&page=99999999999999", BOTH),
        ("?q=%00%ff'%3B--", set()),
        (f"?q={'x' * 5000}", set()),
    ],
)
def test_the_list_follows_its_address(organiser, query, names):
    """SEC-34."""
    answer = organiser.get(f"{HERE}/attendees{query}")
    rows = pages.find_all(pages.read(answer), "th", role="rowheader")

    assert answer.status_code == 200
    assert {row.get("abbr") for row in rows} == names


def test_files_are_for_this_login_only(app, organiser):
    """SEC-03."""
    answer = organiser.get(f"{HERE}/attendees.csv?workshop=ws")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Muster" in answer.text
    assert "Beispiel" not in answer.text
    answer.close()
    assert app.test_client().get(f"{HERE}/attendees.csv").status_code == 303


def test_one_page_shows_everything_about_somebody(organiser, people):
    here = f"{HERE}/attendees/{people['max']}"
    page = pages.read(organiser.get(here))
    asking = pages.read(organiser.get(f"{HERE}/attendees/{people['erika']}"))
    booking = pages.get(pages.section(page, "workshops"), "article")

    assert pages.words(pages.get(page, "h1")) == "Max Beispiel"
    assert pages.has(page, "a", href=f"{HERE}/attendees/{people['erika']}")  # the same mailbox
    assert pages.words(pages.get(booking, "h3")) == "4 Sozialraum"
    assert pages.numbers(pages.get(booking, class_="state state--wait")) == [1]
    assert pages.has(booking, "form", action=f"{here}/bookings/{people['waiting']}/promote")
    assert pages.has(pages.section(page, "person"), "a", href="mailto:rathaus@example.org")
    assert pages.has(page, aria_labelledby="mails")
    assert pages.has(page, "a", href=f"{here}/cancel")
    assert "Wie?" in pages.words(pages.section(asking, "workshops"))


def test_cancelling_asks_first_and_passes_the_place_on(app, organiser, people):
    cancel = f"{HERE}/attendees/{people['erika']}/cancel"
    assert organiser.get(cancel).status_code == 200
    assert state_of(app, people["erika"]) == "confirmed"  # SEC-12: looking changes nothing
    assert post(organiser, cancel, cancel) == 303
    assert post(organiser, cancel, "/organiser/") == 303  # twice is the same (REL-22)

    assert state_of(app, people["erika"]) == "cancelled"
    assert booking_state(app, people["waiting"]) == "confirmed"
    page = organiser.get(f"{HERE}/attendees/{people['max']}").text
    assert f"/bookings/{people['waiting']}/promote" not in page


def test_calling_off_asks_first_and_says_how_many_are_told(app, organiser, people):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        builders.a_registration(congress, state="waiting")
        builders.a_registration(congress, state="cancelled")  # is told nothing
    asked = pages.read(organiser.get(f"{HERE}/state?to=cancelled"))

    assert pages.numbers(pages.get(asked, class_="lead")) == [3]
    assert pages.get(asked, "input", name="to").get("value") == "cancelled"
    assert congress_state(app) == "published"  # SEC-12: looking changes nothing
    assert told(app, "congress_cancelled") == []

    assert change_state(organiser, HERE, "cancelled") == 303
    assert congress_state(app) == "cancelled"
    assert len(told(app, "congress_cancelled")) == 3
    overview = pages.read(organiser.get(HERE))
    assert pages.words(pages.get(overview, role="status"))
    assert not pages.has(overview, "a", href=f"{HERE}/state?to=cancelled")


def test_what_was_called_off_is_held_after_all_once_confirmed(app, organiser, people):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        builders.a_registration(congress, state="waiting")
    change_state(organiser, HERE, "cancelled")
    with app.app_context():
        builders.send_everything()
    way_back = f"{HERE}/state?to=published"
    assert pages.has(pages.read(organiser.get(HERE)), "a", href=way_back)

    asked = pages.read(organiser.get(way_back))
    assert pages.numbers(pages.get(asked, class_="lead")) == [1, 3]
    assert congress_state(app) == "cancelled"  # SEC-12: looking changes nothing
    assert change_state(organiser, HERE, "published") == 303

    assert congress_state(app) == "published"
    assert len(told(app, "held_after_all")) == 2
    assert len(told(app, "place_gained")) == 1  # who waited, as there is no limit of places
    overview = pages.read(organiser.get(HERE))
    assert pages.words(pages.get(overview, role="status"))
    assert not pages.has(overview, "a", href=way_back)


def test_nobody_moves_up_into_a_place_that_is_taken(app, organiser, people):
    page = f"{HERE}/attendees/{people['max']}"
    promote = f"{page}/bookings/{people['waiting']}/promote"

    answer = organiser.post(promote, data={"csrf_token": token(organiser, page)})
    said = pages.read(answer)

    assert answer.status_code == 409
    assert pages.sentence(app, NoFreePlace()) in pages.words(pages.get(said, role="alert"))
    assert pages.has(said, "input", name="beyond")  # what one can do
    assert booking_state(app, people["waiting"]) == "waiting"
    assert told(app, "place_gained") == []
    with app.app_context():
        item = db.session.get_one(ProgrammeItem, people["item"])
        assert (item.taken, item.waiting, item.overbooked) == (1, 1, 0)


def test_an_organiser_can_let_somebody_in_beyond_the_places(app, organiser, people):
    """REL-07: the override is recorded."""
    page = f"{HERE}/attendees/{people['max']}"
    promote = f"{page}/bookings/{people['waiting']}/promote"

    assert post(organiser, promote, page, beyond="y") == 303
    assert post(organiser, promote, page, beyond="y") == 303  # twice is the same

    assert f"/bookings/{people['waiting']}/promote" not in organiser.get(page).text
    with app.app_context():
        item = db.session.get_one(ProgrammeItem, people["item"])
        assert (item.taken, item.capacity, item.overbooked) == (2, 1, 1)


def test_a_booking_of_somebody_else_is_unknown(organiser, people):
    page = f"{HERE}/attendees/{people['erika']}"

    assert post(organiser, f"{page}/bookings/{people['waiting']}/promote", page) == 404


def form_of(client, **changes: str):
    """Return the fields of the item's form as a browser would send them."""
    address = f"{HERE}/programme/ws/edit"
    page = client.get(address).text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    local = LATER.astimezone(builders.BERLIN)
    return {
        "csrf_token": token(client, address),
        "version": version,
        "title_de": "Neuer Titel",
        "day": local.date().isoformat(),
        "starts": f"{local:%H.%M} Uhr",
        "ends": f"{local + timedelta(minutes=30):%H:%M}",
        "capacity": "2",
        "waiting_list": "y",
        "person-0-name": "Petra Probe",
        "person-0-affiliation": "Stadt Rheine",
        "person-0-role": "dialogue_partner",
        "person-0-state": "confirmed",
    } | changes


def test_an_item_is_edited_and_published(app, organiser, people):
    address = f"{HERE}/programme/ws/edit"
    assert organiser.post(address, data=form_of(organiser)).status_code == 303
    assert "Neuer Titel" not in organiser.get("/fachkongress").text
    assert publish(organiser, HERE) == 303
    page = organiser.get("/fachkongress").text

    assert "Neuer Titel" in page
    assert "Petra Probe" in page
    assert state_of(app, people["max"]) == "confirmed"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("language", "written"), [("de", "{:%-H.%M}"), ("en", "{:%-H:%M}")])
def test_the_form_writes_times_as_the_pages_do(organiser, language, written):
    page = pages.read(organiser.get(f"{HERE}/programme/ws/edit?lang={language}"))
    starts = pages.get(page, "input", id="starts")
    assert starts.get("value") == written.format(LATER.astimezone(builders.BERLIN))
    assert starts.get("size")  # a short field for a short answer


def test_rows_of_people_come_and_go_without_javascript(organiser):
    address = f"{HERE}/programme/ws/edit"
    more = organiser.post(address, data=form_of(organiser, add="1")).text
    assert "person-1-name" in more
    assert "Petra Probe" in more
    fewer = organiser.post(address, data=form_of(organiser, remove="0")).text
    assert "Petra Probe" not in fewer


@pytest.mark.parametrize(
    "changes",
    [
        {"title_de": ""},
        {"title_de": "x" * 10_000},
        {"starts": "halb elf"},
        {"starts": "25:00"},
        {"day": "2015-02-30"},
        {"day": "\x00"},
        {"room": "999999"},
        {"capacity": "viele"},
        {"capacity": "-1"},
        {"capacity": "٣"},
        {"capacity": "99999999999999999999"},
        {"person-0-name": "x" * 500},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(app, organiser, people, changes):
    """SEC-31, A11Y-03."""
    answer = organiser.post(f"{HERE}/programme/ws/edit", data=form_of(organiser, **changes))

    assert answer.status_code == 422
    assert "Stadt Rheine" in answer.text
    assert 'aria-invalid="true"' in answer.text
    with app.app_context():
        assert db.session.get(ProgrammeItem, people["item"]).title["de"] != "Neuer Titel"


@pytest.mark.parametrize("name", ["day", "starts", "ends"])
def test_what_was_left_empty_is_asked_for_in_a_sentence(organiser, name):
    answer = organiser.post(f"{HERE}/programme/ws/edit", data=form_of(organiser, **{name: ""}))

    assert answer.status_code == 422
    [fault] = pages.faults(pages.read(answer))
    assert fault


def test_an_end_before_the_start_is_refused(app, organiser):
    form = form_of(organiser, starts="23:50", ends="00:10")
    answer = organiser.post(f"{HERE}/programme/ws/edit", data=form)

    assert answer.status_code == 409
    assert pages.faults(pages.read(answer)) == [pages.sentence(app, EndsBeforeStart())]


def test_whoever_saves_second_is_told(app, organiser):
    first, second = form_of(organiser), form_of(organiser, title_de="Zweiter Titel")
    assert organiser.post(f"{HERE}/programme/ws/edit", data=first).status_code == 303
    answer = organiser.post(f"{HERE}/programme/ws/edit", data=second)

    assert answer.status_code == 409
    assert pages.refusal_heading(pages.read(answer)).startswith("Jemand anderes hat")
    assert pages.faults(pages.read(answer)) == [pages.sentence(app, EditedMeanwhile())]
    assert "Zweiter Titel" in answer.text


def test_pages_take_a_fixed_number_of_statements(app, organiser):
    addresses = [HERE, f"{HERE}/attendees", f"{HERE}/programme", f"{HERE}/outbox", f"{HERE}/log"]
    few = [statements(organiser, page) for page in addresses]
    with app.app_context():
        congress = db.session.get(Registration, 1).congress_id
        congress = db.session.get_one(Congress, congress)
        item = builders.a_workshop(congress)
        for _ in range(20):
            builders.a_booking(builders.a_registration(congress), item, state="waiting")
            builders.a_workshop(congress)
    many = [statements(organiser, page) for page in addresses]

    assert many == few
    assert max(few) <= 25


def statements(client, page):
    client.get(page)
    with count_queries() as found:
        assert client.get(page).status_code == 200
    return len(found)


def state_of(app, registration_id):
    with app.app_context():
        return db.session.get_one(Registration, registration_id).state


def booking_state(app, booking_id):
    with app.app_context():
        return db.session.get_one(Booking, booking_id).state


def congress_state(app):
    with app.app_context():
        return db.session.scalars(select(Congress.state)).one()


def told(app, kind):
    """Return the registrations to which a kind of letter was written."""
    with app.app_context():
        letters = select(OutboxMessage.registration_id).where(OutboxMessage.kind == kind)
        return db.session.scalars(letters).all()
