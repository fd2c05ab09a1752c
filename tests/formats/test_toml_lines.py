"""Every key of a TOML document has its line."""

import tomllib

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from congress.formats.toml_lines import lines_of_keys

DOCUMENT = '''\
# a comment = "with [brackets]"
plain = 1
"quoted key" = "a # b"
a.b = [1, [2,
  3]]
long = """
x = 5
[not a table] \\""" """
literal = \'\'\'
]]\'\'\'
inline = {c = 1, d = {e = "}"}}

[table]
  indented = 2015-10-21T09:30:00

[[list]]
code = 1
[list.inner]
deep = true
[[list.sub]]
x = 1
[[list]]
code = 2
[[list.sub]]
x = 2
'''


def test_each_key_is_on_the_line_where_it_stands():
    assert lines_of_keys(DOCUMENT) == {
        ("plain",): 2,
        ("quoted key",): 3,
        ("a",): 4,
        ("a", "b"): 4,
        ("a", "b", 0): 4,
        ("a", "b", 1): 4,
        ("a", "b", 1, 0): 4,
        ("a", "b", 1, 1): 5,
        ("long",): 6,
        ("literal",): 9,
        ("inline",): 11,
        ("inline", "c"): 11,
        ("inline", "d"): 11,
        ("inline", "d", "e"): 11,
        ("table",): 13,
        ("table", "indented"): 14,
        ("list",): 16,
        ("list", 0): 16,
        ("list", 0, "code"): 17,
        ("list", 0, "inner"): 18,
        ("list", 0, "inner", "deep"): 19,
        ("list", 0, "sub"): 20,
        ("list", 0, "sub", 0): 20,
        ("list", 0, "sub", 0, "x"): 21,
        ("list", 1): 22,
        ("list", 1, "code"): 23,
        ("list", 1, "sub"): 24,
        ("list", 1, "sub", 0): 24,
        ("list", 1, "sub", 0, "x"): 25,
    }


def test_windows_line_ends_count_once():
    assert lines_of_keys("a = 1\r\n\r\nb = 2\r\n") == {("a",): 1, ("b",): 3}


@pytest.mark.parametrize("header", ["[%s]", "[[%s]]"])
def test_a_name_of_3000_parts_is_walked_once(header):
    """Resolving each part of it from the start took most of a minute."""
    lines = lines_of_keys("\n" + header % ".".join(["a"] * 3000))

    assert set(lines.values()) == {2}


VALUES = st.recursive(
    st.text() | st.integers(-9, 9) | st.booleans() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


def _paths(value, path=()):
    if path:
        yield path
    inside = list(value.items()) if isinstance(value, dict) else []
    if isinstance(value, list):
        inside = list(enumerate(value))
    for key, inner in inside:
        yield from _paths(inner, (*path, key))


@given(st.dictionaries(st.text(), VALUES, max_size=5), st.booleans())
def test_no_key_of_any_document_is_missed(values, multiline):
    document = tomli_w.dumps(values, multiline_strings=multiline)
    lines = lines_of_keys(document)
    assert set(_paths(tomllib.loads(document))) <= set(lines)
    assert max(lines.values(), default=0) <= document.count("\n") + 1
