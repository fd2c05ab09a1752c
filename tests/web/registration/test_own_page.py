import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from congress.domain.registration import ChangesClosed
from congress.extensions import db
from congress.models import Booking, Congress, Consent, OutboxMessage, ProgrammeItem, Registration
from tests.builders import (
    CLOSES,
    STARTS,
    WORKSHOPS_START,
    a_booking,
    a_registration,
    a_workshop,
    add,
)
from tests.web import pages
from tests.web.registration.visitors import Visitor

ADDRESSES = re.compile(r'href="(/[^"]*|http://congress\.test[^"]*)"')


def bookings(app) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(
            select(ProgrammeItem.code, Booking.state)
            .join(Booking, Booking.item_id == ProgrammeItem.id)
            .order_by(Booking.id)
        )
        return [(code, state) for code, state in rows]


def state(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Registration.state)).one()


def everything(app) -> list[object]:
    with app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(model))
            for model in (Registration, Booking, Consent, OutboxMessage)
        ]
        revision = db.session.scalars(select(Congress.revision)).one()
    return [*counts, revision, bookings(app)]


def fill_workshop(app, congress_id, code) -> None:
    """Give the places of a workshop to somebody else."""
    with app.app_context():
        row = db.session.get_one(Congress, congress_id)
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == code)).one()
        a_booking(a_registration(row), item)


def test_a_free_workshop_is_changed_to_at_once(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1")

    answer = visitor.act(page, "workshops", slot_1="workshop-2", question_1="Wer ist dabei?")

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{page}?done=chose-2"
    own = pages.read(visitor.open(answer.headers["Location"]))
    assert pages.words(pages.get(own, role="status"))
    assert "Wer ist dabei?" in pages.words(pages.section(own, "haben"))
    assert bookings(app) == [("workshop-1", "cancelled"), ("workshop-2", "confirmed")]


def test_the_old_place_is_kept_until_the_new_one_is_sure(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1")
    fill_workshop(app, congress, "workshop-2")

    visitor.act(page, "workshops", slot_1="workshop-2")

    own = pages.read(visitor.open(page))
    assert pages.titles(pages.section(own, "haben")) == ["Workshop 1: Junges Engagement"]
    assert pages.waiting_positions(own) == {"Workshop 2: Sozialraum": [1, 1]}
    assert "Workshop 1" in pages.words(pages.section(own, "warten"))  # what is kept until then
    assert ("workshop-1", "confirmed") in bookings(app)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"slot_1": "none"}, []),
        ({"slot_1": "workshop-1"}, ["Sie behalten"]),
        ({"slot_1": "workshop-2", "safe_1": "none"}, ["Mit Ihrer Wahl endet"]),
        ({"slot_1": "workshop-2", "safe_1": "workshop-1"}, ["Sie behalten", "Mit Ihrer Wahl"]),
    ],
    ids=["has none", "has one", "waits", "has one and waits"],
)
def test_whoever_changes_reads_what_is_kept_and_what_ends(visitor, app, congress, choice, said):
    fill_workshop(app, congress, "workshop-2")
    page = visitor.own_page(**choice)

    part = pages.section(pages.read(visitor.open(page)), "tauschen")

    sentences = [pages.words(each) for each in part.findall("p")]
    assert len(sentences) == len(said)
    assert all(each.startswith(start) for each, start in zip(sentences, said, strict=True))


def test_waiting_can_be_given_up_and_the_place_stays(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1")
    fill_workshop(app, congress, "workshop-2")
    visitor.act(page, "workshops", slot_1="workshop-2")
    waiting = pages.section(pages.read(visitor.open(page)), "warten")
    leave = str(pages.get(waiting, "form").get("action"))

    answer = visitor.send(leave, **visitor.hidden(page))

    assert answer.status_code == 303
    mine = [each for each in bookings(app) if each != ("workshop-2", "confirmed")]
    assert mine == [("workshop-1", "confirmed"), ("workshop-2", "cancelled")]


@pytest.mark.sqlite_only
def test_a_booking_of_somebody_else_is_out_of_reach(visitor, app, congress):
    """SEC-04: a link opens its own registration only."""
    visitor.own_page(slot_1="workshop-1")
    page = visitor.own_page(given_name="Max")

    visitor.act(page, "bookings/1/leave")

    assert bookings(app) == [("workshop-1", "confirmed")]


def test_the_one_who_withdraws_is_asked_once_more_and_told_once(visitor, app, congress):
    """REL-22: twice is the same, with one letter, and no invitation that is still to be sent."""
    page = visitor.own_page(slot_1="workshop-1")
    asked = pages.read(visitor.open(f"{page}/withdraw"))
    assert pages.has(asked, "form", method="post")
    assert state(app) == "confirmed"
    form = visitor.hidden(f"{page}/withdraw")

    answers = [visitor.send(f"{page}/withdraw", **form) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    own = visitor.open(page).text
    assert pages.state_of_registration(own) == "cancelled"
    assert 'href="/fachkongress/register"' in own
    assert "leave" not in own
    assert "/consents" not in own
    with app.app_context():
        kinds = list(db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))
    assert kinds.count("withdrawn") == 1
    assert kinds == ["confirmed", "withdrawn"]
    assert not pages.has(pages.read(visitor.open(f"{page}/withdraw")), "form")


@pytest.mark.sqlite_only
def test_registering_again_after_withdrawing_is_a_new_registration(visitor, app, congress):
    page = visitor.own_page()
    visitor.send(f"{page}/withdraw", **visitor.hidden(f"{page}/withdraw"))

    again = visitor.own_page()

    assert again != page
    assert pages.state_of_registration(visitor.open(again).text) == "confirmed"
    assert pages.state_of_registration(visitor.open(page).text) == "cancelled"


def test_the_place_of_who_withdraws_goes_to_the_head_of_the_queue(visitor, app, congress):
    first = visitor.own_page(slot_1="workshop-2")
    second = visitor.own_page(given_name="Max", slot_1="workshop-2", safe_1="workshop-1")

    visitor.send(f"{first}/withdraw", **visitor.hidden(f"{first}/withdraw"))

    own = pages.read(visitor.open(second))
    assert not pages.has(own, aria_labelledby="warten")
    assert pages.titles(pages.section(own, "haben")) == ["Workshop 2: Sozialraum"]
    assert bookings(app)[-2:] == [("workshop-1", "cancelled"), ("workshop-2", "confirmed")]


@pytest.mark.sqlite_only
def test_opening_every_link_a_hundred_times_changes_nothing(visitor, app, congress):
    """SEC-12: scanners open each link in each mail."""
    page = visitor.own_page(slot_1="workshop-1")
    before = everything(app)
    scanner = Visitor(app)
    paths = {page, f"{page}/withdraw", f"{page}/calendar.ics"}
    paths |= {each for each in ADDRESSES.findall(scanner.open(page).text) if page in each}

    for path in paths:
        for _ in range(100 // len(paths) + 1):
            assert scanner.open(path).status_code == 200
            assert scanner.client.head(path, base_url="http://congress.test").status_code == 200

    assert everything(app) == before


@pytest.mark.sqlite_only
@pytest.mark.parametrize("act", ["workshops", "bookings/1/take-back", "consents", "calendar"])
def test_what_changes_something_refuses_to_be_opened(visitor, congress, act):
    """SEC-14: 405 for GET."""
    page = visitor.own_page(slot_1="workshop-1")

    assert visitor.open(f"{page}/{act}").status_code == 405


@pytest.mark.sqlite_only
def test_unknown_and_cut_links_are_one_and_the_same_404(visitor, app, congress):
    """SEC-04: one changed character, one missing, a made-up token, another purpose."""
    page = visitor.own_page()
    visitor.act(page, "calendar", channel="subscription")
    feed = re.search(r"/feed/([\w-]+)\.ics", visitor.open(page).text)
    assert feed
    token = page.rsplit("/", 1)[1]
    wrong = [
        token[:-1],
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token + "A",
        "A" * 43,
        feed[1],
        "x",
        "%00",
        "%FF%FE",
        "..%2f..%2fetc",
    ]

    answers = [visitor.open(f"/registration/{each}") for each in wrong]
    answers.append(visitor.open("/kein-kongress"))

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


@pytest.mark.sqlite_only
def test_an_own_page_shows_nobody_else(visitor, app, congress):
    """SEC-04."""
    visitor.own_page(given_name="Friederike", email="friederike@example.org")

    page = visitor.open(visitor.own_page(slot_1="workshop-1"))

    assert "Friederike" not in page.text
    assert "friederike" not in page.text


def test_after_the_deadline_workshops_stay_but_places_can_be_given_back(
    visitor, app, congress, on_a_day
):
    page = visitor.own_page(slot_1="workshop-1")
    form = visitor.hidden(page) | {"slot-1": "workshop-2", "question-1": "Wer ist dabei?"}
    on_a_day.move_to(CLOSES)

    own = pages.read(visitor.open(page))
    refused = visitor.send(f"{page}/workshops", **form)

    assert not pages.has(own, "form", action=f"{page}/workshops")
    assert "7. Oktober 2015" in pages.words(pages.section(own, "zu"))
    assert refused.status_code == 422
    answer = pages.read(refused)
    assert pages.faults(answer) == [pages.sentence(app, ChangesClosed(CLOSES))]
    assert pages.refusal_heading(answer) == "Änderungen sind nicht mehr möglich"
    assert pages.words(pages.get(answer, "textarea", name="question-1")) == "Wer ist dabei?"
    withdrawn = visitor.send(f"{page}/withdraw", **visitor.hidden(f"{page}/withdraw"))
    assert withdrawn.status_code == 303
    assert state(app) == "cancelled"


def test_once_the_congress_has_begun_the_page_is_for_reading_only(visitor, app, congress, on_a_day):
    page = visitor.own_page(slot_1="workshop-1")
    form = visitor.hidden(page)
    on_a_day.move_to(STARTS)

    own = visitor.open(page).text

    assert pages.state_of_registration(own) == "confirmed"
    assert "/withdraw" not in own
    assert "/leave" not in own
    assert visitor.send(f"{page}/withdraw", **form).status_code == 422
    assert visitor.send(f"{page}/bookings/1/leave", **form).status_code == 422
    assert state(app) == "confirmed"


def test_a_change_without_a_choice_says_what_is_missing(visitor, app, congress):
    page = visitor.own_page(slot_1="workshop-1")

    answer = visitor.act(page, "workshops")

    assert answer.status_code == 422
    said = pages.get(pages.read(answer), id="fehlerliste")
    assert [each.get("href") for each in said.iter("a")] == ["#formular", "#slot-1"]
    assert "<title>Fehler: " in answer.text


@pytest.mark.sqlite_only
def test_a_cancelled_congress_says_so_on_the_own_page(visitor, app, congress):
    """Nothing is asked or offered but to leave, whatever comes of it, and to take back."""
    page = visitor.own_page(photos="y")
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.state = "cancelled"
        row.content_revision += 1
        add(row)

    own = visitor.open(page)
    assert "findet nicht statt" in pages.words(pages.get(pages.read(own), "h1"))
    assert f'href="{page}/withdraw"' in own.text
    assert f"{page}/workshops" not in own.text
    assert pages.consents_offered(pages.read(own)) == {"photos": "withdrawn"}
    given = visitor.act(page, "consents", purpose="attendee_list", answer="given")
    taken = visitor.act(page, "consents", purpose="photos", answer="withdrawn")
    assert (given.status_code, taken.status_code) == (422, 303)
    form = visitor.hidden(f"{page}/withdraw")
    assert visitor.send(f"{page}/withdraw", **form).status_code == 303
    assert state(app) == "cancelled"


@pytest.mark.sqlite_only
def test_a_link_lasts_as_long_as_the_registration(visitor, congress, on_a_day):
    page = visitor.own_page()
    on_a_day.shift(timedelta(days=300))

    assert visitor.open(page).status_code == 200


@pytest.mark.parametrize("page", ["form", "own page"])
def test_workshops_that_overlap_are_one_question_and_the_shifted_one_says_when(
    visitor, app, congress, page
):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        later = WORKSHOPS_START + timedelta(hours=1)
        a_workshop(row, number=4, title={"de": "Später"}, starts_at=later)

    form = "/fachkongress/register" if page == "form" else visitor.own_page()
    shown = visitor.open(form).text

    assert 'name="slot-1"' in shown
    assert 'name="slot-2"' not in shown
    card = shown[shown.index("Später") :].partition("</li>")[0]
    assert "14.15 bis 16.15" in card.replace("\xa0", " ")
    assert "14.15" not in shown[: shown.index("Später")]
