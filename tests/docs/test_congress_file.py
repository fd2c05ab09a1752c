"""What docs/congress-file.md says is true."""

import re
from pathlib import Path

from congress.domain.congresses import Colour, CongressKind, CongressState, OrganisationRole
from congress.domain.programme import ItemKind, PersonState
from congress.domain.rules import DEFAULTS, choices_of
from congress.formats.congress_file import read_congress_file, write_congress_file

PAGE = (Path(__file__).parents[2] / "docs" / "congress-file.md").read_text(encoding="utf-8")
[SMALLEST] = re.findall(r"## The smallest file\n\n```toml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLE = Path(__file__).parents[2] / "examples" / "fachkongress-2015.toml"


def test_the_smallest_file_can_be_imported():
    reading = read_congress_file(SMALLEST.encode())
    assert reading.warnings == ()


def test_every_key_that_an_export_writes_is_explained():
    plan = read_congress_file(
        EXAMPLE.read_bytes(), find_file=lambda name: (EXAMPLE.parent / name).read_bytes()
    ).plan
    keys = set(re.findall(r"(?:^|\{ |, )([a-z_]+) =", write_congress_file(plan), re.MULTILINE))
    assert "logo_data" in keys
    explained = set(re.findall(r"[`.\[]([a-z_]+)[`\]]", PAGE))
    assert keys - {"de", "en"} - explained == set()


def test_every_rule_is_explained():
    assert [each for each in DEFAULTS if f"\n| `{each}` | " not in PAGE] == []


def test_every_choice_is_named():
    fixed = (Colour, CongressKind, CongressState, OrganisationRole, ItemKind, PersonState)
    named = [str(choice) for choices in fixed for choice in choices]
    named += [str(choice) for rule in DEFAULTS for choice in choices_of(rule) or ()]
    assert [each for each in named if f"`{each}`" not in PAGE] == []
