import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

import congress.domain
import congress.services
from congress.domain import conditions, eligibility
from congress.domain.errors import Refused
from congress.domain.registration import (
    CongressFull,
    RegistrationClosed,
    RegistrationNotOpenYet,
)
from congress.domain.times.local_time import NoSuchTime
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Workshop, WorkshopsClash
from congress.web import refusals
from tests.builders import CLOSES, STARTS, WORKSHOPS_START

BERLIN = ZoneInfo("Europe/Berlin")


def every_refusal() -> set[type[Refused]]:
    for package in (congress.domain, congress.services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, left = set(), [Refused]
    while left:
        children = left.pop().__subclasses__()
        found |= set(children)
        left += children
    return {each for each in found if each.__module__.startswith("congress.")}


def test_every_refusal_has_words():
    assert every_refusal() - set(refusals.WORDS) == set()


def raised_by(condition: Callable[..., object]) -> Iterator[type[Refused]]:
    """Every reason that a condition gives, also by those that it asks: as its code names them."""
    for name in condition.__code__.co_names:
        named = condition.__globals__.get(name)
        if inspect.isclass(named) and issubclass(named, Refused):
            yield named
        elif inspect.isfunction(named) and named.__module__.startswith("congress.domain"):
            yield from raised_by(named)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_reason_not_to_register_is_said_before_anything_is_filled_in(app, language):
    """In both languages: what it is, and why or what one can do."""
    doors = (*conditions.REGISTERING, *conditions.AT_A_PLACE, eligibility.choosing)
    reasons = {reason for each in doors for reason in raised_by(each)}
    assert {RegistrationNotOpenYet, RegistrationClosed, CongressFull, WorkshopsClash} <= reasons

    for reason in reasons:
        said = [str(words[reason]) for words in (refusals.HEADINGS, refusals.WORDS)]
        with app.test_request_context(f"/?lang={language}"):
            words = [str(words[reason]) for words in (refusals.HEADINGS, refusals.WORDS)]
        assert all(words)
        assert (words == said) is (language == "en"), f"{reason} has no words in {language}"


def test_every_refusal_that_attendees_meet_has_a_heading_that_says_what_it_is():
    met = {
        each
        for each in every_refusal()
        if each.__module__.endswith((".registration", ".workshops"))
    }

    assert met - set(refusals.HEADINGS) == set()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            "Die Anmeldung ist geschlossen. Sie war bis einschließlich 7. Oktober 2015",
        ),
        (
            "en",
            "Registration is closed. It was open up to and including 7 October 2015",
        ),
    ],
)
def test_a_closed_registration_names_its_deadline(app, language, words):
    with app.test_request_context(f"/?lang={language}"):
        assert refusals.text(RegistrationClosed(CLOSES), BERLIN).startswith(words)


@pytest.mark.sqlite_only
def test_workshops_that_clash_are_named_with_their_times(app):
    first = Workshop(1, {"de": "Junges Engagement"}, slot(STARTS, WORKSHOPS_START))
    second = Workshop(2, {"de": "Sozialraum"}, slot(STARTS, WORKSHOPS_START))

    with app.test_request_context("/?lang=de"):
        words = refusals.text(WorkshopsClash(first, second), BERLIN)

    assert words == (
        "Zwei der gewählten Programmpunkte überschneiden sich. „Junges Engagement“ läuft 9.30 bis "
        "13.15 Uhr, „Sozialraum“ 9.30 bis 13.15 Uhr. Bitte wählen Sie eines von beiden."
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("language", "words"), [("de", "2.30 Uhr"), ("en", "2:30")])
def test_a_time_that_does_not_exist_is_written_as_everywhere(app, language, words):
    with app.test_request_context(f"/?lang={language}"):
        assert words in refusals.text(NoSuchTime(datetime(2026, 3, 29, 2, 30)), BERLIN)


def slot(starts_at: datetime, ends_at: datetime) -> TimeSlot:
    return TimeSlot(starts_at, ends_at)
