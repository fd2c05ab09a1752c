"""Moving very many up: what one transaction left, in steps of the worker.

More places, a higher quota or an end that is taken back may let a thousand in. Each step passes on
so many places that nobody waits long for the congress (decision 0088), and whoever is killed in
between leaves the rest to the next.
"""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.hall import CONGRESS
from congress.domain.places import PassOn
from congress.extensions import db
from congress.models import Congress
from congress.queries import places as queries
from congress.services import places
from congress.services.mails import telling
from congress.transaction import transaction

CONGRESSES = table_of(Congress)


def next_step(*, now: datetime) -> bool:
    """Let the next of those move up who may, in one congress; whether there was any to look at.

    Where something else came between, such as the end of the congress, nobody is left.
    """
    number = queries.find_moving_up()
    if number is None:
        return False
    with transaction(), places.held(number, now=now) as ledger:
        ledger.carry_out(PassOn(frozenset({CONGRESS, *ledger.hall.workshops})))
        telling.moved_up(ledger)
        if not ledger.goes_on:
            mine = CONGRESSES.c.id == number
            db.session.execute(update(CONGRESSES).where(mine).values(moving_up=False))
    return True
