"""Opening the call of a congress, changing and closing it."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.calls import AuthorsUnseen, Call, CallEditedMeanwhile
from congress.extensions import db
from congress.models import Call as Row
from congress.queries import calls, congresses
from congress.services import auditing
from congress.services.calling import telling_authors
from congress.transaction import transaction


def edit(
    congress_id: int, call: Call, *, version: str, actor: Actor, now: datetime, seen: str = ""
) -> bool:
    """Save the call; returns whether anything is other than before.

    Who can correct a proposal until another last day is told. Raises CallEditedMeanwhile when
    `version` is not that of what was saved last, and AuthorsUnseen when others are told, or
    something else, than was `seen`.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        before = calls.find(congress_id)
        if (before.version if before else "") != version:
            raise CallEditedMeanwhile
        if before is not None and before.version == call.version:
            return False
        news = telling_authors.news(congress, before, call, now=now)
        if news.mails and news.seen != seen:
            raise AuthorsUnseen
        row = db.session.scalars(select(Row).where(Row.congress_id == congress_id)).one_or_none()
        if row is None:
            row = Row(congress_id=congress_id)
            db.session.add(row)
        row.title, row.text = dict(call.title), dict(call.text)
        row.kinds = [str(each) for each in call.kinds]
        row.closes_at, row.is_open = call.closes_at, call.is_open
        db.session.flush()
        telling_authors.tell(congress, news, now=now)
        details = {
            "open": call.is_open,
            "was_open": bool(before and before.is_open),
            "told": len(news.mails),
        }
        auditing.record(
            "call_edited", actor=actor, now=now, congress_id=congress_id, details=details
        )
    return True
