"""The own view of a municipality: its people, and nobody else's (matrix)."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine

from congress.extensions import db
from congress.models import HandOver, Invitation, Registration
from congress.web.addresses import ADDRESSES
from tests import builders
from tests.builders import OPEN
from tests.courses import a_course
from tests.guests import an_invitation
from tests.land_questions import a_question
from tests.materials import a_material, a_paper
from tests.network import a_contact, a_membership, an_organisation
from tests.network_mails import an_archived_mail
from tests.projects import a_part, a_project
from tests.texts import a_comment, a_text, a_version
from tests.topics import a_round, a_topic
from tests.web.network.own import entered, own_address
from tests.web.organisers import post, token

COLLEAGUE = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
IDS = (
    *("registration_id", "invitation_id", "project_id", "question_id", "comment_id"),
    *("deputy_id", "topic_id"),
    "material_id",
)
# What stands in an address of the own view beside its token.
OWN = [
    address
    for address, _methods, _view, _who in ADDRESSES["network"]
    if address.startswith("/municipality/")
]


@pytest.fixture
def house(app):
    """Two municipalities with a contact person and somebody at one event each."""
    with time_machine.travel(OPEN + timedelta(minutes=1), tick=False), app.app_context():
        congress = builders.a_congress(kind="topic_workshop", rules={"partners_most": 3})
        a_course(slug="lehrgang")
        found: dict[str, Any] = {"slug": congress.slug}
        version = a_version(a_text(code="ziele"), 1, "in_comment")
        meeting = builders.a_congress(slug="treffen", kind="network_meeting")
        days = [OPEN.date() + timedelta(days=each) for each in (1, 2, 3)]
        names = ("proposals_until", "votes_from", "votes_until")
        held = a_round(meeting, **dict(zip(names, days, strict=True)))
        found["meeting"] = meeting.slug
        found["course"] = a_course(slug="kurs").slug
        for name in ("Stadt Rheine", "Stadt Essen"):
            here = an_organisation(name)
            a_membership(here)
            person = builders.a_registration(
                congress,
                family_name=f"Aus {name}",
                organisation=name,
                organisation_key=name.lower(),
            )
            partner = an_invitation(congress, family_name=f"Partner {name}", named_by_id=here.id)
            project = a_project(f"Projekt von {name}", state="proposed", is_published=False)
            a_part(project, here, part="lead")
            # Members may read and share what others ask; nobody sees what was declined.
            state = "open" if name == "Stadt Rheine" else "declined"
            question = a_question(here, f"Frage von {name}", state=state)
            said = a_comment(version, here, body=f"Kommentar von {name}")
            deputy = a_contact(here, "Dora", f"Deputy {name}", role="deputy")
            topic = a_topic(held, here, f"Thema Nummer {here.id}")
            numbers = (person.id, partner.id, project.id, question.id, said.id, deputy.id, topic.id)
            audience = "members" if name == "Stadt Rheine" else "participants"
            paper = a_material(congress, **a_paper(audience=audience))
            found[name] = own_address(a_contact(here, "Anna", name)), *numbers, paper.id
        an_archived_mail(code="ziele")
        yield found


def slug_in(house: dict[str, Any], address: str) -> str:
    parts = {"/topics/": "meeting", "/courses/": "course"}
    return str(house[next((kind for part, kind in parts.items() if part in address), "slug")])


def filled(address: str, own: str, **parts: object) -> str:
    path = address.replace("/municipality/<token:token>", own).replace("<code:code>", "ziele")
    path = path.replace("courses/<slug:slug>", "courses/lehrgang")
    for name, value in parts.items():
        path = path.replace(f"<slug:{name}>", str(value)).replace(f"<int:{name}>", str(value))
    assert "<" not in path, f"say what {address} takes"
    return path


def test_a_contact_person_sees_and_changes_people_of_the_own_municipality_only(app, house):
    """Every address with an id of the other municipality is the 404 of one that nobody has."""
    own, *mine = house["Stadt Rheine"]
    _other, *theirs = house["Stadt Essen"]
    client = entered(app, own)
    with_number = [each for each in OWN if "<int:" in each]
    assert len(with_number) > 2
    for address, numbers in product(OWN, (mine, theirs, (99_999,) * len(IDS))):
        path = filled(
            address,
            own,
            slug=slug_in(house, address),
            **dict(zip(IDS, numbers, strict=True)),
        )
        if path.endswith(("/logout", "/login")):
            continue
        is_shown = numbers is mine or address not in with_number
        answer = client.get(path)
        if answer.status_code != 405:
            assert answer.status_code == (200 if is_shown else 404), path
        assert "Stadt Essen" not in answer.text
        if not is_shown:
            sent = {"csrf_token": token(client, own)} | COLLEAGUE
            # What is only read takes nothing, whoever asks.
            assert client.post(path, data=sent).status_code in {404, 405}, path
    with app.app_context():
        assert db.session.get_one(Registration, theirs[0]).state == "confirmed"
        assert db.session.get_one(Invitation, theirs[1]).withdrawn_at is None


def test_without_a_code_every_page_leads_to_the_login(app, house):
    own, *mine = house["Stadt Rheine"]
    numbers = dict(zip(IDS, mine, strict=True))
    client = app.test_client()
    for address in OWN:
        path = filled(address, own, slug=slug_in(house, address), **numbers)
        if path in {own, f"{own}/login", f"{own}/logout"}:
            continue
        answer = client.get(path)
        if answer.status_code == 405:
            sent = {"csrf_token": token(client, f"{own}/login")}
            answer = client.post(path, data=sent)
        assert answer.status_code == 303, path
        assert answer.location.endswith(f"{own}/login")


def test_people_are_listed_swapped_and_withdrawn(app, house):
    own, mine, *_others = house["Stadt Rheine"]
    client = entered(app, own)
    event = f"{own}/registrations/{house['slug']}"
    page = client.get(event).text
    assert "Aus Stadt Rheine" in page
    assert f"/{house['slug']}/register?organisation=Stadt%20Rheine" in page
    swap, withdraw = f"{event}/{mine}/swap", f"{event}/{mine}/withdraw"
    assert post(client, swap, swap, **COLLEAGUE | {"email": "nobody"}) == 422
    assert post(client, swap, swap, **COLLEAGUE) == 303
    with app.app_context():
        assert db.session.query(HandOver).one().registration_id == mine
    assert post(client, withdraw, withdraw) == 303
    with app.app_context():
        assert db.session.get_one(Registration, mine).state == "cancelled"
    assert "1 Person" not in client.get(f"{own}/registrations").text


def test_a_link_to_the_form_fills_in_the_organisation(app, house):
    page = app.test_client().get(f"/{house['slug']}/register?organisation=Stadt+Rheine").text
    assert 'value="Stadt Rheine"' in page


def test_local_partners_are_named_looked_at_and_taken_back(app, house):
    own, _mine, partner, *_others = house["Stadt Rheine"]
    client = entered(app, own)
    assert house["slug"] in client.get(f"{own}/partners").text
    here = f"{own}/partners/{house['slug']}"
    assert "1 von 3" in client.get(here).text
    assert post(client, here, here, **COLLEAGUE, language="de") == 422  # of which organisation?
    sent = COLLEAGUE | {"organisation": "Heimatverein", "language": "de"}
    assert post(client, here, here, **sent) == 303
    assert post(client, here, here, **sent) == 409
    assert "Max Neu" in client.get(here).text
    assert post(client, f"{here}/{partner}/take-back", here) == 303
    client.get(here)  # what was just done is said once
    assert "Partner Stadt Rheine" not in client.get(here).text
