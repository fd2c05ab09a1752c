"""What an import would change, part by part."""

from dataclasses import replace
from pathlib import Path

from congress.domain.congress_file.difference import Change, Difference, difference
from congress.domain.congresses import OrganisationRole
from congress.formats.congress_file import read_congress_file

EXAMPLES = Path(__file__).parents[3] / "examples"
PLAN = read_congress_file(
    (EXAMPLES / "fachkongress-2015.toml").read_bytes(),
    find_file=lambda name: (EXAMPLES / name).read_bytes(),
).plan


def test_equal_plans_do_not_differ():
    assert difference(PLAN, PLAN) == ()


def test_each_part_is_named_by_its_code_with_what_changes():
    first, *others = PLAN.items
    host, funder = PLAN.organisations
    changed = replace(
        PLAN,
        town="Köln",
        rooms=PLAN.rooms[1:],
        items=(replace(first, title={"de": "Ankommen"}, number=1), *others),
        organisations=(host, replace(funder, role=OrganisationRole.PARTNER)),
    )
    assert difference(PLAN, changed) == (
        Difference(Change.CHANGED, "congress", "fachkongress-2015", ("town",)),
        Difference(Change.ADDED, "organisation", f"{funder.name} (partner)"),
        Difference(Change.MISSING, "organisation", f"{funder.name} (funder)"),
        Difference(Change.MISSING, "room", "saal"),
        Difference(Change.CHANGED, "item", "ankommen", ("title", "number")),
    )


def test_an_item_cancelled_before_is_not_missed():
    first, *others = PLAN.items
    before = replace(PLAN, items=(replace(first, cancelled=True), *others))
    assert difference(before, replace(PLAN, items=tuple(others))) == ()
