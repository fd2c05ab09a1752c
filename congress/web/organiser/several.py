"""One thing done with several people of the list: chosen, looked at, done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_list import MOST_MARKED, Wanted
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.mails.circulars import Addressee
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import WishedWorkshop
from congress.domain.selection import Act, Acting, Foreseen, Outcome, WhenFull
from congress.formats.attendee_list import kinds
from congress.queries import addressees, attendees, bulk_acts, congresses
from congress.queries import places as places_queries
from congress.queries.bulk_acts import Before
from congress.services import admitting, changing, foreseeing, promoting, restoring
from congress.services.foreseeing import Foresight
from congress.web import access, languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import filters, frame, several_words
from congress.web.organiser.filters import Filters, member
from congress.web.organiser.readers import read_reason

MISSING, UNSEEN = 422, 409
MARKED_ALONE = "marked"  # the button that means the marked rows and not the whole list


KEPT = {"ids", "registration_id", "sort", "is_descending", "names_only"}
NO_FILTERS: dict[str, Any] = {
    each.name: each.default for each in fields(Wanted) if each.name not in KEPT
}


@dataclass(frozen=True)
class Chosen:
    """Whom it is about, and what is to be done with them, as the address says."""

    filters: Filters
    people: Sequence[Addressee]
    many: int  # of whom the people are the first
    acting: Acting | None
    workshop: ProgrammeItem | None


def several() -> ResponseReturnValue:
    """Show what can be done with people of the list; show what would come of it; do it."""
    workspace = access.workspace()
    found = filters.from_address(workspace)
    if request.args.get("of") == MARKED_ALONE and not found.ids:
        return frame.done(_("Please mark people in the list first."), f"/attendees{found.query()}")
    if found.ids:  # they alone are meant: what is done with them may change what filters find
        found = replace(found, **NO_FILTERS)
    people = addressees.wanted(workspace.id, found, most=MOST_MARKED + 1)
    many = len(people) if len(people) <= MOST_MARKED else attendees.count(workspace.id, found)
    acting, workshop = _acting(found)
    chosen = Chosen(found, people, many, acting, workshop)
    if workspace.state is not CongressState.PUBLISHED or not _is_possible(chosen):
        return _choice(chosen), MISSING if request.method == "POST" else 200
    if request.method == "GET" or acting is None:
        return _choice(chosen) if acting is None else _ask(chosen)
    reason = _reason()
    if acting.act is Act.DECLINE:
        read_reason(reason, request.form.get("reason", ""))
    if request.form.get("seen") != _seen(chosen):
        return _ask(chosen, reason, is_stale=True), UNSEEN
    if reason.errors:
        return _ask(chosen, reason), MISSING
    return _do(chosen, acting, reason.value)


def _reason() -> Entry:
    return Entry("reason", _("Reason"), required=True)


def _acting(found: Filters) -> tuple[Acting | None, ProgrammeItem | None]:
    """Return what the address asks to do; what asks for a workshop and names none is not asked."""
    act = member(Act, request.args.get("act", ""))
    named = request.args.get("in", "")
    workshop = next((each for each in found.workshops if each.code == named), None)
    if act is None or (act in {Act.GIVE, Act.TAKE} and workshop is None):
        return None, workshop
    when_full = member(WhenFull, request.args.get("full", "")) or WhenFull.LEAVE
    if act.is_answer:
        waits = frozenset(each.id for each in found.workshops)
        return Acting(act, None, when_full, waits if act is Act.ACCEPT else frozenset()), None
    key = None if workshop is None or act is Act.CANCEL else workshop.id
    return Acting(act, key, when_full), workshop


def _is_possible(chosen: Chosen) -> bool:
    return 0 < chosen.many <= MOST_MARKED


def _choice(chosen: Chosen) -> str:
    return frame.page(
        "several.html",
        current="attendees",
        chosen=chosen,
        is_possible=_is_possible(chosen),
        most=MOST_MARKED,
        full_words=several_words.when_full(),
        kinds=kinds(languages.current()),
    )


def _ask(chosen: Chosen, reason: Entry | None = None, *, is_stale: bool = False) -> str:
    foresight = _foresight(chosen)
    by_id = {each.id: each for each in chosen.people}
    lines = [(by_id[each.person], _in_words(each, chosen)) for each in foresight.people]
    concerned = [by_id[each.person] for each in foresight.people if each.is_change]
    return frame.page(
        "several_check.html",
        current="attendees",
        chosen=chosen,
        heading=several_words.heading(chosen.acting, _workshop(chosen), len(chosen.people)),
        lines=lines,
        counts=_counts(foresight, chosen),
        concerned=len(concerned),
        without=[each for each in concerned if not each.email],
        others=addressees.named(access.workspace().id, foresight.moved_up),
        offered=addressees.named(access.workspace().id, foresight.offered),
        seen=_seen(chosen),
        is_stale=is_stale,
        reason=reason or _reason(),
        errors=told(reason) if reason else [],
    )


def _do(chosen: Chosen, acting: Acting, reason: str) -> ResponseReturnValue:
    """Do it for one after the other, each by itself: what is refused does not stop the others."""
    now, zone = clock.now(), access.workspace().zone
    queue = acting.key if acting.act is Act.ADMIT else None
    waiting = places_queries.waiting_bookings(queue) if queue is not None else {}
    before = bulk_acts.look(access.workspace().id, [each.id for each in chosen.people])
    done, refused = list[int](), Counter[str]()
    for foreseen in _foresight(chosen).people:
        if foreseen.refusal is not None:
            refused[refusals.text(foreseen.refusal, zone)] += 1
        elif foreseen.is_change:
            try:
                _do_one(foreseen.person, acting, waiting.get(foreseen.person), reason, now)
            except Refused as refusal:
                refused[refusals.text(refusal, zone)] += 1
            else:
                done.append(foreseen.person)
    line = _keep(acting, done, before, now) if done else None
    said, part = _done(chosen, len(done), refused), f"/attendees{_these(chosen)}"
    return frame.done(said, part, at=now, undo_several=line)


def _keep(acting: Acting, done: Sequence[int], before: Before, now: datetime) -> int:
    congress_id, actor = access.workspace().id, access.actor()
    return restoring.keep(congress_id, acting, done, before, actor=actor, now=now)


def _do_one(person: int, acting: Acting, booking: int | None, reason: str, now: datetime) -> None:
    actor, beyond, congress_id = access.actor(), acting.is_beyond, access.workspace().id
    if acting.act is Act.ACCEPT:
        admitting.accept(congress_id, person, by_hand=acting.by_hand, actor=actor, now=now)
    elif acting.act is Act.DECLINE:
        admitting.decline(congress_id, person, reason, actor=actor, now=now)
    elif acting.act is Act.CANCEL:
        changing.withdraw(person, actor=actor, now=now)
    elif acting.act is Act.ADMIT and booking is not None:
        promoting.promote_booking(booking, overbook=beyond, actor=actor, now=now)
    elif acting.act is Act.ADMIT:
        promoting.promote_registration(person, overbook=beyond, actor=actor, now=now)
    elif acting.key is not None:
        is_given = acting.act is Act.GIVE
        changing.assign_workshops(
            person,
            [WishedWorkshop(acting.key)] if is_given else [],
            [] if is_given else [acting.key],
            by_hand=acting.by_hand,
            actor=actor,
            now=now,
        )


def _these(chosen: Chosen) -> str:
    """Return the filters that show these people again, whatever was done with them."""
    return f"?ids={','.join(str(each.id) for each in chosen.people)}"


def _done(chosen: Chosen, done: int, refused: Counter[str]) -> str:
    said = [several_words.done(chosen.acting, _workshop(chosen), done)]
    for reason, many in refused.items():
        left = ngettext(
            "%(num)d person is as before: %(reason)s",
            "%(num)d people are as before: %(reason)s",
            many,
            reason=reason,
        )
        said.append(left)
    return " ".join(said)


def _workshop(chosen: Chosen) -> str:
    item = chosen.workshop
    return "" if item is None else languages.short_name(item.number, item.face)


def _foresight(chosen: Chosen) -> Foresight:
    if chosen.acting is None:
        return Foresight((), ())
    numbers = [each.id for each in chosen.people]
    return foreseeing.foresee(
        access.workspace(),
        numbers,
        chosen.acting,
        now=clock.now(),
        unconfirmed={each.id for each in chosen.people if each.is_unconfirmed},
    )


def _seen(chosen: Chosen) -> str:
    """Return what the question rests on: who they are, and everything about places."""
    people = "-".join(str(each.id) for each in chosen.people)
    heading = congresses.get_heading(access.workspace().id)
    return f"{heading.revision}:{people}"


def _in_words(foreseen: Foreseen, chosen: Chosen) -> str:
    if foreseen.refusal is not None:
        return refusals.text(foreseen.refusal, access.workspace().zone)
    words = several_words.outcomes(chosen.acting)
    said = [words[foreseen.outcome or Outcome.SAME]]
    if foreseen.is_beyond:
        said.append(_("beyond those there are"))
    names = {
        each.id: languages.short_name(each.number, each.face) for each in chosen.filters.workshops
    }
    said += [
        _("gives up “%(workshop)s”", workshop=names[each])
        for each in foreseen.given_up
        if each in names
    ]
    return ", ".join(said)


def _counts(foresight: Foresight, chosen: Chosen) -> list[tuple[int, str]]:
    """Return how many people each outcome is for, the most frequent first."""
    return [
        (many, words)
        for words, many in Counter(
            _in_words(each, chosen) for each in foresight.people
        ).most_common()
    ]
