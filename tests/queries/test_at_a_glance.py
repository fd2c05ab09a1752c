"""Counts of an overview: true after each change, and counted once for all processes."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from congress import shared_folder
from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.rooms import version_of
from congress.domain.programme import PersonState
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Contributor, ProgrammeItem
from congress.queries import at_a_glance, congresses, turnout
from congress.queries.planning.scheduling import find_edited, rooms
from congress.queries.reading_ahead import read_ahead
from congress.queries.unchanged import state_of
from congress.services import registering
from congress.services.planning import furnishing, inviting, releasing, scheduling
from congress.shared_folder import SharedFolder
from tests import builders
from tests.builders import OPEN
from tests.queries_counter import count_queries

CONFIRMED = RegistrationState.CONFIRMED


def glance(congress):
    heading = congresses.get_heading(congress.id)
    return at_a_glance.of_congress(heading, state_of(heading), (), has_quota=False)


def edit(item, changes):
    plan = find_edited(item.congress_id, item.code).plan
    scheduling.edit_item(
        item.id, replace(plan, **changes), version=plan.version, actor=COMMAND, now=OPEN
    )


@pytest.mark.usefixtures("database")
def test_each_change_of_a_programme_is_counted_at_once():
    congress = builders.a_congress()
    item = builders.a_workshop(congress, capacity=20)
    found = [glance(congress).unpublished]
    edit(item, {"title": {"de": "Neu"}})
    found.append(glance(congress).unpublished)
    releasing.release(congress.id, actor=COMMAND, now=OPEN)
    found.append(glance(congress).unpublished)
    assert found == [0, 1, 0]

    def furnish(plan):
        version = version_of(rooms(congress.id))
        furnishing.edit_rooms(congress.id, [plan], version=version, actor=COMMAND, now=OPEN)

    furnish(RoomPlan("saal", {"de": "Saal"}, 100))
    edit(item, {"room": "saal"})
    assert glance(congress).warnings == 0
    furnish(RoomPlan("saal", {"de": "Saal"}, 5))
    assert glance(congress).warnings == 1


@pytest.mark.usefixtures("database")
def test_an_answer_of_somebody_in_the_programme_is_counted_at_once():
    congress = builders.a_congress()
    part = builders.a_contribution(builders.a_workshop(congress))
    here, person = congress.id, part.person.id
    inviting.set_address(here, person, "anna@example.org", "de", actor=COMMAND, now=OPEN)
    seen = inviting.preview(here, [person], now=OPEN).seen
    inviting.invite(here, [person], seen=seen, actor=COMMAND, now=OPEN)
    releasing.release(here, actor=COMMAND, now=OPEN)
    before = glance(congress).unpublished
    [asked] = db.session.scalars(select(Contributor.id))
    inviting.answer(asked, part.id, PersonState.CONFIRMED, "", now=OPEN)

    assert (before, glance(congress).unpublished) == (0, 1)


@pytest.mark.usefixtures("database")
def test_who_registers_is_counted_and_the_programme_is_not_read_again():
    congress = builders.a_congress()
    builders.a_workshop(congress)
    before = glance(congress)
    registering.register(congress.id, builders.a_request(), now=OPEN)
    with count_queries() as statements:
        after = glance(congress)

    assert (before.people[CONFIRMED], after.people[CONFIRMED]) == (0, 1)
    assert not [each for each in statements if ProgrammeItem.abstract.key in each]
    with count_queries() as statements:
        assert glance(congress) == after
    assert len(statements) == 2  # the congress and its latest line


def forget():
    for kept in (at_a_glance._kept, at_a_glance._programme, turnout._kept):
        kept._values.clear()


@pytest.fixture
def folder(app, tmp_path):
    path = shared_folder.empty_folder(tmp_path)
    app.extensions[shared_folder.EXTENSION] = SharedFolder(path)
    return path


@pytest.mark.sqlite_only
def test_another_process_counts_nothing_again(session, folder):
    congress = builders.a_congress()
    builders.a_booking(builders.a_registration(congress), builders.a_workshop(congress))
    builders.a_registration(congress, state="waiting")
    found = everything(congress)
    forget()
    with count_queries() as statements:
        assert everything(congress) == found
    assert not [each for each in statements if "count(*)" in each]


def everything(congress):
    whole = congresses.get_congress(congress.id)
    state = state_of(congresses.get_heading(congress.id))
    return glance(congress), turnout.of_congress(whole, state, now=OPEN)


@pytest.mark.sqlite_only
def test_what_is_shared_are_numbers_and_what_is_cut_off_is_counted_again(session, folder):
    congress = builders.a_congress()
    builders.a_registration(congress, given_name="Erika", email="erika@example.org")
    found = everything(congress)
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir()]
    assert len(texts) == 3
    assert not any("rika" in text for text in texts)
    assert all(json.loads(text) for text in texts)
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:-3])
    forget()

    assert everything(congress) == found


@pytest.mark.sqlite_only
def test_before_the_processes_part_the_latest_congress_is_read(session):
    read_ahead(now=OPEN)  # there is none yet
    congress = builders.a_congress()
    builders.a_workshop(congress)
    forget()
    read_ahead(now=OPEN)
    with count_queries() as statements:
        everything(congress)

    assert not [each for each in statements if "count(*)" in each]
