"""Who of the programme gets an info mail: by what they do in it, and by what they answered."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, select

from congress.base import table_of
from congress.domain.folding import fold_sought
from congress.domain.mails.mailings import Audience
from congress.domain.mails.readers import Reader
from congress.domain.programme import PersonState
from congress.extensions import db
from congress.models import Contribution, Contributor, Person
from congress.models import ProgrammeItem as Item

KNOWN, NAMED = table_of(Contributor), table_of(Person)


def of_programme(congress_id: int, audience: Audience) -> list[Reader]:
    """Return people of the programme who can be reached, by what they do and answered."""
    does = _does(congress_id, audience)
    if audience.answered:
        does = does.where(Contribution.state == audience.answered)
    words = fold_sought(audience.search).split()
    which = (KNOWN.c.congress_id == congress_id, KNOWN.c.person_id.in_(does))
    found = contributors(congress_id, audience, *which)
    return [each for each in found if all(word in fold_sought(each.name) for word in words)]


def _does(congress_id: int, audience: Audience) -> Select[*tuple[Any, ...]]:
    """Return the statement that finds who does something of this kind, answered or not."""
    does = (
        select(Contribution.person_id)
        .join(Item, Item.id == Contribution.item_id)
        .where(Item.congress_id == congress_id, Item.cancelled.is_(False))
    )
    return does.where(Contribution.role == audience.role) if audience.role else does


def contributors(congress_id: int, audience: Audience, *which: ColumnElement[bool]) -> list[Reader]:
    """Return people of the programme; whoever asks for a no, by the answer, means those."""
    does = _does(congress_id, audience)
    willing = does.where(Contribution.state != PersonState.DECLINED)
    said_no = and_(KNOWN.c.person_id.in_(does), KNOWN.c.person_id.not_in(willing))
    declined = false() if audience.answered == PersonState.DECLINED else said_no
    statement: Select[*tuple[Any, ...]] = (
        select(KNOWN.c.id, NAMED.c.name, KNOWN.c.email, KNOWN.c.language, declined.label("no"))
        .join(NAMED, NAMED.c.id == KNOWN.c.person_id)
        .where(*which)
        .order_by(NAMED.c.name, KNOWN.c.id)
    )
    return [
        Reader(row.id, "", row.name, row.email, row.language, has_declined=bool(row.no))
        for row in db.session.execute(statement)
    ]
