"""Figures that everybody may read: once, as they were, whatever happens to people later."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, select

from congress.domain.access import COMMAND
from congress.domain.network.funder_report import Period
from congress.domain.network.released_figures import YearsNotOver, YearsReleasedAlready
from congress.extensions import db
from congress.models import Attendance, AuditLine, Booking, Registration, ReleasedFigures
from congress.queries.network import released_figures
from congress.services.network import releasing_figures
from tests.builders import a_congress, a_registration
from tests.report_world import BERLIN, NOW, a_world

YEARS = Period(2015, 2016)
COURSE = ((2015, 11), (2015, 12), (2016, 1))  # the months of its modules


def release(period=YEARS):
    releasing_figures.release(period, BERLIN, actor=COMMAND, now=NOW)


def take_back(period=YEARS):
    releasing_figures.take_back(period, actor=COMMAND, now=NOW)


def cells(period=YEARS):
    found = released_figures.figures(period, "de")
    return found and {part.key: part.rows for part in found.parts}


def somebody_goes():
    """Delete everybody at one occasion but two, as erasure and retention do."""
    people = db.session.scalars(select(Registration.id).order_by(Registration.id)).all()
    gone = people[2:]
    for table in (Attendance, Booking):
        db.session.execute(delete(table).where(table.registration_id.in_(gone)))
    db.session.execute(delete(Registration).where(Registration.id.in_(gone)))
    db.session.commit()


def test_two_publications_of_the_same_years_do_not_differ(database):
    """Else their difference would tell who was deleted between them."""
    a_world(1)
    release()
    before = cells()
    somebody_goes()
    take_back()
    assert cells() is None
    release()

    assert before
    assert cells() == before
    verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    released, back = "funder_report_released", "funder_report_taken_back"
    assert [each for each in verbs if each in {released, back}] == [released, back, released]


@pytest.mark.parametrize("other", [Period(2015, 2015), Period(2014, 2016), Period(2016, 2016)])
def test_no_other_publication_has_one_of_these_years(session, other):
    """Neither while they are public nor once that was taken back."""
    release()
    for _time in range(2):
        with pytest.raises(YearsReleasedAlready):
            release(other)
        take_back()
    release(Period(2013, 2014) if other.first != 2014 else Period(2012, 2013))

    assert next(each.period for each in released_figures.releases()) == YEARS
    assert len(released_figures.releases()) == 2


def test_years_that_go_on_are_not_published(session):
    with pytest.raises(YearsNotOver):
        release(Period(2016, 2017))
    assert session.scalars(select(ReleasedFigures)).all() == []


def test_again_changes_nothing(session):
    release()
    release()
    take_back()
    take_back()

    verbs = session.scalars(select(AuditLine.verb)).all()
    assert len(verbs) == 2
    assert [each.is_shown for each in released_figures.releases()] == [False]


def test_the_map_has_what_the_table_has(database):
    a_world(2)
    release()
    found = released_figures.figures(YEARS, "de")
    [table] = [part for part in found.parts if part.key == "districts"]
    exact = {name: cell for name, cell, _towns in table.rows if isinstance(cell, int)}

    assert any(exact.values())
    for each in found.districts.values():
        assert each.people.is_exact is (each.name in exact)
        if each.people.is_exact:
            assert each.people.most == exact[each.name]


def test_of_two_publications_at_once_with_years_in_common_one_counts(app, session):
    """Neither their first nor their last year is the same, so no key of the table refuses them."""
    session.commit()
    barrier, outcomes = Barrier(2), []

    def publish(period):
        with app.app_context():
            barrier.wait()
            try:
                release(period)
                outcomes.append(period)
            except YearsReleasedAlready:
                outcomes.append(None)

    periods = Period(2013, 2016), Period(2014, 2015)
    threads = [Thread(target=publish, args=(each,)) for each in periods]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    [won] = [each for each in outcomes if each]
    assert outcomes.count(None) == 1
    assert [each.period for each in released_figures.releases()] == [won]


def test_a_course_over_the_turn_of_a_year_is_told_in_one_release(session):
    """In two, somebody deleted between them would show that a hidden group was of four."""
    days = [(datetime(year, month, 9, 9, tzinfo=BERLIN), 6) for year, month in COURSE]
    slots = [(start, start + timedelta(hours=many)) for start, many in days]
    course = a_congress(kind="training", state="finished", days=slots)
    people = [
        a_registration(course, family_name=f"Muster {number}", email=f"p{number}@example.org")
        for number in range(5)
    ]
    release(Period(2015, 2015))
    session.delete(people[-1])
    session.commit()
    release(Period(2016, 2016))

    first, second = (numbers(cells(Period(year, year))) for year in (2015, 2016))
    assert first == {0}
    assert 3 in second  # of its modules


def numbers(tables):
    return {
        each for rows in tables.values() for row in rows for each in row if isinstance(each, int)
    }
