"""A workshop that too few people have booked: it takes place, is looked at again, or is off."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem
from congress.queries import minimums as queries
from congress.queries.planning import scheduling
from congress.services.planning import minimums
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.readers import day_of

REFUSED, ANOTHER = 422, 409
GO_AHEAD, LATER = "go_ahead", "later"


def decide_minimum(code: str) -> ResponseReturnValue:
    """Ask whether a workshop takes place, and keep the answer."""
    item = scheduling.find_edited(access.workspace().id, code) or abort(404)
    entry = Entry("day", _("Check again on"), required=True)
    if request.method == "GET":
        return _show(item, entry)
    answer = request.form.get("answer", "")
    read_line(entry, request.form.get("day", ""), most=40)
    day = None
    if answer == LATER:
        if not entry.value and not entry.errors:
            entry.errors.append(_("Please enter a day such as 21.10.2026."))
        day = None if entry.errors else day_of(entry)
        if day is None:
            return _show(item, entry), REFUSED
    elif answer != GO_AHEAD:
        abort(400)
    here, actor, now = access.workspace().id, access.actor(), clock.now()
    try:
        if day is None:
            minimums.go_ahead(here, code, actor=actor, now=now)
        else:
            minimums.look_again(here, code, day, actor=actor, now=now)
    except Refused as refusal:
        return _show(item, entry, error=refusals.text(refusal)), ANOTHER
    name = languages.text(item.plan.title)
    done = _("“%(title)s” takes place. No one else is notified.", title=name)
    if day is not None:
        when = frame.dates().date(day)
        done = _("“%(title)s” will be checked again on %(day)s.", title=name, day=when)
    return frame.done(done)


def _show(item: EditedItem, day: Entry, *, error: str = "") -> str:
    return frame.page(
        "minimum.html",
        current="programme",
        item=item,
        asked=queries.find(access.workspace(), item.plan.code, now=clock.now()),
        day=day,
        errors=told(day),
        error=error,
    )
