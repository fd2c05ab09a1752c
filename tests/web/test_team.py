"""The page of a congress's team, as organisers use it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from congress import clock
from congress.domain.access import Role
from congress.extensions import db
from congress.models import User
from congress.queries import team as queries
from congress.web.organiser.team import MOST_TO_ONE
from tests import builders
from tests.network import an_organisation
from tests.projects import a_part, a_project
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

TEAM = "/organiser/fachkongress/team"
ANNA, BERND = "anna@example.org", "bernd@example.org"


@pytest.fixture
def house(app):
    with app.app_context():
        congress = builders.a_congress().id
        other = builders.a_congress(slug="theirs").id
    anna = an_organiser(app, ANNA, {congress: Role.ORGANISER})
    bernd = an_organiser(app, BERND, {other: Role.READER})
    return {"congress": congress, "anna": anna, "bernd": bernd}


def invite(client, email, *roles: str):
    form = {"csrf_token": token(client, TEAM), "email": email, "roles": list(roles)}
    return client.post(f"{TEAM}?lang=de", data=form)


def members(app, house):
    with app.app_context():
        return {
            each.email: set(each.roles)
            for each in queries.members(house["congress"], now=clock.now())
        }


def newest(client):
    page = pages.read(client.get("/organiser/fachkongress/log?lang=de"))
    return pages.words(pages.get(page, "ol").findall("li/span")[0])


def test_a_colleague_is_invited_and_out_at_the_next_request(app, house):
    """SEC-25: the role is gone with the next click, not with the next login."""
    client, colleague = logged_in(app, ANNA), logged_in(app, BERND)
    assert colleague.get("/organiser/fachkongress").status_code == 404

    assert invite(client, BERND, "attendee_list", "reader").location.startswith(TEAM)
    assert newest(client) == f"{BERND} wurde ins Team eingeladen: Anmeldeliste. {ANNA}"
    assert colleague.get("/organiser/fachkongress/attendees").status_code == 200
    assert colleague.get(TEAM).status_code == 403

    roles = f"{TEAM}/{house['bernd']}/roles"
    assert post(client, roles, roles, roles="programme") == 303
    assert colleague.get("/organiser/fachkongress/attendees").status_code == 403
    assert newest(client) == (
        f"Die Rolle von {BERND} im Team wurde geändert: Anmeldeliste → Programm. {ANNA}"
    )

    remove = f"{TEAM}/{house['bernd']}/remove"
    assert members(app, house)[BERND]  # asking ends nothing
    assert post(client, remove, remove) == 303
    assert colleague.get("/organiser/fachkongress").status_code == 404
    assert newest(client) == f"{BERND} wurde aus dem Team entfernt (Programm). {ANNA}"
    assert client.get(remove).status_code == 404


def test_whoever_has_an_account_is_invited_like_anybody(app, house):
    """SEC-24: answer, notice and line of the list are the same but for the address."""
    seen = []
    with time_machine.travel(builders.OPEN, tick=False):
        client = logged_in(app, ANNA)
        for email in (BERND, "clara@example.org"):
            assert invite(client, email, "reader").status_code == 303
            page = pages.read(client.get(f"{TEAM}?lang=de"))
            [row] = [each for each in page.iter("tr") if email in pages.words(each)]
            notice = pages.words(pages.get(page, role="status"))
            seen.append((f"{notice} {pages.words(row)}").replace(email, ""))

    assert seen[0] == seen[1]
    assert "seither nicht eingeloggt" in seen[0]


@pytest.mark.parametrize(
    ("email", "roles"),
    [
        ("no address", ["reader"]),
        ("", ["reader"]),
        ("clara@example.org", []),
        ("clara@example.org", ["administrator"]),
        (ANNA, ["reader"]),
    ],
    ids=["no address", "none", "no role", "beyond one's own", "in the team already"],
)
def test_what_cannot_be_is_said_beside_what_was_typed(app, house, email, roles):
    answer = invite(logged_in(app, ANNA), email, *roles)
    page = pages.read(answer)

    assert answer.status_code == 422
    assert len(pages.faults(page)) == 1
    assert pages.get(page, "input", name="email").get("value") == email
    ticked = [each.get("value") for each in pages.find_all(page, "input", checked="")]
    assert ticked == [each for each in roles if each != "administrator"]
    assert members(app, house) == {ANNA: {Role.ORGANISER}}


def test_one_address_is_not_flooded(app, house):
    client = logged_in(app, ANNA)
    invite(client, "clara@example.org", "reader")
    with app.app_context():
        clara = next(
            each.id
            for each in queries.members(house["congress"], now=clock.now())
            if "clara" in each.email
        )
    again = [post(client, f"{TEAM}/{clara}/again", TEAM) for _ in range(MOST_TO_ONE)]

    assert again == [303] * (MOST_TO_ONE - 1) + [429]
    late = invite(client, "clara@example.org", "reader")
    assert (late.status_code, 'value="clara@example.org"' in late.text) == (429, True)


def test_one_does_not_shut_oneself_out_by_accident(app, house):
    client = logged_in(app, ANNA)
    own, remove = (f"{TEAM}/{house['anna']}/{act}" for act in ("roles", "remove"))
    assert post(client, remove, remove) == 409  # the last one
    an_organiser(app, "dora@example.org", {house["congress"]: Role.ORGANISER})

    form = {"csrf_token": token(client, own), "roles": "reader"}
    asked = client.post(own, data=form)
    assert (asked.status_code, members(app, house)[ANNA]) == (200, {Role.ORGANISER})
    assert pages.get(pages.read(asked), "input", name="sure").get("value") == "y"

    answer = client.post(own, data=form | {"sure": "y"})
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200  # a page that a reader may open
    assert members(app, house)[ANNA] == {Role.READER}


def test_whoever_leaves_is_shown_their_other_congresses(app, house):
    client = logged_in(app, ANNA)
    an_organiser(app, "dora@example.org", {house["congress"]: Role.ORGANISER})
    remove = f"{TEAM}/{house['anna']}/remove"
    answer = client.post(remove, data={"csrf_token": token(client, remove)})

    assert answer.location.startswith("/organiser/")
    page = pages.read(client.get(answer.location))
    assert pages.has(page, role="status")
    assert client.get(TEAM).status_code == 404


def test_a_larger_team_takes_no_more_statements(app, house):
    client = logged_in(app, ANNA)
    counts = []
    for round_ in range(2):
        for number in range(8 * round_):
            an_organiser(app, f"p{number}@example.org", {house["congress"]: Role.READER})
        with count_queries() as statements:
            assert client.get(TEAM).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5
    with app.app_context():
        assert len(queries.members(house["congress"], now=clock.now())) == 9


def test_a_planning_circle_gets_roles_until_a_day(app, house):
    with app.app_context():
        project = a_project("Initiativkreis", kind="initiative_circle")
        a_part(project, an_organisation(), person="Max Muster", email="max@example.org")
        number = project.id
    here = f"{TEAM}/circle/{number}"
    anna = logged_in(app, ANNA)
    assert "/team/circle/" not in anna.get(TEAM).text  # people of projects are for the network
    assert anna.get(here).status_code == 404
    with app.app_context():
        db.session.get_one(User, house["anna"]).network_role = "coordination"
        db.session.commit()
    assert here in anna.get(TEAM).text
    assert "Max Muster, Stadt Rheine" in anna.get(here).text
    for wrong in ({}, {"people": "1", "role": "organiser", "until": "1.1.2199"}):
        assert post(anna, here, here, **wrong) == 422
    until = (date.today() + timedelta(days=5)).strftime("%d.%m.%Y")  # noqa: DTZ011 - about now
    assert post(anna, here, here, people="1", role="programme", until=until) == 303
    assert "Planungskreis „Initiativkreis“" in anna.get(TEAM).text
    assert members(app, house)["max@example.org"] == {Role.PROGRAMME}
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7)):
        assert members(app, house)["max@example.org"] == set()
        page = logged_in(app, ANNA).get(TEAM)
        assert "gilt nicht mehr" in page.text
