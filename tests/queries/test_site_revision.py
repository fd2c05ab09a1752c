from datetime import timedelta

from congress.queries.revisions import site_revision
from tests.builders import MADE, a_congress


def test_a_revision_of_any_congress_is_one_of_the_site(session):
    empty = site_revision()
    congress = a_congress()
    one = site_revision()
    congress.revision += 1
    session.commit()
    revised = site_revision()
    a_congress(slug="another", state="draft")
    assert len({empty, one, revised, site_revision()}) == 4
    assert site_revision() == site_revision()


def test_a_congress_in_the_place_of_a_deleted_one_is_seen(session):
    congress = a_congress()
    before = site_revision()
    number = congress.id
    session.delete(congress)
    session.commit()
    a_congress(id=number, created_at=MADE + timedelta(days=1))
    assert site_revision() != before
