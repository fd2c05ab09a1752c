"""Accepting proposals on both databases: answer, letter and item are one act, taken back as one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.acceptance import again, plan_of, seen_of
from congress.domain.access import COMMAND
from congress.domain.calls import ProposalSettled, ProposalsUnseen, TooLateToAccept
from congress.domain.planning.scheduling import OutsideCongress
from congress.domain.programme import PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import AuditLine, Contributor, OutboxMessage, ProgrammeItem, Proposal
from congress.queries import calls
from congress.queries.planning import contributors, scheduling, workshop_reports
from congress.services.calling import accepting, answering
from congress.services.calling.accepting import Address
from congress.services.calling.answering import Answer
from congress.services.planning import releasing, undoing
from congress.services.planning import scheduling as acts
from tests import builders

TEXT = {"de": "Ja.", "en": "Yes."}
SLOT = TimeSlot(builders.WORKSHOPS_START, builders.WORKSHOPS_START + builders.TWO_HOURS)
NOW = builders.OPEN


def get(congress_id, number):
    found = calls.find_proposal(congress_id, number)
    assert found
    return found.proposal


def seen(congress_id, number):
    chosen = [get(congress_id, number)]
    return seen_of(chosen, calls.item_of(chosen))


def accept(congress_id, number, key, *, mark=None, actor=COMMAND, now=NOW, slot=SLOT):
    proposal = get(congress_id, number)
    item = calls.item_of([proposal])
    plan = plan_of(proposal.content, slot, 1) if proposal.has_item else None
    if item:
        plan = again(item.plan, proposal.content)
    answer = Answer(TEXT, mark or seen(congress_id, number), key)
    return accepting.accept(congress_id, number, answer, plan, actor=actor, now=now)


def decline(congress_id, number, key, mark=None):
    answer = Answer(TEXT, mark or seen(congress_id, number), key)
    return answering.decline(congress_id, answer, proposal_id=number, actor=COMMAND, now=NOW)


def stored(column):
    db.session.expire_all()
    return list(db.session.scalars(select(column).order_by(column.class_.id)))


def test_an_acceptance_is_a_letter_and_an_item_and_can_be_taken_back(app):  # noqa: PLR0915
    with app.app_context():
        congress = builders.a_congress()
        here = congress.id
        number = builders.a_proposal(congress, kind="workshop", needs="Strom").id
        stand = builders.a_proposal(congress, kind="stand").id
        old = seen(here, number)

        # Nothing is half done; who comes second is told so.
        with pytest.raises(OutsideCongress):
            accept(here, number, "x", slot=SLOT.moved_to(SLOT.starts_at + timedelta(days=9)))
        with pytest.raises(TooLateToAccept):
            accept(here, number, "x", now=builders.AFTERWARDS)
        assert (stored(Proposal.state), stored(OutboxMessage.id)) == (["new", "new"], [])
        done = accept(here, number, "a")
        assert accept(here, number, "a", mark=old).is_new is False
        with pytest.raises(ProposalSettled):
            accept(here, number, "b", mark=old)
        [item] = scheduling.edited_items(here)
        assert (item.plan.code, item.released, item.plan.bookable) == (done.code, None, True)
        assert get(here, number).item_id == item.id
        [person] = contributors.of_congress(here)
        assert (person.email, person.language) == ("erika@example.org", "de")
        [part] = person.parts
        assert (part.state, part.role) == (PersonState.CONFIRMED, "dialogue_partner")
        report = workshop_reports.get(item.id)
        assert (report.needs, report.is_seen) == ("Strom", True)
        assert contributors.outstanding(here).asked == 0  # nobody asks once more
        assert accept(here, stand, "s").code is None
        assert len(scheduling.edited_items(here)) == 1

        # Removed in the editor, the proposal says so; brought back, it is its item again.
        later = NOW + timedelta(minutes=1)
        acts.remove_item(item.id, version=item.plan.version, actor=COMMAND, now=later)
        db.session.expire_all()
        assert get(here, number).is_item_gone
        undoing.undo(here, later, actor=COMMAND, now=later)
        db.session.expire_all()
        assert calls.find_by_item(get(here, number).item_id).id == number

        # A draft goes; what was public is called off by the next release, and can come back.
        old = seen(here, number)
        assert decline(here, number, "c") == 1
        assert (scheduling.edited_items(here), get(here, number).item_id) == ([], None)
        with pytest.raises(ProposalsUnseen):
            accept(here, number, "d", mark=old)
        accept(here, number, "d")
        old = seen(here, number)
        releasing.release(here, actor=COMMAND, now=NOW)
        with pytest.raises(ProposalsUnseen):  # it would have been removed, and is called off
            decline(here, number, "e", old)
        assert (decline(here, number, "e"), decline(here, number, "e")) == (1, 0)
        [item] = scheduling.edited_items(here)
        assert (item.plan.cancelled, item.released.cancelled) == (True, False)
        releasing.release(here, actor=COMMAND, now=NOW)
        accept(here, number, "f")
        [again_on] = scheduling.edited_items(here)
        assert (again_on.id, again_on.plan.cancelled) == (item.id, False)
        assert stored(Proposal.state) == ["accepted", "accepted"]

        letters = [each for each in stored(OutboxMessage.facts) if "answer" in each]
        said = [each["answer"] for each in letters if each["proposal"] == number]
        taken_back, after_all = "no_longer_accepted", "accepted_after_all"
        assert said == ["accepted", taken_back, after_all, taken_back, after_all]
        verbs = [each for each in stored(AuditLine.verb) if each.startswith("proposal")]
        accepted, taken_back = "proposal_accepted", "proposal_no_longer_accepted"
        assert verbs == [accepted, accepted, taken_back, accepted, taken_back, accepted]


@pytest.mark.sqlite_only
def test_an_address_that_organisers_entered_stays(app):
    with app.app_context():
        congress = builders.a_congress()
        first = builders.a_proposal(congress, mail_language="en").id
        second = builders.a_proposal(congress, email="other@example.org").id
        assert accept(congress.id, first, "a").address is Address.KNOWN
        assert accept(congress.id, second, "b").address is Address.OTHER_STAYS
        assert stored(Contributor.email) == ["erika@example.org"]
        assert stored(ProgrammeItem.number) == [None, None]
