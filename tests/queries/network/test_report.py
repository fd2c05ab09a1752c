"""The report to the funder, counted in the database and, a second way, row by row."""

import pytest

from congress.domain.congresses import CongressKind
from congress.domain.folding import fold_for_order
from congress.domain.network.districts import KEYS, LANDS
from congress.domain.network.funder_report import Period
from congress.domain.network.masking import NOBODY, masked, total
from congress.queries.network import report
from tests.builders import a_congress, a_registration
from tests.queries_counter import count_queries
from tests.report_rows import RowByRow
from tests.report_world import BERLIN, NOW, a_world


def told(figures):
    return tuple(vars(figures).values())


PERIODS = [Period(2015, 2016), Period(2014, 2017), Period(2017, 2017)]  # 2017 is not over


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_counted_row_by_row(database, seed):
    a_world(seed)
    for period in PERIODS:
        compare(period)


def compare(period):
    found = report.report(period, BERLIN, now=NOW)
    rows = RowByRow(period.first, period.last)
    counts, towns = rows.areas()

    assert told(found.overall) == rows.figures()
    assert {kind: told(each) for kind, each in found.kinds.items()} == {
        CongressKind(kind): rows.figures(kind) for kind in {each.kind for each in rows.held}
    }
    assert {year: told(each) for year, each in found.years.items()} == {
        year: rows.figures(year=year) for year in range(period.first, period.last + 1)
    }
    assert told(found.cohorts) == rows.cohorts()
    assert {
        (str(kind), state): number
        for kind, each in found.projects.items()
        for state, number in (("running", each.running), ("finished", each.finished))
        if number
    } == rows.projects
    assert {key: each.people for key, each in found.districts.items()} == {
        key: counts.get(key, NOBODY) for key in KEYS
    }
    for key, each in found.districts.items():
        hidden = counts.get(key, NOBODY).is_small
        assert each.municipalities == (None if hidden else towns.get(key, 0))
    lands = {each.name: each.people for each in found.elsewhere}
    assert lands == {LANDS[key]: count for key, count in counts.items() if key in LANDS}
    assert found.unknown == counts.get("", NOBODY)
    for mails, told_to in ((found.mails, rows.mails), (found.network_mails, rows.network_mails)):
        assert told(mails) == (len(told_to), total(map(masked, told_to)))
    assert (found.members.members, found.members.partners) == (1, 1)


def test_the_worlds_hold_what_is_looked_for(database):
    """Small groups, hybrid occasions, attendance, aliases: else the comparison says nothing."""
    a_world(2)
    found = report.report(Period(2014, 2016), BERLIN, now=NOW)
    overall = found.overall

    assert len(found.kinds) > 2
    assert overall.recorded
    assert not overall.stayed_away.is_exact
    assert overall.online.most
    assert overall.booked.most > overall.filled.most > 0
    assert found.districts["05566"].people.least >= 5
    assert found.unknown.least
    assert found.cohorts.cohorts > found.cohorts.recorded > 0
    assert found.cohorts.completed.least
    assert not found.cohorts.completed.is_exact
    assert len(found.projects) == 3
    assert found.mails.number
    assert found.network_mails.number
    assert [each.name for each in found.elsewhere] == ["Niedersachsen"]
    assert fold_for_order("Stadt-Essen") == "stadt essen"


def test_it_takes_as_many_statements_for_one_occasion_as_for_many(database):
    period = Period(2014, 2017)
    a_registration(a_congress(state="finished"))
    with count_queries() as few:
        report.report(period, BERLIN, now=NOW)
    a_world(1)
    with count_queries() as many:
        report.report(period, BERLIN, now=NOW)

    assert len(few) == len(many) <= 12
