"""Which texts can name a congress in an address."""

import pytest

from congress.domain.slugs import is_code, is_slug


@pytest.mark.parametrize("slug", ["abc", "fachkongress-2015", "2015", "a" * 60])
def test_small_letters_digits_and_hyphens_make_a_slug(slug):
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "ab", "a" * 61, "Fach", "fach kongress", "-abc", "abc-", "lünen", "a/b", "abc\n"]
)
def test_anything_else_makes_none(slug):
    assert not is_slug(slug)


@pytest.mark.parametrize(
    ("code", "answer"), [("ws-1", True), ("1", True), ("-1", False), ("WS", False), ("", False)]
)
def test_codes_are_shorter_slugs(code, answer):
    assert is_code(code) is answer
