"""The page on which organisers say how places in workshops are given, and until when one wishes."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Registration, WorkshopWish
from congress.queries.congresses import get_congress
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/wishes?lang=de"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    """Two workshops at one time, of which one has somebody in it."""
    now = datetime.now(UTC)
    starts_at = now + timedelta(days=30)
    with app.app_context():
        congress = builders.a_congress(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=9),
            days=((starts_at, starts_at + timedelta(hours=8)),),
        )
        for number in (1, 2):
            builders.a_workshop(congress, number=number, starts_at=starts_at)
        return congress.id


@pytest.fixture
def anna(app, congress):
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    browser = Browser(logged_in(app, "anna@example.org"))
    browser.load(PAGE)
    return browser


def choice(browser):
    """The name of the entry of the only choice."""
    return pages.find_all(browser.page, "input", type="radio")[0].get("name")


def chosen(browser):
    radios = pages.find_all(browser.page, "input", type="radio")
    return next(each.get("value") for each in radios if each.get("checked") is not None)


def somebody(app, congress, item, *, wishes=False):
    with app.app_context():
        who = builders.a_registration(db.session.get_one(Congress, congress))
        if wishes:
            db.session.add(WorkshopWish(registration_id=who.id, item_id=item, rank=1))
            db.session.get_one(Registration, who.id).wished_at = datetime.now(UTC)
            db.session.commit()
        return who.id


def test_a_time_is_given_by_wishes_with_a_last_day(app, congress, anna):
    last = datetime.now(UTC) + timedelta(days=5)
    day = f"{last.day}.{last.month}.{last.year}"
    assert "Die Lose werden aus dieser Zahl gezogen" not in pages.words(anna.page)

    anna.submit("Speichern", **{choice(anna): "wishes", "until": day})
    assert "Gespeichert" in pages.words(anna.page)
    assert chosen(anna) == "wishes"
    assert pages.get(anna.page, "input", name="until").get("value") == day
    with app.app_context():
        found = get_congress(congress)
    said = pages.words(anna.page)
    assert found.wish_seed in said
    assert "0 Personen haben Wünsche" in said
    assert pages.has(anna.page, "a", href=f"{HERE}/assignment?lang=de")
    assert found.wishes_close_at.astimezone(found.zone).hour == 0
    anna.submit("Speichern")
    assert "Es wurde nichts geändert" in pages.words(anna.page)
    anna.load(f"{HERE}/log?lang=de")
    log = pages.words(anna.page)
    assert "wie bei der Veranstaltung → nach geordneten Wünschen, nach einem Stichtag" in log
    assert "Der letzte Tag für Wünsche wurde geändert: wie der letzte Tag für Änderungen →" in log


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("1.1.2199", "hat die Veranstaltung schon begonnen"),
        ("morgen", "„morgen“ ist kein Datum"),
        ("1.1.2001", "bevor die Anmeldung öffnet"),
    ],
)
def test_a_last_day_that_cannot_be_is_said_and_nothing_is_lost(anna, until, said):
    anna.submit("Speichern", **{choice(anna): "wishes", "until": until})

    assert anna.status == 422
    assert pages.get(anna.page, "input", name="until").get("value") == until
    assert chosen(anna) == "wishes"
    assert said in " ".join(pages.faults(anna.page))


def test_what_concerns_people_is_asked_before(app, congress, anna):
    """Somebody has a place already; later wishes go, and people cannot know that by themselves."""
    first = int(choice(anna).removeprefix("choice-"))
    with app.app_context():
        who = builders.a_registration(db.session.get_one(Congress, congress))
        builders.a_booking(who, db.session.get_one(ProgrammeItem, first))

    anna.load(PAGE)
    anna.submit("Speichern", **{choice(anna): "wishes"})
    assert anna.status == 422
    assert "1 Person hat bereits einen Platz" in pages.words(anna.page)
    anna.submit("Speichern")
    assert "Gespeichert" in pages.words(anna.page)

    somebody(app, congress, first, wishes=True)
    anna.load(PAGE)
    said = "1 Person hat Wünsche · 0 möchten keinen Platz · 0 haben nichts angegeben"
    assert said in pages.words(anna.page)
    anna.submit("Speichern", **{choice(anna): "first_come"})
    assert "Die Wünsche von 1 Person werden gelöscht" in pages.words(anna.page)
    anna.submit("Speichern", **{choice(anna): ""})  # something else: asked again
    assert anna.status == 422
    anna.submit("Speichern")
    assert "Gespeichert" in pages.words(anna.page)
    with app.app_context():
        assert db.session.query(WorkshopWish).count() == 0


def test_another_day_is_asked_about_once_people_have_wished(app, congress, anna):
    anna.submit("Speichern", **{choice(anna): "wishes"})
    somebody(app, congress, int(choice(anna).removeprefix("choice-")), wishes=True)
    last = datetime.now(UTC) + timedelta(days=4)

    anna.submit("Speichern", until=f"{last.day}.{last.month}.{last.year}")
    assert "1 Person hat bereits Wünsche geordnet" in pages.words(anna.page)
    anna.submit("Speichern")
    assert "Gespeichert" in pages.words(anna.page)


def test_where_somebody_waits_it_says_for_what(app, congress, anna):
    first = int(choice(anna).removeprefix("choice-"))
    with app.app_context():
        who = builders.a_registration(db.session.get_one(Congress, congress))
        item = db.session.get_one(ProgrammeItem, first)
        builders.a_booking(who, item, state="waiting")

    anna.submit("Speichern", **{choice(anna): "wishes"})
    assert anna.status == 422
    assert "wartet 1 Person" in pages.words(anna.page)
    anna.load(f"{HERE}/settings/rules?lang=de")
    anna.submit("Speichern", allocation="wishes")
    assert anna.status == 422
    assert "wartet 1 Person" in pages.words(anna.page)


def test_the_rules_ask_too(app, congress, anna):
    first = int(choice(anna).removeprefix("choice-"))
    anna.load(f"{HERE}/settings/rules?lang=de")
    anna.submit("Speichern", allocation="wishes")
    assert "Regeln sind gespeichert" in pages.words(anna.page)
    somebody(app, congress, first, wishes=True)
    anna.submit("Speichern", allocation="first_come")
    assert "Die Wünsche von 1 Person werden gelöscht" in pages.words(anna.page)
    anna.submit("Speichern")
    assert "Regeln sind gespeichert" in pages.words(anna.page)


def test_who_saves_second_sees_what_the_first_one_saved(app, congress, anna):
    an_organiser(app, "bernd@example.org", {congress: Role.ORGANISER})
    bernd = Browser(logged_in(app, "bernd@example.org"))
    bernd.load(PAGE)
    anna.submit("Speichern", **{choice(anna): "wishes"})
    bernd.submit("Speichern", **{choice(bernd): "first_come"})
    assert bernd.status == 409
    assert chosen(bernd) == "first_come"
    bernd.submit("Speichern")
    assert "Gespeichert" in pages.words(bernd.page)


def test_assigned_places_are_no_question_any_more(app, congress, anna):
    anna.submit("Speichern", **{choice(anna): "wishes"})
    with app.app_context():
        for item in db.session.query(ProgrammeItem):
            item.assigned_at = datetime.now(UTC)
        db.session.commit()

    anna.load(PAGE)
    said = pages.words(anna.page)
    assert "Die Plätze wurden nach Wünschen zugeteilt (heute" in said
    assert "Alle Plätze, die nach Wünschen vergeben werden, sind zugeteilt." in said
    assert not pages.has(anna.page, "input", type="radio")


def test_a_draft_is_prepared_before_anybody_sees_it(app, congress, anna):
    with app.app_context():
        db.session.get_one(Congress, congress).state = "draft"
        for item in db.session.query(ProgrammeItem):
            item.released = item.released_starts_at = item.released_ends_at = None
        db.session.commit()

    anna.load(PAGE)
    anna.submit("Speichern", **{choice(anna): "wishes"})
    assert "Gespeichert" in pages.words(anna.page)
    assert chosen(anna) == "wishes"


def test_before_a_workshop_is_called_off_it_says_how_many_ranked_it(app, congress, anna):
    with app.app_context():
        first = db.session.query(ProgrammeItem).filter_by(number=1).one()
        db.session.get_one(Congress, congress).rules = {"allocation": "wishes"}
        db.session.commit()
        item, own = first.id, f"{HERE}/programme/{first.code}"
    for _ in range(2):
        somebody(app, congress, item, wishes=True)
    for page in ("edit", "remove"):
        anna.load(f"{own}/{page}?lang=de")
        assert "2 Personen haben das als Wunsch genannt" in pages.words(anna.page)
    anna.load(f"{own}/call-off?lang=de")
    assert "2 Personen haben das als Wunsch genannt und werden sofort" in pages.words(anna.page)
    assert "einen Platz" not in pages.words(pages.get(anna.page, "p", class_="lead"))
    anna.submit("Absagen und 2 Personen informieren")
    assert "ist abgesagt" in pages.words(anna.page)


@pytest.mark.parametrize("by_rule", [False, True], ids=["a time", "the event"])
def test_whoever_could_rank_from_now_on_is_to_be_told_by_the_organisers(
    app, congress, anna, by_rule
):
    somebody(app, congress, None)
    if by_rule:
        anna.load(f"{HERE}/settings/rules?lang=de")
        anna.submit("Speichern", allocation="wishes")
    else:
        anna.submit("Speichern", **{choice(anna): "wishes"})
    said = pages.words(anna.page)
    assert "1 Person, die schon angemeldet ist, kann jetzt Wünsche ordnen." in said
