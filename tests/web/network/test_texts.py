"""Texts of the network on pages: the office, contact persons, and what everybody reads."""

from datetime import date

import pytest
import time_machine

from congress.extensions import db
from congress.models import OutboxMessage
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries
from tests.texts import a_comment, a_text, a_version
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LIST = "/organiser/network/texts"
PUBLIC = "/network/texts"
SENT = {
    "kind": "quality_criteria",
    "title_de": "Qualitätskriterien",
    "body_de": "# Ziele\n\nWir **fördern** Ehrenamt. <b>Kein</b> {given_name}.",
}


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def test_from_the_draft_over_comments_to_the_adopted_version(  # noqa: PLR0915 - one story
    app, office
):
    with app.app_context():
        town = an_organisation()
        a_membership(town)
        own = own_address(a_contact(town))
    with time_machine.travel("2016-03-01 12:00", tick=False) as clock:
        office = logged_in(app, "office@example.org")
        member = entered(app, own)
        assert post(office, f"{LIST}/new", f"{LIST}/new", **SENT) == 303
        here = f"{LIST}/1/versions/1"
        assert office.get(f"{PUBLIC}/qualitatskriterien").status_code == 404
        assert member.get(f"{own}/texts/qualitatskriterien").status_code == 404
        assert post(office, f"{here}/comments", f"{here}/comments", until="31.3.2016") == 303
        assert "An 1 Ansprechperson schreiben" in office.get(here).text
        assert post(office, f"{here}/tell", here) == 303
        assert "Ansprechperson schreiben" not in office.get(here).text
        with app.app_context():
            kinds = [each.kind for each in db.session.query(OutboxMessage)]
        assert kinds[-1] == "text_opened"

        commenting = f"{own}/texts/qualitatskriterien"
        assert post(member, commenting, commenting, section="Ziele", body="Mehr Mut") == 303
        assert "Mehr Mut" in member.get(commenting).text
        correct = f"{own}/texts/comments/1"
        seen = hidden(member, correct, "version")
        sent = {"section": "Ziele", "body": "Viel Mut", "version": seen}
        assert post(member, correct, correct, **sent) == 303
        stale = member.post(
            correct, data=sent | {"body": "Kein Mut", "csrf_token": token(member, correct)}
        )
        assert stale.status_code == 409
        assert "Kein Mut" in stale.text  # what was typed

        clock.move_to("2016-04-01 12:00")
        office, member = logged_in(app, "office@example.org"), entered(app, own)
        assert "Zurzeit werden keine Kommentare" in member.get(commenting).text
        assert post(member, commenting, own, section="", body="Zu spät") == 409
        page = office.get(here).text
        assert "Viel Mut" in page
        assert "Anna Albers" in page
        answer = f"{here}/comments/1"
        assert post(office, answer, answer, answer="accepted", words="") == 422
        seen = hidden(office, answer, "version")
        given = {"answer": "accepted", "words": "Steht jetzt drin.", "version": seen}
        assert post(office, answer, answer, **given) == 303
        assert "Viel Mut" not in office.get(f"{PUBLIC}/qualitatskriterien/1").text

        assert post(office, f"{LIST}/1/begin", f"{LIST}/1") == 303
        edit = f"{LIST}/1/versions/2/edit"
        seen = hidden(office, edit, "version")
        text = {"body_de": "# Ziele\n\nWir stärken Ehrenamt.", "changes_de": "Mehr Mut"}
        assert post(office, edit, edit, **text, version=seen) == 303
        assert post(office, edit, edit, **text, version=seen) == 409
        adopt = f"{LIST}/1/versions/2/adopt"
        assert post(office, adopt, adopt, day="2.4.2016", by="Netzwerktreffen") == 422
        assert post(office, adopt, adopt, day="1.4.2016", by="Netzwerktreffen") == 303
        public = app.test_client()
        page = public.get(f"{PUBLIC}/qualitatskriterien").text
        assert "Wir stärken Ehrenamt." in page
        assert "April 2016: Netzwerktreffen" in page
        first = public.get(f"{PUBLIC}/qualitatskriterien/1").text
        for each in ("Viel Mut", "Steht jetzt drin.", "Übernommen", "<strong>fördern</strong>"):
            assert each in first
        assert "&lt;b&gt;Kein&lt;/b&gt; {given_name}" in first
        assert "Anna Albers" not in first
        assert member.get(f"{own}/texts").status_code == 200
        changes = pages.read(public.get(f"{PUBLIC}/qualitatskriterien/2/changes"))
        gone = [pages.words(each) for each in pages.find_all(changes, "del")]
        assert gone
        assert "fördern" in gone[0]
        assert "gelöscht:" in gone[0]
        log = office.get("/organiser/network/log").text
        assert "„Qualitätskriterien“: Version 2 wurde beschlossen." in log


@pytest.mark.sqlite_only
def test_what_is_missing_is_said_and_the_rest_is_kept(office):
    sent = SENT | {"kind": "x", "body_de": "", "body_en": "Only English"}
    sent["csrf_token"] = token(office, f"{LIST}/new")
    answer = office.post(f"{LIST}/new", data=sent)
    assert answer.status_code == 422
    for each in ('href="#kind"', 'href="#body_de"', "Only English"):
        assert each in answer.text
    assert post(office, f"{LIST}/new", f"{LIST}/new", **SENT) == 303
    here = f"{LIST}/1/versions/1"
    for until in ("", "morgen", "1.1.2015", "1.1.2199"):
        assert post(office, f"{here}/comments", f"{here}/comments", until=until) == 422
    assert post(office, f"{here}/adopt", f"{here}/adopt", day="", by="") == 422
    assert post(office, f"{LIST}/1/edit", f"{LIST}/1/edit", kind="other", title_de="") == 422
    assert post(office, f"{LIST}/1/edit", f"{LIST}/1/edit", kind="other", title_de="Neu") == 303
    assert "Neu" in office.get(LIST).text


@pytest.mark.sqlite_only
def test_drafts_are_for_the_office_and_readers_change_nothing(app, office):
    with app.app_context():
        text = a_text(code="ziele")
        a_version(text, 1)
        a_version(text, 2, "draft", body={"de": "Geheim"})
    public = app.test_client()
    assert public.get(f"{PUBLIC}/ziele/1").status_code == 200
    for hidden_one in ("ziele/2", "ziele/2/changes", "ziele/1/changes", "ziele/3", "nichts"):
        assert public.get(f"{PUBLIC}/{hidden_one}").status_code == 404
    assert "Geheim" not in public.get(f"{PUBLIC}/ziele").text
    assert public.get(f"{LIST}/1").status_code in {302, 303}
    a_network_account(app, "reader@example.org", "reader")
    reader = logged_in(app, "reader@example.org")
    assert "Geheim" in reader.get(f"{LIST}/1/versions/2").text
    assert reader.get(f"{LIST}/1/versions/2/edit").status_code in {403, 404}
    assert post(reader, f"{LIST}/1/versions/2/tell", LIST) in {403, 404}


@pytest.mark.sqlite_only
def test_the_application_leads_to_the_joint_declaration_once_it_is_adopted(app):
    client = app.test_client()
    assert "/network/texts/" not in client.get("/network/apply").text
    with app.app_context():
        a_version(a_text("Erklärung", code="erklaerung", kind="joint_declaration"))
    assert "/network/texts/erklaerung" in client.get("/network/apply").text


@pytest.mark.sqlite_only
def test_a_page_takes_as_many_statements_for_3_comments_as_for_40(app, office):
    with app.app_context():
        text = a_text(code="ziele")
        version = a_version(
            text, 1, "superseded", comments_from=date(2015, 1, 1), comments_until=date(2015, 2, 1)
        )
        town = an_organisation()
    counts = []
    for many in (3, 37):
        with app.app_context():
            for number in range(many):
                a_comment(version, town, body=f"{many}-{number}")
        with count_queries() as counted:
            assert office.get(f"{LIST}/1/versions/1").status_code == 200
            assert app.test_client().get(f"{PUBLIC}/ziele/1").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
