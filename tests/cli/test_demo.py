"""`flask demo load` and `fill`."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from config import load_settings
from congress.app import create_app
from congress.cli.demo import load_demo, next_start
from congress.domain.congresses import CongressState
from congress.domain.registration import Phase
from congress.extensions import db
from congress.formats.holidays_calendar import public_holiday
from congress.models import Organisation, Registration
from congress.queries.congresses import find_congress, public_congresses
from congress.queries.invariants import list_broken
from congress.queries.programme import released_items

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LAST = date(2015, 10, 21)


def test_the_demo_is_the_past_congress_and_an_open_next_edition(session):
    past, open_one = load_demo(now=NOW)
    congress = find_congress(past)
    assert congress.state is CongressState.FINISHED
    assert congress.period.closes_at == datetime(2015, 10, 7, 22, 0, tzinfo=UTC)
    assert congress.days[0].starts_at == datetime(2015, 10, 21, 7, 30, tzinfo=UTC)
    edition = find_congress(open_one)
    assert edition.state is CongressState.PUBLISHED
    assert edition.period.phase(NOW) is Phase.OPEN
    assert edition.starts_at.astimezone(edition.zone).weekday() == LAST.weekday()
    named = [p.name for item in released_items(edition.id) for p in item.face.people]
    assert set(named) == {None}
    workshops = [item for item in released_items(edition.id) if item.bookable]
    assert len(workshops) == 6


def test_loading_again_changes_nothing_until_no_edition_is_open(session):
    """Loaded again years later, there is one to register for again."""
    first = load_demo(now=NOW)
    revision = find_congress(first[1]).revision
    assert load_demo(now=NOW + timedelta(days=7)) == first
    assert find_congress(first[1]).revision == revision
    years_later = NOW + timedelta(days=1000)
    past, another = load_demo(now=years_later)
    assert (past, find_congress(another).period.phase(years_later)) == (first[0], Phase.OPEN)
    assert len(public_congresses()) == 3


@pytest.mark.parametrize("day", range(0, 370, 5))
def test_the_next_edition_is_open_on_whichever_day_the_demo_is_loaded(day):
    """In 2015 registration opened 79 days before and closed 13 days before."""
    today = date(2029, 10, 1) + timedelta(days=day)
    start = next_start(LAST, today=today)
    assert start.weekday() == LAST.weekday()
    assert timedelta(days=14) < start - today < timedelta(days=79)
    assert public_holiday(start) is None


def test_the_register_knows_the_towns_and_districts_of_the_land(session):
    load_demo(now=NOW)
    statement = select(Organisation.name, Organisation.ags).where(Organisation.suggested)
    register = {row.name: row.ags for row in session.execute(statement)}
    assert len(register) == 56
    assert register["Stadt Lünen"] == "05978024"
    assert register["Kreis Unna"] == "05978"


def test_a_filled_congress_keeps_every_invariant_and_is_the_same_for_the_same_seed(app):
    """REL-07."""
    flask = app.test_cli_runner()
    with app.app_context():
        slug = load_demo(now=datetime.now(UTC))[1]
    result = flask.invoke(args=["demo", "fill", slug, "--attendees", "230", "--seed", "4"])
    assert (result.exit_code, result.stdout) == (0, "")
    again = flask.invoke(args=["demo", "fill", slug, "--attendees", "20", "--seed", "4"])
    assert again.exit_code == 0
    with app.app_context():
        assert list_broken() == []
        places = find_congress(slug).places
        people = db.session.execute(
            select(Registration.given_name, Registration.family_name).order_by(Registration.id)
        ).all()
    assert len(people) == 250
    assert places.capacity == places.taken == 200
    assert places.waiting > 20
    with app.app_context():
        other = load_demo(now=datetime.now(UTC))[0]
    flask.invoke(args=["demo", "fill", other, "--attendees", "230", "--seed", "4"])
    with app.app_context():
        rows = db.session.execute(
            select(Registration.given_name, Registration.family_name).order_by(Registration.id)
        ).all()
    assert rows[250:] == people[:230]


def test_demo_data_are_refused_in_production(settings, database_url):
    production = load_settings(
        congress_env="production",
        base_url="https://congress.example.org",
        secret_key="a secret key for tests, long enough",
        var_dir=settings.var_dir,
        database_url=database_url,
    )
    app = create_app(production)
    for args in (["load"], ["fill", "any", "--attendees", "1"]):
        result = app.test_cli_runner().invoke(args=["demo", *args])
        assert (result.exit_code, result.stdout) == (1, "")
        assert "CONGRESS_ENV" in result.stderr
    with app.app_context():
        assert db.session.scalars(select(func.count()).select_from(Organisation)).one() == 0
        db.session.remove()
        db.engine.dispose()
