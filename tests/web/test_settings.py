"""What a congress says of itself, changed in the browser: asked about where people hear of it."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from congress.domain.access import Role
from congress.domain.planning.particulars import EditedMeanwhile
from congress.domain.planning.release import StateUnseen
from congress.domain.registration import end_of_day
from congress.extensions import db
from congress.formats.dates import Dates
from congress.models import Congress, OutboxMessage, ProgrammeItem, Registration
from congress.services import registering
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings"
SAVE = "Speichern"
STARTS = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
CLOSES = datetime(STARTS.year, STARTS.month, STARTS.day, tzinfo=builders.BERLIN) - timedelta(days=7)
STATEMENTS = 5  # of the page, however long its texts are


@pytest.fixture
def house(app):
    """A congress to come: two have a place, one waits, one of them has no address."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=STARTS - timedelta(days=90),
            closes_at=CLOSES,
            days=((STARTS, STARTS + timedelta(hours=8)),),
            venue={"de": "Rathaus"},
            address="Markt 1",
            capacity=3,
            contact_email="fragen@example.org",
        )
        builders.a_workshop(congress, code="ws", number=1, starts_at=STARTS)
        for number in (1, 2, 3, 4):
            request = builders.a_request(number)
            registering.register(congress.id, request, now=datetime.now(UTC))
        nobody = {"email": "", "email_key": ""}
        first = select(Registration.id).order_by(Registration.id).limit(1).scalar_subquery()
        db.session.execute(update(Registration).where(Registration.id == first).values(**nobody))
        builders.send_everything()
        ids = {"congress": congress.id}
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {ids["congress"]: Role.PROGRAMME})
    return ids


@pytest.fixture
def browser(app, house):
    return opened(app)


def opened(app, who="organiser@example.org"):
    browser = Browser(logged_in(app, who))
    browser.load(f"{PAGE}?lang=de")
    return browser


def stored(app, name):
    with app.app_context():
        return db.session.scalars(select(getattr(Congress, name))).one()


def set_values(app, **values: object):
    with app.app_context():
        for name, value in values.items():
            setattr(db.session.scalars(select(Congress)).one(), name, value)
        db.session.commit()


def mails(app):
    """Return what waits to be sent: the kind and the venue of before and now."""
    with app.app_context():
        rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued"))
        return sorted(
            (row.kind, row.facts["before"]["congress"]["venue"], row.facts["congress"]["venue"])
            for row in rows
        )


def entries(app):
    """Return the SEQUENCE of each calendar entry that waits to be sent."""
    with app.app_context():
        rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued"))
        return [row.facts["entry"]["sequence"] for row in rows if "entry" in row.facts]


def sequence(app):
    [event] = Calendar.from_ical(app.test_client().get("/fachkongress/calendar.ics").data).events
    return event["SEQUENCE"]


def noticed(browser):
    return pages.words(pages.get(browser.page, role="status"))


def test_another_venue_is_asked_about_and_told_to_everybody(app, browser):
    before = sequence(app)
    browser.submit(SAVE, venue_de="Hansesaal", cost_de="20 Euro")

    assert (browser.status, stored(app, "venue"), mails(app)) == (200, {"de": "Rathaus"}, [])
    told, others = (pages.section(browser.page, each) for each in ("told", "others"))
    assert [pages.words(each) for each in told.iter("del")] == ["Rathaus"]
    assert [pages.words(each) for each in told.iter("ins")] == ["Hansesaal"]
    assert [pages.words(each) for each in others.iter("ins")] == ["20 Euro"]
    assert pages.numbers(pages.get(browser.page, data_unreached=""))[0] == 1
    assert "Hansesaal" in pages.words(pages.section(browser.page, "letter"))

    browser.submit("3 Personen informieren und speichern")

    assert (browser.status, browser.address) == (200, f"{PAGE}?lang=de")
    assert pages.numbers(pages.get(browser.page, role="status")) == [3]
    assert stored(app, "venue") == {"de": "Hansesaal"}
    assert mails(app) == 3 * [("programme_changed", "Rathaus", "Hansesaal")]
    assert sequence(app) == before + 1
    assert entries(app) == [1, 1]  # who waits for the congress has none
    browser.load(f"{HERE}/log?lang=de")
    [line] = [each for each in map(pages.words, browser.page.iter("li")) if "Hansesaal" in each]
    assert "Veranstaltungsort „Rathaus“ → „Hansesaal“; Kosten – → „20 Euro“." in line
    assert "3 Personen wurden informiert" in line


def test_what_nobody_hears_of_is_saved_at_once(app, browser):
    before = sequence(app)
    browser.submit(SAVE, directions_de="Bus 7", cost_de="20 Euro", use_function="required")

    assert (browser.status, browser.address) == (200, f"{PAGE}?lang=de")
    assert "öffentlich" in noticed(browser)
    assert (mails(app), sequence(app)) == ([], before)
    assert stored(app, "directions") == {"de": "Bus 7"}
    assert stored(app, "fields")["function"] == "required"
    public = app.test_client().get("/fachkongress?lang=de").text
    assert "Bus 7" in public
    browser.submit(SAVE)
    assert pages.numbers(pages.get(browser.page, role="status")) == []
    assert stored(app, "sequence") == before


def test_a_draft_is_saved_without_a_question(app, house):
    set_values(app, state="draft")
    browser = opened(app)
    browser.submit(SAVE, venue_de="Hansesaal", title_de="Anders")

    assert (browser.status, browser.address, mails(app)) == (200, f"{PAGE}?lang=de", [])
    assert (stored(app, "venue"), stored(app, "state")) == ({"de": "Hansesaal"}, "draft")


@pytest.mark.sqlite_only
def test_back_to_the_form_nothing_typed_is_lost(app, browser):
    browser.submit(SAVE, venue_de="Hansesaal", directions_de="Bus 7\n\nhält dort")
    browser.submit("Zurück zum Formular")

    assert stored(app, "venue") == {"de": "Rathaus"}
    assert pages.get(browser.page, id="venue_de").get("value") == "Hansesaal"
    assert "Bus 7\n\nhält dort" in (pages.get(browser.page, id="directions_de").text or "")
    browser.submit(SAVE)
    browser.submit("3 Personen informieren und speichern")
    assert stored(app, "directions") == {"de": "Bus 7\n\nhält dort"}


def test_a_congress_moved_meanwhile_is_asked_about_again(app, browser):
    browser.submit(SAVE, venue_de="Hansesaal")
    with app.app_context():
        [day] = db.session.scalars(select(Congress)).one().days
        day.ends_at += timedelta(hours=1)
        db.session.commit()
    browser.submit("3 Personen informieren und speichern")

    assert (browser.status, stored(app, "venue")) == (409, {"de": "Rathaus"})
    said = pages.words(pages.get(browser.page, role="alert"))
    assert said == pages.sentence(app, StateUnseen())
    browser.submit("3 Personen informieren und speichern")
    assert stored(app, "venue") == {"de": "Hansesaal"}


def test_two_organisers_see_both_versions_and_undo_nothing(app, house):
    one, other = opened(app), opened(app, "programme@example.org")
    one.submit(SAVE, cost_de="20 Euro", lead_de="Vom einen")
    other.submit(SAVE, cost_de="30 Euro", directions_de="Bus 7")

    assert other.status == 409
    assert pages.faults(other.page) == [pages.sentence(app, EditedMeanwhile())]
    clashes, taken_over = (pages.section(other.page, each) for each in ("clashes", "taken-over"))
    assert [pages.words(each) for each in clashes.iter("del")] == ["20 Euro"]
    assert [pages.words(each) for each in clashes.iter("ins")] == ["30 Euro"]
    assert [pages.words(each) for each in taken_over.iter("ins")] == ["Vom einen"]
    assert stored(app, "cost") == {"de": "20 Euro"}

    other.submit(SAVE)

    assert (stored(app, "cost"), stored(app, "lead"), stored(app, "directions")) == (
        {"de": "30 Euro"},
        {"de": "Vom einen"},
        {"de": "Bus 7"},
    )


@pytest.mark.sqlite_only
def test_pressed_twice_it_is_told_once_and_nobody_else_is_blamed(app, browser):
    browser.submit(SAVE, venue_de="Hansesaal")
    asked = browser.page
    for _press in range(2):
        browser.page = asked
        browser.submit("3 Personen informieren und speichern")

        assert (browser.status, browser.address) == (200, f"{PAGE}?lang=de")
    assert "gespeichert" in noticed(browser)
    assert len(mails(app)) == 3


@pytest.mark.sqlite_only
def test_an_answer_to_an_older_question_meets_both_versions(app, house):
    one, other = opened(app), opened(app)
    one.submit(SAVE, venue_de="Hansesaal")
    other.submit(SAVE, cost_de="20 Euro")
    one.submit("3 Personen informieren und speichern")

    assert (one.status, stored(app, "venue"), mails(app)) == (409, {"de": "Rathaus"}, [])
    assert pages.get(one.page, id="venue_de").get("value") == "Hansesaal"


def test_more_places_are_asked_about_because_people_move_up(app, browser):
    browser.submit(SAVE, capacity="4")
    assert pages.numbers(pages.get(browser.page, "h1")) == [1]
    assert stored(app, "capacity") == 3
    browser.submit("1 Person informieren und speichern")

    assert (stored(app, "capacity"), stored(app, "waiting"), stored(app, "taken")) == (4, 0, 4)
    with app.app_context():
        kinds = db.session.scalars(
            select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
        )
        assert set(kinds) <= {"place_gained", "calendar_request"}


@pytest.mark.sqlite_only
def test_fewer_places_than_are_taken_are_pointed_out(app, browser):
    browser.submit(SAVE, capacity="1")

    assert (stored(app, "capacity"), stored(app, "overbooked")) == (1, 2)
    notes = [pages.numbers(each) for each in pages.find_all(browser.page, class_="note note--warn")]
    assert [3, 1] in notes


@pytest.mark.sqlite_only
def test_another_deadline_stands_on_the_own_page_and_in_the_next_letter(app, browser):
    link = Visitor(app).own_page(slot_1="none")
    last = (CLOSES - timedelta(days=3)).date()
    browser.submit(SAVE, closes_at=f"{last:%d.%m.%Y}")
    said = Dates("de", builders.BERLIN).date(last)
    assert said in pages.words(pages.section(browser.page, "told"))
    assert "Neue Frist für Änderungen" in pages.words(pages.section(browser.page, "letter"))
    assert stored(app, "closes_at") != end_of_day(last, builders.BERLIN)
    browser.submit("4 Personen informieren und speichern")

    assert stored(app, "closes_at") == end_of_day(last, builders.BERLIN)
    assert said in pages.words(pages.read(app.test_client().get(f"{link}?lang=de")))
    browser.submit(SAVE, town="Hamm")
    letter = pages.words(pages.section(browser.page, "letter"))
    assert said in letter


@pytest.mark.sqlite_only
def test_the_programme_stays_as_it_was_published(app, browser):
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(title={"de": "Noch nicht"}))
        db.session.commit()
    browser.submit(SAVE, venue_de="Hansesaal")
    browser.submit("3 Personen informieren und speichern")

    with app.app_context():
        [item] = db.session.scalars(select(ProgrammeItem))
        assert item.released["title"] != {"de": "Noch nicht"}


@pytest.mark.sqlite_only
def test_who_may_only_edit_the_programme_reads_nobodys_name(app, house):
    browser = opened(app, "programme@example.org")
    browser.submit(SAVE, venue_de="Hansesaal")

    assert pages.has(browser.page, aria_labelledby="letter")
    assert "Erika" not in pages.words(browser.page)
    assert "Muster" not in pages.words(browser.page)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("state", ["cancelled", "finished"])
def test_what_is_over_is_corrected_for_the_record(app, house, state):
    set_values(app, state=state)
    browser = opened(app)
    browser.submit(SAVE, venue_de="Hansesaal")

    assert (browser.status, mails(app), stored(app, "venue")) == (200, [], {"de": "Hansesaal"})


@pytest.mark.sqlite_only
def test_the_overview_leads_to_what_can_be_mended_here(app, house):
    set_values(app, venue={})
    browser = opened(app)
    browser.load(HERE)
    found = [each.get("href") for each in pages.get(browser.page, class_="head").iter("a")]

    assert found == [f"{PAGE}#place", f"{PAGE}#registration"]
    browser.load(PAGE)
    sections = [each.get("id") for each in browser.page.iter("fieldset")]
    assert sections == ["about", "place", "registration", "form-and-emails"]


@pytest.mark.sqlite_only
def test_the_page_asks_little_of_the_database(app, browser):
    with count_queries() as found:
        browser.load(f"{PAGE}?lang=de")

    assert len(found) <= STATEMENTS


def test_of_a_cancelled_event_it_is_said_when_people_hear(app, house):
    set_values(app, state="cancelled")
    page = logged_in(app, "organiser@example.org").get(f"{PAGE}?lang=de").text

    assert "die Angemeldeten erfahren es erst, wenn er doch stattfindet" in page
    assert "fragt das Programm vorher" not in page
