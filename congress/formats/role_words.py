"""What the roles in a congress are called and bring, for pages and mails alike."""

from dataclasses import dataclass

from congress.domain.access import Role
from congress.domain.network.access import NetworkRole
from congress.formats.catalogue import catalogue


@dataclass(frozen=True)
class RoleWords:
    """The name of a role, and what one may do with it."""

    name: str
    may: str


def role_words(language: str) -> dict[Role, RoleWords]:
    """Return the words of every role."""
    _ = catalogue(language).gettext
    return {
        Role.ADMINISTRATOR: RoleWords(_("Administration"), _("everything in all events")),
        Role.ORGANISER: RoleWords(
            _("Whole event"), _("everything in this event, including inviting others")
        ),
        Role.PROGRAMME: RoleWords(
            _("Programme"),
            _("edit and publish the programme and settings, without seeing registrations"),
        ),
        Role.ATTENDEE_LIST: RoleWords(
            _("Registration list"), _("see, change and download registrations")
        ),
        Role.READER: RoleWords(
            _("Read only"), _("see the event and registrations, without email addresses")
        ),
        Role.CHECK_IN: RoleWords(
            _("Check-in only"), _("see names and organisations at the door, and tick off who comes")
        ),
        Role.ASSISTANCE: RoleWords(
            _("Assistance needs"),
            _("see who needs assistance and of which kind, and nothing else of registrations"),
        ),
    }


def network_role_words(language: str) -> dict[NetworkRole, RoleWords]:
    """Return the words of every role in the network."""
    _ = catalogue(language).gettext
    return {
        NetworkRole.COORDINATION: RoleWords(_("Coordination"), _("everything in the network")),
        NetworkRole.READER: RoleWords(
            _("Reading"), _("see organisations, members, contact persons and the report")
        ),
        NetworkRole.FUNDER: RoleWords(_("Funding body"), _("see figures without names")),
    }
