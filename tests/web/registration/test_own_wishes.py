"""Wishes on the page of one's own: what it says before and after their day, and changing them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.extensions import db
from congress.models import Congress, HandOver, ProgrammeItem, Registration
from congress.models.revisions import ANEW
from congress.services import hand_overs
from tests.builders import OPEN, WORKSHOPS_START, a_booking, a_workshop
from tests.web import pages
from tests.web.registration.rankings import UNTIL, lines, rank
from tests.web.registration.visitors import change


def own_page(visitor, rest="only", **numbers: str) -> str:
    answer = rank(visitor, rest, **numbers)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].partition("?")[0]


def section(page) -> str:
    return pages.words(pages.section(page, "rangfolge"))


@pytest.mark.usefixtures("ranked")
def test_wishes_are_seen_and_changed_until_their_day(visitor, app, on_a_day):
    own = own_page(visitor, w3="1", w1="2")
    page = pages.read(visitor.open(own))
    assert "Workshop 3: VernetzungWorkshop 1: Junges Engagement" in section(page)
    links = [each.get("href", "") for each in page.iter("a")]
    assert any(own.endswith(each.removesuffix("/wishes")) for each in links if "/wishes" in each)
    form = pages.read(visitor.open(f"{own}/wishes"))
    chosen = pages.get(form, "select", name="wish-workshop-3")
    assert [each.get("value") for each in chosen if each.get("selected") is not None] == ["1"]

    again = visitor.act(own, "wishes", **{"wish-workshop-2": "1", "rest-workshop-1": "any"})
    assert again.status_code == 303
    assert lines(app) == [
        ("workshop-2", 1, False),
        ("workshop-1", 2, True),
        ("workshop-3", 2, True),
    ]
    saved = pages.read(visitor.open(again.headers["Location"]))
    assert "Ihre Wünsche sind gespeichert." in pages.words(saved)
    assert "sonst auch alles andere" in section(saved)

    on_a_day.move_to(UNTIL)
    late = visitor.act(own, "wishes", **{"wish-workshop-1": "1", "rest-workshop-1": "only"})
    assert late.status_code == 422
    assert "dann vergeben wir die Plätze" not in late.text
    kept = pages.get(pages.read(late), "select", name="wish-workshop-1")
    assert [each.get("value") for each in kept if each.get("selected") is not None] == ["1"]
    assert lines(app)[0] == ("workshop-2", 1, False)
    page = pages.read(visitor.open(own))
    assert "Jetzt werden die Plätze vergeben" in section(page)
    assert not any(each.get("href", "").endswith("/wishes") for each in page.iter("a"))
    assert not list(pages.read(visitor.open(f"{own}/wishes")).iter("select"))


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_what_is_wrong_is_said_and_kept(visitor, app):
    own = own_page(visitor, w1="1")
    wrong = visitor.act(own, "wishes", **{"wish-workshop-1": "1", "wish-workshop-2": "1"})
    assert wrong.status_code == 422
    assert '<a href="#wish-workshop-2">' in wrong.text
    assert lines(app) == [("workshop-1", 1, False)]


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_who_has_said_nothing_is_asked_to_until_the_day(visitor, app, on_a_day):
    own = own_page(visitor, "none")
    said = section(pages.read(visitor.open(own)))
    assert "kein Platz gewünscht" in said
    assert "schreiben Ihnen" not in said, "only whoever wishes for something is written to"
    with app.app_context():
        db.session.scalars(select(Registration)).one().wished_at = None
        db.session.commit()
    assert "Hier haben Sie noch nichts geordnet." in section(pages.read(visitor.open(own)))
    on_a_day.move_to(UNTIL + timedelta(hours=1))
    assert "Hier haben Sie nichts geordnet." in section(pages.read(visitor.open(own)))


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_who_ranked_only_what_was_called_off_is_asked_what_they_would_like(visitor, app, on_a_day):
    own = own_page(visitor, w1="1")
    assert "findet statt" not in section(pages.read(visitor.open(own)))
    with app.app_context():
        code = ProgrammeItem.code == "workshop-1"
        one = db.session.scalars(select(ProgrammeItem).where(code)).one()
        one.released = (one.released or {}) | {"cancelled": True}
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()
    said = section(pages.read(visitor.open(own)))
    assert "Nichts davon findet statt. Bitte sagen Sie, was Sie stattdessen möchten." in said
    assert "schreiben Ihnen" not in said
    on_a_day.move_to(UNTIL)
    closed = section(pages.read(visitor.open(own)))
    assert "Nichts davon findet statt." in closed
    assert "stattdessen" not in closed


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_who_has_a_place_by_hand_or_a_congress_without_wishes_has_nothing_to_rank(
    visitor, app, congress
):
    own = own_page(visitor, "none")
    with app.app_context():
        person = db.session.scalars(select(Registration)).one()
        a_booking(person, db.session.scalars(select(ProgrammeItem)).all()[0], joined_at=OPEN)
    page = pages.read(visitor.open(own))
    assert not pages.has(page, aria_labelledby="rangfolge")
    assert visitor.open(f"{own}/wishes").status_code == 303
    change(app, congress, rules={})
    assert visitor.act(own, "wishes", **{"wish-workshop-1": "1"}).status_code == 422


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_whoever_only_ranks_is_told_no_other_day_for_workshops(visitor, app, congress, on_a_day):
    own = own_page(visitor, w1="1")
    change(app, congress, changes_until=OPEN + timedelta(hours=1))
    on_a_day.move_to(OPEN + timedelta(hours=2))
    page = pages.read(visitor.open(own))
    assert "konnten" not in pages.words(page)
    assert "Workshop 1: Junges Engagement" in section(page)
    with app.app_context():
        person = db.session.scalars(select(Registration)).one()
        a_booking(person, db.session.scalars(select(ProgrammeItem)).all()[0], joined_at=OPEN)
    assert "konnten" in pages.words(pages.read(visitor.open(own)))


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_a_place_beside_wishes_is_not_taken_for_one_that_was_wished_for(visitor, app, congress):
    own = own_page(visitor, w1="1")
    with app.app_context():
        here = db.session.get_one(Congress, congress)
        later = {"starts_at": WORKSHOPS_START + timedelta(hours=4), "allocation": "first_come"}
        person = db.session.scalars(select(Registration)).one()
        a_booking(person, a_workshop(here, number=9, **later), joined_at=OPEN)
    said = pages.words(pages.read(visitor.open(own)))
    assert "Ihr Platz bei der Veranstaltung ist bestätigt." in said
    assert "im Workshop ist bestätigt" not in said


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
def test_who_hands_over_and_who_takes_over_read_that_wishes_go_along(visitor, app, congress):
    along = "Auch die Wünsche für Workshops gehen über."
    own = own_page(visitor, w1="1")
    address = f"{own}/substitute"
    assert along in pages.words(pages.read(visitor.open(address)))
    colleague = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
    assert visitor.send(address, **visitor.hidden(address) | colleague).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(HandOver)).one()
        link = "/substitute/" + str(hand_overs.link_for(row.id, row.email)).rpartition("/")[2]
    assert along in pages.words(pages.read(visitor.open(link)))

    change(app, congress, rules={})
    assert along not in pages.words(pages.read(visitor.open(address)))
    assert along not in pages.words(pages.read(visitor.open(link)))


@pytest.mark.usefixtures("ranked")
@pytest.mark.sqlite_only
@pytest.mark.parametrize("said", ["any", "none"])
def test_what_comes_once_places_are_assigned_is_not_called_saved(visitor, app, said):
    own = own_page(visitor, w1="1")
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(assigned_at=OPEN))
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()

    late = visitor.act(own, "wishes", **{"rest-workshop-1": said})

    assert late.status_code == 422
    assert "Der Tag dafür ist vorbei, oder die Plätze sind vergeben." in late.text
    assert lines(app) == [("workshop-1", 1, False)]
