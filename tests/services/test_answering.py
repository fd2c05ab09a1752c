"""Answers to proposals on both databases: one decision, one letter, one line."""

import pytest
from sqlalchemy import func, select

from congress.domain.acceptance import seen_of
from congress.domain.access import COMMAND
from congress.domain.calls import ProposalSettled, ProposalsUnseen
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Proposal
from congress.queries import calls
from congress.services.calling import answering, rating
from congress.services.calling.answering import Answer
from tests import builders

TEXT = {"de": "Leider nein.\n\nBis bald!", "en": "No."}


def test_who_declines_all_that_are_left_writes_to_each_once(app, monkeypatch):
    monkeypatch.setattr(answering, "STEP", 2)  # several batches
    now = builders.OPEN
    with app.app_context():
        congress = builders.a_congress()
        states = ("new", "new", "shortlisted")  # what has no answer, wherever it stands
        numbers = [builders.a_proposal(congress, state=each).id for each in states]
        gone = builders.a_proposal(congress, state="withdrawn").id

        def decline(seen, key, number=None):
            answer = Answer(TEXT, seen, key)
            return answering.decline(
                congress.id, answer, proposal_id=number, actor=COMMAND, now=now
            )

        def seen(number=None):
            chosen = calls.to_decline(congress.id, number)
            return seen_of(chosen, calls.item_of(chosen))

        with pytest.raises(ProposalSettled):
            decline(seen(gone), "a", gone)
        old = seen()
        assert decline(seen(numbers[0]), "b", numbers[0]) == 1
        with pytest.raises(ProposalsUnseen):
            decline(old, "c")
        with pytest.raises(ProposalSettled):  # a colleague, at once
            decline(old, "d", numbers[0])
        assert (decline(seen(), "e"), decline(old, "e")) == (2, 0)
        with pytest.raises(ProposalSettled):
            rating.shortlist(congress.id, numbers[1], chosen=True, actor=COMMAND, now=now)
        db.session.expire_all()
        rows = db.session.scalars(select(Proposal).order_by(Proposal.id)).all()
        told = [(each.state, each.told, each.told_at) for each in rows]
        assert told == [("declined", "declined", now)] * 3 + [("withdrawn", None, None)]
        mails = db.session.scalars(select(OutboxMessage)).all()
        assert sorted(each.facts["proposal"] for each in mails) == numbers
        assert {each.facts["paragraphs"][1][0] for each in mails} == {"Bis bald!"}
        verb = AuditLine.verb.in_(("proposal_declined", "proposals_declined"))
        assert db.session.scalars(select(func.count(AuditLine.id)).where(verb)).one() == 2
