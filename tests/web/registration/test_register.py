from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.registration import WorkshopFull
from congress.extensions import db
from congress.models import Booking, Congress, OutboxMessage, Registration
from tests.builders import a_workshop
from tests.web import pages
from tests.web.registration.visitors import HOST, Statements, Visitor, change, stored

FORM = "/fachkongress/register"
SECOND = timedelta(seconds=1)


def bookings(app) -> dict[str, str]:
    with app.app_context():
        rows = db.session.execute(select(Booking.item_id, Booking.state).order_by(Booking.id))
        return {f"workshop-{item_id}": state for item_id, state in rows}


def test_one_page_and_one_submit_lead_to_a_confirmed_place(visitor, app, congress):
    answer = visitor.register(slot_1="workshop-1", question_1="Wie fängt man an?")

    assert answer.status_code == 303
    page = visitor.open(answer.headers["Location"])
    assert page.status_code == 200
    own = pages.read(page)
    assert pages.has(own, data_state="confirmed")
    assert "Erika Muster" in pages.words(pages.get(own, "h1"))
    has = pages.section(own, "haben")
    assert pages.titles(has) == ["Workshop 1: Junges Engagement"]
    assert pages.has(has, class_="state state--ok")
    assert "Wie fängt man an?" in pages.words(has)
    assert not pages.has(own, aria_labelledby="warten")
    assert page.headers["Cache-Control"] == "no-store"  # SEC-13
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert bookings(app) == {"workshop-1": "confirmed"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", ["/fachkongress/register", "/fachkongress/resend-link"])
def test_a_draft_and_an_unknown_congress_are_the_same_404(visitor, app, congress, path):
    change(app, congress, state="draft")

    draft, unknown = visitor.open(path), visitor.open(path.replace("fach", "kein"))

    assert draft.status_code == unknown.status_code == 404
    assert draft.data == unknown.data


def test_a_full_workshop_offers_its_waiting_list_and_a_safe_place(visitor, app, congress):
    visitor.register(slot_1="workshop-2")
    page = pages.read(visitor.open(FORM))

    assert pages.card_state(page, "workshop-1") == "state--free"
    assert pages.card_state(page, "workshop-2") == "state--wait"
    assert pages.has(page, "select", name="safe-1")
    other = {"given_name": "Max", "slot_1": "workshop-2"}
    unsure = visitor.register(**other)
    assert unsure.status_code == 422
    assert '<a href="#safe-1">' in unsure.text
    sure = visitor.register(**other, safe_1="workshop-1")
    own = pages.read(visitor.open(sure.headers["Location"]))
    assert pages.waiting_positions(own) == {"Workshop 2: Sozialraum": [1, 1]}
    assert "Workshop 1" in pages.words(pages.section(own, "warten"))
    assert visitor.register(given_name="Ida", slot_1="workshop-2", safe_1="none").status_code == 303


@pytest.mark.sqlite_only
def test_a_workshop_without_queue_is_shown_but_cannot_be_chosen(visitor, app, congress):
    form = visitor.fill_in(given_name="Max", slot_1="workshop-3")
    visitor.register(slot_1="workshop-3")

    page = pages.read(visitor.open(FORM))
    answer = visitor.send(FORM, **form)

    [shut] = pages.find_all(page, disabled="")
    assert shut.get("value") == "workshop-3"
    assert pages.card_state(page, "workshop-3") == "state--full"
    assert answer.status_code == 422
    full = WorkshopFull({"de": "Vernetzung"})
    assert pages.faults(pages.read(answer)) == [pages.sentence(app, full)]


def test_who_loses_the_last_place_to_somebody_faster_waits_and_is_not_sent_back(
    visitor, app, congress
):
    form = visitor.fill_in(given_name="Max", slot_1="workshop-2")
    visitor.register(slot_1="workshop-2")

    answer = visitor.send(FORM, **form)

    assert answer.status_code == 303
    own = pages.read(visitor.open(answer.headers["Location"]))
    assert pages.waiting_positions(own) == {"Workshop 2: Sozialraum": [1, 1]}


def test_a_full_congress_says_that_one_joins_its_waiting_list(visitor, app, congress):
    change(app, congress, capacity=1)
    visitor.register()

    page = pages.read(visitor.open(FORM))
    own = pages.read(visitor.open(visitor.own_page(given_name="Max", slot_1="workshop-1")))

    assert pages.has(page, class_="note note--warn stack-s")
    assert pages.has(own, data_state="waiting")
    assert "Max Muster" in pages.words(pages.get(own, "h1"))
    place = pages.get(pages.section(own, "kongress"), class_="state state--wait")
    assert pages.numbers(place) == [1, 1]
    assert pages.waiting_positions(own) == {"Workshop 1: Junges Engagement": []}  # only noted
    assert not pages.has(own, aria_labelledby="haben")
    main = pages.get(own, "main")
    assert [each for each in main.iter("a") if "calendar.ics" in each.get("href", "")] == []


@pytest.mark.sqlite_only
def test_a_question_that_is_asked_no_more_is_not_answered_in_silence(visitor, app, congress):
    """Two choices have become one while the form lay open."""
    answer = visitor.register(slot_1="workshop-1", slot_2="workshop-5")

    assert answer.status_code == 422
    assert pages.faults(pages.read(answer)) == [
        "Inzwischen überschneiden sich andere Programmpunkte. Bitte prüfen Sie Ihre Wahl."
    ]


def test_the_same_form_sent_again_is_one_registration_and_the_same_answer(visitor, app, congress):
    """REL-20, REL-21: also when the answer was lost, or the address is spelt otherwise."""
    form = visitor.fill_in(slot_1="workshop-2")

    answers = [visitor.send(FORM, **form) for _ in range(5)]
    answers.append(visitor.send(FORM, **form | {"email": " ERIKA.MUSTER@example.org "}))
    stranger = Visitor(app)
    again = form | {"csrf_token": stranger.hidden(FORM)["csrf_token"]}
    answers.append(stranger.send(FORM, **again))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert stored(app, Registration) == 1
    assert stored(app, OutboxMessage) == 2  # letter and calendar


@pytest.mark.sqlite_only
def test_a_form_that_is_sent_again_for_somebody_else_says_that_it_was_sent(visitor, app, congress):
    """By the Back button: nobody shall believe to be registered who is not."""
    form = visitor.fill_in()
    visitor.send(FORM, **form)

    answer = visitor.send(FORM, **form | {"given_name": "Max"})

    page = pages.read(visitor.open(answer.headers["Location"]))
    said = pages.words(pages.get(page, role="status"))
    assert said.startswith("Dieses Formular war schon abgeschickt")
    assert stored(app, Registration) == 1


def test_the_same_person_by_another_form_gets_the_neutral_page(visitor, app, congress):
    """SEC-24: address in other case, name without accents: nothing is said about what exists."""
    visitor.register(given_name="Zoë")

    answer = visitor.register(given_name="zoe", email="ERIKA.muster@example.org")

    assert answer.headers["Location"] == "/fachkongress/registered"
    page = pages.read(visitor.open("/fachkongress/registered"))
    assert pages.has(pages.section(page, "weiter"), href="/fachkongress/resend-link")
    assert "Erika" not in pages.words(pages.get(page, "main"))
    assert stored(app, Registration) == 1


def test_another_name_at_the_same_address_is_another_registration(visitor, app, congress):
    """SEC-24: small town halls share one mailbox."""
    pages = {visitor.own_page(), visitor.own_page(given_name="Max")}

    assert len(pages) == 2
    assert stored(app, Registration) == 2


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "spoilt",
    [{"csrf_token": ""}, {"csrf_token": "forged"}],
    ids=["without", "forged"],
)
def test_a_form_without_its_token_is_refused(visitor, app, congress, spoilt):
    """SEC-14."""
    answer = visitor.send(FORM, **visitor.fill_in() | spoilt)

    assert answer.status_code in {400, 403}
    assert stored(app, Registration) == 0


@pytest.mark.sqlite_only
def test_a_form_sent_by_another_site_is_refused(visitor, app, congress):
    """SEC-14: with the token of another session, or named as cross-site by the browser."""
    form = visitor.fill_in()
    other = Visitor(app)
    other.open(FORM)

    assert other.send(FORM, **form).status_code in {400, 403}
    foreign = visitor.client.post(
        FORM, data=form, base_url=HOST, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
    assert stored(app, Registration) == 0


@pytest.mark.sqlite_only
def test_fields_that_are_not_asked_change_nothing(visitor, app, congress):
    """SEC-26."""
    change(app, congress, capacity=0)

    visitor.register(
        status="confirmed",
        state="confirmed",
        event_id="2",
        role="admin",
        price="0",
        priority="-1",
        congress_id="2",
        id="7",
    )

    with app.app_context():
        row = db.session.scalars(select(Registration)).one()
        assert (row.state, row.congress_id, row.priority) == ("waiting", congress, 0)
        assert row.id != 7


@pytest.mark.sqlite_only
def test_who_only_reads_gets_no_cookie_and_who_registers_one_of_the_right_kind(visitor, congress):
    """SEC-21: only pages with a form set the session cookie."""
    assert "Set-Cookie" not in visitor.open("/fachkongress/registered").headers
    cookie = visitor.open(FORM).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.sqlite_only
@pytest.mark.parametrize("workshops", [6, 40])
def test_statements_do_not_grow_with_the_programme(visitor, app, congress, workshops):
    """performance.md: at most 15 statements for one registration."""
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        for number in range(10, 10 + workshops):
            a_workshop(row, number=number)
    visitor.register(given_name="Max")
    statements = Statements(app)

    form = visitor.fill_in(slot_1="workshop-1")
    assert len(statements.seen) <= 2
    statements.seen.clear()
    answer = visitor.send(FORM, **form)
    assert len(statements.seen) <= 15
    statements.seen.clear()
    visitor.open(answer.headers["Location"])
    assert len(statements.seen) <= 8
