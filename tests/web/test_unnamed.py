"""Names that the public is not told yet: pointed out where they are entered, saved and listed."""

import ast
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from congress.domain.access import Role
from congress.domain.programme import UNNAMED
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

ROOT = Path(__file__).parents[2]
PROGRAMME = "/organiser/fachkongress/programme"
FORM = f"{PROGRAMME}/ws/edit"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
MARK = "state state--few"


@pytest.fixture
def organiser(app):
    with app.app_context():
        congress = builders.a_congress(days=((LATER, LATER + timedelta(hours=8)),))
        builders.a_workshop(congress, code="ws", number=4, title="Sozialraum", starts_at=LATER)
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {congress_id: Role.READER})
    return logged_in(app, "organiser@example.org")


def send(client, *people: tuple[str, str], **fields: str):
    """Send the form as a browser would, with these names and states."""
    page = pages.read(client.get(FORM))
    form = pages.get(page, "form", class_="form")
    sent = {
        each.get("name"): each.get("value", "")
        for each in form.iter("input")
        if each.get("type") in {"hidden", "text"}
    }
    sent["day"] = LATER.astimezone(builders.BERLIN).date().isoformat()
    for index, (name, state) in enumerate(people):
        row = {"name": name, "affiliation": "", "role": "dialogue_partner", "state": state}
        sent |= {f"person-{index}-{field}": value for field, value in row.items()}
    return client.post(FORM, data=sent | fields)


def row_of(page, index: int):
    return pages.section(page, f"person-{index}")


def state_hint(row, index: int) -> bool:
    """Whether the field of the state is described by a sentence on what the public reads."""
    field = pages.get(row, "select", name=f"person-{index}-state")
    hint = field.get("aria-describedby")
    return bool(hint) and UNNAMED in pages.words(pages.get(row, id=hint))


@pytest.mark.parametrize(
    ("name", "state", "is_marked", "has_hint"),
    [
        ("Anna Muster", "requested", True, True),
        ("Anna Muster", "confirmed", False, False),
        ("Anna Muster", "declined", False, False),
        ("", "requested", True, True),
        ("", "confirmed", True, False),  # N. N. of an organisation, and nothing to wait for
    ],
)
def test_the_row_says_whether_the_public_reads_the_name(
    organiser, name, state, is_marked, has_hint
):
    row = row_of(pages.read(send(organiser, (name, state), add="1")), 0)

    assert [UNNAMED in pages.words(each) for each in pages.find_all(row, class_=MARK)] == (
        [True] * is_marked
    )
    assert state_hint(row, 0) is has_hint


def test_a_new_row_says_so_before_anything_is_typed(organiser):
    row = row_of(pages.read(send(organiser, add="1")), 0)

    assert pages.has(row, class_=MARK)
    assert state_hint(row, 0)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([("Anna Muster", "requested")], "Anna Muster ist angefragt"),
        (
            [("Anna Muster", "requested"), ("Max Probe", "confirmed"), ("Eva Rat", "requested")],
            "Anna Muster und Eva Rat sind angefragt",
        ),
        ([("Anna Muster", "confirmed"), ("", "requested")], None),
        ([("Anna Muster", "declined")], None),
    ],
)
def test_saving_says_who_is_not_named(organiser, people, said):
    assert send(organiser, *people).status_code == 303
    status = pages.words(pages.get(pages.read(organiser.get(PROGRAMME)), role="status"))

    assert (UNNAMED in status) is (said is not None)
    assert said is None or said in status


def test_what_is_called_off_needs_no_acceptance(organiser):
    send(organiser, ("Anna Muster", "requested"), cancelled="y")
    status = pages.words(pages.get(pages.read(organiser.get(PROGRAMME)), role="status"))

    assert UNNAMED not in status


def test_the_programme_marks_whom_the_public_does_not_read_of(app, organiser):
    people = (("Anna Muster", "requested"), ("Max Probe", "confirmed"), ("Eva Rat", "declined"))
    send(organiser, *people)
    cell = pages.get(pages.read(organiser.get(PROGRAMME)), "td", data_l="Personen")

    assert pages.words(cell) == f"Anna Muster öffentlich „{UNNAMED}“, Max Probe"
    assert len(pages.find_all(cell, class_=MARK)) == 1
    reader = pages.read(logged_in(app, "reader@example.org").get(PROGRAMME))
    said = pages.words(pages.get(reader, "td", data_l="Personen"))
    assert said == f"{UNNAMED}, Max Probe"  # the name is for whoever may edit


def test_the_words_stand_in_one_place():
    code = {
        each.name
        for each in ROOT.glob("congress/**/*.py")
        for node in ast.walk(ast.parse(each.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).split() == UNNAMED.split()
    }
    wanted = re.compile(r"""["'>]N\.(?:\s|&nbsp;|\\u00a0)N\.["'<]""")
    templates = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.jinja")]

    assert code == {"programme.py"}
    assert [each.name for each in templates if wanted.search(each.read_text("utf-8"))] == []
