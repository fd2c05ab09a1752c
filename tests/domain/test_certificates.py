"""Certificates: who may have one and when, what tells them apart, and codes as they are typed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from congress.domain.certificates import (
    ALPHABET,
    NothingToCertify,
    NotOverYet,
    Statement,
    TooFewModules,
    WasIn,
    code_of,
    is_enough,
    read_code,
    require_certifiable,
)
from congress.domain.congresses import CongressState
from congress.domain.modules import Share
from congress.domain.paper import Meal
from congress.domain.rules import Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.tokens import Key

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = TimeSlot(
    datetime(2015, 10, 21, 9, 30, tzinfo=BERLIN), datetime(2015, 10, 21, 16, 30, tzinfo=BERLIN)
)
SECOND = TimeSlot(
    datetime(2015, 10, 22, 9, 30, tzinfo=BERLIN), datetime(2015, 10, 22, 13, 0, tzinfo=BERLIN)
)
WORKSHOP = WasIn(7, {"de": "Ermöglichen"}, FIRST)
MEALS = {date(2015, 10, 21): (Meal.LUNCH,)}
SAID = Statement({"de": "Engagement vor Ort"}, "Lünen", (FIRST,), (WORKSHOP,), MEALS)
CODE = code_of(Key(b"secret"), "nonce")


def a_congress(state=CongressState.PUBLISHED, least=0):
    days, rules = (FIRST, SECOND), Rules(certificate_from=least)
    return SimpleNamespace(days=days, ends_at=SECOND.ends_at, state=state, zone=BERLIN, rules=rules)


@pytest.mark.parametrize(
    ("attended", "least", "refusal"),
    [
        (0, 0, NothingToCertify),
        (0, 80, NothingToCertify),
        (1, 0, None),
        (1, 50, None),
        (1, 51, TooFewModules),
        (2, 100, None),
    ],
)
def test_one_person_needs_the_share_that_is_asked_for(attended, least, refusal):
    share = Share(attended, 2)
    said = replace(SAID, days=(FIRST, SECOND)[:attended])
    assert is_enough(said, a_congress(least=least)) is (refusal is None)

    def require():
        require_certifiable(
            a_congress(least=least),
            was_there=attended > 0,
            by_organisers=False,
            now=SECOND.ends_at,
            share=share,
        )

    if refusal is None:
        require()
    else:
        with pytest.raises(refusal):
            require()


def test_how_many_modules_there_were_is_kept_and_makes_it_no_other_certificate():
    of_eight = replace(SAID, held=8)
    assert Statement.of(of_eight.as_json) == of_eight
    assert "held" not in SAID.as_json  # as it was before there were shares
    assert of_eight.facts == SAID.facts


@pytest.mark.parametrize(
    ("by_organisers", "now", "refusal"),
    [
        (False, FIRST.ends_at, NotOverYet),
        (False, SECOND.ends_at - timedelta(seconds=1), NotOverYet),
        (False, SECOND.ends_at, None),
        (True, FIRST.ends_at, NotOverYet),
        (True, SECOND.starts_at, None),  # to be handed out at the end
    ],
)
def test_they_are_issued_once_it_is_over(by_organisers, now, refusal):
    def require():
        require_certifiable(a_congress(), was_there=True, by_organisers=by_organisers, now=now)

    if refusal is None:
        require()
    else:
        with pytest.raises(refusal):
            require()


@pytest.mark.parametrize(
    ("state", "was_there", "is_refused"),
    [
        (CongressState.PUBLISHED, True, False),
        (CongressState.FINISHED, True, False),
        (CongressState.FINISHED, False, True),
        (CongressState.CANCELLED, True, True),
        (CongressState.DRAFT, True, True),
    ],
)
def test_only_who_was_there_gets_one(state, was_there, is_refused):
    def require():
        require_certifiable(
            a_congress(state), was_there=was_there, by_organisers=False, now=SECOND.ends_at
        )

    if not is_refused:
        require()
        return
    with pytest.raises(NothingToCertify):
        require()


def test_what_is_kept_says_the_same_as_what_was_said():
    assert Statement.of(SAID.as_json) == SAID
    assert SAID.length == timedelta(hours=7)


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"title": {"de": "Umbenannt"}, "place": "Köln"}, True),
        ({"workshops": (replace(WORKSHOP, title={"de": "Anders"}),)}, True),
        ({"days": (FIRST, SECOND)}, False),
        ({"days": (SECOND,)}, False),
        ({"workshops": ()}, False),
        ({"workshops": (replace(WORKSHOP, item_id=8),)}, False),
        ({"workshops": (replace(WORKSHOP, slot=SECOND),)}, False),
        ({"meals": {}}, False),
        ({"meals": {date(2015, 10, 22): (Meal.LUNCH,)}}, False),
    ],
)
def test_one_that_says_the_same_stays_whatever_things_are_called(change, is_same):
    assert (replace(SAID, **change).facts == SAID.facts) is is_same


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("Dr. Eva Öse", True),
        ("  dr.  eva ose ", True),
        ("Dr. Eva Oese", True),
        ("Dr.Eva Öse", True),
        ("Eva Öse", False),
        ("Dr. Eva Ose-Groß", False),
        ("Dr. Eva Ese", False),
        ("", False),
    ],
)
def test_a_name_is_compared_as_names_are_and_is_not_kept(name, is_same):
    kept = SAID.digest("Dr. Eva Öse", CODE)
    assert (SAID.digest(name, CODE) == kept) is is_same
    assert SAID.digest("Dr. Eva Öse", "another") != kept


@pytest.mark.parametrize(
    ("days", "items", "is_founded"),
    [
        ({date(2015, 10, 21)}, {7}, True),
        ({date(2015, 10, 21), date(2015, 10, 22)}, {7, 8}, True),
        ({date(2015, 10, 22)}, {7}, False),
        ({date(2015, 10, 21)}, set(), False),
        (set(), set(), False),
    ],
)
def test_what_is_taken_back_is_certified_no_longer(days, items, is_founded):
    assert SAID.is_founded(days, items, a_congress()) is is_founded


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (CODE, CODE),
        (CODE.lower().replace("-", " "), CODE),
        (f" {CODE}\n", CODE),
        ("O" * 16, "0000-0000-0000-0000"),
        ("il" * 8, "1111-1111-1111-1111"),
        (CODE[:-1], None),
        (f"{CODE}X", None),
        ("U" * 16, None),
        ("", None),
        ("é" * 16, None),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed, read):
    assert read_code(typed) == read


def test_a_code_is_of_one_nonce_and_one_key():
    codes = {code_of(Key(secret), nonce) for secret in (b"a", b"b") for nonce in ("1", "2")}
    assert len(codes) == 4
    assert all(set(code) <= {*ALPHABET, "-"} and len(code) == 19 for code in codes)
