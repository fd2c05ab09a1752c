"""The next edition made from a stored congress."""
# ruff: noqa: ANN401 - the values of a plan have many types

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.congresses import CongressState
from congress.domain.planning.next_edition import CopyWarning, NotWholeWeeks
from congress.models import Congress, ProgrammeItem
from congress.queries.congresses import find_congress
from congress.queries.planning.congress_files import find_open_edition, find_plan
from congress.queries.programme import released_items
from congress.services.planning.copying import (
    SlugNotUsable,
    SlugTaken,
    UnknownCongress,
    copy_edition,
)
from tests.builders import a_congress, a_workshop, an_organisation

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def copy(slug: str = "fachkongress", starting: date = date(2027, 1, 20), **values: Any):
    return copy_edition(slug, starting=starting, actor=COMMAND, now=NOW, **values)


def test_the_next_edition_begins_on_the_same_weekday_with_new_identities(session):
    last = a_congress(venue={"de": "Rathaus"}, address="Rathausplatz 1", taken=3)
    a_workshop(last, code="ws", taken=3)
    an_organisation(congress=last)
    copied = copy()
    assert copied.slug == "fachkongress-2027"
    edition = find_congress(copied.slug)
    assert edition.starts_at.astimezone(edition.zone).isoformat() == "2027-01-20T09:30:00+01:00"
    assert edition.period.closes_at == datetime(2027, 1, 6, 23, 0, tzinfo=UTC)
    assert (edition.venue, edition.address, edition.state) == ({}, "", CongressState.DRAFT)
    assert [each.name for each in edition.organisations] == ["Stadt Lünen"]
    assert (edition.places.taken, edition.sequence) == (0, 0)
    [item] = released_items(edition.id)
    assert (item.places.taken, item.places.capacity) == (0, 25)
    uids = [*session.scalars(select(ProgrammeItem.uid)), *session.scalars(select(Congress.uid))]
    assert len(set(uids)) == 4


def test_a_second_edition_in_one_year_gets_a_number(session):
    a_congress()
    assert [copy().slug, copy().slug] == ["fachkongress-2027", "fachkongress-2027-2"]


def test_an_open_edition_is_found_while_one_can_register(session):
    a_congress()
    slug = copy(starting=date(2027, 1, 20), state=CongressState.PUBLISHED).slug
    closes_at = find_plan(slug).registration.closes_at
    assert find_open_edition("fachkongress", now=find_plan(slug).registration.opens_at) == slug
    assert find_open_edition("fachkongress", now=closes_at) is None


def test_a_public_holiday_is_warned_of(session):
    a_congress()
    copied = copy(starting=date(2030, 12, 25))
    assert (CopyWarning.HOLIDAY, "Erster Weihnachtstag") in [
        (each.kind, each.name) for each in copied.cautions
    ]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"slug": "unknown"}, UnknownCongress),
        ({"new_slug": "fachkongress"}, SlugTaken),
        ({"new_slug": "organiser"}, SlugNotUsable),
        ({"new_slug": "../x"}, SlugNotUsable),
        ({"starting": date(2027, 1, 21)}, NotWholeWeeks),
    ],
)
def test_what_cannot_be_copied_leaves_nothing_behind(session, values, refusal):
    a_congress()
    with pytest.raises(refusal):
        copy(**values)
    assert session.scalars(select(Congress.slug)).all() == ["fachkongress"]
