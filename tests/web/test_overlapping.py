"""Two workshops at one time: organisers see it before a release, and until everybody has chosen."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Role
from congress.extensions import db
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries.registrations import get_own
from congress.services import changing, registering
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, publish, token

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/programme/release"
TASK = "1 Person hat zwei Programmpunkte zur selben Zeit und noch nicht gewählt"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(builders.OPEN, tick=False):
        yield


@pytest.fixture
def erika(app):
    """Erika has two workshops, of which the first is moved onto the second, yet unpublished."""
    with app.app_context():
        congress = builders.a_congress()
        early = builders.WORKSHOPS_START - timedelta(hours=3)
        first = builders.a_workshop(congress, number=1, starts_at=early)
        second = builders.a_workshop(congress, number=2)
        request = builders.a_request(1, first, second)
        number = registering.register(congress.id, request, now=builders.OPEN).registration_id
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "programme@example.org", {congress.id: Role.PROGRAMME})
        start, end = second.starts_at, second.ends_at
        moved = update(ProgrammeItem).where(ProgrammeItem.id == first.id)
        db.session.execute(moved.values(starts_at=start, ends_at=end))
        db.session.commit()
    return number


def asked(client):
    return pages.get(pages.read(client.get(PAGE)), "div", data_double="1")


def task(client):
    """The link of the task on the overview, if there is one."""
    found = pages.section(pages.read(client.get(HERE)), "today").iter("a")
    return next((each.get("href") for each in found if pages.words(each) == TASK), None)


def test_it_is_said_before_and_stands_on_the_overview_until_somebody_chose(app, erika):
    organiser = logged_in(app, "organiser@example.org")

    assert [pages.words(each) for each in asked(organiser).iter("li")] == ["Erika Muster-1"]
    assert task(organiser) is None

    publish(organiser, HERE)

    listed = pages.read(organiser.get(task(organiser)))
    assert "Zwei Programmpunkte zur selben Zeit" in pages.words(listed)
    assert pages.numbers(pages.get(listed, "nav", aria_label="Ansichten"))[0] == 1

    with app.app_context():
        [first, _second] = get_own(erika).standing.bookings
        changing.leave(erika, first.id, actor=ATTENDEE, now=builders.OPEN)
    assert task(organiser) is None


def test_who_may_not_see_the_list_reads_how_many_and_no_names(app, erika):
    said = pages.words(asked(logged_in(app, "programme@example.org")))

    assert said.startswith("1 Person hat dann zwei Programmpunkte zur selben Zeit.")
    assert "Erika" not in said


def test_an_organiser_gives_one_of_them_up_on_the_page_of_the_person(app, erika):
    organiser = logged_in(app, "organiser@example.org")
    person = f"{HERE}/attendees/{erika}"
    assert not pages.has(pages.read(organiser.get(person)), "div", data_double="1")
    publish(organiser, HERE)

    note = pages.get(pages.read(organiser.get(person)), "div", data_double="1")
    assert "überschneiden sich" in pages.words(note)
    form = pages.get(note, "a").get("href") or ""
    chosen = pages.find_all(pages.read(organiser.get(form)), "input", name="slot-1")
    first, second = "give-up-workshop-1", "give-up-workshop-2"
    assert [each.get("value") for each in chosen][:3] == ["", first, second]
    answer = {"slot-1": second, "csrf_token": token(organiser, form)}

    assert organiser.post(form, data=answer).headers["Location"] == person

    page = pages.read(organiser.get(person))
    assert not pages.has(page, "div", data_double="1")
    assert task(organiser) is None
    with app.app_context():
        [kept] = get_own(erika).standing.bookings
        assert kept.item.code == "workshop-1"
        changed = select(OutboxMessage).where(OutboxMessage.kind == "changed")
        [mail] = db.session.scalars(changed).all()
        assert (mail.registration_id, mail.facts["by_organiser"]) == (erika, True)
    # A second window still offers what is gone: it is refused with a sentence, nothing is lost.
    again = organiser.post(form, data=answer | {"csrf_token": token(organiser, form)})
    assert again.status_code == 422
    with app.app_context():
        assert len(get_own(erika).standing.bookings) == 1
