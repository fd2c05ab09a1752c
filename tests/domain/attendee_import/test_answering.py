"""What rows of a file answer to a congress's own questions, beside what was answered before."""

from dataclasses import replace

import pytest

from congress.domain.attendee_import.answering import (
    OptionNames,
    OptionNotOffered,
    Tally,
    with_answers,
)
from congress.domain.attendee_import.comparing import ImportedRow, Known, Outcome, Why, compare
from congress.domain.own_questions import (
    AskedIf,
    Option,
    OptionUsedUp,
    OwnQuestion,
    QuestionKind,
    read_date,
)
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details

OLD = Option("old", {"de": "Früher"}, is_retired=True)
LUNCH = OwnQuestion(
    key="lunch",
    kind=QuestionKind.ONE,
    label={"de": "Essen"},
    options=(Option("veg", {"de": "Vegetarisch"}, most=1), Option("meat", {"de": "Fleisch"}), OLD),
    is_required=True,
)
WHY = OwnQuestion(
    key="why", kind=QuestionKind.TEXT, label={"de": "Wieso"}, asked_if=AskedIf("lunch", "veg")
)
BAG = OwnQuestion(
    key="bag", kind=QuestionKind.LINE, label={"de": "Tasche"}, asked_if=AskedIf(workshop="w7")
)
QUESTIONS = (LUNCH, WHY, BAG)
CODES = {7: "w7", 8: "w8"}
NAMES = OptionNames.of(
    replace(
        LUNCH,
        kind=QuestionKind.SEVERAL,
        options=(
            Option("a", {"de": "Suppe, vegan", "en": "Soup"}),
            Option("b", {"de": "Suppe"}),
            Option("c", {"de": "C"}),
            Option("cc", {"de": "C++"}),
            Option("d", {"de": "Doppelt"}),
            Option("e", {"de": "Doppelt"}),
            Option("f", {"de": "Fisch"}, is_retired=True),
            Option("g", {"de": "Fisch"}),
        ),
    )
)


@pytest.mark.parametrize(
    ("cell", "keys", "unknown"),
    [
        ("Suppe, vegan", ("a",), ()),
        ("suppe,  Suppe, vegan", ("b", "a"), ()),
        ("SOUP; c", ("a", "c"), ()),
        ("C++, C", ("cc", "c"), ()),
        ("b\nSuppe", ("b",), ()),
        ("Fisch", ("g",), ()),  # which is the one that is offered
        ("Doppelt", (), ("Doppelt",)),  # it may be either
        ("Suppe, Brot", ("b",), ("Brot",)),
        ("–", (), ()),
    ],
)
def test_options_are_known_by_their_words_and_keys(cell, keys, unknown):
    assert NAMES.read(cell) == (keys, unknown)


def known(**answers: tuple[str, ...]):
    details = Details.of({"family_name": "Auer", "email": "a@example.org"})
    state = RegistrationState.CONFIRMED
    keys = (details.email_key, details.name_key)
    return Known(1, details, *keys, state, "de", frozenset({7}), answers=answers)


def found(person, doubts=None, workshops=None, **answers: tuple[str, ...]):
    said = {"family_name": "Auer", "email": "a@example.org"}
    row = ImportedRow(2, said, answers=answers, doubts=doubts or {}, workshops=workshops)
    [findings, _missing] = compare(
        [row], [person] if person else [], answers={}, has_addresses=True
    )
    [finding] = with_answers(findings, QUESTIONS, CODES)
    return finding


VEG, MEAT, SINCE = ("veg",), ("meat",), ("Seit je\nund weiter",)


@pytest.mark.parametrize(
    ("person", "said", "outcome", "given", "unasked"),
    [
        (None, {"lunch": VEG, "why": SINCE}, Outcome.ADDED, {"lunch": VEG, "why": SINCE}, ()),
        (None, {"lunch": MEAT, "why": SINCE}, Outcome.ADDED, {"lunch": MEAT}, (WHY,)),
        (None, {"bag": ("rot",)}, Outcome.ADDED, {}, (BAG,)),  # lunch may be missing
        (known(), {"bag": ("rot",)}, Outcome.CHANGED, {"bag": ("rot",)}, ()),
        (known(lunch=VEG), {"lunch": VEG}, Outcome.UNCHANGED, None, ()),
        (known(lunch=VEG), {}, Outcome.UNCHANGED, None, ()),
        (known(lunch=VEG, why=SINCE), {"lunch": MEAT}, Outcome.CHANGED, {"lunch": MEAT}, ()),
        (known(lunch=MEAT), {"why": SINCE}, Outcome.UNCHANGED, None, (WHY,)),
        # What a file of ours says of them changes nothing: hidden since, retired, lines in a cell.
        (known(lunch=MEAT, why=SINCE), {"why": SINCE}, Outcome.UNCHANGED, None, ()),
        (known(lunch=("old",)), {"lunch": ("old",)}, Outcome.UNCHANGED, None, ()),
        (
            known(lunch=VEG, why=SINCE),
            {"why": ("Seit je und weiter",)},
            Outcome.UNCHANGED,
            None,
            (),
        ),
    ],
)
def test_what_counts_is_what_is_asked(person, said, outcome, given, unasked):
    finding = found(person, **said)

    assert (finding.outcome, finding.answers, finding.unasked) == (outcome, given, unasked)


def test_somebody_new_is_asked_by_the_workshops_of_the_row():
    assert found(None, workshops=(7,), bag=("rot",)).answers == {"bag": ("rot",)}
    assert found(None, workshops=(8,), bag=("rot",)).answers == {}


def test_a_wrong_cell_is_a_question_only_where_it_is_asked():
    wrong = {"why": "Wieso: zu lang."}
    asked = found(None, wrong, lunch=VEG)
    unasked = found(None, wrong, lunch=MEAT)

    assert (asked.why, asked.row.faults) == (Why.FAULTY, ("Wieso: zu lang.",))
    assert (unasked.outcome, unasked.unasked) == (Outcome.ADDED, (WHY,))


def test_an_option_that_is_offered_no_more_is_nobodys_answer_any_more():
    finding = found(known(lunch=MEAT), lunch=("old",))

    assert finding.outcome is Outcome.OPEN
    assert isinstance(finding.refusal, OptionNotOffered)


def test_one_option_goes_on_when_somebody_gives_it_up():
    tally = Tally(QUESTIONS, {("lunch", "veg"): 1})

    assert isinstance(tally.take({"lunch": VEG}, {}), OptionUsedUp)
    assert tally.take({"lunch": MEAT}, {"lunch": VEG}) is None
    assert tally.take({"lunch": VEG}, {}) is None
    assert isinstance(tally.take({"lunch": VEG}, {}), OptionUsedUp)


@pytest.mark.parametrize("typed", ["2026-10-21", "21.10.2026", "21. 10. 2026", "21/10/2026"])
def test_a_day_is_read_as_pages_and_files_write_it(typed):
    assert read_date(typed) == "2026-10-21"
