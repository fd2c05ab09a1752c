"""The bench itself: that it measures, not what it measures."""

import json
import subprocess

import pytest

from config import ROOT
from script.benchmark.rows import Row, table
from script.benchmark.visitors import Journeys

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("memory", 249, "MiB", 250), True),
        (Row("memory", 251, "MiB", 250), False),
        (Row("page", 1000, "/s", 1000, at_most=False), True),
        (Row("page", 999, "/s", 1000, at_most=False), False),
        (Row("growth", 3, "MiB"), None),
    ],
)
def test_a_goal_is_reached_or_kept(row, met):
    assert row.is_met is met


def test_a_goal_that_is_missed_stands_out_in_the_table():
    printed = table([Row("page", 999, "/s", 1000, at_most=False, note="hello 3,000/s")])

    assert printed.splitlines()[-1] == "page        999 /s   ≥ 1,000  NOT MET  hello 3,000/s"


def test_the_median_is_what_half_of_the_people_wait_at_most():
    assert Journeys(each=[0.3, 0.1, 0.2]).median == 0.2


@pytest.mark.concurrency
@pytest.mark.full
def test_it_measures_a_real_server(tmp_path):
    """performance.md: the rows are printed, and written for other programs."""
    figures = tmp_path / "figures.json"
    only = ("--only", "page", "--only", "statements")
    subprocess.run([ROOT / "script/bench", "--quick", *only, "--json", figures], check=True)

    found = {row["work"]: row["figure"] for row in json.loads(figures.read_text())["rows"]}

    assert found["public congress page, 16 connections"] > 0
    assert found["statements for one registration"] > 0
