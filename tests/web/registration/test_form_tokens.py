from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import pytest

from congress.app import create_app
from congress.web.registration import form_tokens
from congress.web.registration.form_tokens import Age
from tests.builders import OPEN
from tests.web import pages
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only

FORM = "/fachkongress/register"
SLUG = "fachkongress"
SECOND = timedelta(seconds=1)
PATIENT = 60  # seconds


@pytest.fixture
def patient(settings):
    """The program with FORM_MIN_SECONDS=2."""
    return create_app(settings.model_copy(update={"form_min_seconds": 2}))


@pytest.mark.parametrize(
    ("open_for", "age"),
    [
        (timedelta(0), Age.TOO_YOUNG),
        (1.9 * SECOND, Age.TOO_YOUNG),
        (2 * SECOND, Age.RIGHT),
        (timedelta(hours=24), Age.RIGHT),
        (timedelta(hours=24) + SECOND, Age.TOO_OLD),
        (-timedelta(hours=1), Age.RIGHT),  # the clock was set back
    ],
)
def test_a_mark_says_how_long_the_form_lay_open(patient, open_for, age):
    """SEC-30."""
    issued = form_tokens.issue(SLUG, now=OPEN)

    read = form_tokens.read(issued.text, SLUG, now=OPEN + open_for)

    assert read.age is age
    assert (read.key == issued.key) is (age is not Age.TOO_OLD)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "key.1443607200000.forged", "\x00", "ü.1.2"])
def test_what_was_not_signed_here_gets_a_new_mark(app, text):
    read = form_tokens.read(text, SLUG, now=OPEN)

    assert read.age is Age.UNKNOWN
    assert form_tokens.read(read.text, SLUG, now=OPEN + SECOND).key == read.key


def test_the_mark_of_one_congress_is_none_of_another(app):
    issued = form_tokens.issue(SLUG, now=OPEN)

    assert form_tokens.read(issued.text, "another", now=OPEN + SECOND).age is Age.UNKNOWN


def test_two_forms_are_told_apart(app):
    keys = {form_tokens.issue(SLUG, now=OPEN).key for _ in range(1000)}

    assert len(keys) == 1000
    assert min(len(key) for key in keys) >= 22


def test_forms_survive_a_new_secret_key(settings):
    create_app(settings)
    issued = form_tokens.issue(SLUG, now=OPEN)
    old = settings.secret_key
    create_app(
        settings.model_copy(
            update={"secret_key": "another secret key, long enough too", "secret_key_old": old}
        )
    )

    assert form_tokens.read(issued.text, SLUG, now=OPEN + SECOND).key == issued.key


def test_a_form_sent_fast_is_held_for_the_missing_moment_and_taken(
    settings, app, congress, on_a_day, monkeypatch
):
    """SEC-30: browsers fill in forms; two clicks are one registration and nobody is accused."""
    visitor = Visitor(create_app(settings.model_copy(update={"form_min_seconds": 0.3})))
    form = visitor.fill_in()
    held: list[float] = []
    monkeypatch.setattr(form_tokens, "time", SimpleNamespace(sleep=held.append))

    first = visitor.send(FORM, **form)
    on_a_day.shift(1)
    second = visitor.send(FORM, **form)

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert held == [0.3]  # the first of the two, for all that was missing


def test_a_flood_of_fast_forms_holds_few_threads_and_the_rest_is_kept(
    settings, app, congress, on_a_day, monkeypatch
):
    """SEC-30: a form that cannot be held is shown again; it says so and accuses nobody."""
    hasty = create_app(settings.model_copy(update={"form_min_seconds": 0.5}))
    visitors = [Visitor(hasty) for _ in range(5)]
    forms = [
        each.fill_in(given_name=name)
        for each, name in zip(visitors, ("Ada", "Bea", "Cem", "Dora", "Edi"), strict=True)
    ]

    refused = Event()  # those who found no seat: the others are held as long
    hold = SimpleNamespace(sleep=lambda _seconds: refused.wait(PATIENT))
    monkeypatch.setattr(form_tokens, "time", hold)

    with ThreadPoolExecutor(5) as pool:
        sent = [
            pool.submit(each.send, FORM, **form) for each, form in zip(visitors, forms, strict=True)
        ]
        for number, _answered in enumerate(as_completed(sent), 1):
            if number == 3:
                refused.set()
    answers = [each.result() for each in sent]
    on_a_day.shift(1)
    again = [
        each.send(FORM, **form)
        for each, form, answer in zip(visitors, forms, answers, strict=True)
        if answer.status_code == 422
    ]

    assert sorted(each.status_code for each in answers) == [303, 303, 422, 422, 422]
    for answer in answers:
        if answer.status_code == 422:
            page = pages.read(answer)
            assert pages.refusal_heading(page) == "Bitte senden Sie das Formular noch einmal"
            assert 'value="Muster"' in answer.text
    assert {each.status_code for each in again} == {303}


@pytest.mark.parametrize(
    ("spoil", "hours", "heading"),
    [
        (lambda token: token, 25, "Das Formular war länger als einen Tag offen"),
        (lambda token: token[:-1], 0, "Bitte senden Sie das Formular noch einmal"),
        (lambda _: "", 0, "Bitte senden Sie das Formular noch einmal"),
    ],
    ids=["too old", "cut", "missing"],
)
def test_a_form_too_old_or_unknown_is_shown_again_with_everything_kept(
    visitor, app, congress, on_a_day, spoil, hours, heading
):
    """SEC-30: after 24 hours, and whatever robots make up."""
    form = visitor.fill_in()
    on_a_day.shift(timedelta(hours=hours))

    answer = visitor.send(FORM, **form | {"form_token": spoil(form["form_token"])})

    assert answer.status_code == 422
    assert pages.refusal_heading(pages.read(answer)) == heading
    assert 'value="Erika"' in answer.text
    fresh = answer.text.split('name="form_token" value="')[1].split('"')[0]
    assert visitor.send(FORM, **form | {"form_token": fresh}).status_code == 303


def test_a_form_left_open_over_lunch_goes_through(visitor, congress, on_a_day):
    form = visitor.fill_in()
    on_a_day.shift(timedelta(hours=5))

    assert visitor.send(FORM, **form).status_code == 303
