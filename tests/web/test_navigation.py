"""Every page of the workspace marks one entry of the navigation: the part that it belongs to."""

import re

import pytest

from congress.domain.access import Role
from congress.models import ChangeRequest
from congress.web.addresses import ADDRESSES
from tests import builders
from tests.courses import a_course_application
from tests.guests import an_invitation
from tests.market import a_market
from tests.materials import a_material, a_recommendation
from tests.module_tasks import a_task
from tests.projects import a_project
from tests.signed_papers import a_signed_paper
from tests.web.organisers import an_organiser, logged_in
from tests.web.test_access_matrix import addresses
from tests.wishes import a_run

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
# By what follows the address of the congress; the longest beginning counts.
TABS = {
    "": "",
    **dict.fromkeys(("/next-edition", "/state", "/delete"), ""),
    **dict.fromkeys(
        (
            "/programme",
            "/people",
            "/call/",
            "/results",
            "/materials",
            "/recommendations",
            "/market",
        ),
        "/programme",
    ),
    **dict.fromkeys(("/attendees", "/requests", "/invitations", "/assignment"), "/attendees"),
    **dict.fromkeys(("/check-in", "/attendance", "/market/agreements"), "/check-in"),
    "/print": "/print",
    "/assistance": "/assistance",
    **dict.fromkeys(("/figures", "/survey/results"), "/figures"),
    **dict.fromkeys(("/outbox", "/replies", "/mailings"), "/outbox"),
    "/log": "/log",
    **dict.fromkeys(
        ("/settings", "/days", "/modules", "/rooms", "/call", "/survey", "/wishes"), "/settings"
    ),
    "/team": "/team",
}
# Files, a public page as it would look, and questions where there is nothing to ask.
NO_PAGES = {
    "answer_file",
    *(
        "assistance_file",
        "evidence_file",
        "attendee_certificate",
        "badges_file",
        "certificates_file",
        *("attendees_file", "view_files"),
        "figures_file",
        "matrix_file",
        "invitations_file",
        "log_file",
        "sheets_file",
        *("sign_in_sheets", "door_signs", "table_signs", "places_list", "attendee_confirmation"),
        "style",
        "material_file",
        "photo",
        "door_counts",
        "door_worker",
    ),
    *("message", "message_html", "preview"),
    *("delete_view", "discard_profile", "discard_results", "discard_congress_results"),
    *("end_link", "remove_photo", "remove_text", "take_back", "take_back_all"),
    *("change_state", "decide_attendee", "invite", "one_organisation", "remove_needs"),
    *("set_kinds", "set_priorities"),
    *("edit_survey_question", "survey_file"),
    *("market_agreement_sheet", "market_agreements_workbook"),
    # Of a training, or with a planning circle, alone.
    *("course_applications", "course_application", "answer_applications", "edit_course_call"),
    "lend_roles",
    *("export_run", "in_workshop"),  # a file, and of workshops by wishes alone
    "without",  # of a run as long as it is kept who gets what
}


@pytest.fixture
def world(app):
    """A draft with two people, an item and a proposal, seen by somebody with every right."""
    with app.app_context():
        congress = builders.a_congress(state="draft", questions=builders.QUESTIONS)
        item = builders.a_workshop(congress, code="ws")
        named = builders.a_contribution(item).person.id
        person = builders.a_registration(congress)
        booking = builders.a_booking(person, item)
        ids = {"person": person.id, "booking": booking.id, "named": named}
        ids["other"] = builders.a_registration(congress).id
        ids["proposal"], here = builders.a_proposal(congress).id, congress.id
        ids["received"] = builders.a_received_mail(congress).id
        ids["invitation"] = an_invitation(congress).id
        ids["mailing"] = builders.a_mailing(congress).id
        ids["paper"] = a_signed_paper(congress).id
        ids["material"] = a_material(congress).id
        ids["recommendation"] = a_recommendation(congress).id
        ids["run"] = a_run(congress).id
        ids["application"] = a_course_application(congress).id
        ids["task"], ids["project"] = a_task(congress).id, a_project().id
        ids |= a_market(congress)
        asked = {"registration_id": ids["person"], "kind": "withdrawal", "asked_at": builders.OPEN}
        ids["request"] = builders.add(ChangeRequest(congress_id=congress.id, **asked)).id
    roles = {here: Role.ASSISTANCE}  # the one that an administrator has not
    an_organiser(app, "admin@example.org", roles, is_administrator=True)
    return ids | {"account": an_organiser(app, "o@example.org", {here: Role.ORGANISER})}


def marked(page):
    """Return the marked entries of header and tabs: where they lead, and how they are marked."""
    return re.findall(r'<a href="([^"]*)" aria-current="(\w+)"', page.text.split("<main")[0])


def test_one_entry_is_marked_on_every_page(app, world):
    client, left = logged_in(app, "admin@example.org"), set()
    for endpoint, method, address in addresses(app, "fachkongress", world):
        answer = client.get(address) if method == "GET" else None
        if answer is None:
            continue
        is_page = answer.status_code == 200 and answer.mimetype == "text/html"
        if not is_page or 'class="org"' not in answer.text:
            left.add(endpoint.removeprefix("organiser."))
            answer.close()
            continue
        rest = address.removeprefix(ONE)
        tab = ONE + TABS[max((each for each in TABS if rest.startswith(each)), key=len)]
        how = "page" if tab == address else "true"
        assert marked(answer) == [(tab, how)], address
    assert left == NO_PAGES

    for _package, (address, methods, _view, _who) in (
        (package, each) for package in ("account", "organiser") for each in ADDRESSES[package]
    ):
        if "GET" in methods and address.startswith("/organiser/") and "<" not in address:
            answer = client.get(address)
            tab = "/organiser/account" if "/account" in address else "/organiser/"
            if answer.status_code == 200:
                how = "page" if tab == address else "true"
                assert marked(answer) == [(tab, how)], address
