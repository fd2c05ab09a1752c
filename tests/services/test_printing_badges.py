"""Which badges were printed, on both databases."""

from congress.domain.access import COMMAND
from congress.domain.badges import BadgeWish
from congress.extensions import db
from congress.models import PrintedBadge, Registration
from congress.queries import badges as queries
from congress.queries.congresses import get_congress
from congress.services import printing_badges
from tests.builders import STARTS, a_congress, a_contribution, a_registration, an_item


def mark(congress_id, digests):
    return printing_badges.mark_printed(
        congress_id, digests, with_workshops=False, actor=COMMAND, now=STARTS
    )


def test_what_was_printed_is_noted_anew_each_time(session):
    row = a_congress()
    eva = a_registration(row, given_name="Eva")
    a_contribution(an_item(row), "Zora Zimt", state="confirmed")
    first = queries.batch(get_congress(row.id), BadgeWish())
    assert mark(row.id, first.digests) == 2
    assert mark(row.id, first.digests) == 2
    db.session.get_one(Registration, eva.id).organisation = "Verein"
    db.session.commit()
    second = queries.batch(get_congress(row.id), BadgeWish())
    assert second.changed == {f"r{eva.id}"}
    assert mark(row.id, first.digests) == 1  # of an older sheet: Eva's says something else now
    assert mark(row.id, second.digests) == 1
    assert mark(row.id, {f"r{eva.id}": "another", "p999": "nobody's"}) == 0
    assert queries.batch(get_congress(row.id), BadgeWish()).badges == ()
    assert db.session.query(PrintedBadge).count() == 2
