"""That what is dear to set up is set up once, whatever pytest and xdist make of markers."""

import pytest

from config import ROOT
from tests.together import TOGETHER, together


def test_whoever_shares_the_stage_goes_together(request: pytest.FixtureRequest):
    shared = [
        each for each in request.session.items if "stage" in getattr(each, "fixturenames", ())
    ]

    assert {together(each.nodeid) for each in shared} <= {"stage"}


def test_every_group_is_of_tests_that_exist():
    assert [start for start in TOGETHER if not (ROOT / start.partition("::")[0]).exists()] == []
