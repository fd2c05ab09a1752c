"""Priority groups on the pages: named among the rules, given to people, explained to them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from congress.domain.access import Actor, ActorKind, Role
from congress.domain.priority import LOWEST
from congress.extensions import db
from congress.models import Congress, Registration
from congress.queries.invariants import list_broken
from congress.services import priorities, registering
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

HERE = "/organiser/fachkongress"
LIST, RULES = f"{HERE}/attendees", f"{HERE}/settings/rules"
GROUPS = "Mitglieder\nMitwirkende\nÜbrige"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        return builders.a_congress(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=9),
            days=(day,),
            capacity=1,
            rules={"priority": GROUPS},
        ).id


@pytest.fixture
def people(app, congress):
    """One with a place and three who wait, by their numbers."""
    with app.app_context():
        return [
            registering.register(
                congress, builders.a_request(number), now=datetime.now(UTC)
            ).registration_id
            for number in range(4)
        ]


@pytest.fixture
def anna(app, congress):
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    return Browser(logged_in(app, "anna@example.org"))


def words(browser):
    return pages.words(pages.get(browser.page, "main"))


def test_the_groups_are_named_among_the_rules_and_what_changes_is_shown_before(
    app, congress, people, anna
):
    anna.load(f"{LIST}/{people[3]}?lang=de")
    anna.submit("Vorranggruppe speichern", group="Mitglieder")
    anna.load(f"{RULES}?lang=de")
    anna.submit("Speichern", priority="Mitglieder")
    assert anna.status == 422
    assert "zwei bis neun Vorranggruppen" in words(anna)
    anna.submit("Speichern", priority=" Mitwirkende\r\n\r\nÜbrige ")
    assert anna.status == 422
    assert "1 Person ist in der Vorranggruppe „Mitglieder“, die es dann nicht mehr gäbe" in words(
        anna
    )
    assert "3 Personen stünden an einer anderen Stelle" in words(anna)
    anna.submit("Speichern")
    assert "Regeln sind gespeichert" in words(anna)
    with app.app_context():
        assert db.session.get_one(Congress, congress).rules == {"priority": "Mitwirkende\nÜbrige"}
        assert list_broken() == []
    anna.load(f"{HERE}/log?lang=de")
    assert "Mitglieder, Mitwirkende, Übrige → Mitwirkende, Übrige" in words(anna)
    assert "kam in eine andere Vorranggruppe: Übrige → Mitglieder" in words(anna)


def test_where_nobody_can_wait_groups_are_refused(app, congress, anna):
    with app.app_context():
        db.session.get_one(Congress, congress).waiting_list = False
        db.session.commit()
    anna.load(f"{RULES}?lang=de")
    anna.submit("Speichern", substitutes=None)
    assert "Es gibt keine Warteliste" in words(anna)


def test_the_page_of_a_person_says_the_group_and_what_another_changes(people, anna):
    page = f"{LIST}/{people[3]}?lang=de"
    anna.load(page)
    assert "Vorher rücken diese Vorranggruppen nach: Mitglieder, Mitwirkende." in words(anna)
    anna.submit("Vorranggruppe speichern", group="Mitglieder")
    assert "ist jetzt in „Mitglieder“. Warteliste der Veranstaltung: Platz 3 → 1." in words(anna)
    assert "2 weitere Personen stehen dadurch an einer anderen Stelle" in words(anna)
    assert "Platz 1 auf der Warteliste" in words(anna)
    assert "rückt zuerst nach" in words(anna)
    anna.submit("Vorranggruppe speichern")
    assert "Es wurde nichts geändert" in words(anna)
    anna.submit("Vorranggruppe speichern", group="Presse")
    assert "Diese Vorranggruppe gibt es nicht mehr" in words(anna)
    anna.load(f"{LIST}/waiting-lists?lang=de")
    assert (
        "Nacheinander rücken diese Vorranggruppen nach: Mitglieder, Mitwirkende, Übrige."
        in words(anna)
    )


def test_several_are_put_into_a_group_once_it_was_looked_at(app, people, anna):
    these = f"ids={people[2]},{people[3]}"
    anna.load(f"{LIST}/several?{these}&lang=de")
    assert "In eine Vorranggruppe einordnen" in words(anna)
    anna.load(f"{LIST}/several/priority?{these}&group=Mitglieder")
    assert "2 Personen in „Mitglieder“ einordnen?" in words(anna)
    assert "Übrige → Mitglieder. Warteliste der Veranstaltung: Platz 3 → 2." in words(anna)
    with app.app_context():
        assert set(db.session.scalars(select(Registration.priority))) == {0}
    anna.submit("Jetzt ausführen", seen="")
    assert anna.status == 409
    anna.submit("Jetzt ausführen")
    assert "2 Personen sind jetzt in „Mitglieder“" in words(anna)
    anna.load(f"{LIST}?priority=Mitglieder&columns=priority&lang=de")
    shown = {each.get("id") for each in pages.find_all(anna.page, "tr") if each.get("id")}
    assert shown == {f"row-{each}" for each in people[2:]}
    assert "Vorranggruppe: Mitglieder" in words(anna)
    with anna.client.get(f"{LIST}.csv?priority=Mitglieder&lang=de") as answer:
        table = answer.get_data(as_text=True)
    heading, *rows = table.splitlines()
    assert "Vorranggruppe" in heading
    assert [row.count("Mitglieder") for row in rows] == [1, 1]


def test_an_import_says_the_group_of_new_and_known_people(app, people, anna):
    anna.load(f"{LIST}/import?lang=de")
    rows = (
        "Vorname;Nachname;E-Mail;Vorranggruppe\n"
        "Erika;Muster-3;erika.muster-3@example.org;mitglieder\n"
        "Max;Neu;max@example.org;Mitwirkende\n"
        "Maxi;Neu;maxi@example.org;Presse"
    )
    anna.submit("Zeigen, was sich ändern würde", rows=rows)
    anna.submit("Neu zeigen", waits="y")
    assert "Es gibt keine Vorranggruppe „Presse“" in words(anna)
    assert "Vorranggruppe: Übrige → Mitglieder" in words(anna)
    anna.submit("Übernehmen")
    with app.app_context():
        found = select(Registration.family_name, Registration.priority).where(
            Registration.priority != 0
        )
        assert dict(db.session.execute(found).all()) == {"Muster-3": LOWEST, "Neu": LOWEST + 1}
        assert list_broken() == []


def test_somebody_is_entered_by_hand_into_a_group(app, people, anna):
    anna.load(f"{LIST}/new?lang=de")
    who = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
    anna.submit("Anmelden", **who, full="wait", priority="Presse")
    assert anna.status == 422
    assert "Bitte wählen Sie etwas davon aus" in words(anna)
    anna.submit("Anmelden", priority="Mitglieder")
    assert "Platz 1 auf der Warteliste" in words(anna)


def test_who_waits_reads_who_moves_up_first(app, congress, people):
    visitor = Visitor(app)
    form = pages.words(pages.read(visitor.open("/fachkongress/register?lang=de")))
    assert "der Reihe nach an diese Vorranggruppen: Mitglieder, Mitwirkende, Übrige." in form
    own_page = f"{visitor.own_page(family_name='Letzte')}?lang=de"
    own = pages.words(pages.read(visitor.open(own_page)))
    assert "Warteliste, Platz 4 von 4" in own
    assert "Zuerst rücken diese Vorranggruppen nach: Mitglieder, Mitwirkende." in own
    assert "Auch wer später in eine davon kommt, steht vor Ihnen." in own
    with app.app_context():
        last = db.session.scalars(select(func.max(Registration.id))).one()
        actor = Actor(ActorKind.ORGANISER, user_id=1)
        now = datetime.now(UTC)
        priorities.set_group(congress, [last], "Mitglieder", actor=actor, now=now)
    own = pages.words(pages.read(visitor.open(own_page)))
    assert "Warteliste, Platz 1 von 4" in own
    assert "Sie sind in der Vorranggruppe „Mitglieder“, die zuerst nachrückt." in own


def test_on_a_reserve_list_as_well(app, congress):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.capacity, row.rules = 9, {"priority": GROUPS, "quota": 1}
        row.fields = {"organisation": "required"}
        db.session.commit()
    visitor = Visitor(app)
    visitor.own_page()
    own_page = f"{visitor.own_page(family_name='Zweite')}?lang=de"
    own = pages.words(pages.read(visitor.open(own_page)))
    assert "Nachrückliste Ihrer Organisation, Platz 1" in own
    assert "Diese Vorranggruppen rücken vor Ihnen nach" in own
