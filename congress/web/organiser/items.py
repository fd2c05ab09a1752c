"""Editing one programme item in a plain form."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem, ItemPlan
from congress.domain.programme import PersonState
from congress.formats.typography import listed
from congress.queries import congresses
from congress.queries.planning import concerns
from congress.queries.planning import scheduling as queries
from congress.services.planning import scheduling
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, item_form, warning_words
from congress.web.organiser.change_words import usual_roles
from congress.web.organiser.item_form import ItemForm

MOST_IN_NOTICE = 3  # it travels in a cookie; the page that shows it has them all


def edit_item(code: str) -> ResponseReturnValue:
    """Show the form of an item, add or take away a row of it, or save it."""
    workspace = access.workspace()
    item = queries.find_edited(workspace.id, code) or abort(404)
    if request.method == "GET":
        return _show(item, item_form.filled(item.plan, workspace.zone))
    form = item_form.typed(request.form)
    return _show(item, form) if changes_rows(form) else _save(item, form)


def changes_rows(form: ItemForm) -> bool:
    """Add or take away a row of people if a button for that was pressed."""
    if "add" in request.form:
        form.add_person()
    elif "remove" in request.form:
        form.remove_person(request.form["remove"])
    else:
        return False
    return True


def _save(item: EditedItem, form: ItemForm) -> ResponseReturnValue:
    workspace = access.workspace()
    rooms = [room.code for room in queries.rooms(workspace.id)]
    plan = item_form.read_plan(form, item.plan, days=_days(), rooms=rooms, zone=workspace.zone)
    if plan is None:
        return _show(item, form), 422
    try:
        scheduling.edit_item(
            item.id, plan, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(item, form, refusal=refusal), 409
    return frame.done(_notice(item, plan), "/programme")


def _notice(item: EditedItem, plan: ItemPlan) -> str:
    """Say what was saved, who is not named, and what is wrong: no warning stops anybody."""
    saved = _("“%(title)s” is saved.", title=languages.text(plan.title))
    return " ".join([saved, *_still_short(item.plan, plan), *remarks(plan.code, plan)])


def remarks(code: str, plan: ItemPlan) -> list[str]:
    """Say what to know of an item that was just saved."""
    warnings = [
        _("Please note: %(warning)s", warning=each) for each in _warnings(code)[:MOST_IN_NOTICE]
    ]
    return [*_withheld(plan), *warnings]


def _still_short(before: ItemPlan, plan: ItemPlan) -> list[str]:
    """Say which short titles stayed as they were under a new title, in lists and own pages."""
    kept = [
        short
        for language, short in plan.short_title.items()
        if short
        and short == before.short_title.get(language)
        and plan.title.get(language) != before.title.get(language)
    ]
    return [_("The short title is still “%(short_title)s”.", short_title=each) for each in kept]


def _withheld(plan: ItemPlan) -> list[str]:
    """Say whose names were entered and are not public yet."""
    names = [person.name for person in plan.people if person.is_withheld and person.name]
    if plan.cancelled or not names:
        return []
    sentence = ngettext(
        "%(names)s has been asked, and public pages say “N. N.” until you enter the acceptance.",
        "%(names)s have been asked, and public pages say “N. N.” until you enter their acceptance.",
        len(names),
        names=listed(names, languages.current()),
    )
    return [sentence]


def _warnings(code: str) -> Sequence[str]:
    found = concerns.of_congress(access.workspace().id)
    return warning_words.by_item(found).get(code, [])


def _show(item: EditedItem, form: ItemForm, *, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    return frame.page(
        "edit_item.html",
        current="programme",
        item=item,
        is_draft=workspace.state is CongressState.DRAFT,
        errors=errors(form, refusal),
        refused=refusals.heading(refusal, workspace.zone) if refusal else "",
        warnings=_warnings(item.plan.code),
        **fields(form),
    )


def errors(form: ItemForm, refusal: Refused | None) -> list[tuple[str | None, str]]:
    """Return all that is wrong, with the names of the fields."""
    found = list(form.errors)
    if refusal:
        found.append((None, refusals.reason(refusal, access.workspace().zone)))
    return found


def fields(form: ItemForm) -> dict[str, Any]:
    """Return the form with all there is to choose from, for `organiser/_item_fields.html`."""
    return {
        "form": form,
        "days": [(day.isoformat(), frame.dates().day(day)) for day in _days()],
        "rooms": [
            (room.code, _room_name(languages.text(room.name), room.seats))
            for room in queries.rooms(access.workspace().id)
        ],
        "roles": _roles(form),
        "person_states": [
            (PersonState.REQUESTED, _("asked, not named yet")),
            (PersonState.CONFIRMED, _("confirmed, named")),
            (PersonState.DECLINED, _("declined, left out")),
        ],
    }


def _days() -> Sequence[date]:
    congress = congresses.get_congress(access.workspace().id)
    return [day.starts_at.astimezone(congress.zone).date() for day in congress.days]


def _room_name(name: str, seats: int | None) -> str:
    return _("%(room)s (%(number)d seats)", room=name, number=seats) if seats else name


def _roles(form: ItemForm) -> list[tuple[str, str]]:
    """The usual roles, and whatever other name is in use."""
    usual = usual_roles()
    others = {row.role.value for row in form.people} - set(usual)
    return [*usual.items(), *((role, role) for role in sorted(others) if role)]
