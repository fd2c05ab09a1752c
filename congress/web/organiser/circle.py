"""People of a project of the network help to plan a congress: who, in which role, until when."""

from datetime import date, timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Role
from congress.domain.logins.team import may_give
from congress.domain.network.access import NetworkRight
from congress.formats.role_words import role_words
from congress.queries import lent_roles
from congress.queries.lent_roles import Circle, InCircle
from congress.services.logins import lending
from congress.web import access, languages
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame
from congress.web.organiser.readers import day_of

REFUSED = 422
LONGEST_TERM = timedelta(days=3 * 365)
LONGEST_DAY = 64
# Whoever is responsible for a congress, or reads health data, is invited by name and for good.
NEVER_LENT = frozenset({Role.ORGANISER, Role.ASSISTANCE})


def lend_roles(project_id: int) -> ResponseReturnValue:
    """Show who is in a project, or give some of them a role until a day."""
    if not access.may_in_network(NetworkRight.EDIT_REGISTER):
        abort(404)
    circle = next((each for each in lent_roles.circles() if each.id == project_id), None)
    if circle is None:
        abort(404)
    people = lent_roles.people(project_id)
    who = Entry("people", _("Who helps to plan?"), required=True)
    role = Entry("role", _("Role"), required=True)
    until = Entry("until", _("Last day"), required=True)
    if request.method == "GET":
        return _show(circle, people, [], who, role, until)
    ticked = request.form.getlist("people")
    chosen = [each.part_id for each in people if str(each.part_id) in ticked]
    if not chosen:
        who.errors.append(_("Please choose at least one person."))
    role.value = request.form.get("role", "")
    given = next((each for each in _offered() if each == role.value), None)
    if given is None:
        role.errors.append(_("Please choose one of these."))
    day = _read_day(until)
    if given is None or day is None or not chosen:
        return _show(circle, people, chosen, who, role, until), REFUSED
    lent, there = lending.lend(
        access.workspace().id,
        project_id,
        chosen,
        given,
        day,
        actor=access.actor(),
        now=clock.now(),
    )
    sentences = [
        ngettext(
            "An invitation to %(num)d person is on its way.",
            "Invitations to %(num)d people are on their way.",
            len(lent),
        )
    ]
    if there:
        sentences.append(_("Already in the team: %(who)s.", who=", ".join(there)))
    return frame.done(" ".join(sentences), "/team")


def _read_day(entry: Entry) -> date | None:
    """Take over the last day: today at the earliest."""
    missing = _("Please enter the last day, for example 21.10.2026.")
    read_line(entry, request.form.get("until", ""), most=LONGEST_DAY, missing=missing)
    day = day_of(entry) if entry.value else None
    today = lent_roles.day_of(clock.now())
    if day is not None and not today <= day <= today + LONGEST_TERM:
        entry.errors.append(_("Please enter a day from today on, within three years."))
    return None if entry.errors else day


def _offered() -> list[Role]:
    own = access.account().roles_in(access.workspace().id)
    return [role for role in may_give(own) if role not in NEVER_LENT]


def _show(
    circle: Circle,
    people: list[InCircle],
    chosen: list[int],
    who: Entry,
    role: Entry,
    until: Entry,
) -> str:
    words = role_words(languages.current())
    return frame.page(
        "circle.html",
        current="team",
        circle=circle,
        people={
            "name": who.name,
            "choices": [(each.part_id, f"{each.person}, {each.organisation}") for each in people],
            "value": chosen,
            "errors": who.errors,
        },
        role=role,
        choices=[(str(each), f"{words[each].name}: {words[each].may}") for each in _offered()],
        until=until,
        errors=[*told(who), *told(role), *told(until)],
    )
