"""What becomes of a version of a text, when it takes comments, and what they can be about."""

from datetime import date, timedelta

import pytest

from congress.domain.network.network_texts import (
    PUBLIC,
    VersionFacts,
    VersionState,
    VersionStep,
    VersionStepNotPossible,
    after,
    is_waiting,
    sections,
    takes_comments,
)

DRAFT, IN_COMMENT, ADOPTED, SUPERSEDED = VersionState
OPEN, ADOPT, SUPERSEDE = VersionStep
FIRST, LAST = date(2016, 3, 1), date(2016, 3, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize("state", VersionState)
@pytest.mark.parametrize("step", VersionStep)
def test_every_step_from_every_state(state, step):
    possible = {
        (DRAFT, OPEN): IN_COMMENT,
        (DRAFT, ADOPT): ADOPTED,
        (IN_COMMENT, ADOPT): ADOPTED,
        (IN_COMMENT, SUPERSEDE): SUPERSEDED,
        (ADOPTED, SUPERSEDE): SUPERSEDED,
    }
    if (state, step) in possible:
        assert after(state, step) is possible[state, step]
    else:
        with pytest.raises(VersionStepNotPossible):
            after(state, step)


def test_only_a_draft_is_not_public():
    assert {DRAFT} == set(VersionState) - PUBLIC


@pytest.mark.parametrize(
    ("state", "today", "takes", "waits"),
    [
        (IN_COMMENT, FIRST - DAY, False, True),
        (IN_COMMENT, FIRST, True, True),
        (IN_COMMENT, LAST, True, True),  # the last day counts to its end
        (IN_COMMENT, LAST + DAY, False, False),
        (DRAFT, FIRST, False, False),
        (ADOPTED, FIRST, False, False),
    ],
)
def test_comments_are_taken_from_the_first_day_to_the_last(state, today, takes, waits):
    assert takes_comments(state, FIRST, LAST, today) is takes
    assert is_waiting(state, LAST, today) is waits


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("", []),
        ("Ein Satz.\n\n#kein Titel", []),
        ("# Ziele\n\nText\n\n## 2. Wege ##\n\nText\n\n# Ziele", ["Ziele", "2. Wege"]),
        ("####### zu tief\n#  \n### Drei", ["Drei"]),
    ],
)
def test_a_comment_is_about_a_heading(text, headings):
    assert sections(text) == headings


def test_another_word_is_another_version():
    one = VersionFacts({"de": "a", "en": "b"})
    assert one.version == VersionFacts({"en": "b", "de": "a"}).version
    assert one.version != VersionFacts({"de": "a", "en": "c"}).version
    assert one.version != VersionFacts({"de": "a", "en": "b"}, {"de": "x"}).version
