"""What was done with several people is undone: looked at first, then done one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.assistance import is_asked
from congress.domain.errors import Refused
from congress.domain.restoration import DONE, can_be_taken_back
from congress.domain.selection import Foreseen
from congress.queries import addressees, bulk_acts, congresses, programme
from congress.queries.audit import LogLine
from congress.queries.bulk_acts import BulkAct
from congress.services import foreseeing, restoring
from congress.web import access, languages, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, person_kinds

UNSEEN = 409


def put_back() -> ResponseReturnValue:
    """Show what undoing an act on several people would come to; do it."""
    workspace, now = access.workspace(), clock.now()
    number = read_id(request.values.get("act", ""))
    act = None if number is None else bulk_acts.find(workspace.id, number)
    if act is None or not bulk_acts.is_open(act, now=now):
        page = frame.page("several_not_undone.html", current="attendees", reason=_too_late(act))
        return page, UNSEEN if request.method == "POST" else 200
    if act.kinds:
        return person_kinds.put_back(act, now)
    if request.method == "GET":
        return _ask(act, now)
    if request.form.get("seen") != _seen():
        return _ask(act, now, is_stale=True), UNSEEN
    return _do(act, now)


def offered(lines: Sequence[LogLine]) -> set[int]:
    """Return which lines of the log are about something that can be undone now."""
    if not access.may(Right.CHANGE_ATTENDEES):
        return set()
    now = clock.now()
    recent = [each for each in lines if each.verb == DONE and can_be_taken_back(each.at, now=now)]
    acts = [BulkAct.of(each.id, each.at, each.details, each.personal) for each in recent]
    return bulk_acts.open_among(acts, now=now)


def _too_late(act: BulkAct | None) -> str:
    if act is not None and act.is_taken_back:
        return _("It has been undone already.")
    return _(
        "It was more than 15 minutes ago, or something else has happened to these people since. "
        "How they stand now is shown in the list."
    )


def _ask(act: BulkAct, now: datetime, *, is_stale: bool = False) -> str:
    workspace = access.workspace()
    foresight = foreseeing.foresee_restoring(workspace, act.kept, now=now)
    people = [each.person for each in act.kept]
    named = {each.id: each for each in addressees.named(workspace.id, people)}
    lost = _lost(foresight.people)
    lines = [
        (named[each.person], _in_words(each, lost))
        for each in foresight.people
        if each.person in named
    ]
    back = [each.person for each in foresight.people if each.is_change]
    return frame.page(
        "several_undo.html",
        current="attendees",
        act=act,
        lines=lines,
        counts=Counter(words for _person, words in lines).most_common(),
        back=len(back),
        without=[named[each] for each in back if each in named and not named[each].email],
        others=addressees.named(workspace.id, foresight.moved_up),
        offered=addressees.named(workspace.id, foresight.offered),
        seen=_seen(),
        is_stale=is_stale,
        asks_needs=is_asked(congresses.get_congress(workspace.id).fields),
    )


def _do(act: BulkAct, now: datetime) -> ResponseReturnValue:
    workspace, actor = access.workspace(), access.actor()
    done, without, refused = 0, 0, Counter[str]()
    for each in act.kept:
        try:
            lost = restoring.put_back(each, act.id, actor=actor, now=now)
        except Refused as refusal:
            refused[_reason(refusal)] += 1
        else:
            done, without = done + 1, without + bool(lost)
    restoring.finish(act, done, workspace.id, actor=actor, now=now)
    said = " ".join([*_done(done, without), *_refused(refused, len(act.kept))])
    these = ",".join(str(each.person) for each in act.kept)
    return frame.done(said, f"/attendees?ids={these}", at=now)


def _done(done: int, without: int) -> Iterator[str]:
    yield ngettext("Undone for %(num)d person.", "Undone for %(num)d people.", done)
    if without:
        yield ngettext(
            "%(num)d of them did not get everything back, as a place is taken.",
            "%(num)d of them did not get everything back, as a place is taken.",
            without,
        )


def _refused(refused: Counter[str], everybody: int) -> Iterator[str]:
    for reason, many in refused.items():
        yield ngettext(
            "%(num)d of %(everybody)d could not go back: %(reason)s.",
            "%(num)d of %(everybody)d could not go back: %(reason)s.",
            many,
            everybody=everybody,
            reason=reason,
        )


def _in_words(foreseen: Foreseen, workshops: Mapping[int, str]) -> str:
    if foreseen.refusal is not None:
        return _reason(foreseen.refusal)
    if not foreseen.lost:
        return _("has everything back as it was")
    names = ", ".join(workshops[each] for each in foreseen.lost if each in workshops)
    return _("is registered again, without %(workshops)s", workshops=names)


def _lost(people: Iterable[Foreseen]) -> dict[int, str]:
    """Return what any of these people do not get back, by its name."""
    lost = {key for each in people for key in each.lost}
    return {
        each.id: _("“%(title)s”", title=languages.short_name(each.number, each.face))
        for each in programme.items_by_id(lost).values()
    }


def _reason(refusal: Refused) -> str:
    """Return in a few words why somebody cannot go back; what to do then is another act."""
    zone = access.workspace().zone
    return refusals.heading(refusal, zone) or refusals.text(refusal, zone)


def _seen() -> str:
    """Return what the question rests on: everything about places."""
    return str(congresses.get_heading(access.workspace().id).revision)
