"""The call of a congress and its proposals, for the public, their authors and organisers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain import calls, tokens
from congress.domain.calls import (
    FITTINGS,
    Call,
    Content,
    Proposal,
    ProposalKind,
    ProposalState,
    Rating,
    Stand,
)
from congress.domain.folding import fold_for_order
from congress.domain.planning.item_plan import EditedItem
from congress.extensions import db
from congress.models import Call as CallRow
from congress.models import Congress, ProposalRating, User
from congress.models import Proposal as ProposalRow
from congress.queries.congresses import Heading
from congress.queries.kept import Kept
from congress.queries.planning import scheduling

CALLS, PROPOSALS, RATINGS, USERS = map(table_of, (CallRow, ProposalRow, ProposalRating, User))
CONGRESSES = table_of(Congress)
_kept: Kept[Call | None] = Kept()
CONTENT = f"name organisation phone title abstract needs language {' '.join(FITTINGS)}"
STORED = (
    "id congress_id state kind email mail_language created_at changed_at told told_at item_id "
    "stand_place"
)
ALL = select(*columns_of(PROPOSALS, f"{STORED} {CONTENT}")).order_by(PROPOSALS.c.id)


@dataclass(frozen=True)
class Listed:
    """A proposal in the list, with what the planning circle thinks of it."""

    proposal: Proposal
    ratings: Sequence[Rating]

    @property
    def average(self) -> float | None:
        """The mean of the points."""
        return calls.average(self.ratings)

    def own(self, user_id: int) -> Rating | None:
        """What one account thinks of it."""
        return next((each for each in self.ratings if each.user_id == user_id), None)


def find(congress_id: int) -> Call | None:
    """Return the call of a congress, open or not."""
    found = select(*columns_of(CALLS, "title text kinds closes_at is_open"))
    row = db.session.execute(found.where(CALLS.c.congress_id == congress_id)).one_or_none()
    if row is None:
        return None
    kinds = tuple(ProposalKind(each) for each in row.kinds)
    return Call(row.title, row.text, kinds, row.closes_at, row.is_open)


def of_public(heading: Heading) -> Call | None:
    """Return the call of a congress, read once for each state of its content."""

    def read() -> tuple[Call | None, int]:
        found = find(heading.id)
        revision = select(CONGRESSES.c.content_revision).where(CONGRESSES.c.id == heading.id)
        return found, db.session.scalars(revision).one()

    return _kept.get(heading, read)


def proposals(
    congress_id: int,
    user_id: int,
    *,
    kind: ProposalKind | None = None,
    states: Collection[ProposalState] = (),
) -> list[Listed]:
    """Return the proposals of a congress, those first that an account has not rated.

    Then the best rated: an order by what others think would tell it before one's own opinion.
    """
    statement = ALL.where(PROPOSALS.c.congress_id == congress_id)
    if kind is not None:
        statement = statement.where(PROPOSALS.c.kind == kind)
    if states:
        statement = statement.where(PROPOSALS.c.state.in_(states))
    found = [as_proposal(row) for row in db.session.execute(statement)]
    ratings = _ratings([each.id for each in found])
    listed = [Listed(each, ratings[each.id]) for each in found]
    return sorted(listed, key=lambda each: -(each.average or 0) if each.own(user_id) else -9)


def find_proposal(congress_id: int, proposal_id: int) -> Listed | None:
    """Return one proposal of a congress."""
    one = (PROPOSALS.c.congress_id == congress_id, PROPOSALS.c.id == proposal_id)
    row = db.session.execute(ALL.where(*one)).one_or_none()
    return Listed(as_proposal(row), _ratings([row.id])[row.id]) if row else None


def to_decline(congress_id: int, proposal_id: int | None = None) -> list[Proposal]:
    """Return one proposal if it can be declined; or all that have no answer."""
    one = (PROPOSALS.c.id == proposal_id,)
    which = (PROPOSALS.c.state.in_(calls.UNDECIDED),) if proposal_id is None else one
    statement = ALL.where(PROPOSALS.c.congress_id == congress_id, *which)
    found = [as_proposal(row) for row in db.session.execute(statement)]
    return [each for each in found if each.may_become(ProposalState.DECLINED)]


def item_of(chosen: Sequence[Proposal]) -> EditedItem | None:
    """Return the item of the programme that the one proposal to be answered has become."""
    item_id = chosen[0].item_id if len(chosen) == 1 else None
    return scheduling.get_edited(item_id) if item_id is not None else None


def find_by_item(item_id: int) -> Proposal | None:
    """Return the proposal that an item of the programme came of."""
    row = db.session.execute(ALL.where(PROPOSALS.c.item_id == item_id)).first()
    return as_proposal(row) if row else None


def find_by_token(token: str) -> Proposal | None:
    """Return the proposal that a personal link opens."""
    row = db.session.execute(ALL.where(PROPOSALS.c.digest == tokens.digest(token))).one_or_none()
    return as_proposal(row) if row else None


def accepted_stands(congress_id: int) -> list[Proposal]:
    """Return the stands that were accepted, by their place and title as people write them."""
    which = (
        PROPOSALS.c.congress_id == congress_id,
        PROPOSALS.c.kind == ProposalKind.STAND,
        PROPOSALS.c.state == ProposalState.ACCEPTED,
    )
    found = [as_proposal(row) for row in db.session.execute(ALL.where(*which))]
    return sorted(found, key=_in_order)


def stands(congress_id: int) -> list[Stand]:
    """Return what the market of possibilities shows."""
    return [
        Stand(
            title=each.content.title,
            abstract=each.content.abstract,
            language=each.content.language,
            who=each.content.organisation or each.content.name,
            place=each.stand_place,
        )
        for each in accepted_stands(congress_id)
    ]


def _in_order(stand: Proposal) -> tuple[bool, str, str, int]:
    return (
        not stand.stand_place,
        fold_for_order(stand.stand_place),
        fold_for_order(stand.content.title),
        stand.id,
    )


def count(congress_id: int, *states: ProposalState) -> int:
    """Return how many proposals of a congress are in one of these states."""
    which = (PROPOSALS.c.congress_id == congress_id, PROPOSALS.c.state.in_(states))
    return db.session.scalars(select(func.count()).select_from(PROPOSALS).where(*which)).one()


def as_proposal(row: Row[Any]) -> Proposal:
    """Return a row as the value that pages and rules work with."""
    return Proposal(
        **values_of(
            row,
            "id congress_id email mail_language created_at changed_at told_at item_id stand_place",
        ),
        state=ProposalState(row.state),
        content=Content(kind=ProposalKind(row.kind), **values_of(row, CONTENT)),
        told=ProposalState(row.told) if row.told else None,
    )


def _ratings(proposal_ids: Sequence[int]) -> dict[int, list[Rating]]:
    found: dict[int, list[Rating]] = defaultdict(list)
    statement = (
        select(*columns_of(RATINGS, "proposal_id user_id points comment"), USERS.c.name)
        .add_columns(USERS.c.email)
        .join(USERS, USERS.c.id == RATINGS.c.user_id)
        .where(RATINGS.c.proposal_id.in_(proposal_ids))
        .order_by(RATINGS.c.id)
    )
    for row in db.session.execute(statement):
        who = row.name or row.email
        found[row.proposal_id].append(Rating(row.user_id, who, row.points, row.comment))
    return found
