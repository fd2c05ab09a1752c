"""The words of the log about the call for proposals and what came of it."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import log_items


def edited(line: LogLine) -> str:
    """Say what became of the call; whom that was told is said with it."""
    is_open, was_open = (bool(line.details.get(name)) for name in ("open", "was_open"))
    if is_open is was_open:
        return gettext("The call for proposals was changed.")
    if is_open:
        return gettext("The call for proposals was opened.")
    return gettext("The call for proposals was closed.")


def _several(line: LogLine) -> str:
    number = int(line.details.get("count", 0))
    return ngettext(
        "All remaining proposals were declined: %(num)d.",
        "All remaining proposals were declined: %(num)d.",
        number,
    )


def _accepted(line: LogLine) -> str:
    """Say what was accepted, and which item of the programme came of it."""
    number, item = line.details.get("proposal", ""), log_items.name_of(line)
    if not item:
        return gettext("Proposal %(number)s was accepted.", number=number)
    return gettext(
        "Proposal %(number)s was accepted. It is “%(item)s” in the programme.",
        number=number,
        item=item,
    )


def _of(words: LazyString) -> Callable[[LogLine], str]:
    """Say what happened to a proposal, by its number: the log outlives whose it was."""
    return lambda line: str(words) % {"number": line.details.get("proposal", "")}


def _placed(line: LogLine) -> str:
    number, place = line.details.get("proposal", ""), line.details.get("place", "")
    if not place:
        return gettext("The stand of proposal %(number)s has no place any more.", number=number)
    return gettext(
        "The stand of proposal %(number)s was given a place: “%(place)s”.",
        number=number,
        place=place,
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "proposal_made": _of(_("Proposal %(number)s was submitted.")),
    "proposal_corrected": _of(_("Proposal %(number)s was corrected by its author.")),
    "proposal_withdrawn": _of(_("Proposal %(number)s was withdrawn by its author.")),
    "proposal_accepted": _accepted,
    "proposal_no_longer_accepted": _of(
        _("The acceptance of proposal %(number)s was taken back, and the proposal declined.")
    ),
    "proposal_declined": _of(_("Proposal %(number)s was declined.")),
    "proposals_declined": _several,
    "stand_placed": _placed,
    "proposal_shortlisted": _of(_("Proposal %(number)s was put on the shortlist.")),
    "proposal_off_the_shortlist": _of(_("Proposal %(number)s was taken off the shortlist.")),
}
