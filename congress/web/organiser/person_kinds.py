"""As what people come: said on somebody's page, or for several people of the list at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_list import MOST_MARKED
from congress.domain.kinds import PersonKind
from congress.domain.mails.circulars import Addressee
from congress.formats.attendee_list import kinds
from congress.queries import addressees, congresses, neighbours
from congress.queries.bulk_acts import BulkAct
from congress.services import kinds as services
from congress.services.kinds import Foresight
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import filters, frame
from congress.web.organiser.filters import Filters, member
from congress.web.organiser.several import NO_FILTERS

UNSEEN = 409


@dataclass(frozen=True)
class Question:
    """What is asked before several people come as something else: its words, and where it goes."""

    heading: str
    lead: str
    action: str
    hidden: Mapping[str, str]
    back: str


def set_kind(registration_id: int) -> ResponseReturnValue:
    """Say as what somebody comes."""
    [person] = neighbours.people(access.workspace().id, [registration_id]) or abort(404)
    here = f"/attendees/{registration_id}"
    kind, now = member(PersonKind, request.form.get("kind", "")), clock.now()
    congress_id, actor = access.workspace().id, access.actor()
    if kind is None or not services.set_kind(congress_id, person.id, kind, actor=actor, now=now):
        return frame.done(_("Nothing was changed."), here)
    said = _("%(person)s: attending as %(kind)s.", person=person.name, kind=_called(kind))
    return frame.done(said, here, at=now)


def set_kinds() -> ResponseReturnValue:
    """Show what it would mean for everybody whom the filters show or who is marked; do it."""
    workspace = access.workspace()
    found = filters.from_address(workspace)
    if found.ids:  # they alone are meant
        found = replace(found, **NO_FILTERS)
    people = addressees.wanted(workspace.id, found, most=MOST_MARKED + 1)
    kind = member(PersonKind, request.args.get("as", ""))
    if kind is None or not 0 < len(people) <= MOST_MARKED:
        part = found.query(sort=None, columns=None)
        return frame.done(_("Nothing was changed."), f"/attendees/several{part}")
    now = clock.now()
    numbers = [each.id for each in people]
    foresight = services.foresee(workspace, dict.fromkeys(numbers, kind), now=now)
    seen, question = _seen(numbers, foresight), _question(found, kind, len(people))
    if request.method == "GET":
        return _ask(question, people, foresight, seen)
    if request.form.get("seen") != seen:
        return _ask(question, people, foresight, seen, is_stale=True), UNSEEN
    many, line = services.set_kinds(workspace.id, numbers, kind, actor=access.actor(), now=now)
    said = ngettext(
        "%(num)d person was changed: attending as %(kind)s.",
        "%(num)d people were changed: attending as %(kind)s.",
        many,
        kind=_called(kind),
    )
    part = f"/attendees?ids={','.join(map(str, numbers))}"
    return frame.done(said, part, at=now, undo_several=line)


def put_back(act: BulkAct, now: datetime) -> ResponseReturnValue:
    """Show what it would mean if people came as before such an act; do it."""
    workspace = access.workspace()
    numbers = [each.person for each in act.kinds]
    people = addressees.named(workspace.id, numbers)
    foresight = services.foresee(workspace, services.as_left(act.kinds), now=now)
    seen, question = _seen(numbers, foresight), _question_of_undoing(act, len(people))
    if request.method == "GET":
        return _ask(question, people, foresight, seen)
    if request.form.get("seen") != seen:
        return _ask(question, people, foresight, seen, is_stale=True), UNSEEN
    many = services.take_back(workspace.id, act, actor=access.actor(), now=now)
    said = ngettext("Undone for %(num)d person.", "Undone for %(num)d people.", many)
    return frame.done(said, f"/attendees?ids={','.join(map(str, numbers))}", at=now)


def effects(foresight: Foresight) -> list[str]:
    """Say what becomes of the places that are held back, and of those free for everybody."""
    called, said = kinds(languages.current()), []
    for kind, after in foresight.after.items():
        before = foresight.before[kind]
        if before.taken == after.taken:
            continue
        facts = {"kind": called[kind], "places": after.places}
        words = _(
            "Held back for “%(kind)s”: %(places)d; taken %(before)d → %(after)d.",
            **facts,
            before=before.taken,
            after=after.taken,
        )
        more = max(0, after.taken - after.places)
        if more:
            beyond = ngettext(
                "%(num)d of them has a place like everybody else.",
                "%(num)d of them have a place like everybody else.",
                more,
            )
            words = f"{words} {beyond}"
        said.append(words)
    was, now = foresight.free
    if was is not None and now is not None and was != now:
        said.append(
            _("Free for everybody: %(before)d → %(after)d.", before=max(0, was), after=max(0, now))
        )
    return said


def _question(found: Filters, kind: PersonKind, many: int) -> Question:
    heading = ngettext(
        "Let %(num)d person attend as “%(kind)s”?",
        "Let %(num)d people attend as “%(kind)s”?",
        many,
        kind=_called(kind),
    )
    part = found.query(sort=None, columns=None)
    return Question(
        heading,
        _(
            "Nothing is changed until you confirm. No one loses a place. You can undo it for 15 "
            "minutes."
        ),
        f"/attendees/several/kind{found.query(sort=None, columns=None, **{'as': kind})}",
        {},
        f"/attendees/several{part}",
    )


def _question_of_undoing(act: BulkAct, many: int) -> Question:
    heading = ngettext(
        "Undo what was done with %(num)d person?", "Undo what was done with %(num)d people?", many
    )
    return Question(
        heading,
        _(
            "They attend as before, as far as nothing else was said of them since; nothing else is "
            "undone. Whoever has moved up in the meantime keeps the place."
        ),
        "/attendees/undo",
        {"act": str(act.id)},
        "/attendees",
    )


def _ask(
    question: Question,
    people: Sequence[Addressee],
    foresight: Foresight,
    seen: str,
    *,
    is_stale: bool = False,
) -> str:
    mine = {each.person for each in foresight.changes}
    found = addressees.named(access.workspace().id, foresight.gaining)
    named = {each.id: each for each in found}
    return frame.page(
        "kind_check.html",
        current="attendees",
        question=question,
        lines=[(each, _in_words(each.id, foresight)) for each in people],
        concerned=len(mine),
        effects=effects(foresight),
        others=[named[each] for each in foresight.moved_up if each not in mine],
        offered=[named[each] for each in foresight.offered if each not in mine],
        without=[each for each in named.values() if not each.email],
        told=sum(bool(each.email) for each in named.values()),
        seen=seen,
        is_stale=is_stale,
    )


def _in_words(person: int, foresight: Foresight) -> str:
    change = next((each for each in foresight.changes if each.person == person), None)
    if change is None:
        return _("stays as it is")
    said = f"{_called(change.before)} → {_called(change.after)}"
    if person in foresight.moved_up:
        return ", ".join([said, _("moves up")])
    return ", ".join([said, _("is offered a place")]) if person in foresight.offered else said


def _seen(people: Sequence[int], foresight: Foresight) -> str:
    """Return what the question rests on: who they are, what they are now, and all about places."""
    heading = congresses.get_heading(access.workspace().id)
    changes = ",".join(f"{each.person}:{each.before}" for each in foresight.changes)
    return f"{heading.revision} {','.join(map(str, people))} {changes}"


def _called(kind: PersonKind) -> str:
    return kinds(languages.current())[kind]
