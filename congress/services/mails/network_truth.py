"""Whether letters of the network are still true, asked before one goes out.

Terms end and organisations leave while letters wait: whoever speaks for nobody any more, or has
left the training or the newsletter, gets none (decision 0118).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.mails.mailings import Audience
from congress.domain.mails.truth import Outdated
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import Mailing
from congress.queries.network import mail_readers
from congress.queries.network.mail_readers import NUMBERS
from congress.services.mails.mailing_houses import day_of
from congress.services.network import land_letters, terms, topic_letters

MAILINGS = table_of(Mailing)


class Letter(Protocol):
    """What is asked of a letter that waits."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def congress_id(self) -> int | None: ...
    @property
    def mailing_id(self) -> int | None: ...
    @property
    def recipient_key(self) -> str: ...
    @property
    def facts(self) -> Any: ...  # noqa: ANN401 - what a kind states


def judged(
    letters: Sequence[Letter], *, now: datetime
) -> tuple[dict[int, Outdated], dict[int, Mapping[str, Any]]]:
    """Return which letters of no congress are not true any more, and what others state now."""
    over, restated = topic_letters.of_today(letters, now=now)
    over |= land_letters.untrue(letters) | terms.ended(letters, now)
    return over | _not_meant(letters, now=now), restated


def _not_meant(letters: Sequence[Letter], *, now: datetime) -> dict[int, Outdated]:
    """Return the letters of info mails that are not for their readers any more."""
    of: dict[int, list[Letter]] = defaultdict(list)
    for each in letters:
        if each.congress_id is None and each.mailing_id is not None and each.facts:
            of[each.mailing_id].append(each)
    if not of:
        return {}
    found: dict[int, Outdated] = {}
    rows = select(*columns_of(MAILINGS, "id audience")).where(
        MAILINGS.c.id.in_(of), MAILINGS.c.congress_id.is_(None)
    )
    for row in db.session.execute(rows).all():
        audience = Audience.from_json(row.audience)
        over = _over(audience, of[row.id], now=now)
        found |= dict.fromkeys(over, Outdated.NOT_MEANT)
    return found


def _over(audience: Audience, letters: Collection[Letter], *, now: datetime) -> set[int]:
    name = NUMBERS[audience.to]
    numbers = {each.facts[name] for each in letters}
    known = {
        each.id: fold_email(each.email)
        for each in mail_readers.still_there(audience, numbers, day_of(now))
    }
    return {each.id for each in letters if known.get(each.facts[name]) != each.recipient_key}
