"""What is told of a workshop: which links, and what tells one report from another."""

import pytest

from congress.domain.planning.workshop_reports import Report, Results, from_json, is_web_address


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("https://example.org", True),
        ("http://example.org/ergebnisse?x=1#y", True),
        ("https://münchen.example/ä", True),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://intern/x", False),
        ("https://bank.example@evil.example/", False),
        ("https://example.org/a b", False),
        ("https://[::1", False),
    ],
)
def test_a_link_leads_to_a_page(typed, is_one):
    assert is_web_address(typed) is is_one


def test_a_mark_changes_with_whatever_was_told():
    some = Results({"de": "Gut."}, "https://example.org")
    reports = [
        Report(),
        Report(needs="Stuhlkreis"),
        Report(current=some),
        Report(draft=some),
        Report(current=some, draft=Results()),
    ]
    assert len({each.mark for each in reports}) == len(reports)
    assert Report(current=some, draft=Results()).wanted.is_empty
    assert from_json(some.as_json()) == some
