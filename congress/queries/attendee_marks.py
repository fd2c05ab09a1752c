"""What marks people of a list, beside where they have a place: how mail reaches them, who came."""

from sqlalchemy import ColumnElement

from congress.domain.attendee_list import Wanted
from congress.domain.registration import RegistrationState
from congress.models import Registration
from congress.queries import attendances, dead_mailboxes, quota_groups, received


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of those who came, whom no mail reaches, who confirmed or said no."""
    found: list[ColumnElement[bool]] = []
    if wanted.has_come is not None:
        found += attendances.of_whom(came=wanted.has_come)
    if wanted.was_in_id is not None:
        found += attendances.of_workshop(wanted.was_in_id, came=True)
    if wanted.missed_id is not None:
        found += attendances.of_workshop(wanted.missed_id, came=False)
    if wanted.has_no_address:
        found += [Registration.email_key == "", Registration.state != RegistrationState.CANCELLED]
    if wanted.has_dead_mailbox:
        found.append(dead_mailboxes.who())
    if wanted.is_unconfirmed:
        is_asked = Registration.unconfirmed_until.is_not(None)
        found += [is_asked, Registration.state != RegistrationState.CANCELLED]
    if wanted.is_substituted:
        found.append(Registration.substituted_by_id.is_not(None))
    if wanted.has_declined:
        found.append(received.who_declined())
    return found + _of_which_kind(wanted)


def _of_which_kind(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of those of an organisation, a group, or a priority group."""
    found: list[ColumnElement[bool]] = []
    if wanted.quota_key:
        found.append(Registration.quota_key == wanted.quota_key)
    if wanted.group_id is not None:
        found.append(Registration.group_id == wanted.group_id)
    if wanted.on_reserve:
        found.append(quota_groups.is_on_reserve())
    if wanted.is_invited is not None:
        found.append(Registration.invitation_id.is_not(None) == wanted.is_invited)
    said = (
        (Registration.kind, wanted.kind),
        (Registration.priority, wanted.priority),
        (Registration.mode, wanted.mode),
    )
    return found + [column == value for column, value in said if value is not None]
