"""Correcting oneself in a browser without JavaScript, and confirming a new address from there."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from congress.domain.correction import (
    MOST_PER_HOUR,
    EditedMeanwhile,
    TooManyCorrections,
)
from congress.extensions import db
from congress.models import AddressChange, AuditLine, Congress, OutboxMessage, Registration
from congress.queries.registrations import get_own
from congress.services import addresses, correcting
from congress.transaction import transaction
from tests.builders import CLOSES, OPEN
from tests.web import pages
from tests.web.registration.test_own_page_events import ORGANISER
from tests.web.registration.visitors import Visitor, change

pytestmark = pytest.mark.sqlite_only

NEW = "neu@example.org"
CORRECTED = "Ihre Angaben sind geändert. Sie bekommen dazu gleich eine Mail."
MOVED = (
    "Ab jetzt gilt Ihre neue Adresse. Ihren Link bekommen Sie gleich dorthin; "
    "der Link in früheren Mails öffnet nichts mehr."
)
MOVED_WITH_ENTRY = MOVED.replace("Link bekommen", "Link und Ihren Kalendereintrag bekommen")
LEFT_OUT = (
    "Wir haben weggelassen, was um Ihre E-Mail-Adresse herum stand. "
    "Bitte prüfen Sie sie unter „Ihre Angaben“."
)


@pytest.fixture
def page(visitor, congress):
    return visitor.own_page(slot_1="workshop-1")


def typed(**changes: str) -> dict[str, str]:
    person = {
        "given_name": "Erika",
        "family_name": "Muster",
        "email": "erika.muster@example.org",
        "organisation": "Stadt Lünen",
        "function": "",
    }
    return person | changes


def correct(visitor: Visitor, page: str, **changes: str) -> TestResponse:
    return visitor.send(f"{page}/details", **visitor.hidden(f"{page}/details"), **typed(**changes))


def link(app) -> str:
    with app.app_context():
        address = addresses.link_for(db.session.scalars(select(AddressChange.id)).one())
        return urlsplit(str(address)).path


def everything(app) -> list[object]:
    with app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(each))
            for each in (AddressChange, AuditLine, OutboxMessage)
        ]
        return [*counts, db.session.scalars(select(Registration.email)).all()]


def test_the_own_page_leads_to_the_form_with_what_stands(visitor, page):
    assert pages.has(pages.read(visitor.open(page)), "a", href=f"{page}/details")

    form = pages.read(visitor.open(f"{page}/details"))

    for name, value in typed().items():
        assert pages.get(form, id=name).get("value") == value


def test_what_is_corrected_stands_on_the_own_page_at_once(visitor, page):
    answer = correct(visitor, page, family_name="Meier", function="Ehrenamt")

    assert answer.headers["Location"] == f"{page}?done=details"
    own = visitor.open(answer.headers["Location"])
    assert "Ihre Angaben sind geändert." in own.text
    assert "<dd>Erika Meier</dd>" in own.text
    assert "<dd>Ehrenamt</dd>" in own.text


@pytest.mark.parametrize("waits", [False, True], ids=["with a place", "on the waiting list"])
def test_of_corrections_the_last_one_is_spoken_of(visitor, app, congress, waits):
    """Whichever act an address names; who has no place has no calendar entry either."""
    if waits:
        change(app, congress, capacity=0)
    page = visitor.own_page()
    correct(visitor, page, family_name="Meier")
    assert said(visitor, page) == {"details": CORRECTED, "details-moved": CORRECTED}

    correct(visitor, page)  # before anybody heard of it: no letter is left
    assert said(visitor, page)["details"] == "Ihre Angaben sind geändert."

    correct(visitor, page, family_name="Meier", email=NEW)
    confirm = link(app)
    moved = visitor.send(confirm, **visitor.hidden(confirm)).headers["Location"].split("?")[0]

    words = MOVED if waits else MOVED_WITH_ENTRY
    assert said(visitor, moved) == {"moved": words, "details-moved": words}

    with app.app_context():
        stands = get_own(1).person
        after = replace(stands, family_name="Muster")
        correcting.correct(1, after, version=stands.version, actor=ORGANISER, now=OPEN)
    assert said(visitor, moved) == {}


def said(visitor: Visitor, page: str) -> dict[str, str]:
    """Return what is said of each act that an address may name."""
    found = {}
    for act in ("details", "moved", "details-moved", "repaired", "stays", "stays-repaired"):
        notes = pages.find_all(pages.read(visitor.open(f"{page}?done={act}")), role="status")
        if notes:
            found[act] = pages.words(notes[0])
    return found


def test_what_was_left_out_of_an_address_is_spoken_of_once(visitor, app, congress):
    page = visitor.own_page(email="<mailto:erika.muster@example.org>").split("?")[0]

    assert said(visitor, page) == {"repaired": LEFT_OUT}
    visitor.act(page, "workshops", slot_1="workshop-1")
    assert said(visitor, page) == {}


def test_nothing_changed_is_nothing_said(visitor, page):
    assert correct(visitor, page).headers["Location"] == page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"given_name": "-", "family_name": ""}, "given_name", "Bitte geben Sie Ihren Namen an."),
        ({"email": "erika"}, "email", "Die Adresse ist unvollständig"),
        ({"family_name": "evil.example"}, "family_name", "Adresse einer Internetseite"),
        ({"function": "x" * 121}, "function", "höchstens 120 Zeichen"),
    ],
)
def test_what_cannot_be_used_is_refused_and_kept(visitor, page, changes, field, sentence):
    answer = correct(visitor, page, **{"organisation": "Stadt Hamm"} | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    form = pages.read(answer)
    assert pages.get(form, id="organisation").get("value") == "Stadt Hamm"
    if changes[field] != "-":
        assert pages.get(form, id=field).get("value") == changes[field]


def test_a_new_address_counts_once_it_is_confirmed_from_there(visitor, app, page):
    answer = correct(visitor, page, email=f"<mailto:{NEW}>.")

    assert answer.headers["Location"] == f"{page}?done=address-repaired"
    told = pages.words(
        pages.get(pages.read(visitor.open(answer.headers["Location"])), role="status")
    )
    assert "was um Ihre E-Mail-Adresse herum stand" in told
    assert "gleich eine Mail an Ihre neue Adresse" in visitor.open(f"{page}?done=address").text
    form = pages.read(visitor.open(f"{page}/details"))
    assert pages.get(form, id="email").get("value") == NEW
    assert f"{NEW} ist noch nicht bestätigt" in pages.words(form)
    confirm = link(app)
    before = everything(app)
    for _ in range(3):  # SEC-12: scanners open every link
        question = visitor.open(confirm)
        assert question.status_code == 200
        assert visitor.client.head(confirm, base_url="http://congress.test").status_code == 200
    assert everything(app) == before
    assert f"<dd>{NEW}</dd>" in question.text

    done = visitor.send(confirm, **visitor.hidden(confirm))

    assert done.status_code == 303
    own = visitor.open(done.headers["Location"])
    assert f"<dd>{NEW}</dd>" in own.text.replace("<wbr>", "")
    assert "Ab jetzt gilt Ihre neue Adresse" in own.text
    assert visitor.open(page).status_code == 404
    over = visitor.open(confirm)
    assert over.status_code == 404
    assert "Dieser Link gilt nicht mehr" in over.text


def test_two_tabs_show_both_versions_and_lose_nothing(visitor, app, page):
    opened = visitor.hidden(f"{page}/details")
    correct(visitor, page, family_name="Meier")

    late = visitor.send(f"{page}/details", **opened, **typed(function="Ehrenamt"))

    assert late.status_code == 422
    read = pages.read(late)
    assert pages.refusal_heading(read).startswith("Diese Angaben wurden geändert")
    assert pages.faults(read) == [
        pages.sentence(app, EditedMeanwhile()),
        "Nachname: jetzt „Meier“",
        "Funktion: jetzt leer",
    ]
    assert pages.get(read, id="function").get("value") == "Ehrenamt"
    version = pages.get(read, name="version").get("value")
    again = visitor.send(
        f"{page}/details", **opened | {"version": version}, **typed(function="Ehrenamt")
    )
    assert again.status_code == 303


def test_name_and_address_at_once_say_both(visitor, page):
    answer = correct(visitor, page, email=NEW, given_name="")

    assert answer.headers["Location"] == f"{page}?done=details-address"
    own = visitor.open(answer.headers["Location"]).text
    assert "<dd>Muster</dd>" in own
    assert "Ihre Angaben sind geändert." in own
    assert "Sie bekommen gleich zwei Mails: eine dazu an die alte Adresse" in own
    assert own.count("Sie bekommen") == 1


def test_after_the_deadline_the_page_says_so_and_shows_no_form(
    visitor, app, congress, page, on_a_day
):
    change(app, congress, contact_email="kontakt@example.org")
    hidden = visitor.hidden(f"{page}/details")
    on_a_day.move_to(CLOSES)

    assert not pages.has(pages.read(visitor.open(page)), "a", href=f"{page}/details")
    shut = visitor.open(f"{page}/details")
    assert not pages.has(pages.read(shut), id="family_name")
    assert "Ändern konnten Sie bis einschließlich" in shut.text
    late = visitor.send(f"{page}/details", **hidden, **typed(family_name="Meier"))
    assert late.status_code == 422
    read = pages.read(late)
    assert pages.get(read, id="family_name").get("value") == "Meier"
    assert pages.refusal_heading(read) == "Änderungen sind nicht mehr möglich"
    assert pages.has(read, "a", href="mailto:kontakt@example.org")
    assert not pages.has(read, "button", class_="kern-btn kern-btn--primary kern-btn--big")


def test_a_refusal_is_not_called_a_wrong_entry(visitor, app, page):
    for number in range(MOST_PER_HOUR):
        correct(visitor, page, given_name=f"Erika {number}")

    answer = pages.read(correct(visitor, page, given_name="Ada"))

    assert pages.refusal_heading(answer) == "Sie haben innerhalb einer Stunde viel geändert"
    assert pages.faults(answer) == [pages.sentence(app, TooManyCorrections())]
    assert pages.get(answer, id="given_name").get("value") == "Ada"


def test_who_registers_twice_under_one_name_reads_nothing_about_the_other(visitor, page):
    """SEC-24."""
    visitor.own_page(given_name="Max")

    answer = correct(visitor, page, given_name="max")

    assert answer.status_code == 422
    assert pages.refusal_heading(pages.read(answer)).startswith("Diese Angaben lassen sich hier")
    assert not re.search("schon .*angemeldet", answer.text)


def test_a_field_that_the_congress_does_not_ask_keeps_its_answer(visitor, app, page):
    with app.app_context(), transaction():
        db.session.scalars(select(Congress)).one().fields = {"organisation": "off"}

    assert not pages.has(pages.read(visitor.open(f"{page}/details")), id="organisation")
    correct(visitor, page, organisation="Erschlichen", given_name="Ada")

    with app.app_context():
        row = db.session.scalars(select(Registration)).one()
    assert (row.given_name, row.organisation) == ("Ada", "Stadt Lünen")


def test_the_form_speaks_english(visitor, page):
    text = visitor.open(f"{page}/details?lang=en").text

    assert "Correct your details" in text
    assert '<html lang="en">' in text
