"""Sentences of the program with what they tell of: names in quotes, values in HTML."""

import pytest
from markupsafe import Markup

from congress.formats.catalogue import filled


@pytest.mark.parametrize(
    ("pattern", "name", "sentence"),
    [
        ("Platz in „%(name)s“.", "Vernetzung", "Platz in „Vernetzung“."),
        ("Platz in „%(name)s“.", "Was heißt „Ehrenamt“?", "Platz in „Was heißt ‚Ehrenamt‘?“."),
        ("A place in “%(name)s”.", "What “we” do", "A place in “What ‘we’ do”."),
        ("A place in “%(name)s”.", "Was heißt „Ehrenamt“?", "A place in “Was heißt ‚Ehrenamt‘?”."),
        ("%(name)s ist voll.", "Was heißt „Ehrenamt“?", "Was heißt „Ehrenamt“? ist voll."),
        ("„%(name)s“ ist voll.", 3, "„3“ ist voll."),
    ],
)
def test_a_name_in_quotes_has_inner_ones_of_its_own(pattern, name, sentence):
    assert filled(pattern, {"name": name}) == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("„A“ & <B>", "Platz in „‚A‘ &amp; &lt;B&gt;“."),
        (Markup("<b>„A“</b>"), "Platz in „<b>‚A‘</b>“."),
    ],
)
def test_in_html_values_are_escaped_as_ever(name, sentence):
    assert filled(Markup("Platz in „%(name)s“."), {"name": name}) == sentence
