"""What the parts of the report share: which events count, and from where their people come."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy.sql.selectable import FromClause

from congress.base import table_of
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.modes import Mode
from congress.domain.network.occasions import Occasion
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules
from congress.models import Organisation, OrganisationAlias, Registration

PEOPLE, ORGANISATIONS = table_of(Registration), table_of(Organisation)
ALIASES = table_of(OrganisationAlias)
HELD = (CongressState.PUBLISHED, CongressState.FINISHED)
HAS_PLACE = PEOPLE.c.state == RegistrationState.CONFIRMED


def occasion_of(
    kind: str, rules: Mapping[str, Any], people: Counter[tuple[str, bool]], year: int
) -> Occasion:
    """Return one event, of how many people there were by mode and by whether they came."""
    online = people[Mode.ONLINE, True] + people[Mode.ONLINE, False]
    away = online if Rules.of(rules).is_hybrid else 0  # nobody is ticked off at home
    came = people[Mode.ONSITE, True] + (0 if away else people[Mode.ONLINE, True])
    everybody = people.total()
    return Occasion(CongressKind(kind), everybody, online, everybody - away, came or None, year)


def registered() -> tuple[FromClause, FromClause]:
    """Return the register, and people joined with the organisation of it that they come from."""
    named = ORGANISATIONS.alias()
    typed = func.replace(PEOPLE.c.organisation_key, " ", "")  # as `people.fold_name` has it
    is_free = and_(PEOPLE.c.organisation_id.is_(None), PEOPLE.c.organisation_key != "")
    register = ORGANISATIONS.alias()
    number = func.coalesce(PEOPLE.c.organisation_id, named.c.id, ALIASES.c.organisation_id)
    joined = (
        PEOPLE.outerjoin(named, and_(is_free, named.c.name_key == typed))
        .outerjoin(ALIASES, and_(is_free, ALIASES.c.name_key == typed))
        .outerjoin(register, register.c.id == number)
    )
    return register, joined
