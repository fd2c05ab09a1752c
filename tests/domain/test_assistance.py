"""GDPR-04: what somebody needs to take part, and how much of it is said to whom."""

import pytest

from congress.domain.assistance import GONE_WITHIN, TIDIED_AFTER, Need, Needs, is_asked, totals
from congress.domain.fields import FieldUse, uses
from congress.domain.registration_request import RegistrationRequest

SIGN, STEPS, FOOD, OTHER = Need.SIGN_LANGUAGE, Need.STEP_FREE, Need.ALLERGIES, Need.OTHER


@pytest.mark.parametrize(
    ("ticked", "text", "kinds", "lacks_words"),
    [
        ([], "", (), False),
        (["step_free", "sign_language"], "", (SIGN, STEPS), False),
        (["step_free"], "mit Begleitung", (STEPS,), False),
        ([], "ein Platz vorn", (OTHER,), False),
        (["allergies"], "", (FOOD,), True),
        (["other"], "", (OTHER,), True),
        (["allergies"], "keine Nüsse", (FOOD,), False),
        (["unknown"], "", (), False),
    ],
)
def test_what_was_ticked_and_written(ticked, text, kinds, lacks_words):
    needs = Needs.of(ticked, text)

    assert (needs.kinds, needs.text) == (kinds, text)
    assert needs.is_empty is not bool(kinds)
    assert needs.lacks_words is lacks_words


def test_people_are_counted_by_where_they_stand_and_by_each_need():
    found = totals(
        [
            ("confirmed", ["sign_language", "step_free"]),
            ("confirmed", ["step_free"]),
            ("waiting", ["allergies"]),
            ("cancelled", ["other"]),
        ]
    )

    assert (found.people, found.waiting) == (2, 1)
    assert (found.kinds, found.kinds_waiting) == ({SIGN: 1, STEPS: 2}, {FOOD: 1})


def test_no_trace_of_a_program_shows_what_somebody_needs():
    request = RegistrationRequest("Ada", "L", "ada@example.org", needs=Needs.of([SIGN], "Nussöl"))

    assert "Nussöl" not in repr(request)
    assert "sign_language" not in repr(request)
    assert not any("Nussöl" in str(value) for value in request.columns().values())


def test_it_is_gone_within_the_days_that_are_promised_though_the_worker_looks_once_a_day():
    assert (GONE_WITHIN - TIDIED_AFTER).days == 1
    assert GONE_WITHIN.days == 14


def test_it_is_asked_where_organisers_say_so():
    assert not is_asked({})
    assert not is_asked(uses({}))
    assert is_asked({"assistance": FieldUse.OPTIONAL})
