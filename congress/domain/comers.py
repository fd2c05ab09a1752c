"""Who may come at all, by how they come: with a personal link, or for a member of the network."""

from congress.domain.errors import Refused
from congress.domain.hall import Hall, Key, Person
from congress.domain.registration import MembersOnly, NotInvited
from congress.domain.rules import Access


def invited(hall: Hall, person: Person, _key: Key) -> Refused | None:
    """Where a congress says so, only whoever has a personal link registers by themself."""
    is_shut = hall.rules.access is Access.INVITED and not person.is_invited
    return NotInvited() if is_shut else None


def speaking_for_member(hall: Hall, person: Person, _key: Key) -> Refused | None:
    """Where members meet, whoever speaks for one of them then comes, or has a personal link.

    Of somebody who has not said who they are nobody knows whether they do.
    """
    is_other = person.speaks is False and not person.is_invited
    return MembersOnly() if hall.rules.access is Access.MEMBERS and is_other else None
