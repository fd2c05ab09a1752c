"""Texts on one page that two edit at once: nothing is undone, and what both changed is seen."""

import pytest

from congress.domain import editing

BEGUN = {"a": "1", "b": "2", "c": "3"}
VERSION = editing.version_of(BEGUN)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged", "clashes"),
    [
        ({}, {}, {}, ()),
        ({"a": "x"}, {}, {"a": "x"}, ()),
        ({}, {"a": "y"}, {"a": "y"}, ()),
        ({"a": "x"}, {"b": "y"}, {"a": "x", "b": "y"}, ()),
        ({"a": "x"}, {"a": "y"}, {"a": "x"}, ("a",)),
        ({"a": "x"}, {"a": "x"}, {"a": "x"}, ()),
        ({"a": ""}, {"a": "y", "c": ""}, {"a": "", "c": ""}, ("a",)),
    ],
)
def test_what_another_one_saved_stays_where_it_was_left_alone(mine, theirs, merged, clashes):
    mine, stored = BEGUN | mine, BEGUN | theirs

    assert editing.over(mine, stored, VERSION) == BEGUN | merged
    assert editing.clashes(mine, stored, VERSION) == clashes


@pytest.mark.parametrize("version", ["", "none", VERSION + "0"])
def test_what_is_no_version_leaves_everything_as_changed(version):
    assert editing.changed_since(BEGUN, version) == ("a", "b", "c")


def test_a_version_tells_which_text_stands_where():
    swapped = {"a": "2", "b": "1", "c": "3"}

    assert editing.changed_since(BEGUN, VERSION) == ()
    assert editing.changed_since(swapped, VERSION) == ("a", "b")
