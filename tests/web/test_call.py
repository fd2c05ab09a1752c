"""From the opening of a call to what was proposed, rated and withdrawn."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.domain import tokens
from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import AuditLine, Call, Congress, OutboxMessage, Proposal
from congress.services.calling import proposal_links, proposing
from congress.services.planning import deleting
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

TOKEN = "A" * 43
ONE, FORM = "/organiser/fachkongress", "/fachkongress/call"
TYPED = {
    "kind": "practice_example",
    "title": "Die Dorfküche",
    "abstract": "Wir kochen <b>zusammen</b>.",
    "needs": "Strom",
    "language": "de",
    "name": "Erika Muster",
    "organisation": "Dorfladen eG",
    "email": "erika@example.org",
    "phone": "",
    "privacy_notice": "y",
}
ASKED = {
    "title_de": "Zeigen Sie Ihr Beispiel",
    "text_de": "Aus der Praxis.",
    "closes_at": "1.10.2015",
    "kinds": "practice_example",
    "is_open": "y",
}


def sent(client, changes=None):
    """Send the form of the call; return the answer."""
    mark = {name: hidden(client, FORM, name) for name in ("csrf_token", "form_token")}
    return client.post(FORM, data=TYPED | mark | (changes or {}))


def stored(app, column):
    """Return what a column holds."""
    with app.app_context():
        return list(db.session.scalars(select(column)))


def test_from_the_opening_of_a_call_to_a_rated_proposal(app):  # noqa: PLR0915 - one walk
    with time_machine.travel(builders.OPEN, tick=False) as clock:
        with app.app_context():
            here = builders.a_congress().id
        an_organiser(app, "o@example.org", {here: Role.ORGANISER})
        an_organiser(app, "p@example.org", {here: Role.PROGRAMME})
        client, guest = logged_in(app, "o@example.org"), app.test_client()

        assert guest.get(FORM).status_code == 404
        assert "mitmachen" not in guest.get("/fachkongress").text
        assert post(client, f"{ONE}/call", f"{ONE}/call", **ASKED | {"closes_at": "bald"}) == 422
        assert post(client, f"{ONE}/call", f"{ONE}/call", **ASKED) == 303
        assert post(client, f"{ONE}/call", f"{ONE}/call", version="old", **ASKED) == 409
        assert "1. Oktober 2015" in guest.get("/fachkongress?lang=de").text

        # Nothing typed is lost, whatever is wrong; what advertises is refused.
        for wrong in (
            {"privacy_notice": ""},
            {"kind": "workshop"},
            {"title": "Kommt zu www.example.com"},
            {"homepage": "x"},
            {"email": "nix"},
        ):
            refused = sent(guest, wrong)
            assert refused.status_code == 422, wrong
            assert "Wir kochen &lt;b&gt;zusammen&lt;/b&gt;." in refused.text
        mark = {name: hidden(guest, FORM, name) for name in ("csrf_token", "form_token")}
        own = guest.post(FORM, data=TYPED | mark).location.split("?")[0]
        again = guest.post(FORM, data=TYPED | mark | {"title": "Anders"})
        assert (again.location.split("?")[0], "done=same" in again.location) == (own, True)
        with app.app_context():
            mail = db.session.scalars(select(OutboxMessage)).one()
            assert (mail.kind, mail.recipient) == ("proposal_received", "erika@example.org")
            assert (proposal_links.link_for(mail.facts) or "").endswith(own)
        assert stored(app, Proposal.title) == ["Die Dorfküche"]

        form = f"{own}/correct"
        assert "Die Dorfküche" in guest.get(form).text
        assert (
            guest.post(
                form, data={"csrf_token": token(guest, form), **TYPED, "title": ""}
            ).status_code
            == 422
        )
        corrected = {"csrf_token": token(guest, form), **TYPED, "title": "Neue Küche"}
        assert guest.post(form, data=corrected).status_code == 303
        shown = guest.get(own)
        assert pages.get(pages.read(shown), id="proposal").get("data-state") == "new"
        assert (shown.headers["Cache-Control"], "Neue Küche" in shown.text) == ("no-store", True)

        # Both rate by themselves, and see the mean afterwards.
        [number] = stored(app, Proposal.id)
        one = f"{ONE}/call/proposals/{number}"
        colleague = logged_in(app, "p@example.org")
        assert post(colleague, f"{one}/rate", one, points="6") == 422
        assert post(colleague, f"{one}/rate", one, points="2", comment="Zu lang.") == 303
        assert "Zu lang." not in client.get(one).text
        assert post(client, f"{one}/rate", one, points="4") == 303
        assert post(client, f"{one}/rate", one, points="5") == 303  # changed, not added
        rated = pages.read(client.get(one))
        assert pages.get(rated, **{"aria-labelledby": "ratings"}).get("data-average") == "3.5"
        assert "Zu lang." in client.get(one).text
        assert post(client, f"{one}/shortlist", one, chosen="y") == 303
        listed = f'data-proposal="{number}"'
        assert listed in client.get(f"{ONE}/call/proposals?state=shortlisted").text
        assert listed not in client.get(f"{ONE}/call/proposals?kind=stand").text

        # The last day counts to its end; then it is the organisers' turn.
        clock.move_to("2015-10-01T23:59:59+02:00")
        client = logged_in(app, "o@example.org")
        assert "proposals" not in {
            each.get("class") for each in pages.find_all(pages.read(client.get(ONE)), "a")
        }
        assert guest.get(form).status_code == 200
        clock.move_to("2015-10-02T00:00:00+02:00")
        assert guest.get(form).status_code == 303
        assert guest.post(form, data=corrected).status_code == 409
        assert "mitmachen" not in guest.get("/fachkongress").text
        # Whatever has no answer is a task, on the shortlist or not.
        assert 'class="proposals"' in client.get(ONE).text
        assert listed in client.get(f"{ONE}/call/proposals?state=unanswered").text
        assert listed not in client.get(f"{ONE}/call/proposals?state=accepted").text
        assert post(client, f"{one}/shortlist", one, chosen="") == 303
        assert guest.get(f"{own}/withdraw").status_code == 200
        assert stored(app, Proposal.state) == ["new"]
        form = f"{own}/withdraw"
        assert guest.post(form, data={"csrf_token": token(guest, form)}).status_code == 303
        assert stored(app, Proposal.state) == ["withdrawn"]
        assert post(client, f"{one}/rate", "/organiser/", points="5") == 409
        assert "Vorschlag" in client.get(f"{ONE}/log?lang=de").text
        verbs = set(stored(app, AuditLine.verb))
        assert {"call_edited", "proposal_made", "proposal_corrected", "proposal_withdrawn"} <= verbs


def test_a_letter_that_declines_is_looked_at_and_sent_once(app):
    with time_machine.travel(builders.OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            builders.a_call(congress)
            english = {"mail_language": "en", "email": "ann@example.org", "name": "Ann Lee"}
            first = builders.a_proposal(congress, digest=tokens.digest(TOKEN)).id
            second = builders.a_proposal(congress).id
            builders.a_proposal(congress, **english)
            here = congress.id
        an_organiser(app, "o@example.org", {here: Role.ORGANISER})
        client = logged_in(app, "o@example.org")
        one, rest = f"{ONE}/call/proposals/{first}/decline", f"{ONE}/call/decline"

        def form(address, typed=None):
            page = pages.read(client.get(address))
            fields = (each for each in pages.find_all(page, "input") if each.get("name"))
            marks = {each.get("name"): each.get("value") for each in fields}
            return marks | {"step": "send"} | (typed or {})

        # What is sent was looked at; nothing typed is lost.
        assert "wird leider nicht Teil des Programms" in client.get(f"{one}?lang=de").text
        usual = client.post(one, data=form(one, {"text_de": "Leider nein: http://example.org"}))
        assert (usual.status_code, "http://example.org" in usual.text) == (422, True)
        other = client.post(one, data=form(one, {"text_de": "Leider nein."}))
        assert (other.status_code, other.text.count("Leider nein.")) == (409, 2)
        assert not stored(app, OutboxMessage.id)
        shown = pages.read(other)
        values = {
            each.get("name"): each.get("value")
            for each in pages.find_all(shown, "input")
            if each.get("type") == "hidden"
        }
        sent_form = values | {"text_de": "Leider nein.", "step": "send"}
        assert [client.post(one, data=sent_form).status_code for _ in range(2)] == [303, 303]
        assert client.post(one, data=sent_form | {"form_key": "0" * 32}).status_code == 409
        assert stored(app, Proposal.state) == ["declined", "new", "new"]
        own = app.test_client().get(f"/proposal/{TOKEN}?lang=de").text
        assert "nicht Teil des Programms" in own

        # All that are left, each in the language of its author.
        page = client.get(rest)
        assert len(pages.find_all(pages.read(page), "textarea")) == 2
        late = form(rest)
        assert post(client, f"{ONE}/call/proposals/{second}/shortlist", ONE, chosen="y") == 303
        assert client.post(rest, data=late).status_code == 409
        left = pages.get(pages.read(client.get(rest)), id="chosen")
        assert len(pages.find_all(left, "li")) == 2  # with the shortlist, which is named so
        assert "in der engeren Wahl" in client.get(f"{rest}?lang=de").text
        assert post(client, f"{ONE}/call/proposals/{second}/shortlist", ONE, chosen="") == 303
        again = form(rest)
        assert [client.post(rest, data=again).status_code for _ in range(2)] == [303, 303]
        assert stored(app, Proposal.state) == ["declined"] * 3
        assert stored(app, OutboxMessage.kind) == ["proposal_answered"] * 3
        assert stored(app, OutboxMessage.language) == ["de", "de", "en"]
        assert stored(app, OutboxMessage.facts)[0]["paragraphs"] == [["Leider nein."]]
        assert rest not in client.get(f"{ONE}/call/proposals").text
        log = client.get(f"{ONE}/log?lang=de").text
        assert f"Vorschlag {first} wurde abgelehnt." in log


def test_a_form_that_comes_after_the_deadline_keeps_what_was_typed(app):
    with time_machine.travel(builders.OPEN, tick=False) as clock:
        with app.app_context():
            builders.a_call(builders.a_congress())
        guest = app.test_client()
        mark = {name: hidden(guest, FORM, name) for name in ("csrf_token", "form_token")}
        for number in range(5):
            assert sent(guest, {"title": f"Titel {number}"}).status_code == 303
        flood = sent(guest)
        assert (flood.status_code, "Dorfküche" in flood.text) == (409, True)
        clock.move_to(builders.CLOSES)
        late = guest.post(FORM, data=TYPED | mark)
        assert (late.status_code, "Dorfküche" in late.text) in {(409, True), (422, True)}
        assert "<button" not in late.text.split("Dorfküche")[1].split("</main>")[0]


def test_proposals_go_with_a_draft_and_a_year_after_their_congress(app):
    with app.app_context():
        draft, held = builders.a_congress(slug="draft", state="draft"), builders.a_congress()
        for each in (draft, held):
            builders.a_call(each)
            builders.a_proposal(each)
        deleting.delete_draft(draft.id, actor=COMMAND, now=builders.OPEN)
        assert db.session.scalars(select(Proposal.congress_id)).all() == [held.id]
        assert db.session.scalars(select(Call.congress_id)).all() == [held.id]
        year = builders.ENDS + timedelta(days=365)
        counts = [proposing.forget_old(now=year + timedelta(days=late)) for late in (0, 1, 2)]
        assert counts == [0, 1, 0]
        assert db.session.scalars(select(Congress.slug)).all() == ["fachkongress"]


def test_another_last_day_is_shown_before_authors_are_told(app):
    with time_machine.travel(builders.OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            builders.a_call(congress, kinds=["workshop"])
            builders.a_proposal(congress)
            here = congress.id
        an_organiser(app, "o@example.org", {here: Role.ORGANISER})
        browser = Browser(logged_in(app, "o@example.org"))
        browser.load(f"{ONE}/call?lang=de")
        browser.submit("Speichern", closes_at="bald")
        assert browser.status == 422
        browser.submit("Speichern", closes_at="12.10.2015", title_de="Neuer Titel")

        told = pages.words(pages.section(browser.page, "told"))
        assert "7. Oktober 2015" in told
        assert "12. Oktober 2015" in told
        assert "Erika Muster" in pages.words(pages.section(browser.page, "letter"))
        assert not stored(app, OutboxMessage.id)

        browser.submit("Zurück zum Formular")
        assert "Neuer Titel" in {
            each.get("value") for each in pages.find_all(browser.page, "input")
        }
        browser.submit("Speichern")
        with app.app_context():
            builders.a_proposal(db.session.get_one(Congress, here), email="ann@example.org")
        browser.submit("1 Person informieren und speichern")
        assert (browser.status, stored(app, OutboxMessage.id)) == (409, [])
        browser.submit("2 Personen informieren und speichern")

        assert stored(app, OutboxMessage.kind) == ["proposal_deadline"] * 2
        assert stored(app, Call.closes_at) == [builders.CLOSES + timedelta(days=5)]
        assert stored(app, Call.title)[0]["de"] == "Neuer Titel"
        assert stored(app, Call.kinds) == [["workshop"]]
        assert "2 Personen" in pages.words(pages.get(browser.page, role="status"))
        assert "2 Personen wurden informiert" in browser.client.get(f"{ONE}/log?lang=de").text
