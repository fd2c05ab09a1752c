from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.organisations import (
    KeyTaken,
    NameTaken,
    OrganisationEditedMeanwhile,
    OrganisationFacts,
    SuccessorsInCircle,
)
from congress.models import AuditLine, Organisation
from congress.queries.network import register
from congress.queries.organisations import suggestions
from congress.services.network import cataloguing
from tests.builders import a_congress
from tests.builders import an_organisation as a_carrier
from tests.network import an_alias, an_organisation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
RHEINE = OrganisationFacts("Stadt Rheine", "Rheine", "municipality", "05566076")


def the_line(session):
    return session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()


def change(number, **values: Any):  # noqa: ANN401 - facts of many types
    facts = register.find(number, day=TODAY).facts
    return cataloguing.change(
        number, replace(facts, **values), version=facts.version, actor=COMMAND, now=NOW
    )


def test_an_organisation_is_added_and_found_by_name_short_name_and_key(session):
    number = cataloguing.add(RHEINE, actor=COMMAND, now=NOW)
    found = register.find(number, day=TODAY)
    line = the_line(session)

    assert found.facts == replace(RHEINE, district="05566")
    assert (line.verb, line.details) == (
        "organisation_added",
        {"organisation": number, "name": "Stadt Rheine"},
    )
    for typed in ("stadt rh", "rhei", "05566"):
        assert suggestions(typed, day=TODAY) == ["Stadt Rheine"]


def test_one_name_and_one_key_are_of_one_organisation(session):
    number = cataloguing.add(RHEINE, actor=COMMAND, now=NOW)
    an_alias(session.get(Organisation, number), "Rathaus Rheine")

    for name in ("stadt  RHEINE", "Rathaus Rheine"):
        with pytest.raises(NameTaken, match="Stadt Rheine"):
            cataloguing.add(OrganisationFacts(name), actor=COMMAND, now=NOW)
    with pytest.raises(KeyTaken, match="Stadt Rheine"):
        cataloguing.add(OrganisationFacts("Rheine", ags="05566076"), actor=COMMAND, now=NOW)
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_whoever_has_ended_leaves_the_key_to_another(database):
    number = cataloguing.add(RHEINE, actor=COMMAND, now=NOW)
    change(number, valid_until=date(2025, 12, 31))
    other = OrganisationFacts("Neu-Rheine", ags="05566076")

    assert cataloguing.add(other, actor=COMMAND, now=NOW) != number
    assert suggestions("rhei", day=date(2025, 12, 31)) == ["Stadt Rheine", "Neu-Rheine"]
    assert suggestions("rhei", day=TODAY) == ["Neu-Rheine"]


def test_what_is_changed_is_written_down_and_nothing_where_nothing_is(session):
    number = cataloguing.add(RHEINE, actor=COMMAND, now=NOW)

    assert change(number) is False
    assert the_line(session).verb == "organisation_added"
    assert change(number, name="Rheine an der Ems", inhabitants=76_000) is True
    line = the_line(session)
    assert (line.verb, line.fields) == ("organisation_changed", ["name", "inhabitants"])
    assert line.details["before"] == "Stadt Rheine"
    assert suggestions("rheine an", day=TODAY) == ["Rheine an der Ems"]


def test_nobody_saves_over_what_they_have_not_seen(database):
    number = cataloguing.add(RHEINE, actor=COMMAND, now=NOW)
    with pytest.raises(OrganisationEditedMeanwhile):
        cataloguing.change(number, RHEINE, version=RHEINE.version, actor=COMMAND, now=NOW)
    assert register.find(number, day=TODAY).facts.district == "05566"


def test_mergers_are_followed_and_never_lead_in_a_circle(database):
    one, two, three = (an_organisation(name).id for name in ("Altdorf", "Mitte", "Neustadt"))
    end = date(2015, 12, 31)
    change(one, valid_until=end, successor_id=two)
    change(two, valid_until=end, successor_id=three)
    found = register.find(one, day=TODAY)

    assert [each.name for each in found.successors] == ["Mitte", "Neustadt"]
    assert [each.name for each in register.find(three, day=TODAY).forerunners] == ["Mitte"]
    with pytest.raises(SuccessorsInCircle):
        change(three, valid_until=end, successor_id=one)


def test_pages_of_a_congress_are_made_anew_only_where_they_show_what_changed(session):
    congress = a_congress()
    host = a_carrier("Stadt Lünen", congress=congress)
    session.refresh(congress)
    before = congress.content_revision
    change(host.id, inhabitants=86_000, sector="public")
    session.refresh(congress)
    assert congress.content_revision == before
    change(host.id, name="Stadt Lünen (Lippe)")
    session.refresh(congress)
    assert congress.content_revision > before
