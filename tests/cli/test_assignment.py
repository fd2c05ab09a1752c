"""`flask assignment`: a run leaves the database without names and can be worked out again."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from congress import worker
from congress.domain.access import SYSTEM
from congress.domain.assignment.run_records import RunRecord
from congress.domain.assignment.runs import RunKind
from congress.services.assigning import asking
from tests.builders import a_congress, a_registration, a_workshop
from tests.wishes import BY_WISHES, SEED, wishes

pytestmark = pytest.mark.sqlite_only

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SLUG = "forum"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `flask assignment …` where a run was worked out."""
    with app.app_context():
        congress = a_congress(slug=SLUG, rules=BY_WISHES, wish_seed=SEED)
        one, two = (a_workshop(congress, capacity=1) for _ in range(2))
        for name in ("Stadt Rheine", "Stadt Rheine", "Kreis Steinfurt"):
            wishes(a_registration(congress, organisation=name), one, two)
        asking.ask(congress.id, RunKind.FIRST, actor=SYSTEM, now=NOON)
        worker.assign()
    return lambda *words: app.test_cli_runner().invoke(args=["assignment", *words])


def test_an_exported_run_comes_out_the_same_again(run: Run, tmp_path: Path) -> None:
    exported = run("export", SLUG)
    file = tmp_path / "run.json"
    file.write_text(exported.stdout)

    again = run("reproduce", str(file))

    assert "rheine" not in exported.stdout.casefold()
    assert json.loads(exported.stdout)["seed"] == SEED
    assert again.exit_code == 0
    assert again.stderr.splitlines()[-1] == "The objective and the assignment are the same."


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("levels", [{"name": "unmet", "value": 0, "bound": 0}], "The objective is another one."),
        ("assignment", [[1, 1], [2, 1]], "breaks a limit"),
        ("assignment", [[1, 99]], "not the export of a run"),
        ("format", 0, "not the export of a run"),
        ("levels", [{"name": "unmet", "value": "0", "bound": 0}], "not the export of a run"),
        ("seed", "another", "its hash is another one"),
        ("inputs_hash", "0" * 64, "its hash is another one"),
    ],
)
def test_what_was_changed_is_found_out(
    run: Run, tmp_path: Path, what: str, value: object, said: str
) -> None:
    file = tmp_path / "run.json"
    file.write_text(json.dumps(json.loads(run("export", SLUG).stdout) | {what: value}))

    again = run("reproduce", str(file))

    assert again.exit_code == 1
    assert said in again.stderr


def test_a_lot_that_fell_otherwise_is_another_assignment(run: Run, tmp_path: Path) -> None:
    """Both of equal wishes could have it: the one is as good as the other but for the lot."""
    exported = json.loads(run("export", SLUG).stdout)
    (first, one), (second, two) = exported["assignment"]
    exported["assignment"] = [[first, two], [second, one]]
    file = tmp_path / "run.json"
    file.write_text(json.dumps(exported))

    again = run("reproduce", str(file))

    assert (again.exit_code, "the assignment is another one" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("what", "value"),
    [("places", 5), ("places", "1"), ("slot", None), ("id", 77), ("needs", [[]])],
    ids=["more places", "a text", "no time", "another workshop", "a list in a list"],
)
def test_what_went_in_is_not_changed_unseen(
    run: Run, tmp_path: Path, what: str, value: object
) -> None:
    exported = json.loads(run("export", SLUG).stdout)
    exported["problem"]["offers"][0][what] = value
    file = tmp_path / "run.json"
    file.write_text(json.dumps(exported))

    again = run("reproduce", str(file))

    assert (again.exit_code, again.stderr.count("\n")) == (1, 1), "a sentence"


def test_lots_that_do_not_come_of_the_seed_are_found_out(run: Run, tmp_path: Path) -> None:
    found = RunRecord.of_text(run("export", SLUG).stdout)
    first, second, *rest = found.problem.people.values()
    swapped = [replace(first, lot=second.lot), replace(second, lot=first.lot), *rest]
    problem = replace(found.problem, people={each.id: each for each in swapped})
    file = tmp_path / "run.json"
    file.write_text(replace(found, problem=problem).as_text())

    again = run("reproduce", str(file))

    assert (again.exit_code, "not those of its seed" in again.stderr) == (1, True)


@pytest.mark.parametrize("words", [("export", "nowhere"), ("export", SLUG, "--run", "99")])
def test_what_there_is_not_is_said(run: Run, words: tuple[str, ...]) -> None:
    found = run(*words)

    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr


def test_what_is_no_export_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_bytes(b"\xff\xfe nothing")

    assert "not the export of a run" in run("reproduce", str(file)).stderr
