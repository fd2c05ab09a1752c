"""Conditions are checked, again and again: what was found out before is kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from congress.domain.access import Actor, ActorKind
from congress.domain.network.conditions import (
    MOST_DOCUMENTS,
    Check,
    CheckedMeanwhile,
    Condition,
    Held,
    NotPlannable,
    TooManyDocuments,
)
from congress.domain.network.doubts import NoSuchOrganisation
from congress.domain.planning.materials import MaterialFile, MaterialKind
from congress.extensions import db
from congress.models import AuditLine, ConditionCheck
from congress.queries.network import conditions
from congress.services.network import checking
from congress.services.network.checking import Finding
from tests.network import a_document, an_organisation

NOW = datetime(2015, 6, 1, 10, tzinfo=UTC)
OFFICE = Actor(ActorKind.ORGANISER, 7)
SIGNED = Check(Condition.DECLARATION, Held.YES, date(2015, 3, 1))
PDF = MaterialFile(MaterialKind.DOCUMENT, "a.pdf", "application/pdf", b"%PDF-1.7\n%%EOF")


def check(organisation, found, *, seen=None, **more: Any):  # noqa: ANN401 - of a finding
    finding = Finding(found, NOW.date(), **more)
    checking.check(organisation, finding, seen=seen, actor=OFFICE, now=NOW)


def standing(organisation):
    return conditions.believed(conditions.checks(organisation))[Condition.DECLARATION]


def verbs():
    return list(db.session.scalars(sa.select(AuditLine.verb).order_by(AuditLine.id)))


def test_a_check_supersedes_the_one_before_and_keeps_its_document(database):
    rheine = an_organisation().id
    check(rheine, SIGNED, file=PDF)
    first = standing(rheine)
    check(rheine, Check(Condition.DECLARATION, Held.YES, date(2015, 4, 1)), seen=first.id)
    second = standing(rheine)
    check(rheine, second.check, seen=second.id, drops_document=True)
    third = standing(rheine)

    found = [(each.check.shown_on, bool(each.document)) for each in (first, second, third)]
    assert found == [
        (date(2015, 3, 1), True),
        (date(2015, 4, 1), True),
        (date(2015, 4, 1), False),
    ]
    history = conditions.checks(rheine)
    assert [each.id for each in history] == [third.id, second.id, first.id]
    moments = [each.recorded_at for each in reversed(history)]
    assert moments == sorted(set(moments))
    assert [each.superseded_at for each in reversed(history)] == [*moments[1:], None]
    assert verbs() == ["condition_checked"] * 3


def test_the_same_once_more_changes_nothing(database):
    rheine = an_organisation().id
    check(rheine, SIGNED)
    check(rheine, SIGNED)
    assert len(conditions.checks(rheine)) == 1


def test_what_cannot_be_said_is_refused(database):
    rheine = an_organisation().id
    check(rheine, SIGNED)
    no = Check(Condition.DECLARATION, Held.NO)
    with pytest.raises(NotPlannable):
        check(rheine, Check(Condition.CONTACT, Held.PLANNED))
    with pytest.raises(CheckedMeanwhile):
        check(rheine, no)
    with pytest.raises(NoSuchOrganisation):
        check(rheine + 1, SIGNED)
    for _ in range(MOST_DOCUMENTS):
        a_document(an_organisation())
    with pytest.raises(TooManyDocuments):
        check(rheine, no, seen=standing(rheine).id, file=PDF)

    assert standing(rheine).check == SIGNED
    assert db.session.scalars(sa.select(sa.func.count(ConditionCheck.id))).one() == 1


def test_the_log_says_who_read_a_document_and_nobody_reads_one_of_another(database):
    rheine, essen = an_organisation(), an_organisation("Stadt Essen")
    document = a_document(rheine).id
    assert checking.hand_out(essen.id, document, actor=OFFICE, now=NOW) is None
    assert verbs() == []
    found = checking.hand_out(rheine.id, document, actor=OFFICE, now=NOW)
    assert found is not None
    assert (found.name, verbs()) == ("Erklärung.pdf", ["membership_document_read"])
