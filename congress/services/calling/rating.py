"""Rating proposals in the planning circle, and putting them on the shortlist."""

from datetime import datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.calls import POINTS, UNDECIDED, ProposalSettled, ProposalState
from congress.extensions import db
from congress.models import Proposal, ProposalRating
from congress.queries import calls, congresses
from congress.services import auditing
from congress.transaction import transaction

PROPOSALS = table_of(Proposal)


def rate(
    congress_id: int,
    proposal_id: int,
    points: int,
    comment: str,
    *,
    user_id: int,
    now: datetime,
) -> None:
    """Store what an account thinks of a proposal, in the place of what it thought before.

    Opinions are no acts on the programme: they leave no line in the log. Raises ProposalSettled
    once it is withdrawn or deleted.
    """
    if points not in POINTS:
        raise ValueError("points out of range")
    with transaction():
        congresses.hold(congress_id)
        found = calls.find_proposal(congress_id, proposal_id)
        if found is None or found.proposal.state is ProposalState.WITHDRAWN:
            raise ProposalSettled
        one = (ProposalRating.proposal_id == proposal_id, ProposalRating.user_id == user_id)
        row = db.session.scalars(select(ProposalRating).where(*one)).one_or_none()
        if row is None:
            row = ProposalRating(proposal_id=proposal_id, user_id=user_id)
            db.session.add(row)
        row.points, row.comment, row.rated_at = points, comment, now


def shortlist(
    congress_id: int, proposal_id: int, *, chosen: bool, actor: Actor, now: datetime
) -> None:
    """Put a proposal on the shortlist or take it off. Raises ProposalSettled."""
    with transaction():
        congresses.hold(congress_id)
        found = calls.find_proposal(congress_id, proposal_id)
        if found is None or found.proposal.state not in UNDECIDED:
            raise ProposalSettled
        state = ProposalState.SHORTLISTED if chosen else ProposalState.NEW
        if found.proposal.state is state:
            return
        db.session.execute(
            update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(state=state)
        )
        auditing.record(
            "proposal_shortlisted" if chosen else "proposal_off_the_shortlist",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"proposal": proposal_id},
        )
