"""The contact log is found by words, organisation, kind, day, and what follows from it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from congress.domain.network.contact_notes import ContactKind
from congress.extensions import db
from congress.models import User
from congress.queries.network import contact_log
from congress.queries.network.contact_log import Due, FollowUps, Wanted
from tests.network import a_contact, a_contact_note, an_organisation
from tests.queries_counter import count_queries
from tests.web.organisers import a_network_account, an_organiser

TODAY = date(2026, 3, 10)
BERLIN = ZoneInfo("Europe/Berlin")


def topics(wanted):
    notes, _more = contact_log.listed(wanted, today=TODAY, limit=50)
    return [each.facts.topic for each in notes]


@pytest.fixture
def notes(app, database):
    owner = a_network_account(app, "office@example.org", "coordination")
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    mine: Any = {"follow_up_for": owner}
    a_contact_note(rheine, "Förderung", day=date(2026, 3, 1), text="Herr Mueller ruft zurück")
    a_contact_note(
        rheine, "Beitritt", kind="visit", day=date(2026, 2, 1), follow_up_on=TODAY, **mine
    )
    a_contact_note(essen, "Termin", day=date(2026, 3, 1), follow_up_on=date(2026, 3, 11), **mine)
    done = datetime(2026, 3, 5, tzinfo=UTC)
    a_contact_note(essen, "100 % dabei", day=date(2025, 1, 1), follow_up_on=TODAY, done_at=done)
    return {"office": owner, "rheine": rheine.id}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Termin", "Förderung", "Beitritt", "100 % dabei"]),
        ({"words": "müller"}, ["Förderung"]),
        ({"words": "ruft forder"}, ["Förderung"]),
        ({"words": "rheine visite"}, []),
        ({"words": "rheine"}, ["Förderung", "Beitritt"]),
        ({"words": "rheine beitritt"}, ["Beitritt"]),
        ({"words": "0 %"}, ["100 % dabei"]),
        ({"words": "_"}, []),
        ({"kind": ContactKind.VISIT}, ["Beitritt"]),
        ({"follow_ups": FollowUps.OPEN}, ["Termin", "Beitritt"]),
        ({"follow_ups": FollowUps.DUE}, ["Beitritt"]),
        ({"since": date(2026, 2, 1), "until": date(2026, 2, 28)}, ["Beitritt"]),
        ({"until": date(2025, 1, 1)}, ["100 % dabei"]),
        ({"account": 0}, []),
    ],
)
def test_notes_are_found_the_newest_first(notes, wanted, found):
    assert topics(Wanted(**wanted)) == found


def test_notes_of_one_organisation_and_of_one_account(notes):
    assert topics(Wanted(organisation_id=notes["rheine"])) == ["Förderung", "Beitritt"]
    assert topics(Wanted(account=notes["office"])) == ["Termin", "Beitritt"]


@pytest.mark.parametrize("words", ["", "nummer"])
def test_pages_follow_each_other_without_a_gap(database, words):
    town = an_organisation()
    for number in range(7):
        a_contact_note(town, f"Nummer {number}", day=date(2026, 1, 1 + number // 3))
    seen, after, has_more = [], None, True
    while has_more:
        some, has_more = contact_log.listed(Wanted(words), today=TODAY, limit=3, after=after)
        seen += [each.facts.topic for each in some]
        after = some[-1].position

    assert seen == [f"Nummer {number}" for number in range(6, -1, -1)]
    whole = [each.facts.topic for each in contact_log.all_of(Wanted(words), today=TODAY)]
    assert whole == seen


def test_a_page_is_one_statement_for_3_as_for_60(database):
    counts = []
    for many in (3, 60):
        for number in range(many):
            a_contact_note(an_organisation(), f"Nummer {number}")
        with count_queries() as statements:
            topics(Wanted("nummer"))
        counts.append(len(statements))

    assert counts == [1, 1]


def test_a_note_names_whom_it_is_about(app, database):
    owner = a_network_account(app, "office@example.org", "coordination")
    rheine = an_organisation("Stadt Rheine")
    about: Any = {"contact_id": a_contact(rheine).id, "follow_up_for": owner, "written_by": owner}
    note = a_contact_note(rheine, at=time(14, 30), follow_up_on=TODAY, **about)
    found = contact_log.find(note.id)

    said = (found.organisation, found.contact, found.responsible, found.author)
    assert said == ("Stadt Rheine", "Anna Albers", "office@example.org", "office@example.org")
    assert found.starts_at(BERLIN) == datetime(2026, 3, 1, 14, 30, tzinfo=BERLIN)
    assert contact_log.find(note.id + 1) is None


def test_whoever_may_read_the_log_can_be_responsible(app, database):
    an_organiser(app, "admin@example.org", is_administrator=True)
    gone = a_network_account(app, "gone@example.org", "coordination")
    for email, role in (("b", "coordination"), ("r", "reader"), ("f", "funder"), ("n", None)):
        a_network_account(app, f"{email}@example.org", role)
    db.session.get(User, gone).active = False
    db.session.commit()

    assert list(contact_log.responsible().values()) == ["admin@example.org", "b@example.org"]


def test_what_is_due_is_counted_and_told_once_a_day(notes):
    office = notes["office"]

    assert contact_log.due(office, today=TODAY) == Due(all=1, mine=1)
    assert contact_log.due(office + 1, today=TODAY) == Due(all=1, mine=0)
    assert contact_log.find_untold(TODAY) == (office, 1)
    assert contact_log.find_untold(TODAY + timedelta(days=1)) == (office, 2)
    db.session.get(User, office).follow_ups_told_on = TODAY
    db.session.commit()
    assert contact_log.find_untold(TODAY) is None
    assert contact_log.find_untold(TODAY + timedelta(days=1)) == (office, 2)
    db.session.get(User, office).network_role = "reader"
    db.session.commit()
    assert contact_log.find_untold(TODAY + timedelta(days=1)) is None
