"""What is counted for one registration while the congress is held, in one statement."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import String, cast, literal, null, select, union_all

from congress.domain.own_questions import OwnQuestion
from congress.domain.quotas import Delegation
from congress.extensions import db
from congress.queries import delegations, own_answers

OF_QUOTA, OF_OPTIONS = delegations.COUNTED.subquery(), own_answers.TAKEN.subquery()
# Made once: putting a statement together costs more than carrying it out.
ALL = union_all(
    select(cast(null(), String).label("question"), *OF_QUOTA.c),
    select(*OF_OPTIONS.c, literal(0), literal(0)),
)


def counts(
    congress_id: int, keys: Collection[str], quota: int, questions: Iterable[OwnQuestion]
) -> tuple[dict[str, Delegation], Mapping[tuple[str, str], int]]:
    """Return the delegations of organisations, and how many chose each option of questions."""
    named = {
        "congress_id": congress_id,
        "keys": list(keys),
        "questions": [each.key for each in questions],
    }
    rows = db.session.execute(ALL, named).all()
    sent = [row for row in rows if row.question is None]
    chosen = {(row.question, row.quota_key): row.taken for row in rows if row.question is not None}
    return delegations.counted(sent, keys, quota), chosen
