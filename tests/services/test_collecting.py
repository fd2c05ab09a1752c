"""What remains of workshops: handed in, published, withdrawn, forgotten, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.materials import (
    Described,
    MaterialFile,
    MaterialGone,
    MaterialKind,
)
from congress.domain.planning.workshop_reports import NotCarriedAnyMore, ReportUnseen, Results
from congress.extensions import db
from congress.models import AuditLine, Contributor
from congress.queries import congresses
from congress.queries.planning import contributors, materials, outcomes, workshop_reports
from congress.services.planning import collecting, inviting, releasing, reporting
from tests import builders
from tests.builders import AFTERWARDS, OPEN
from tests.materials import PAPER, a_material

pytestmark = pytest.mark.usefixtures("database")

SLIDES = MaterialFile(MaterialKind.DOCUMENT, "a.pdf", "application/pdf", PAPER)
SAID = Described({"de": "Folien"}, "Anna Beispiel")
LINK = Described({"de": "Mehr"}, url="https://example.org/")


def test_what_a_dialogue_partner_hands_in_waits_for_organisers():
    congress = builders.a_congress()
    workshop = builders.a_workshop(congress, code="own")
    other = builders.a_workshop(congress)
    part = builders.a_contribution(workshop, state="confirmed")
    here, item, foreign, person = congress.id, workshop.id, other.id, part.person.id
    inviting.set_address(here, person, "anna@example.org", "de", actor=COMMAND, now=OPEN)
    anna = db.session.scalars(select(Contributor.id)).one()
    with pytest.raises(NotCarriedAnyMore):  # not named yet
        collecting.send(anna, item, SAID, SLIDES, now=OPEN)
    releasing.release(here, actor=COMMAND, now=OPEN)
    with pytest.raises(NotCarriedAnyMore):
        collecting.send(anna, foreign, SAID, SLIDES, now=OPEN)

    collecting.send(anna, item, SAID, SLIDES, now=OPEN)
    collecting.send(anna, item, SAID, SLIDES, now=OPEN)  # pressed twice
    [found] = materials.of(here, item)
    assert (found.is_sent, found.is_published, found.size) == (True, False, len(PAPER))
    told = contributors.outstanding(here)
    assert (told.materials, told.first_material) == (1, "own")
    assert materials.public_file(found.digest) is None
    assert not outcomes.are_published(congresses.get_heading(here))

    before = congresses.get_heading(here).content_revision
    assert collecting.show(here, [found.id], actor=COMMAND, now=OPEN) == 1
    assert collecting.show(here, [found.id], actor=COMMAND, now=OPEN) == 0
    assert congresses.get_heading(here).content_revision > before
    assert materials.public_file(found.digest) == (PAPER, "application/pdf", "a.pdf")
    assert outcomes.are_published(congresses.get_heading(here))
    congress.state = "draft"
    db.session.commit()
    assert materials.public_file(found.digest) is None
    congress.state = "published"
    db.session.commit()
    assert contributors.outstanding(here).materials == 0
    collecting.take_back(anna, item, found.id, now=OPEN)  # published: organisers decide
    assert materials.find(here, found.id)

    collecting.withdraw(here, found.id, actor=COMMAND, now=OPEN)
    assert materials.public_file(found.digest) is None
    beside = a_material(congress, item_id=foreign, is_sent=True).id
    collecting.take_back(anna, item, beside, now=OPEN)  # of a workshop of somebody else
    assert materials.find(here, beside)
    collecting.take_back(anna, item, found.id, now=OPEN)
    collecting.take_back(anna, item, found.id, now=OPEN)
    assert materials.of(here, item) == []
    with pytest.raises(MaterialGone):
        collecting.show(here, [found.id], actor=COMMAND, now=OPEN)


def test_organisers_add_say_otherwise_and_delete_and_drafts_are_forgotten():
    congress = builders.a_congress()
    here = congress.id
    collecting.add(here, None, LINK, None, actor=COMMAND, now=OPEN)
    collecting.add(here, None, SAID, SLIDES, actor=COMMAND, now=OPEN)
    link, slides = materials.of(here, None)
    collecting.describe(
        here, slides.id, Described({"de": "Folien 2"}, "B"), actor=COMMAND, now=OPEN
    )
    assert materials.of(here, None)[1].described == Described({"de": "Folien 2"}, "B")
    collecting.show(here, [link.id], actor=COMMAND, now=OPEN)
    late = AFTERWARDS + timedelta(days=400)
    assert collecting.forget_old(now=OPEN) == 0
    assert collecting.forget_old(now=late) == 1
    assert [each.id for each in materials.published(here)] == [link.id]
    collecting.remove(here, link.id, actor=COMMAND, now=OPEN)
    collecting.remove(here, link.id, actor=COMMAND, now=OPEN)
    assert materials.of(here, None) == []
    verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs[-5:] == [
        *("material_added", "material_added", "material_changed"),
        *("materials_published", "material_removed"),
    ]


def test_results_of_the_congress_itself_are_written_published_and_withdrawn():
    congress = builders.a_congress()
    here, item = congress.id, builders.a_workshop(congress).id
    good = Results({"de": "Gut."}, next_steps={"de": "Treffen im März"})

    def mark() -> str:
        return workshop_reports.of(here, None).mark

    old = mark()
    reporting.write(here, None, good, seen=old, actor=COMMAND, now=OPEN)
    with pytest.raises(ReportUnseen):
        reporting.write(here, None, Results(), seen=old, actor=COMMAND, now=OPEN)
    reporting.publish(here, None, seen=mark(), actor=COMMAND, now=OPEN)
    overall, by_item = outcomes.of_congress(here)
    assert (overall.results, by_item) == (good, [])
    assert workshop_reports.get(item).current.is_empty
    reporting.withdraw(here, None, seen=mark(), actor=COMMAND, now=OPEN)
    with pytest.raises(ReportUnseen):
        reporting.withdraw(here, None, seen=mark(), actor=COMMAND, now=OPEN)
    report = workshop_reports.of(here, None)
    assert (report.current.is_empty, report.draft) == (True, good)
    assert not outcomes.are_published(congresses.get_heading(here))
