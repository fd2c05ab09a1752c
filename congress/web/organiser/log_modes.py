"""The words of the log about how people take part: on site or online."""

from congress.domain.access import ActorKind
from congress.domain.modes import Mode
from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.mode_words import IN_SENTENCES
from congress.web.organiser.log_places import beyond


def mode_changed(line: LogLine) -> str:
    """Say from what to what, whose doing it was, and whether there was a place."""
    was, is_now = (str(IN_SENTENCES[Mode(each)]) for each in line.details["mode"])
    facts = {"person": line.person, "before": was, "after": is_now}
    said = gettext("%(person)s now takes part in another way: %(before)s → %(after)s.", **facts)
    if line.actor is not ActorKind.ATTENDEE:
        said = gettext("%(person)s was changed over: %(before)s → %(after)s.", **facts)
    if line.details.get("gained"):
        said += " " + gettext("There is a place there.")
    return said + beyond(line)
