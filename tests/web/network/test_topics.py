"""Topics of a meeting: at the office and in the own view, from the round to the public page."""

from datetime import UTC, datetime
from itertools import count

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ItemKind
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import (
    Congress,
    ContactPerson,
    MeetingTopic,
    Organisation,
    OutboxMessage,
    ProgrammeItem,
    TopicRound,
)
from congress.services.network import answering_topics
from tests.builders import ENDS, STARTS
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries
from tests.topics import a_ballot, a_meeting, a_round, a_topic
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, an_organiser, hidden, logged_in, post, token

HERE = "/organiser/network/meetings/treffen/topics"
DAYS = {
    "proposals_until": "10.5.2015",
    "votes_from": "20.5.2015",
    "votes_until": "31.5.2015",
    "points": "1",
    "version": "",
}
TOPIC = {"title": "Ehrenamtskarte", "need": "Wie bewerben?", "kind": "expert_input"}
PROPOSING = datetime(2015, 5, 5, 10, tzinfo=UTC)
VOTING = datetime(2015, 5, 25, 10, tzinfo=UTC)
OVER = datetime(2015, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def meeting(app):
    with app.app_context():
        return a_meeting().id


@pytest.fixture
def own(app, meeting):
    with app.app_context():
        town = an_organisation()
        a_membership(town)
        return own_address(a_contact(town))


def at(moment):
    return time_machine.travel(moment, tick=False)


def office(app, meeting=None):
    email = f"office{next(_numbers)}@example.org"
    if meeting is not None:
        an_organiser(app, email, is_administrator=True)
    else:
        a_network_account(app, email, "coordination")
    return logged_in(app, email)


_numbers = count(1)


def test_from_the_round_to_the_public_page(app, meeting, own):
    with at(PROPOSING):
        client = office(app, meeting)
        assert "Runde eröffnen" in client.get(HERE).text
        assert post(client, f"{HERE}/days", f"{HERE}/days", **DAYS) == 303
        assert post(client, f"{HERE}/call", f"{HERE}/call", step="propose") == 303
        town = entered(app, own)
        assert "Herbsttreffen" in town.get(f"{own}/topics").text
        new = f"{own}/topics/treffen/new"
        assert post(town, new, new, **TOPIC) == 303
        page = town.get(f"{own}/topics/treffen").text
        assert "Ehrenamtskarte" in page
        assert "Von Ihrer Kommune vorgeschlagen" in page
    with app.app_context():
        number = db.session.scalars(select(MeetingTopic.id)).one()
    with at(VOTING):
        client, town = office(app, meeting), entered(app, own)
        vote, voting = f"{own}/topics/treffen/vote", f"{own}/topics/treffen"
        seen = hidden(town, voting, "seen")
        assert post(town, vote, voting, vote=str(number), seen=seen) == 303
        shown = pages.read(town.get(voting))
        assert "Ehrenamtskarte" in town.get(voting).text.split('id="counts"')[1][:200]
        assert not pages.has(shown, "p", **{"data-points": "1"})
        assert pages.has(pages.read(client.get(HERE)), "b", **{"data-points": "1"})
    with at(OVER):
        client, town = office(app, meeting), entered(app, own)
        assert pages.has(pages.read(town.get(voting)), "p", **{"data-points": "1"})
        take = f"{HERE}/{number}/take"
        assert "Wie bewerben?" in client.get(take).text
        sent = {
            "title_de": "Ehrenamtskarte",
            "text_de": "Für alle.",
            "kind": "expert_input",
            "day": "2015-10-21",
            "starts": "10:00",
            "ends": "9:00",
        }
        assert post(client, take, take, **sent) == 422
        assert post(client, take, take, **sent | {"ends": "11:00"}) == 303
        log = client.get("/organiser/network/log").text
        assert "ins Programm genommen" in log
    with app.app_context():
        kinds = set(db.session.scalars(select(OutboxMessage.kind)))
    assert kinds >= {"topics_called", "topic_answered"}


def test_its_item_says_whence_it_comes_and_in_public_whose_topic_it_is(app, meeting, own):
    with app.app_context():
        topic = a_topic(a_round(db.session.get_one(Congress, meeting)), an_organisation())
        number = topic.id
        plan = ItemPlan("", ItemKind.PEER_EXCHANGE, {"de": "Kita"}, TimeSlot(STARTS, ENDS))
        answering_topics.take(meeting, number, plan, actor=COMMAND, now=VOTING)
    with at(OVER):
        client, town = office(app, meeting), entered(app, own)
        with app.app_context():
            code = db.session.scalars(select(ProgrammeItem.code)).one()
        assert f"/programme/{code}/edit" in client.get(HERE).text
        edit = f"/organiser/treffen/programme/{code}/edit"
        assert HERE in client.get(edit).text
        assert post(client, f"{HERE}/{number}/name", HERE, named="yes") == 303
        release = "/organiser/treffen/programme/release"
        page = client.get(release)
        assert page.status_code == 200
        sent = {name: hidden(client, release, name) for name in ("csrf_token", "seen")}
        assert client.post(release, data=sent).status_code == 303
        public = f"/treffen/programme/{code}"
        assert "Thema vorgeschlagen von Stadt Rheine" in client.get(public).text
        assert post(client, f"{HERE}/{number}/take-out", HERE) == 409
        assert post(client, f"{HERE}/{number}/name", HERE, named="no") == 303
        assert "Thema vorgeschlagen" not in client.get(public).text
        assert public in town.get(f"{own}/topics/treffen").text


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"proposals_until": ""}, "proposals_until"),
        ({"votes_from": "10.5.2015"}, "votes_from"),
        ({"votes_until": "19.5.2015"}, "votes_until"),
        ({"votes_until": "22.10.2015"}, "votes_until"),
        ({"points": "0"}, "points"),
        ({"points": "viele"}, "points"),
    ],
)
def test_days_that_do_not_fit_are_said_and_kept(app, meeting, sent, where):
    client = office(app)
    form = DAYS | sent | {"csrf_token": token(client, f"{HERE}/days")}
    answer = client.post(f"{HERE}/days", data=form)
    assert answer.status_code == 422
    assert f'href="#{where}"' in answer.text
    assert "31.5.2015" in answer.text or where == "votes_until"
    with app.app_context():
        assert db.session.scalars(select(TopicRound)).all() == []


@pytest.mark.sqlite_only
def test_what_is_missing_of_a_topic_is_said_and_the_rest_kept(app, meeting, own):
    with app.app_context():
        a_round(db.session.get_one(Congress, meeting))
    with at(PROPOSING):
        client, new = entered(app, own), f"{own}/topics/treffen/new"
        sent = TOPIC | {"title": "", "need": "Bleibt stehen", "kind": "party"}
        sent["csrf_token"] = token(client, new)
        answer = client.post(new, data=sent)
        assert answer.status_code == 422
        assert all(f'href="#{each}"' in answer.text for each in ("title", "kind"))
        assert "Bleibt stehen" in answer.text


def test_points_are_spread_and_too_many_are_kept_on_the_page(app, meeting, own):
    with app.app_context():
        held = a_round(db.session.get_one(Congress, meeting), points=3)
        kita, schule = (a_topic(held, an_organisation(), each).id for each in ("Kita", "Schule"))
    with at(VOTING):
        client, page = entered(app, own), f"{own}/topics/treffen"
        sent = {f"points-{kita}": "3", f"points-{schule}": "1"}
        sent["seen"] = hidden(client, page, "seen")
        sent["csrf_token"] = token(client, page)
        answer = client.post(f"{page}/vote", data=sent)
        assert answer.status_code == 409
        assert "Sie haben 4 Punkte vergeben" in answer.text
        assert '<option value="3" selected>' in answer.text
        sent[f"points-{kita}"] = "zwei"
        assert client.post(f"{page}/vote", data=sent).status_code == 422
        sent[f"points-{kita}"] = "2"
        assert client.post(f"{page}/vote", data=sent).status_code == 303
        sent[f"points-{kita}"] = "1"  # the form is not that of the ballot that counts now
        assert client.post(f"{page}/vote", data=sent).status_code == 409
        assert "Kita (2)" in client.get(page).text


def test_the_office_edits_merges_declines_and_opens_again(app, meeting):
    with app.app_context():
        held = a_round(db.session.get_one(Congress, meeting))
        town = an_organisation()
        kita, schule = (a_topic(held, town, each).id for each in ("Kita", "Schule"))
        a_ballot(db.session.get_one(MeetingTopic, kita), town)
    with at(VOTING):
        client = office(app)
        one = f"{HERE}/{kita}"
        seen = hidden(client, f"{one}/edit", "version")
        sent = TOPIC | {"title": "Kitas", "version": seen}
        assert post(client, f"{one}/edit", f"{one}/edit", **sent) == 303
        assert post(client, f"{one}/edit", f"{one}/edit", **sent) == 409
        assert post(client, f"{one}/merge", f"{one}/edit", into="") == 422
        assert post(client, f"{one}/merge", f"{one}/edit", into=str(schule)) == 303
        page = client.get(HERE)
        assert "Mit „Kitas“" in page.text
        assert pages.has(pages.read(page), "b", **{"data-points": "1"})
        assert post(client, f"{one}/reopen", HERE) == 303
        assert post(client, f"{one}/decline", f"{one}/decline", reason="") == 422
        assert post(client, f"{one}/decline", f"{one}/decline", reason="Gab es schon.") == 303
        assert "Gab es schon." in client.get(HERE).text
        assert post(client, f"{one}/merge", HERE, into=str(schule)) == 409
        assert client.get(f"{one}/take").status_code == 403  # no role in the meeting
        assert post(client, f"{one}/take-out", HERE) == 403


@pytest.mark.sqlite_only
def test_who_only_reads_or_organises_another_event_changes_nothing(app, meeting):
    with app.app_context():
        a_topic(a_round(db.session.get_one(Congress, meeting)), an_organisation())
    a_network_account(app, "reader@example.org", "reader")
    client = logged_in(app, "reader@example.org")
    assert client.get(HERE).status_code == 200
    assert client.get(f"{HERE}/days").status_code == 403
    an_organiser(app, "other@example.org", {meeting: Role.ORGANISER})
    assert logged_in(app, "other@example.org").get(HERE).status_code in {403, 404}
    assert client.get("/organiser/network/meetings/nirgends/topics").status_code == 404


@pytest.mark.sqlite_only
def test_an_organisation_that_is_no_member_sees_and_does_not_vote(app, meeting):
    with app.app_context():
        topic = a_topic(a_round(db.session.get_one(Congress, meeting)), an_organisation()).id
        stranger = own_address(a_contact(an_organisation("Stadt Essen"), "Eva", "Essen"))
    with at(VOTING):
        client, page = entered(app, stranger), f"{stranger}/topics/treffen"
        text = client.get(page).text
        assert "Stadt Essen ist heute keines von beiden" in text
        assert "Stadt Rheine" not in text
        assert post(client, f"{page}/vote", f"{page}/new", vote=str(topic), seen="") == 409
    with at(datetime(2015, 10, 22, 10, tzinfo=UTC)):
        assert entered(app, stranger).get(page).status_code == 404


@pytest.mark.sqlite_only
def test_many_topics_and_votes_are_read_in_as_many_statements_as_few(app, meeting, own):
    with app.app_context():
        held = a_round(db.session.get_one(Congress, meeting))
        a_topic(held, an_organisation())
    with at(VOTING):
        client, town = office(app), entered(app, own)
        addresses = ((client, HERE), (town, f"{own}/topics/treffen"), (town, f"{own}/topics"))
        few = [_statements(*each) for each in addresses]
        with app.app_context():
            held = db.session.scalars(select(TopicRound)).one()
            for number in range(10):
                there = an_organisation(f"Stadt {number}")
                a_ballot(a_topic(held, there, f"Thema {number}"), there)
        assert [_statements(*each) for each in addresses] == few


def _statements(client, address):
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


def test_whose_topic_was_merged_reads_in_which_one_it_goes_on(app, meeting, own):
    with app.app_context():
        held, town = a_round(db.session.get_one(Congress, meeting)), an_organisation("Stadt Essen")
        other = a_topic(held, town, "Schule").id
        number = db.session.scalars(select(ContactPerson.organisation_id)).one()
        mine = a_topic(held, db.session.get_one(Organisation, number), "Kita").id
        answering_topics.merge(meeting, mine, other, actor=COMMAND, now=PROPOSING)
    with at(VOTING):
        shown = pages.read(entered(app, own).get(f"{own}/topics/treffen"))
    said = pages.get(shown, "p", **{"data-goes-on": str(other)})
    assert pages.words(said) == "Es ist jetzt Teil von „Schule“."
