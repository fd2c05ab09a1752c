"""Documents for some alone: who gets them, and where nobody learns that there are any."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Attendance, Congress, ContactPerson, Material, Registration
from congress.queries import archive
from congress.services import tokens
from congress.transaction import transaction
from tests import builders
from tests.builders import ENDS, OPEN
from tests.materials import PAPER, a_material, a_paper
from tests.network import a_contact, a_membership, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import an_organiser, logged_in, post

TITLES = {"public": "Adler", "participants": "Biber", "members": "Dachs"}


@pytest.fixture
def house(app):
    """A congress that is over, with one paper for each audience and one nobody has published."""
    with time_machine.travel(ENDS + timedelta(days=1), tick=False):
        with app.app_context():
            found = _papers()
        yield found


def _papers() -> dict[str, Any]:
    congress = builders.a_congress(state="finished")
    found: dict[str, Any] = {"congress": congress.id, "slug": congress.slug}
    for number, (each, title) in enumerate(TITLES.items()):
        said = a_paper(audience=each, digest=str(number) * 64, title={"de": title})
        found[each] = a_material(congress, **said).id
    draft = a_paper(audience="members", is_published=False, title={"de": "Entwurf"})
    found["draft"] = a_material(congress, **draft).id
    elsewhere = builders.a_congress(slug="entwurf", state="draft")
    found["of_draft"] = a_material(elsewhere, **a_paper(audience="members")).id
    other = builders.a_congress(slug="anderer", state="finished")
    found["of_other"] = a_material(other, **a_paper(audience="participants")).id
    return found


def own_page(person: Registration) -> str:
    with transaction():
        tokens.issue(person.id, TokenPurpose.MANAGE, now=OPEN)
    return f"/registration/{tokens.token_for(person.id, TokenPurpose.MANAGE)}"


@pytest.mark.parametrize(
    ("state", "since", "ends_on", "may"),
    [
        ("member", "2014-01-01", None, True),
        ("partner", "2014-01-01", None, True),
        ("interested", "2014-01-01", None, False),
        ("left", "2014-01-01", None, False),
        ("member", "2999-01-01", None, False),
        ("", "", None, False),
    ],
)
def test_members_get_what_is_for_members(app, house, state, since, ends_on, may):
    with app.app_context():
        town = an_organisation()
        if state:
            a_membership(town, state, date.fromisoformat(since))
        own = own_address(a_contact(town, ends_on=ends_on))
    stranger = app.test_client()
    assert stranger.get(f"{own}/documents/{house['members']}").status_code == 303  # to the code
    client = entered(app, own)
    page = client.get(f"{own}/documents").text
    assert ("Dachs" in page) is may
    assert "Entwurf" not in page
    assert "Biber" not in page
    for name in house.keys() - {"congress", "slug"}:
        answer = client.get(f"{own}/documents/{house[name]}")
        assert answer.status_code == (200 if may and name == "members" else 404), name
    if may:
        answer = client.get(f"{own}/documents/{house['members']}")
        assert answer.data == PAPER
        assert "no-store" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]


def test_once_a_term_is_over_nothing_is_there(app, house):
    with app.app_context():
        town = an_organisation()
        a_membership(town)
        contact = a_contact(town)
        own, number = own_address(contact), contact.id
    client = entered(app, own)
    address = f"{own}/documents/{house['members']}"
    assert client.get(address).status_code == 200
    with app.app_context():
        db.session.get_one(ContactPerson, number).ends_on = ENDS.date() - timedelta(days=9)
        db.session.commit()
    assert client.get(address).status_code == 410
    assert app.test_client().get(address).data != PAPER


@pytest.mark.parametrize(
    ("state", "came", "may"),
    [
        ("confirmed", False, True),
        ("waiting", False, False),
        ("requested", False, False),
        ("cancelled", False, False),
        ("waiting", True, True),
    ],
)
def test_whoever_took_part_gets_what_is_for_participants(app, house, state, came, may):
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        person = builders.a_registration(congress, state=state)
        if came:
            moment = {"day": ENDS.date(), "came_at": ENDS}
            builders.add(Attendance(registration_id=person.id, **moment))
        own = own_page(person)
    client = app.test_client()
    page = client.get(own).text
    assert ("Biber" in page) is may
    assert "Dachs" not in page
    for name in house.keys() - {"congress", "slug"}:
        answer = client.get(f"{own}/materials/{house[name]}")
        assert answer.status_code == (200 if may and name == "participants" else 404), name
    if may:
        answer = client.get(f"{own}/materials/{house['participants']}")
        assert answer.data == PAPER
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_public_sees_and_finds_what_is_for_everybody_alone(app, house):
    client = app.test_client()
    page = client.get(f"/{house['slug']}/results").text
    assert "Adler" in page
    for hidden in ("Dachs", "Biber", "Entwurf"):
        assert hidden not in page
        assert house["slug"] not in client.get(f"/archive?q={hidden}").text.split("<main", 1)[1]
    assert f"/{house['slug']}" in client.get("/archive?q=Adler").text
    with app.app_context():
        digests = {each.audience: each.digest for each in db.session.scalars(select(Material))}
        for audience, digest in digests.items():
            answer = client.get(f"/material/{digest}")
            assert answer.status_code == (200 if audience == "public" else 404)


def test_of_what_is_for_some_alone_there_are_no_results(app, house):
    with app.app_context():
        rows = db.session.scalars(select(Material).where(Material.audience == "public"))
        for each in rows:
            each.audience = "members"
        db.session.commit()
        congress = house["congress"]
        [found] = [each for each in archive.everything() if each.congress.id == congress]
        assert not found.has_results
    client = app.test_client()
    assert client.get(f"/{house['slug']}/results.pdf").status_code == 404
    assert f"/{house['slug']}/results" not in client.get(f"/{house['slug']}").text


def test_the_office_says_who_sees_it_and_reads_how_many_that_is(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_registration(congress)
        builders.a_registration(congress, state="waiting")
        town = an_organisation()
        a_membership(town)
        for name in ("Albers", "Bach"):
            a_contact(town, family_name=name)
        draft = a_material(congress, **a_paper(is_published=False)).id
        an_organiser(app, "o@example.org", {congress.id: Role.ORGANISER})
        office = f"/organiser/{congress.slug}"
    client = logged_in(app, "o@example.org")
    here = f"{office}/materials/{draft}"
    page = client.get(here).text
    assert "(1 heute)" in page
    assert "(2 heute)" in page
    sent = {"title_de": "Protokoll", "credit": "Geschäftsstelle", "minutes": "y"}
    assert post(client, here, here, **sent, audience="x") == 422
    assert post(client, here, here, **sent, audience="members") == 303
    with app.app_context():
        row = db.session.get_one(Material, draft)
        assert (row.kind, row.audience) == ("minutes", "members")
    assert (
        post(client, f"{office}/materials", f"{office}/results", act="publish", material=str(draft))
        == 303
    )
    page = client.get(f"{office}/results").text
    assert "Nur für Mitglieder" in page
    assert f"{office}/results/tell" not in page  # a mail about results would lead to none
