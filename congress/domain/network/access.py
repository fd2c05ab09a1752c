"""Who may do what in the network: one role of an account, beside its roles in congresses."""

from collections.abc import Mapping
from enum import StrEnum

from congress.domain.errors import Refused


class HasNetworkRole(Refused):
    """An account has a role in the network already, or may do everything there."""


class NetworkRight(StrEnum):
    """What somebody may do for the network as a whole."""

    SEE_REGISTER = "see_register"  # organisations, members and who speaks for them
    EDIT_REGISTER = "edit_register"
    SEE_CONTACT_LOG = "see_contact_log"  # what was talked about with whom
    SEE_REPORT = "see_report"  # numbers without names


class NetworkRole(StrEnum):
    """What an account is to the network; an administrator may do everything there."""

    COORDINATION = "coordination"
    READER = "reader"
    FUNDER = "funder"


NETWORK_RIGHTS: Mapping[NetworkRole, frozenset[NetworkRight]] = {
    NetworkRole.COORDINATION: frozenset(NetworkRight),
    NetworkRole.READER: frozenset({NetworkRight.SEE_REGISTER, NetworkRight.SEE_REPORT}),
    NetworkRole.FUNDER: frozenset({NetworkRight.SEE_REPORT}),
}


def may_in_network(
    role: NetworkRole | None, right: NetworkRight, *, is_administrator: bool = False
) -> bool:
    """Return whether somebody has a right in the network."""
    return is_administrator or (role is not None and right in NETWORK_RIGHTS[role])
