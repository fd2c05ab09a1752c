"""A draft in the workspace: back to it, deleting it, and the deadline at the head."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in, post, token

LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)


def test_a_congress_nobody_registered_for_becomes_a_draft_and_is_deleted(app):
    with app.app_context():
        congress = builders.a_congress(slug="leer", closes_at=LATER)
    an_organiser(app, "leer@example.org", {congress.id: Role.ORGANISER})
    an_organiser(app, "programm@example.org", {congress.id: Role.PROGRAMME})
    client, here = logged_in(app, "leer@example.org"), "/organiser/leer"
    overview = pages.read(client.get(here))
    assert not pages.has(overview, "a", href=f"{here}/delete")
    assert pages.has(
        pages.get(overview, aria_labelledby="state"), "a", href=f"{here}/state?to=draft"
    )
    assert client.get(f"{here}/delete").location == here  # nothing public is deleted

    assert change_state(client, here, "draft") == 303
    assert pages.has(pages.read(client.get(here)), "a", href=f"{here}/delete")
    of_programme = logged_in(app, "programm@example.org")
    assert post(of_programme, f"{here}/delete", here) == 303  # led back
    assert client.get(f"{here}/delete").status_code == 200  # SEC-12: looking changes nothing
    assert client.get(here).status_code == 200
    assert post(client, f"{here}/delete", f"{here}/delete") == 303

    assert client.get(here).status_code == 404
    assert pages.has(pages.read(client.get("/organiser/")), role="status")


def test_what_people_registered_for_is_not_offered_as_a_draft(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_registration(congress)
    an_organiser(app, "voll@example.org", {congress.id: Role.ORGANISER})
    page = pages.read(logged_in(app, "voll@example.org").get("/organiser/fachkongress"))
    offered = pages.section(page, "state")

    assert not pages.has(offered, "a", href="/organiser/fachkongress/state?to=draft")
    assert pages.has(offered, "a", href="/organiser/fachkongress/state?to=cancelled")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("days", "said"), [(9, [9]), (1, [1]), (0, []), (-1, [])])
def test_the_head_says_how_many_days_are_left(app, days, said):
    """The deadline counts to the end of its day in the congress's time zone."""
    closes_at = datetime.now(builders.BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)
    with app.app_context():
        congress = builders.a_congress(closes_at=closes_at + timedelta(days=days + 1))
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    page = pages.read(logged_in(app, "organisation@example.org").get("/organiser/fachkongress"))
    last = pages.get(page, class_="head").findall(".//p")[-1]

    assert pages.numbers(last)[2:] == said


@pytest.mark.sqlite_only
def test_what_is_finished_is_opened_again_not_published(app):
    with app.app_context():
        congress = builders.a_congress(state="finished")
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    organiser, here = logged_in(app, "organisation@example.org"), "/organiser/fachkongress"
    asked = pages.read(organiser.get(f"{here}/state?to=published&lang=de"))
    assert pages.words(pages.get(asked, "h1")) == "Diesen Kongress wieder öffnen?"
    assert change_state(organiser, here, "published") == 303

    notice = pages.get(pages.read(organiser.get(f"{here}?lang=de")), role="status")
    assert pages.words(notice) == "Der Kongress ist wieder geöffnet."


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("hours", "is_offered"), [(1, False), (-1, True)], ids=["ahead", "begun"])
def test_only_what_has_begun_is_offered_as_finished(app, hours, is_offered):
    begins = datetime.now(UTC) + timedelta(hours=hours)
    with app.app_context():
        congress = builders.a_congress(days=((begins, begins + timedelta(hours=8)),))
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    client, here = logged_in(app, "organisation@example.org"), "/organiser/fachkongress"
    to_finished = f"{here}/state?to=finished"
    offered = pages.section(pages.read(client.get(here)), "state")
    assert pages.has(offered, "a", href=to_finished) is is_offered

    data = {"csrf_token": token(client, "/organiser/"), "to": "finished", "seen": "published"}
    answer = client.post(f"{here}/state?lang=de", data=data)

    assert answer.status_code == (303 if is_offered else 409)
    if not is_offered:
        said = pages.words(pages.get(pages.read(answer), role="alert"))
        assert said.startswith("Der Kongress beginnt am ")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("state", "button"), [("draft", False), ("published", True)])
def test_the_form_of_an_item_names_the_button_that_publishes(app, state, button):
    with app.app_context():
        congress = builders.a_congress(state=state)
        builders.a_workshop(congress, code="eins")
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    client = logged_in(app, "organisation@example.org")
    page = pages.read(client.get("/organiser/fachkongress/programme/eins/edit?lang=de"))

    assert ("„Ansehen und veröffentlichen“" in pages.words(page)) is button
