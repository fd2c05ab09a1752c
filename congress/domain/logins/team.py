"""Who works on a congress: which roles one may give, and what has to stay."""

from collections.abc import Collection

from congress.domain.access import RIGHTS, Role
from congress.domain.errors import Refused


class AlreadyInTeam(Refused):
    """The address has a role in this congress; it is changed where it stands."""


class MayEverythingAlready(Refused):
    """The address is an administrator's, who stands in every team and needs no role."""


class LastOrganiser(Refused):
    """Nobody would be left who may do everything in the congress."""


def may_give(own: Collection[Role]) -> list[Role]:
    """Return the roles that somebody may give: none beyond their own, never the administrator's.

    Administrators also give what they cannot read themselves: somebody has to.
    """
    rights = frozenset[object]().union(*(RIGHTS[role] for role in own))
    is_administrator = Role.ADMINISTRATOR in own
    return [
        role
        for role in Role
        if role is not Role.ADMINISTRATOR and (is_administrator or RIGHTS[role] <= rights)
    ]


def after_change(
    before: Collection[Role], chosen: Collection[Role], *, offered: Collection[Role]
) -> frozenset[Role]:
    """Return the roles of somebody to whom others were given; what one may not give stays."""
    return frozenset(chosen) | (frozenset(before) - frozenset(offered))


def beside_administrator(roles: Collection[Role]) -> frozenset[Role]:
    """Return the roles that bring an administrator anything."""
    everything = RIGHTS[Role.ADMINISTRATOR]
    return frozenset(role for role in roles if not RIGHTS[role] <= everything)


def without_contained(roles: Collection[Role]) -> frozenset[Role]:
    """Leave out the roles that bring nothing beside another of them."""
    return frozenset(
        role for role in roles if not any(RIGHTS[role] < RIGHTS[other] for other in roles)
    )


def require_organiser_left(
    organisers: Collection[int], account_id: int, after: Collection[Role]
) -> None:
    """Refuse to take the role from the only one of these organisers.

    They are those who can log in: whoever has only been invited looks after nothing yet.
    """
    is_the_last = set(organisers) == {account_id}
    if is_the_last and Role.ORGANISER not in after:
        raise LastOrganiser
