"""The market of possibilities: which stand is where."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.calls import NotAStand, Proposal
from congress.extensions import db
from congress.models import Congress
from congress.models import Proposal as Row
from congress.models.revisions import ANEW
from congress.queries import calls, congresses
from congress.services import auditing
from congress.transaction import transaction

CONGRESSES, PROPOSALS = table_of(Congress), table_of(Row)


def place(congress_id: int, proposal_id: int, where: str, *, actor: Actor, now: datetime) -> None:
    """Write down where a stand is; an empty text is not settled yet. Raises NotAStand."""
    with transaction():
        congresses.hold(congress_id)
        found = calls.find_proposal(congress_id, proposal_id)
        if found is None or not found.proposal.is_stand:
            raise NotAStand
        if found.proposal.stand_place == where:
            return
        db.session.execute(
            update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(stand_place=where)
        )
        show_anew(congress_id, [found.proposal])
        auditing.record(
            "stand_placed",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"proposal": proposal_id, "place": where},
        )


def show_anew(congress_id: int, changed: Iterable[Proposal]) -> None:
    """Let the public page be made anew if a stand is among what changed, inside a transaction."""
    if all(each.has_item for each in changed):
        return
    db.session.execute(update(CONGRESSES).where(CONGRESSES.c.id == congress_id).values(ANEW))
