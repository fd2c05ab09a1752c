"""Where publishing tells no one, the page says why."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

NOW = datetime.now(UTC)
LATELY, LATER = NOW - timedelta(days=2), NOW + timedelta(days=60)


@pytest.mark.parametrize(
    ("state", "day", "reason"),
    [
        ("finished", LATER, "the event is over"),
        ("published", LATELY, "the event is over"),
        ("cancelled", LATER, "the event is not taking place"),
        ("published", LATER, "no one has or is waiting for a place"),
    ],
)
def test_why_no_one_is_told_is_said(app, state, day, reason):
    with app.app_context():
        congress = builders.a_congress(state=state, days=((day, day + timedelta(hours=8)),))
        builders.a_workshop(congress, starts_at=day).title = {"de": "Quartier"}
        db.session.commit()
        role = {congress.id: Role.ORGANISER}
    an_organiser(app, "organiser@example.org", role)
    client = logged_in(app, "organiser@example.org")
    page = pages.read(client.get("/organiser/fachkongress/programme/release?lang=en"))

    said = pages.words(pages.get(page, "p", class_="lead"))
    assert said.startswith(f"No one is notified: {reason}")
