"""What is counted for one registration while the congress is held, in one statement."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import literal, select, union_all

from congress.domain.kinds import Contingent, PersonKind
from congress.domain.own_questions import OwnQuestion
from congress.domain.quotas import Delegation
from congress.domain.rules import Rules
from congress.extensions import db
from congress.queries import contingents, delegations, own_answers

QUOTA, KIND, OPTION = "quota", "kind", "option"
OF_QUOTA, OF_OPTIONS, OF_KINDS = (
    each.subquery() for each in (delegations.COUNTED, own_answers.TAKEN, contingents.COUNTED)
)
NONE, NOTHING = literal(""), literal(0)
# Made once: putting a statement together costs more than carrying it out.
ALL = union_all(
    select(literal(QUOTA).label("what"), NONE.label("question"), *OF_QUOTA.c),
    select(literal(OPTION), *OF_OPTIONS.c, NOTHING, NOTHING),
    select(literal(KIND), NONE, *OF_KINDS.c, NOTHING),
)


class Counts(NamedTuple):
    """Delegations by organisation, people by option of a question, contingents by kind."""

    delegations: dict[str, Delegation]
    taken: Mapping[tuple[str, str], int]
    contingents: dict[PersonKind, Contingent]


def counts(
    congress_id: int, keys: Collection[str], questions: Iterable[OwnQuestion], rules: Rules
) -> Counts:
    """Return what is counted of organisations, of the options of questions and of kinds."""
    named = {
        "congress_id": congress_id,
        "keys": list(keys),
        "questions": [each.key for each in questions],
        "is_hybrid": rules.is_hybrid,
    }
    rows = db.session.execute(ALL, named).all()
    return Counts(
        delegations.counted((row for row in rows if row.what == QUOTA), keys, rules.quota),
        {(row.question, row.quota_key): row.taken for row in rows if row.what == OPTION},
        contingents.counted(
            ((row.quota_key, row.taken, row.waiting) for row in rows if row.what == KIND), rules
        ),
    )
