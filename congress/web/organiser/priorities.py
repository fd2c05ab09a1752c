"""The priority groups of people: one on their page, several of the list at once."""

from collections.abc import Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_list import MOST_MARKED
from congress.domain.mails.circulars import Addressee
from congress.domain.priority import NoSuchGroup, PriorityGroups, Shift
from congress.queries import addressees, congresses, neighbours, programme
from congress.services import priorities
from congress.services.priorities import Regrouping
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import filters, frame
from congress.web.organiser.filters import Filters

UNSEEN = 409
LONGEST_NAME = 100


def groups() -> PriorityGroups:
    """Return the groups of the congress whose workspace is open."""
    return congresses.with_content(access.workspace()).rules.priority_groups


def set_priority(registration_id: int) -> ResponseReturnValue:
    """Put one person into a group, and say what it changes."""
    [person] = neighbours.people(access.workspace().id, [registration_id]) or abort(404)
    name, here = request.form.get("group", "")[:LONGEST_NAME], f"/attendees/{registration_id}"
    try:
        found = _set([registration_id], name)
    except NoSuchGroup as refusal:
        return frame.done(refusals.text(refusal), here)
    if not found.before:
        return frame.done(_("Nothing was changed."), here)
    done = _("%(person)s is in “%(name)s” now.", person=person.name, name=name)
    said = [done, *_positions(found.shifts[registration_id]), *_others(found)]
    return frame.done(" ".join(said), here)


def set_priorities() -> ResponseReturnValue:
    """Show what another group would change for several people; put them into it."""
    workspace = access.workspace()
    chosen = filters.from_address(workspace)
    people = addressees.wanted(workspace.id, chosen, most=MOST_MARKED + 1)
    name, back = request.args.get("group", "")[:LONGEST_NAME], f"/attendees/several{chosen.query()}"
    priority = groups().find(name)
    if priority is None:
        return frame.done(refusals.text(NoSuchGroup()), back)
    if not 0 < len(people) <= MOST_MARKED:
        most = _(
            "At most %(most)d people can be put into a priority group at once.", most=MOST_MARKED
        )
        return frame.done(most, back)
    numbers = [each.id for each in people]
    found = priorities.foresee(workspace.id, numbers, priority)
    seen = _seen(numbers, found)
    if request.method == "GET":
        return _ask(chosen, people, name, found, seen)
    if request.form.get("seen") != seen:
        return _ask(chosen, people, name, found, seen, is_stale=True), UNSEEN
    done = _set(numbers, name)
    said = ngettext(
        "%(num)d person is in “%(name)s” now.",
        "%(num)d people are in “%(name)s” now.",
        len(done.before),
        name=name,
    )
    return frame.done(" ".join([said, *_others(done)]), f"/attendees?ids={_ids(numbers)}")


def _set(people: Sequence[int], name: str) -> Regrouping:
    congress_id, actor = access.workspace().id, access.actor()
    return priorities.set_group(congress_id, people, name, actor=actor, now=clock.now())


def _seen(people: Sequence[int], found: Regrouping) -> str:
    """Return what the question rests on: who they are, and where each would stand."""
    shifts = ((each, shift) for each in people for shift in _of(each, found))
    stand = (f"{each}:{shift.before}-{shift.after}" for each, shift in shifts)
    return f"{_ids(people)} {_ids(list(found.before.values()))} {','.join(stand)}"


def _of(person: int, found: Regrouping) -> Sequence[Shift]:
    return found.shifts.get(person, ())


def _ids(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _ask(
    chosen: Filters,
    people: Sequence[Addressee],
    name: str,
    found: Regrouping,
    seen: str,
    *,
    is_stale: bool = False,
) -> str:
    known = groups()
    lines = [
        (each, _in_words(found, each.id, known, name))
        if each.id in found.before
        else (each, _("stays as it is"))
        for each in people
    ]
    return frame.page(
        "priority_check.html",
        current="attendees",
        filters=chosen,
        people=people,
        name=name,
        lines=lines,
        concerned=len(found.before),
        others=_others(found),
        seen=seen,
        is_stale=is_stale,
    )


def _in_words(found: Regrouping, person: int, known: PriorityGroups, name: str) -> str:
    change = f"{known.name_of(found.before[person])} → {name}"
    return " ".join([f"{change}.", *_positions(_of(person, found))])


def _positions(found: Sequence[Shift]) -> list[str]:
    """Say where somebody stands then, in which queue."""
    items = programme.items_by_id({each.key for each in found if each.key})
    said = []
    for each in found:
        if not each.key:  # of the event, on site or online
            words = _(
                "Waiting list of the event: position %(before)d → %(after)d.",
                before=each.before,
                after=each.after,
            )
        else:
            item = items[each.key]
            name = languages.short_name(item.number, item.face)
            words = _(
                "Waiting list of “%(workshop)s”: position %(before)d → %(after)d.",
                workshop=name,
                before=each.before,
                after=each.after,
            )
        said.append(words)
    return said


def _others(found: Regrouping) -> list[str]:
    if not found.others:
        return []
    return [
        ngettext(
            "%(num)d other person stands elsewhere on a waiting list by it; no one moves up.",
            "%(num)d other people stand elsewhere on a waiting list by it; no one moves up.",
            found.others,
        )
    ]
