"""What the pages that the law asks for state of a congress, and which version that is."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from congress.domain import legal
from congress.domain.congresses import Congress, NamedOrganisation, OrganisationRole
from congress.domain.fields import FieldUse
from congress.domain.times.time_slots import TimeSlot
from tests.domain.test_public_calendar import CONGRESS, DAY, SECOND_DAY

WRITTEN = {"address": "Markt 1", "officer": "Erika Beispiel"}


def hosted(**facts: object) -> Congress:
    host = NamedOrganisation(OrganisationRole.HOST, "Stadt Hamm", legal=WRITTEN)
    own: dict[str, Any] = {"organisations": (host,), "contact_email": "a@example.org"} | facts
    return replace(CONGRESS, **own)


def version(congress):
    return legal.notice_version("1", congress)


def of_host(**facts: object) -> Congress:
    values: dict[str, Any] = facts
    return hosted(organisations=(replace(hosted().organisations[0], **values),))


def test_what_is_known_without_the_host_stands_in_for_what_is_not_written():
    texts = legal.stated(hosted())

    assert texts is not None
    assert (texts.name, texts.email) == ("Stadt Hamm", "a@example.org")
    assert texts.missing == ("represented_by", "phone", "authority", "arbitration")
    assert legal.stated(CONGRESS) is None
    assert legal.stated(of_host(legal={})) is None


@pytest.mark.parametrize(
    "other",
    [
        of_host(legal=WRITTEN | {"officer": "Max Beispiel"}),
        of_host(name="Stadt Lünen"),
        hosted(contact_email="b@example.org"),
        hosted(days=(DAY, SECOND_DAY)),
        hosted(fields={"function": FieldUse.OFF}),
        hosted(fields={"function": FieldUse.REQUIRED}),
    ],
)
def test_whatever_the_notice_names_otherwise_is_another_version(other):
    """GDPR-03."""
    assert version(other) != version(hosted(fields={"function": FieldUse.OPTIONAL}))
    assert version(hosted()) == version(hosted(title={"de": "Anders"}, revision=8))


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        ("2026-10-21", 12, "2027-10-21"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_that_month(day, months, until):
    found = legal.months_later(datetime.fromisoformat(f"{day}T08:00:00+01:00"), months)

    assert found.isoformat() == f"{until}T08:00:00+01:00"


def test_what_people_need_goes_two_weeks_after_the_last_day_where_it_is_asked():
    """GDPR-04: and a notice that names it is another version."""
    asks = hosted(fields={"assistance": FieldUse.OPTIONAL})

    until = legal.asks_assistance_until(asks)
    assert until is not None
    assert (until - asks.ends_at).days == 14
    assert legal.asks_assistance_until(hosted()) is None
    assert version(asks) != version(hosted())


def test_only_what_is_asked_is_named_with_the_day_it_goes():
    late = TimeSlot(DAY.starts_at, datetime(2015, 10, 21, 22, 30, tzinfo=UTC))  # 0.30 in Berlin
    asked = legal.asked(hosted(days=(late,), fields={"organisation": FieldUse.OFF}))

    assert [each.field.name for each in asked if each.is_for_place] == [
        *("given_name", "family_name", "email")
    ]
    assert [each.field.name for each in asked if each.is_for_few] == ["email"]
    assert "organisation" not in [each.field.name for each in asked]
    assert [each.field.name for each in asked if each.is_one_of_names] == [
        *("given_name", "family_name")
    ]
    needed = legal.asked(hosted(fields={"given_name": FieldUse.REQUIRED}))
    assert [each.field.name for each in needed if each.is_one_of_names] == []
    assert {each.goes_at.date().isoformat() for each in asked} == {"2016-10-22"}


@pytest.mark.parametrize(
    ("ags", "is_known"), [("05915000", True), ("05", True), ("11", False), (None, False)]
)
def test_whom_the_land_names_is_proposed_where_it_is_known(ags, is_known):
    found = legal.proposed("Stadt Hamm", ags, "a@example.org")

    assert bool(found.authority and found.arbitration) is is_known
    assert (found.name, found.email) == ("Stadt Hamm", "a@example.org")
