"""The button beside what was just done: it undoes an act on the draft of the programme."""

from datetime import UTC, datetime

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.scheduling import ChangedSince
from congress.services.planning import undoing
from congress.services.planning.undoing import Undone
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, programme


def undo() -> ResponseReturnValue:
    """Undo what this person did to the programme at a moment."""
    now = clock.now()
    try:
        undone = undoing.undo(access.workspace().id, _moment(), actor=access.actor(), now=now)
    except Refused as refusal:
        return programme.show(error=refusals.text(refusal)), 409
    return frame.done(_said(undone), programme.part(), undo=now)


def _moment() -> datetime:
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ChangedSince from None


def _said(undone: tuple[Undone, ...]) -> str:
    if len(undone) == 1:
        said = _("Undone: “%(title)s” is as it was.", title=languages.text(undone[0].title))
    else:
        said = ngettext(
            "Undone: %(num)d item is as it was.",
            "Undone: %(num)d items are as they were.",
            len(undone),
        )
    if any(each.keeps_places for each in undone):
        return " ".join([said, _("The number of places stays, as it counts at once.")])
    return said
