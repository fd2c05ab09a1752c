"""The course of a trainer: its modules, who takes part, and who attended, to be ticked off.

Behind the personal link and a code by mail; of any other course nothing can be seen or changed.
"""

from datetime import date

from flask import abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import modules
from congress.domain.access import CONTRIBUTOR
from congress.domain.attendance import days_of
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.planning.partners import READABLE_AFTER
from congress.domain.times.time_slots import TimeSlot
from congress.queries import congresses
from congress.queries import modules as queries
from congress.queries.planning import contributors
from congress.queries.planning.contributors import Opened
from congress.services import signing_in
from congress.web import languages, refusals
from congress.web.contribution.workshops import is_in, is_trainer
from congress.web.entries import read_id
from congress.web.languages import ngettext
from congress.web.module_task_words import as_shown
from congress.web.registration.occasion import occasion

ANOTHER = 409
NOTICE = "course_notice"
MOST = 1_000  # people of one course on a page; a closed group has twenty


def own_course(token: str) -> ResponseReturnValue:
    """Show the modules, and how many of them each person has attended."""
    opened = _open(token)
    return _show(opened, token) if is_in(opened) else _to_login(token)


def attended(token: str, day: str) -> ResponseReturnValue:
    """Show the list of one module, or record who came."""
    opened = _open(token)
    congress = congresses.get_congress(opened.congress_id)
    when = _day(congress, day)
    if not is_in(opened):
        return _to_login(token)
    if request.method == "GET":
        return _list(congress, token, when)
    ticked = _ids("came")
    try:
        changed = signing_in.tick_off(
            congress.id,
            when,
            # What was left as it was shown stays as others have recorded it meanwhile.
            came=ticked - _ids("was"),
            stayed_away=_ids("was") - ticked,
            actor=CONTRIBUTOR,
            now=clock.now(),
        )
    except Refused as refusal:
        return _list(congress, token, when, ticked, refusal), ANOTHER
    session[NOTICE] = ngettext(
        "Recorded: attendance of %(num)d person has changed.",
        "Recorded: attendance of %(num)d people has changed.",
        changed,
    )
    return redirect(languages.link(f"/contribution/{token}/course"), code=303)


def handed_in(token: str) -> ResponseReturnValue:
    """Show who has handed in what, task by task."""
    opened = _open(token)
    if not is_in(opened):
        return _to_login(token)
    congress = congresses.get_congress(opened.congress_id)
    return _page("course_tasks.html", congress, token, tasks=as_shown(congress, now=clock.now()))


def _open(token: str) -> Opened:
    opened = contributors.find_by_token(token) or abort(404)
    if not is_trainer(opened):
        abort(404)
    return opened


def _to_login(token: str) -> ResponseReturnValue:
    return redirect(languages.link(f"/contribution/{token}/login"), code=303)


def _day(congress: Congress, said: str) -> date:
    found = (each for each in days_of(congress) if each.isoformat() == said)
    return next(found, None) or abort(404)


def _ids(name: str) -> frozenset[int]:
    read = map(read_id, request.form.getlist(name)[:MOST])
    return frozenset(each for each in read if each is not None)


def _show(opened: Opened, token: str) -> str:
    congress, now = congresses.get_congress(opened.congress_id), clock.now()
    held, least = modules.held(congress, now), congress.rules.certificate_from
    shares = [
        (each, modules.share_of(held, each.days))
        for each in queries.participants(congress.id, limit=MOST)
    ]
    return _page(
        "course.html",
        congress,
        token,
        days=_slots(congress),
        held=held,
        rows=[(each, share, _share(share.percent)) for each, share in shares],
        below={each.id for each, share in shares if held and not share.reaches(least)},
        least=_share(least) if least else "",
        notice=session.pop(NOTICE, ""),
    )


def _share(percent: int) -> str:
    return languages.percent(percent)


def _list(
    congress: Congress,
    token: str,
    day: date,
    ticked: frozenset[int] | None = None,
    refusal: Refused | None = None,
) -> str:
    people = queries.participants(congress.id, limit=MOST)
    was = frozenset(each.id for each in people if day in each.days)
    return _page(
        "course_day.html",
        congress,
        token,
        slot=next(slot for slot, each in _slots(congress) if each == day),
        day=day,
        people=people,
        was=was,
        ticked=was if ticked is None else ticked,
        error=refusals.text(refusal, congress.zone) if refusal else "",
        has_come=day <= clock.now().astimezone(congress.zone).date(),
    )


def _slots(congress: Congress) -> list[tuple[TimeSlot, date]]:
    return list(zip(congress.days, days_of(congress), strict=True))


def _page(template: str, congress: Congress, token: str, **context: object) -> str:
    return render_template(
        f"contribution/{template}",
        congress=congress,
        occasion=occasion(congress),
        is_draft=False,  # of a draft nobody is a trainer yet
        dates=languages.dates(congress.zone),
        until=congress.ends_at + READABLE_AFTER,
        token=token,
        **context,
    )
