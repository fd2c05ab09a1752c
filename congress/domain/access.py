"""Who may do what in a congress: roles are sets of rights, the matrix is data."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """Who did something, for the log."""

    ATTENDEE = "attendee"
    CONTRIBUTOR = "contributor"  # somebody in the programme, by their own link
    CONTACT = "contact"  # somebody who speaks for an organisation in the network, by their link
    ORGANISER = "organiser"
    SYSTEM = "system"
    COMMAND = "command"


@dataclass(frozen=True)
class Actor:
    """Somebody or something that changes the state; organisers are known by their account."""

    kind: ActorKind
    user_id: int | None = None

    @property
    def is_attendee(self) -> bool:
        """Whether people act for themselves, and not somebody for them."""
        return self.kind is ActorKind.ATTENDEE


ATTENDEE = Actor(ActorKind.ATTENDEE)
CONTRIBUTOR = Actor(ActorKind.CONTRIBUTOR)
CONTACT = Actor(ActorKind.CONTACT)
SYSTEM = Actor(ActorKind.SYSTEM)
COMMAND = Actor(ActorKind.COMMAND)


class Right(StrEnum):
    """What somebody may do in one congress."""

    SEE_CONGRESS = "see_congress"  # drafts included
    EDIT_PROGRAMME = "edit_programme"
    SEE_FEES = "see_fees"  # of people in the programme
    SEE_ATTENDEES = "see_attendees"
    CHANGE_ATTENDEES = "change_attendees"
    EXPORT_ATTENDEES = "export_attendees"
    CHECK_IN = "check_in"  # see names and organisations, and tick off who comes
    SEE_EVIDENCE = "see_evidence"  # signed sheets, kept as proof for years
    COUNT_ASSISTANCE = "count_assistance"  # how many need what, and nobody's name
    SEE_ASSISTANCE = "see_assistance"  # who needs what (GDPR-04)
    SEE_OUTBOX = "see_outbox"
    SEE_LOG = "see_log"
    COPY_CONGRESS = "copy_congress"  # into a new one: only whoever may make one has it
    GRANT_RIGHTS = "grant_rights"  # in this congress, and none beyond one's own


class Role(StrEnum):
    """What an account is to a congress; an administrator is everything to every congress."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    PROGRAMME = "programme"
    ATTENDEE_LIST = "attendee_list"
    READER = "reader"
    CHECK_IN = "check_in"
    ASSISTANCE = "assistance"


READING = frozenset({Right.SEE_CONGRESS, Right.SEE_ATTENDEES})
# Health data is read by the one role that sees to it, whoever else may do everything.
EVERYTHING = frozenset(Right) - {Right.SEE_ASSISTANCE}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: EVERYTHING,
    Role.ORGANISER: EVERYTHING,
    Role.PROGRAMME: frozenset({Right.SEE_CONGRESS, Right.EDIT_PROGRAMME}),
    Role.ATTENDEE_LIST: READING | {Right.CHANGE_ATTENDEES, Right.EXPORT_ATTENDEES, Right.CHECK_IN},
    Role.READER: READING,
    Role.CHECK_IN: frozenset({Right.CHECK_IN}),
    Role.ASSISTANCE: frozenset({Right.SEE_CONGRESS, Right.COUNT_ASSISTANCE, Right.SEE_ASSISTANCE}),
}


def may(roles: frozenset[Role], right: Right) -> bool:
    """Return whether any of somebody's roles in a congress brings a right."""
    return any(right in RIGHTS[role] for role in roles)
