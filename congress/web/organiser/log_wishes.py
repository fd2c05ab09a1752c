"""The words of the log about wishes for workshops."""

from congress.domain.access import ActorKind
from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser.log_places import item_name


def wished(line: LogLine) -> str:
    """Say what somebody wishes for now, in each choice that changed, and whose doing it was.

    What it was is deleted with the wishes.
    """
    if "wishes" not in line.details:
        return _that_they_did(line)
    said = "; ".join(_of_choice(line, *each) for each in line.details["wishes"])
    facts = {"person": line.person, "wishes": said or gettext("no place")}
    if line.actor is ActorKind.ATTENDEE:
        return gettext("%(person)s ranked workshops: %(wishes)s.", **facts)
    return gettext("%(person)s’s wishes for workshops were changed: %(wishes)s.", **facts)


def _that_they_did(line: LogLine) -> str:
    if line.actor is ActorKind.ATTENDEE:
        return gettext("%(person)s ranked workshops.", person=line.person)
    return gettext("%(person)s’s wishes for workshops were changed.", person=line.person)


def _of_choice(line: LogLine, ranked: list[int], any_other: bool) -> str:  # noqa: FBT001 - as stored
    names = [f"{rank}. {item_name(line, key)}" for rank, key in enumerate(ranked, start=1)]
    if any_other:
        names.append(gettext("any other") if ranked else gettext("any of them"))
    return ", ".join(names) or gettext("no place")
