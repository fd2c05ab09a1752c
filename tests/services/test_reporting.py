"""Room needs and results of workshops: told, seen, published, forgotten, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.workshop_reports import NotCarriedAnyMore, ReportUnseen, Results
from congress.extensions import db
from congress.models import Contributor
from congress.queries import congresses
from congress.queries.planning import contributors, workshop_reports
from congress.services.planning import inviting, reporting
from tests import builders
from tests.builders import AFTERWARDS, OPEN

pytestmark = pytest.mark.usefixtures("database")

GOOD = Results({"de": "Gut."}, "https://example.org")
BETTER = Results({"de": "Besser."})


def test_what_is_told_waits_for_organisers_who_settle_what_they_saw():
    congress = builders.a_congress()
    workshop = builders.a_workshop(congress, code="own")
    other = builders.a_workshop(congress)
    part = builders.a_contribution(workshop, state="confirmed")
    here, item, foreign, person = congress.id, workshop.id, other.id, part.person.id
    inviting.set_address(here, person, "anna@example.org", "de", actor=COMMAND, now=OPEN)
    anna = db.session.scalars(select(Contributor.id)).one()

    def mark() -> str:
        return workshop_reports.get(item).mark

    def revision() -> int:
        return congresses.get_heading(here).content_revision

    empty = mark()
    with pytest.raises(NotCarriedAnyMore):
        reporting.tell(anna, foreign, "", GOOD, seen=empty, now=OPEN)
    reporting.tell(anna, item, "Stuhlkreis", GOOD, seen=empty, now=OPEN)
    with pytest.raises(ReportUnseen):  # another one of the same workshop, with an older form
        reporting.tell(anna, item, "Tische", BETTER, seen=empty, now=OPEN)
    report = workshop_reports.get(item)
    assert (report.needs, report.is_seen, report.draft) == ("Stuhlkreis", False, GOOD)
    assert report.current.is_empty
    before = revision()
    told = contributors.outstanding(here)
    assert (told.needs, told.results, told.first_needs, told.first_results) == (1, 1, "own", "own")

    for act in (reporting.see_needs, reporting.publish, reporting.discard):
        with pytest.raises(ReportUnseen):
            act(here, item, seen=empty, actor=COMMAND, now=OPEN)
    reporting.see_needs(here, item, seen=mark(), actor=COMMAND, now=OPEN)
    assert revision() == before
    seen = mark()
    reporting.publish(here, item, seen=seen, actor=COMMAND, now=OPEN)
    with pytest.raises(ReportUnseen):  # pressed twice
        reporting.publish(here, item, seen=seen, actor=COMMAND, now=OPEN)
    assert workshop_reports.get(item).current == GOOD
    assert revision() > before
    assert contributors.outstanding(here).needs == contributors.outstanding(here).results == 0

    reporting.tell(anna, item, "Stuhlkreis", BETTER, seen=mark(), now=OPEN)
    assert workshop_reports.get(item).is_seen
    reporting.discard(here, item, seen=mark(), actor=COMMAND, now=OPEN)
    assert workshop_reports.get(item).wanted == GOOD
    late = AFTERWARDS + timedelta(days=400)
    with pytest.raises(NotCarriedAnyMore):
        reporting.tell(anna, item, "", BETTER, seen=mark(), now=late)
    assert reporting.forget_old(now=OPEN) == 0
    assert reporting.forget_old(now=late) == 1
    assert (workshop_reports.get(item).needs, workshop_reports.get(item).current) == ("", GOOD)
