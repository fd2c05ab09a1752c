"""A new congress on one page: its essentials, and the programme as pasted rows.

What was understood of the rows is shown before anything is stored. A question costs one more
round; a guess holds once it was shown and the form is sent again.
"""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.pasting import programme
from congress.domain.pasting.doubts import Remark, Weight, heaviest
from congress.domain.pasting.people import Pasted
from congress.domain.pasting.programme import Pasting
from congress.domain.pasting.settling import Frame, Timed
from congress.domain.planning import concerns
from congress.domain.planning.first_plan import first_plan
from congress.domain.programme import UNNAMED, PersonState
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.formats.contribution_words import role_name
from congress.queries.workspaces import Workspace
from congress.services.planning import setting_up
from congress.services.planning.copying import SlugNotUsable, SlugTaken
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import (
    frame,
    made_already,
    new_congress_form,
    pasted_words,
    warning_words,
)
from congress.web.organiser.new_congress_form import NewCongressForm
from congress.web.registration.occasion import KINDS

REFUSED = 422
NUMBERS = {Weight.ASKED: "is-warn", Weight.OPEN: "is-bad"}
Errors = list[tuple[str | None, str]]


def new_congress() -> ResponseReturnValue:
    """Show the form, show what was understood of the pasted rows, or make the congress."""
    if request.method == "GET":
        return _show(new_congress_form.blank(access.account().email), None, Pasting())
    form = new_congress_form.typed(request.form)
    days = new_congress_form.frame_of(form)
    pasting = programme.read_pasting(form.rows.value, days)
    if "read" in request.form:
        return _show(_unjudged(form), days, pasting)
    return _make(form, days, pasting)


def _make(form: NewCongressForm, days: Frame | None, pasting: Pasting) -> ResponseReturnValue:
    now = clock.now()
    essentials = new_congress_form.read_essentials(form, days, now)
    errors = [*form.errors, *_questions(pasting)]
    if essentials is None or errors:
        return _show(form, days, pasting, errors=errors), REFUSED
    state = PersonState.CONFIRMED if form.confirmed.value else PersonState.REQUESTED
    rooms, items = programme.plans(pasting, people_state=state)
    plan = first_plan(essentials, rooms, items, now=now)
    try:
        setting_up.set_up(plan, actor=access.actor(), now=now)
    except (SlugTaken, SlugNotUsable) as refusal:
        form.slug.value = plan.slug
        made = made_already.find(refusal, plan.title[REQUIRED_LANGUAGE])
        form.slug.errors.append(made_already.sentence(refusal, made))
        return _show(form, days, pasting, errors=form.errors, made=made), 409
    frame.notify(_("The event is created as a draft. Only organisers can see it."))
    return redirect(languages.link(f"/organiser/{plan.slug}/preview"), code=303)


def _unjudged(form: NewCongressForm) -> NewCongressForm:
    """Return the form without its faults: whoever only has the rows read has not finished it."""
    for entry in form.entries:
        if entry is not form.rows:
            entry.errors.clear()
    return form


def _questions(pasting: Pasting) -> Errors:
    """Return what has to be answered first: what is open, or else what was guessed, once."""
    weight = pasting.weight or Weight.TOLD
    if weight is Weight.TOLD:
        return []
    if weight is Weight.ASKED and request.form.get("seen") == pasting.questions:
        return []
    found: Errors = [("rows", pasted_words.sentence(each)) for each in pasting.remarks]
    for row in (timed.row for timed in pasting.rows):
        for each in row.remarks:
            if each.weight is not Weight.TOLD:
                said = pasted_words.sentence(each)
                words = _("Row %(row)d: %(words)s", row=row.number, words=said)
                found.append((f"row-{row.number}", words))
    return found


def _show(
    form: NewCongressForm,
    days: Frame | None,
    pasting: Pasting,
    *,
    errors: Errors | None = None,
    made: Workspace | None = None,
) -> str:
    only_asked = pasting.weight is Weight.ASKED and not form.errors
    return render_template(
        "organiser/new_congress.html",
        form=form,
        errors=errors or [],
        kinds=list(KINDS.items()),
        rows=_rows(pasting, days),
        remarks=[_said(each) for each in pasting.remarks],
        summary=_summary(pasting),
        seen=pasting.questions,
        only_asked=only_asked,
        faults=len(form.errors),
        made=made,
    )


def _rows(pasting: Pasting, days: Frame | None) -> list[dict[str, object]]:
    warnings = _warnings(pasting)
    return [_row(timed, days, warnings.get(timed.row.number, [])) for timed in pasting.rows]


def _row(timed: Timed, days: Frame | None, warnings: list[str]) -> dict[str, object]:
    row = timed.row
    weight = heaviest(row.remarks) or Weight.TOLD
    return {
        "number": row.number,
        "mark": NUMBERS.get(weight, "is-warn" if warnings else ""),
        "day": _day(timed, days),
        "time": pasted_words.times(timed.starts, timed.ends),
        "title": row.title,
        "item_number": row.item_number,
        "kind": languages.kind_name(row.kind),
        "room": row.room,
        "places": row.places,
        "people": [_person(each) for each in row.people],
        "description": row.description,
        "remarks": [_said(each) for each in row.remarks] + [("is-warn", each) for each in warnings],
        "text": row.text if weight is Weight.OPEN else "",
    }


def _day(timed: Timed, days: Frame | None) -> str:
    if days is None or len(days.days) == 1 or timed.day is None:
        return ""
    return languages.dates(days.zone).day(timed.day)


def _person(person: Pasted) -> str:
    """Return "Anna Beispiel (Dialogpartnerin, Stadt Lünen)"."""
    more = (role_name(person.role, languages.current()), person.affiliation)
    return f"{person.name or UNNAMED} ({', '.join(filter(None, more))})"


def _said(remark: Remark) -> tuple[str, str]:
    return NUMBERS.get(remark.weight, ""), pasted_words.sentence(remark)


def _warnings(pasting: Pasting) -> dict[int, list[str]]:
    """Return what the programme page would warn of, by the number of the row."""
    rooms, items = programme.plans(pasting, people_state=PersonState.REQUESTED)
    numbers = [timed.row.number for timed in pasting.rows if timed.slot is not None]
    found = warning_words.by_item(concerns.concerns(items, rooms, ()))
    return {
        number: list(found.get(item.code, ())) for number, item in zip(numbers, items, strict=True)
    }


def _summary(pasting: Pasting) -> str:
    if not pasting.rows:
        return ""
    count, workshops = len(pasting.rows), pasting.workshops
    rows = ngettext("%(num)d row", "%(num)d rows", count)
    if not workshops:
        return rows
    places = sum(row.places or 0 for row in workshops)
    words = ngettext("%(num)d of them a workshop", "%(num)d of them workshops", len(workshops))
    if not places:
        return f"{rows}, {words}"
    return f"{rows}, {words}, " + ngettext("%(num)d place", "%(num)d places", places)
