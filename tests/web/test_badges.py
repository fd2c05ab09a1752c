"""Badges: who gets one, what is printed again, and what the log keeps of it."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
import time_machine
from PIL import Image

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, Congress, PrintedBadge, Registration
from congress.services import printing_badges, tokens
from tests import tagged_pdf
from tests.builders import (
    AFTERWARDS,
    BEGUN,
    STARTS,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
    an_item,
    an_organisation,
)
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/print/badges"
MOST = 25  # statements


def a_host(congress):
    """Store a host with a logo, which stands beside the codes."""
    logo = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(logo, "PNG")
    digest = sha256(logo.getvalue()).hexdigest()
    about: dict[str, Any] = {
        "logo": logo.getvalue(),
        "logo_type": "image/png",
        "logo_digest": digest,
    }
    an_organisation(congress=congress, logo_alt={"de": "Wappen der Stadt"}, **about)


@pytest.fixture
def house(app):
    """Two with a place, one who waits, one online, and somebody of the programme."""
    with app.app_context():
        congress = a_congress(rules={"mode": "hybrid"})
        eva = a_registration(congress, given_name="Eva", family_name="Öse", kind="guest")
        anna = a_registration(congress, given_name="Anna", family_name="Adler")
        a_registration(congress, family_name="Wartet", state="waiting")
        a_registration(congress, family_name="Fern", mode="online")
        part = a_contribution(an_item(congress), "Zora Zimt", state="confirmed")
        a_contribution(an_item(congress), "Otto Offen")
        a_host(congress)
        number, ids = congress.id, {"eva": eva.id, "anna": anna.id, "zora": part.person_id}
        tokens.renew(eva.id, now=STARTS)
        add(a_booking(eva, a_workshop(congress)))
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {number: Role.READER})
    with time_machine.travel(STARTS, tick=False):
        yield ids


def listed(client, query=""):
    page = pages.read(client.get(f"{HERE}?lang=de{query}"))
    names = pages.find_all(pages.get(page, id="sheets"), "li")
    return [pages.words(each) for each in names], pages.words(page)


def mark(client):
    """Say that what the page lists was printed; return the status."""
    return post(client, HERE, HERE, printed=hidden(client, HERE, "printed"))


def test_whoever_is_expected_at_the_venue_gets_one_in_the_order_of_names(app, house):
    names, said = listed(logged_in(app, "organiser@example.org"))
    assert [name.split(",")[0].split(" ")[0] for name in names] == ["Anna", "Eva", "Zora"]
    assert "Gast · Keine Fotos" in names[1]
    assert "Keine Fotos" not in names[2]  # nobody asked
    assert "3 Namensschilder auf 1 Bogen" in said


def test_only_what_is_new_or_changed_is_printed_again(app, house):
    client = logged_in(app, "organiser@example.org")
    assert mark(client) == 303
    names, said = listed(client)
    assert names == []
    assert "3 Namensschilder sind als gedruckt gemerkt." in said
    with app.app_context():
        db.session.get_one(Registration, house["eva"]).family_name = "Oese"
        a_registration(db.session.get_one(Congress, 1), family_name="Neu")
    names, _said = listed(client)
    assert [name.split()[-1] for name in names] == ["neu", "geändert"]
    assert len(listed(client, "&which=all")[0]) == 4
    assert len(listed(client, f"&holder=r{house['anna']}")[0]) == 1
    assert len(listed(client, "&workshops=y")[0]) == 2  # Eva alone has chosen one


def test_what_changes_between_printing_and_noting_is_offered_again(app, house):
    client = logged_in(app, "organiser@example.org")
    printed = hidden(client, HERE, "printed")
    with app.app_context():
        db.session.get_one(Registration, house["eva"]).organisation = "Verein"
        db.session.commit()
    assert post(client, HERE, HERE, printed=printed) == 303
    names, said = listed(client)
    assert [name[:7] for name in names] == ["Eva Öse"]
    assert "2 Namensschilder sind als gedruckt gemerkt. 1 weiteres" in said


def test_the_file_is_handed_out_and_noted_in_the_log_and_changes_nothing(app, house):
    client = logged_in(app, "organiser@example.org")
    answer = client.get(f"{ONE}/print/badges.pdf?sheet=80x50&start=3&lines=y&workshops=y&right=-2")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    shown = tagged_pdf.read(answer.data).alternatives
    assert shown.count("Wappen der Stadt") == 3
    assert "Code für den Einlass von Eva Öse" in shown
    with app.app_context():
        [line] = db.session.query(AuditLine).filter_by(verb="badges_exported")
        assert line.details == {"count": 3, "sheet": "80x50"}
        assert db.session.query(PrintedBadge).count() == 0
    assert "3 Namensschilder wurden als PDF" in client.get(f"{ONE}/log?lang=de").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=11", "von 1 bis 10"),
        ("start=0", "von 1 bis 10"),
        ("start=%00", "von 1 bis 10"),
        ("sheet=105x148&start=2", "von 1 bis 1"),
        ("right=11", "von -10 bis 10"),
        ("down=-1.5", "von -10 bis 10"),
    ],
)
def test_what_no_sheet_has_is_told_and_nothing_typed_is_lost(app, house, query, said):
    client = logged_in(app, "organiser@example.org")
    answer = client.get(f"{HERE}?lang=de&{query}&lines=y")
    assert answer.status_code == 422
    assert said in answer.text
    file = client.get(f"{ONE}/print/badges.pdf?{query}")
    assert file.status_code == 303
    assert file.headers["Location"].startswith(HERE)


def test_a_form_that_says_nonsense_notes_nothing(app, house):
    client = logged_in(app, "organiser@example.org")
    for printed in ("", "r1:zz", f"r999999999:{'a' * 16}", f"r{house['eva']}:{'a' * 16}"):
        assert post(client, HERE, HERE, printed=printed) == 303
    assert len(listed(client)[0]) == 3


def test_a_begun_sheet_is_gone_on_with(app, house):
    client = logged_in(app, "organiser@example.org")
    data = {"printed": hidden(client, HERE, "printed"), "start": "9"}
    data["csrf_token"] = hidden(client, HERE, "csrf_token")
    assert client.post(HERE, data=data).headers["Location"] == f"{HERE}?sheet=90x54&start=2"


def test_who_may_only_read_makes_no_badges(app, house):
    client = logged_in(app, "reader@example.org")
    assert client.get(HERE).status_code == 403
    assert client.get(f"{ONE}/print/badges.pdf").status_code == 403


@pytest.mark.parametrize("people", [1, 60])
def test_the_page_asks_as_little_for_many(app, house, people):
    client = logged_in(app, "organiser@example.org")
    with app.app_context():
        for _ in range(people):
            a_registration(db.session.get_one(Congress, 1))
    client.get(HERE)
    with count_queries() as statements:
        client.get(f"{HERE}?workshops=y")
    assert len(statements) <= MOST


def test_which_were_printed_is_forgotten_a_month_after(app, house):
    mark(logged_in(app, "organiser@example.org"))
    with app.app_context():
        assert printing_badges.forget_old(now=BEGUN) == 0
        assert printing_badges.forget_old(now=AFTERWARDS.replace(month=12)) == 3
