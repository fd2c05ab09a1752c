"""The people of a programme in the workspace, and the page behind their link."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage, ProgrammeItem
from congress.services import contributor_links
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, publish, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
ANNA = "anna@example.org"


@time_machine.travel(builders.OPEN, tick=False)
def test_from_the_name_on_an_item_to_the_answer(app):  # noqa: PLR0915 - one walk
    with app.app_context():
        congress = builders.a_congress(
            contact_email="kongress@example.org", online_link="https://video.example.org/all"
        )
        part = builders.a_contribution(builders.a_workshop(congress, number=3, code="ws"))
        here, person, number = congress.id, part.person.id, part.id
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    client = logged_in(app, "o@example.org")
    one = f"{ONE}/people/{person}"

    assert f'href="{one}"' in client.get(f"{ONE}/programme/ws/edit").text
    assert (
        client.post(one, data={"csrf_token": token(client, one), "email": "nix"}).status_code == 422
    )
    to = post(client, one, one, email=ANNA, language="de", then="invite")
    ask = f"{ONE}/people/invite?person={person}"
    assert to == 303
    page = client.get(f"{ask}&lang=de").text
    assert "Engagement entwickeln 3" in page
    seen = hidden(client, ask, "seen")
    assert post(client, f"{ONE}/people/invite", ask, person=str(person), seen=seen) == 303
    assert post(client, f"{ONE}/people/invite", ask, person=str(person), seen=seen) == 409
    overview = pages.read(client.get(ONE))
    assert [each.get("href") for each in pages.find_all(overview, "a", **{"class": "asked"})] == [
        f"{ONE}/people"
    ]

    with app.app_context():
        mail = db.session.scalars(select(OutboxMessage)).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
    own = link[link.index("/contribution/") :]
    guest = app.test_client()
    shown = guest.get(own)
    assert shown.headers["Cache-Control"] == "no-store"
    assert pages.get(pages.read(shown), id=f"part-{number}").get("data-state") == "requested"
    answer = f"{own}/answer/{number}"
    long = {f"note-{number}": "x" * 501, "answer": "accept"}
    refused = guest.post(answer, data={"csrf_token": token(guest, own)} | long)
    assert (refused.status_code, "x" * 501 in refused.text) == (422, True)
    assert guest.get(answer).status_code == 405
    fine = {f"note-{number}": "Gern.", "answer": "accept"}
    assert guest.post(answer, data={"csrf_token": token(guest, own)} | fine).status_code == 303
    agreed = guest.get(own)
    part_of_it = pages.get(pages.read(agreed), id=f"part-{number}")
    assert part_of_it.get("data-state") == "confirmed"
    assert "Gern." in pages.words(part_of_it)
    assert pages.has(part_of_it, "a", href="https://video.example.org/all")
    assert "video.example.org" not in shown.text, "before the answer"
    assert ">Gern.</textarea>" not in agreed.text  # another answer begins anew

    form = f"{own}/profile"
    said = {"name": "Anna Beispiel", "bio_de": "Leitet das <b>Büro</b>.", "bio_en": ""}
    english = {"bio_de": "", "bio_en": "Heads the office."}
    csrf = {"csrf_token": token(guest, form)}
    assert guest.post(form, data=csrf | said | english).status_code == 422
    assert guest.post(form, data=csrf | said).status_code == 303
    assert "data-draft" in guest.get(own).text
    public = "/fachkongress/programme/ws"
    assert post(client, f"{one}/profile/publish", one, seen=hidden(client, one, "seen")) == 303
    assert "zu sehen, sobald" in client.get(f"{ONE}/people?lang=de").text
    assert "Leitet" not in guest.get(public).text  # not named yet
    assert publish(client, ONE) == 303
    assert "Leitet das &lt;b&gt;Büro&lt;/b&gt;." in guest.get(public).text
    assert post(client, f"{one}/profile", f"{one}/profile", name="", seen="") == 422
    assert "Ihr Name steht auf öffentlichen Seiten." in guest.get(f"{own}?lang=de").text
    listed = client.get(f"{ONE}/people?lang=de").text
    assert "Gern." in listed
    assert "Jemand hat für" in client.get(f"{ONE}/log?lang=de").text

    later = builders.STARTS + timedelta(hours=8)
    with app.app_context():
        item = db.session.scalars(select(ProgrammeItem)).one()
        item.starts_at, item.ends_at = later, later + timedelta(hours=1)
        item.cancelled = True
        db.session.commit()
    drafted = guest.get(f"{own}?lang=de").text
    assert "Fällt aus" not in drafted
    assert "17.30" not in drafted  # nobody hears of it until it is published
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(cancelled=False))
        db.session.commit()
    with time_machine.travel(builders.OPEN + timedelta(minutes=1), tick=False):
        asked = pages.read(client.get(f"{ONE}/programme/release"))
        assert "Anna Beispiel" in pages.words(pages.get(asked, "p", data_people_told="1"))
        assert publish(client, ONE) == 303
        moved = guest.get(f"{own}?lang=de").text
        assert "data-moved" in moved
        assert "17.30" in moved
        again = {"csrf_token": token(guest, own), "answer": "accept"}
        assert guest.post(answer, data=again).status_code == 303
        assert "data-moved" not in guest.get(own).text
        assert post(client, f"{one}/end-link", one) == 303
        assert guest.get(own).status_code == 404
