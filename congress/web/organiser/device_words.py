"""What a device at the doors says, which has these words without a connection too."""

from congress.domain.door_scans import Outcome
from congress.web.languages import gettext as _


def of_page() -> dict[str, str]:
    """Return the sentences of the page by name; "{}" stands for what the script knows."""
    return {
        "main": _("Main entrance"),
        "counts": _("{} of {} here"),
        "online": _("Connected. Everything is sent."),
        "offline": _("Without a connection. Scans are kept on this device and sent later."),
        "waiting": _("Scans waiting to be sent: {}."),
        "loggedOut": _(
            "Please log in again on this device. Scans that wait are kept and sent then."
        ),
        "noList": _("There is no list on this device yet. Please connect it once."),
        "over": _("The list on this device has been deleted, as its time is over."),
        "full": _(
            "The storage of this device is full. Scans that are only in its memory: {}. Please go "
            "online now and do not close this page."
        ),
        "clock": _("The clock of this device is {} minutes off. Times are corrected when sent."),
        "listed": _("List of {}: {} people."),
        "noCamera": _("The camera cannot be used here. Please search by name, or use a scanner."),
        "secure": _("The camera and working offline need an address that begins with https."),
        "hour": _("{}:{}"),
        "since": _("since {}"),
        "undo": _("Undo"),
        "letIn": _("Let in all the same"),
        "tick": _("Is here"),
        "none": _("No one is registered under this name or organisation."),
        "shut": _("{} does not take place any more. This is now the main entrance."),
        "elsewhere": _("has a place in {}, not here"),
        "nowhere": _("has no place here"),
        "unsent": _("Scans not sent yet: {}. They would be lost. Log out all the same?"),
        **{f"outcome_{outcome}": said for outcome, said in outcome_names().items()},
    }


def outcome_names() -> dict[Outcome, str]:
    """Return what came of a scan, in words."""
    return {
        Outcome.CAME: _("is here"),
        Outcome.AGAIN: _("was read here already"),
        Outcome.ELSEWHERE: _("was already checked in by someone else"),
        Outcome.AT_ONCE: _("is here, and was checked in somewhere else for the same time"),
        Outcome.NOT_BOOKED: _("has no place here"),
        Outcome.NO_PLACE: _("has no place at the event (any more)"),
        Outcome.STAYS_AWAY: _("takes part online"),
        Outcome.REPLACED: _("showed a code that has been replaced"),
        Outcome.UNKNOWN: _("a code that nobody at this event has"),
        Outcome.NO_DOOR: _("was read at a door that is not open on that day"),
    }
