"""What goes for good from the workspace is asked about first, on a page without scripts."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.domain.planning.portraits import Beside, Photo
from congress.domain.planning.profiles import Profile
from congress.extensions import db
from congress.models import Contributor, WorkshopReport
from congress.queries.planning import contributors, portraits, profiles
from congress.services import branding
from congress.services.planning import introducing, inviting, picturing
from tests import builders
from tests.builders import OPEN, STARTS
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

ONE = "/organiser/fachkongress"
TEMPLATES = Path(__file__).parents[2] / "templates" / "organiser"
FINAL = re.compile(r"/(remove|delete|discard|end-link)\b")
PHOTO = Photo(b"x", "image/jpeg", 9, 9)
SAID = {"de": "Leitet das Büro."}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def person(app):
    """Somebody with everything that can go, in a congress whose host has a logo."""
    with app.app_context():
        congress = builders.a_congress()
        builders.an_organisation("Stadt Hamm", congress=congress)
        workshop = builders.a_workshop(congress, code="ws")
        one = builders.a_contribution(workshop, state="confirmed").person.id
        here = congress.id
        inviting.set_address(here, one, "anna@example.org", "de", actor=COMMAND, now=OPEN)
        seen = inviting.preview(here, [one], now=OPEN).seen
        inviting.invite(here, [one], seen=seen, actor=COMMAND, now=OPEN)
        wanted = profiles.get(here, one).wanted
        said = Profile(wanted.name, wanted.affiliation, SAID)
        introducing.write(here, one, said, seen=wanted.mark, actor=COMMAND, now=OPEN)
        number = db.session.scalars(select(Contributor.id)).one()
        introducing.suggest(number, Profile("Dr. Anna", {}, {"de": "Neu."}), now=OPEN)
        picturing.show(here, one, PHOTO, Beside({"de": "A"}, "M"), actor=COMMAND, now=OPEN)
        builders.add(
            WorkshopReport(congress_id=here, item_id=workshop.id, draft={"text": SAID, "link": ""})
        )
        branding.show_logo(here, PHOTO, {"de": "Wappen"}, version="", actor=COMMAND, now=OPEN)
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    return here, one


@time_machine.travel(OPEN, tick=False)
def test_each_is_asked_about_on_a_page_of_its_own(app, person):
    _here, number = person
    one, report, logo = f"{ONE}/people/{number}", f"{ONE}/programme/ws/report", "settings/logo"
    browser = Browser(logged_in(app, "o@example.org"))
    for page, ask, question, button in (
        (one, "/profile/discard", "Verwerfen, was Anna", "Änderungen verwerfen"),
        (one, "/profile/remove", "Den Text über Anna", "Text löschen"),
        (one, "/photo/remove", "Alle Fotos von Anna", "Alle Fotos löschen"),
        (one, "/end-link", "Den persönlichen Link", "Persönlichen Link sperren"),
        (report, "/discard", "Die gesendeten Ergebnisse", "Ergebnisse verwerfen"),
        (f"{ONE}/{logo}", "/remove", "Das Logo von Stadt Hamm", "Logo entfernen"),
    ):
        browser.load(page)
        assert pages.has(browser.page, "a", href=page + ask), ask
        assert not [
            each for each in browser.page.iter("form") if FINAL.search(each.get("action", ""))
        ]
        browser.load(page + ask)
        assert question in pages.words(pages.find_all(browser.page, "h1")[0])
        assert pages.has(browser.page, "a", href=page)
        browser.submit(button)
        assert browser.status == 200, ask
        browser.load(page)
        assert not pages.has(browser.page, "a", href=page + ask), ask
        assert browser.client.get(page + ask).status_code == 303, ask


@time_machine.travel(OPEN, tick=False)
def test_text_and_photo_stay_with_the_programme_until_an_organiser_deletes_them(app, person):
    """As the privacy notice and decision 0045 say, also when the link has long ended."""
    with app.app_context():
        here, one = person
        late = STARTS + timedelta(days=400)

        def said():
            found = profiles.get(here, one)
            return found.current.bio, found.draft, bool(portraits.of(here, one).current)

        assert said()[1:] == (Profile("Dr. Anna", {}, {"de": "Neu."}), True)
        inviting.forget_old(now=late)
        assert said() == (SAID, None, True)
        assert contributors.find(here, one).has_link is False
        for _twice in range(2):
            introducing.remove_text(here, one, actor=COMMAND, now=late)
            picturing.remove(here, one, actor=COMMAND, now=late)
        assert said() == ({}, None, False)


def test_no_page_of_the_workspace_removes_at_once():
    """A form that removes stands on a page that asks, or the whole page is about it."""
    asking = {
        each.name
        for each in TEMPLATES.glob("*.html")
        if re.search(r'method="post" action="[^"]*' + FINAL.pattern, each.read_text())
    }
    assert asking
    for name in asking:
        assert (TEMPLATES / name).read_text().startswith("{#- Before "), name
