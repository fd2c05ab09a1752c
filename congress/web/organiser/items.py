"""Editing one programme item in a plain form."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight
from congress.domain.planning.item_plan import EditedItem, ItemPlan
from congress.domain.planning.scheduling import ItemGone
from congress.queries import calls, workshop_presence
from congress.queries.network import topics
from congress.queries.planning import scheduling as queries
from congress.queries.planning import workshop_reports
from congress.services.planning import scheduling
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import (
    calling_off,
    frame,
    item_form,
    item_page,
    item_questions,
    item_reading,
    new_items,
    translations,
)
from congress.web.organiser.item_form import ItemForm


def edit_item(code: str) -> ResponseReturnValue:
    """Show the form of an item, add or take away a row of it, or save it."""
    workspace = access.workspace()
    item = queries.find_edited(workspace.id, code)
    if item is None:
        return new_items.instead_of_gone() if "title_de" in request.form else abort(404)
    if request.method == "GET":
        return _show(item, item_form.filled(item.plan, workspace.zone))
    form = item_form.typed(request.form)
    return _show(item, form) if item_page.changes_rows(form) else _save(item, form)


def _save(item: EditedItem, form: ItemForm) -> ResponseReturnValue:
    workspace = access.workspace()
    rooms = [room.code for room in queries.rooms(workspace.id)]
    plan = item_reading.read_plan(
        form, item.plan, days=item_page.days(), rooms=rooms, zone=workspace.zone
    )
    if plan is None:
        return _show(item, form), 422
    now = clock.now()
    try:
        scheduling.edit_item(item.id, plan, version=form.version, actor=access.actor(), now=now)
    except ItemGone:
        return new_items.instead_of_gone()
    except Refused as refusal:
        return _show(item, form, refusal=refusal), 409
    return frame.done(_notice(item, plan), "/programme", at=now, undo=now)


def _notice(item: EditedItem, plan: ItemPlan) -> str:
    """Say what was saved, who is not named, and what is wrong: no warning stops anybody."""
    saved = _("“%(title)s” is saved.", title=languages.text(plan.title))
    texts = translations.unchanged(translations.of_item(item.plan, plan))
    short = _still_short(item.plan, plan)
    return " ".join([saved, *texts, *short, *item_page.remarks(plan.code, plan)])


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


def _show(item: EditedItem, form: ItemForm, *, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    return frame.page(
        "edit_item.html",
        current="programme",
        item=item,
        can_call_off=calling_off.can_be_called_off(item),
        ranked=calling_off.ranked(item),
        can_take_back=item_questions.can_take_back(item),
        is_draft=workspace.state is CongressState.DRAFT,
        **refusals.box(item_page.wrong(form, refusal), workspace.zone),
        warnings=item_page.warnings(item.plan.code),
        asked=item_page.asked(item.plan.code),
        there=workshop_presence.of_item(workspace.id, item.id),
        report=workshop_reports.get(item.id),
        proposal=calls.find_by_item(item.id),
        topic=topics.of_item(item.id) if access.may_in_network(NetworkRight.SEE_REGISTER) else None,
        **item_page.fields(form, item.plan.code),
    )
