"""One person in two registrations, in the browser of an organiser and by the person's own link."""

import pytest
import time_machine
from sqlalchemy import select, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage, Registration
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token
from tests.wishes import BY_WISHES, wishes

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"


@pytest.fixture(autouse=True)
def before_it_begins():
    with time_machine.travel(OPEN, tick=False):
        yield


@pytest.fixture
def twice(app):
    """One person under two addresses, in two workshops at one time, and a third who waits."""
    with app.app_context():
        congress = builders.a_congress(capacity=2)
        workshops = [builders.a_workshop(congress, number=each) for each in (1, 2)]
        people = [
            registering.register(
                congress.id, a_request(at, *wanted, family_name=f"Muster{at // 2}"), now=OPEN
            )
            for at, wanted in enumerate(([workshops[0]], [workshops[1]], []))
        ]
        db.session.execute(update(Registration).where(Registration.id > 2).values(likeness="x"))
        db.session.execute(update(OutboxMessage).values(state="sent"))
        db.session.commit()
        congress_id, key = congress.id, workshops[0].id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {congress_id: Role.READER})
    return people, key


def test_a_person_is_found_compared_looked_at_and_merged_once(app, twice):
    (one, other, third), key = twice
    first, second = one.registration_id, other.registration_id
    client = logged_in(app, "organiser@example.org")
    assert pages.has(pages.read(client.get(HERE)), id="twice")
    assert not pages.has(pages.read(client.get(f"{HERE}?q=muster")), id="twice")
    assert pages.has(pages.read(client.get(f"{HERE}/duplicates")), id=f"pair-{first}-{second}")
    assert pages.has(pages.read(client.get(f"{HERE}/{first}")), id=f"twice-{second}")
    chosen = client.get(f"{HERE}/several?ids={first},{second}").text
    page = f"{HERE}/{first}/merge/{second}"
    assert f"{page}?lang" in chosen or f'href="{page}"' in chosen
    reader = logged_in(app, "reader@example.org")
    assert not pages.has(pages.read(reader.get(HERE)), id="twice")

    # Without an answer to the clash nothing is shown; what was chosen stays chosen.
    asked = pages.read(client.get(page))
    entry = f"time-{key}"
    assert len(pages.find_all(asked, "input", name=entry)) == 2
    assert not pages.has(asked, "input", name=entry, checked="")
    unanswered = client.get(f"{page}?step=check&keep={first}&field-email={second}")
    assert unanswered.status_code == 422
    again = pages.read(unanswered)
    assert pages.has(again, "input", name="field-email", value=str(second), checked="")

    query = f"?step=check&keep={first}&field-email={second}&{entry}={second}"
    shown = pages.read(client.get(page + query))
    assert pages.has(shown, id=f"moves-up-{third.registration_id}")
    form = {name: hidden(client, page + query, name) for name in ("seen", "csrf_token")}
    stale = f"{page}{query.replace(f'field-email={second}', f'field-email={first}')}"
    assert client.post(stale, data=form).status_code == 409
    for _again in range(2):
        answer = client.post(page + query, data=form)
        assert answer.location.endswith(f"/attendees/{first}")

    kept, gone = pages.read(client.get(f"{HERE}/{first}")), client.get(f"{HERE}/{second}")
    assert pages.has(kept, id="merged")
    assert pages.has(pages.read(gone), id="merged-into")
    assert not pages.has(pages.read(client.get(HERE)), id=f"row-{second}")
    with app.app_context():
        mails = select(OutboxMessage.kind, OutboxMessage.recipient).order_by(OutboxMessage.id)
        told = db.session.execute(mails.where(OutboxMessage.kind.like("merged%"))).all()
        assert [kind for kind, _ in told] == ["merged_away", "merged"]

    # The old link says so without anybody's data, whatever one does there.
    stranger = app.test_client()
    for address in ("", "/details", "/withdraw"):
        answer = stranger.get(f"/registration/{other.token}{address}")
        assert answer.status_code == 410, address
        assert pages.has(pages.read(answer), data_merged="")
        assert "Muster" not in answer.text
        assert "erika" not in answer.text


def test_two_people_are_noted_and_not_shown_again(app, twice):
    (one, other, _third), _key = twice
    first, second = one.registration_id, other.registration_id
    client = logged_in(app, "organiser@example.org")
    page = f"{HERE}/duplicates"
    pair = {"one": str(first), "other": str(second), "back": "person"}
    for nobody in ("99", "99999999999", "x"):
        assert post(client, page, page, **pair | {"other": nobody}) == 404
    assert post(client, page, page, **pair) == 303

    assert not pages.has(pages.read(client.get(f"{HERE}/{first}")), id=f"twice-{second}")
    assert not pages.has(pages.read(client.get(HERE)), id="twice")
    assert client.get(f"{HERE}/{first}/merge/{first}").status_code == 404


def test_very_many_stand_on_several_pages(app, twice):
    client, page = logged_in(app, "organiser@example.org"), f"{HERE}/duplicates"
    with app.app_context():
        congress = db.session.get_one(Congress, 1)
        for _each in range(11):  # each of them with each other one: 55 pairs
            builders.a_registration(
                congress, state="waiting", family_name="Amt", organisation="Stadt"
            )
        db.session.commit()

    def pairs(part):
        shown = pages.read(client.get(f"{page}?page={part}"))
        buttons = pages.find_all(shown, "input", name="other")
        return [each.get("value") for each in buttons]

    assert len(pairs("1")) == len(pairs("x")) == 50
    assert len(pairs("2")) == len(pairs("99")) == 6
    form = {"one": "4", "other": "5", "page": "2", "csrf_token": token(client, page)}
    assert client.post(page, data=form).location.endswith("/duplicates?page=2")


def test_what_both_wish_for_is_shown_and_for_each_time_whose_is_kept(app):
    with app.app_context():
        congress = builders.a_congress(rules=BY_WISHES)
        late = builders.WORKSHOPS_START + builders.TWO_HOURS
        one, two = (builders.a_workshop(congress, number=each) for each in (1, 2))
        evening = builders.a_workshop(congress, number=3, starts_at=late)
        kept, other = (builders.a_registration(congress) for _each in range(2))
        wishes(kept, one)
        wishes(other, two)
        wishes(other, evening)
        congress_id, first, second = congress.id, kept.id, other.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    client, page = logged_in(app, "organiser@example.org"), f"{HERE}/{first}/merge/{second}"

    wished = pages.get(pages.read(client.get(page)), id="wished")
    ours, theirs = (pages.words(each) for each in pages.find_all(wished, "td"))
    assert ("1. Workshop 1" in ours, "nichts geordnet" in ours) == (True, True)
    assert ("1. Workshop 2" in theirs, "1. Workshop 3" in theirs) == (True, True)
    said = pages.words(pages.section(pages.read(client.get(f"{page}?step=check")), "after"))
    assert ("1. Workshop 1" in said, "Workshop 2" in said, "1. Workshop 3" in said) == (
        True,
        False,
        True,
    )
