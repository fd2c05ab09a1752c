"""The organiser's assignment: what is decided by hand, and what cannot all be kept."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from congress.domain.access import ATTENDEE
from congress.domain.ranking import NO_PLACE
from congress.extensions import db
from congress.models import AssignmentRun, Congress, ProgrammeItem, Registration, WishDecision
from congress.models.revisions import ANEW
from congress.services import wishing
from tests import builders
from tests.web import pages
from tests.web.assignment_house import HERE, House, read
from tests.web.organisers import logged_in, post
from tests.wishes import an_outcome, wishes

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(builders.OPEN, tick=False):
        yield


@pytest.fixture
def client(app, house):
    return logged_in(app, "organiser@example.org")


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        ("{0.two}", {"two": True}),
        ("nothing", {"one": False, "two": False}),
        ("not-{0.one}", {"one": False}),
    ],
    ids=["a workshop", "nothing", "not this one"],
)
def test_a_person_is_decided_of_by_hand_and_it_is_taken_back(client, house, decision, kept):
    number = house.worked_out()
    here = f"{HERE}/people/{house.people[0]}"
    chosen = decision.format(house)
    slot = str(house.one)

    with time_machine.travel(builders.OPEN + timedelta(minutes=5), tick=False):
        assert post(client, f"{here}/decide", here, slot=slot, decision=chosen) == 303

        assert house.decided() == {getattr(house, name): given for name, given in kept.items()}
        page = read(client, f"/people/{house.people[0]}")
        options = pages.find_all(pages.get(page, "select", name="decision"), "option", selected="")
        assert [each.get("value") for each in options] == [chosen]
        assert pages.numbers(pages.get(read(client), id="decided")) == [1]
        assert pages.has(read(client), id="since")
        _heading, row = read(client, "/decisions").iter("tr")
        assert ("Uhr: kein Workshop" in pages.words(row)) is (chosen == "nothing")

        every = {each.get("value") for each in pages.get(page, "select", name="decision")}
        assert "" not in every, "browsers do not send what is empty and has to be chosen"
        assert post(client, f"{here}/decide", here, slot=slot, decision="wishes") == 303
        assert "nichts mehr von Hand festgelegt" in pages.words(read(client, here[len(HERE) :]))
        log = pages.words(pages.read(client.get("/organiser/fachkongress/log?lang=de")))
        assert "Uhr: Was für die Zuteilung von Adam Muster festgelegt war, wurde zurück" in log
    assert house.stored(WishDecision.id) == []
    assert house.stored(AssignmentRun.id) == [number]


def test_all_that_is_decided_of_one_time_is_shown_and_each_is_taken_back(client, house):
    """Both were ruled out, each at a time of its own, before one moved to that of the other."""
    here = f"{HERE}/people/{house.people[0]}"
    with house.app.app_context():
        for item in (house.one, house.two):
            facts = {"congress_id": house.id, "registration_id": house.people[0]}
            made = {"item_id": item, "is_given": False, "decided_at": builders.OPEN}
            builders.add(WishDecision(**facts, **made))
    reader = logged_in(house.app, "reader@example.org")
    said = pages.words(pages.get(read(reader, here[len(HERE) :]), id=f"decided-{house.one}"))
    assert said.count("Auf keinen Fall") == 2
    assert "Zurücknehmen" not in said

    page = read(client, here[len(HERE) :])
    listed = pages.get(page, id=f"decided-{house.one}")
    assert pages.words(listed).count("Zurücknehmen") == 2
    options = pages.find_all(pages.get(page, "select", name="decision"), "option", selected="")
    assert [each.get("value") for each in options] == ["all"]
    slot = str(house.one)
    assert post(client, f"{here}/decide", here, slot=slot, decision="all") == 303
    assert len(house.decided()) == 2, "what stands there is kept"
    assert post(client, f"{here}/decide", here, slot=slot, decision=f"back-{house.two}") == 303
    assert house.decided() == {house.one: False}
    page = read(client, here[len(HERE) :])
    assert not pages.has(page, id=f"decided-{house.one}")
    log = pages.words(pages.read(client.get("/organiser/fachkongress/log?lang=de")))
    assert "wurde zurückgenommen" in log
    assert post(client, f"{here}/decide", here, slot=slot, decision="back-999") == 409


@pytest.mark.parametrize("decision", ["nothing", "not-{0.two}"])
def test_what_is_decided_stays_chosen_where_a_workshop_is_added(client, house, decision):
    here, chosen = f"{HERE}/people/{house.people[0]}", decision.format(house)
    with house.app.app_context():
        db.session.delete(db.session.get_one(ProgrammeItem, house.one))
        db.session.commit()
    post(client, f"{here}/decide", here, slot=str(house.two), decision=chosen)
    with house.app.app_context():
        builders.a_workshop(db.session.get_one(Congress, house.id), number=9)
    page = read(client, f"/people/{house.people[0]}")
    options = pages.find_all(pages.get(page, "select", name="decision"), "option", selected="")
    assert [each.get("value") for each in options] == [chosen]


def test_whoever_wants_no_place_is_told_from_whoever_has_said_nothing(client, house):
    here = f"/people/{house.people[3]}"
    assert "Hat nichts zu den eigenen Wünschen angegeben." in pages.words(read(client, here))
    with house.app.app_context():
        wishing.wish(house.people[3], {house.one: NO_PLACE}, actor=ATTENDEE, now=builders.OPEN)
    assert "Möchte zu dieser Zeit keinen Platz." in pages.words(read(client, here))


def test_what_cannot_be_decided_is_refused(client, house):
    here, slot = f"{HERE}/people/{house.people[0]}", str(house.one)
    with house.app.app_context():
        congress = db.session.get_one(Congress, house.id)
        waiting = builders.a_registration(congress, state="waiting").id

    assert post(client, f"{here}/decide", here, slot=slot, decision="999") == 422
    assert post(client, f"{here}/decide", here, slot="999", decision="nothing") == 400
    there = f"{HERE}/people/{waiting}"
    assert post(client, f"{there}/decide", here, slot=slot, decision="nothing") == 409
    assert house.stored(WishDecision.id) == []


def test_a_contradiction_is_named_with_what_can_be_done(client, house):
    one, two, adam = house.one, house.two, house.people[0]
    found = [
        {"fault": "TooMany", "workshop": one, "places": 1, "people": 3},
        {"fault": "TooFew", "workshop": two, "least": 8, "people": 5},
        {"fault": "TooFewTogether", "missing": [[one, 2], [two, 1]]},
        {"fault": "NotBoth", "person": adam, "first": one, "second": two},
        {"fault": "Torn", "people": house.people[:2], "slot": one},
        {"fault": "TooManyOfOne", "organisation": "=lünen", "workshop": one, "people": 4},
    ]
    house.run(state="contradiction", levels=None, contradictions=found)

    listed = list(pages.get(read(client), id="contradictions"))

    assert len(listed) == len(found)
    too_many, too_few, _together, not_both, torn, _of_one = map(pages.words, listed)
    assert "1 Platz" in too_many
    assert "3 Personen" in too_many
    assert "braucht 8 Personen" in too_few
    assert "Adam Muster" in not_both
    assert "Adam Muster, Berta Muster" in torn
    own = "/organiser/fachkongress"
    assert pages.has(listed[1], "a", href=f"{own}/programme/ws-2/edit")
    assert pages.has(listed[1], "a", href=f"{own}/programme/ws-2/call-off")
    assert pages.has(listed[3], "a", href=f"{HERE}/people/{adam}")


def test_who_ranked_only_what_was_called_off_is_not_said_to_be_silent(client, house):
    dora = f"/people/{house.people[3]}"
    assert "Hat nichts zu den eigenen Wünschen angegeben." in pages.words(read(client, dora))
    with house.app.app_context():
        one, _two = house.items()
        wishes(db.session.get_one(Registration, house.people[3]), one)
        one.released = {**one.released, "cancelled": True}
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()

    said = pages.words(read(client, dora))

    assert "Nichts von dem, was gewünscht war, findet statt." in said
    assert "Hat nichts" not in said


def test_a_clash_names_with_what_also_where_whoever_comes_first_has_the_place(client, house):
    with house.app.app_context():
        congress = db.session.get_one(Congress, house.id)
        late = builders.a_workshop(
            congress,
            number=9,
            title={"de": "Ehrenamt"},
            starts_at=builders.WORKSHOPS_START + builders.TWO_HOURS,
            allocation="first_come",
        )
        other = late.id
    number = house.run(figures=house.figures())
    with house.app.app_context():
        run = db.session.get_one(AssignmentRun, number)
        adam = db.session.get_one(Registration, house.people[0])
        why = {"item": house.one, "rank": 1, "why": "clash", "first": 1, "places": 1}
        why |= {"other": other, "lot": 1}
        one, _two = house.items()
        an_outcome(run, adam, None, slot=one, lot=1, reasons=[why])
    for part in (f"/people/{house.people[0]}", "/without"):
        assert "passt nicht zu „9 Ehrenamt“" in pages.words(read(client, part))


def test_what_somebody_has_since_the_release_is_said_beside_the_result(client, house):
    house.worked_out(state="released", released_at=builders.OPEN)
    carla = f"/people/{house.people[2]}"
    assert "Inzwischen" not in pages.words(read(client, carla))
    with house.app.app_context():
        one, two = house.items()
        one.assigned_at = two.assigned_at = builders.OPEN
        builders.a_booking(db.session.get_one(Registration, house.people[2]), two)
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()

    said = pages.words(read(client, carla))
    assert "Neuestes Ergebnis: bekommt keinen Platz" in said
    assert "Inzwischen: 2 " in said
