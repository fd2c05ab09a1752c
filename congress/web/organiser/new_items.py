"""Adding an item to the programme, from nothing or like another one."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressKind
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.scheduling import ItemGone
from congress.domain.programme import ItemKind
from congress.queries import congresses
from congress.queries.planning import scheduling as queries
from congress.services.planning import scheduling
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, item_form, item_page, new_item_form
from congress.web.organiser.item_form import ItemForm


def add_item() -> ResponseReturnValue:
    """Show the form of a new item, add or take away a row of it, or save it."""
    source = _source()
    if request.method == "GET":
        return _show(_proposed(source), source)
    form = item_form.typed(request.form)
    if item_page.changes_rows(form):
        return _show(form, source)
    return _save(form, source)


def instead_of_gone() -> ResponseReturnValue:
    """Keep what was typed for an item that somebody removed: it can still be a new one."""
    return _show(item_form.typed(request.form), None, refusal=ItemGone()), 409


def _source() -> ItemPlan | None:
    """Return the item that another one like it is wanted of; it may be gone meanwhile."""
    code = request.values.get("like", "")
    found = queries.find_edited(access.workspace().id, code) if code else None
    return found.plan if found else None


def _proposed(source: ItemPlan | None) -> ItemForm:
    workspace = access.workspace()
    spots = queries.spots(workspace.id)
    if source is not None:
        return new_item_form.like(source, spots, workspace.zone)
    days = congresses.get_congress(workspace.id).days
    wanted = request.args.get("day", "")
    chosen = (day for day in days if str(day.starts_at.astimezone(workspace.zone).date()) == wanted)
    form = new_item_form.for_day(next(chosen, days[0]), spots, workspace.zone)
    if workspace.kind is CongressKind.SOCIAL_DAY:
        form.kind.value = ItemKind.PLACEMENT
    return form


def _save(form: ItemForm, source: ItemPlan | None) -> ResponseReturnValue:
    workspace = access.workspace()
    plan = new_item_form.read_plan(
        form,
        source,
        days=congresses.get_congress(workspace.id).days,
        rooms=[room.code for room in queries.rooms(workspace.id)],
        zone=workspace.zone,
    )
    if plan is None:
        return _show(form, source), 422
    now = clock.now()
    try:
        code = scheduling.add_item(
            workspace.id, plan, actor=access.actor(), now=now, form_key=form.key
        )
    except Refused as refusal:
        return _show(form, source, refusal=refusal), 409
    added = _("“%(title)s” has been added.", title=languages.text(plan.title))
    remarks = [*same_number(code, plan), *item_page.remarks(code, plan)]
    return frame.done(" ".join([added, *remarks]), "/programme", undo=now)


def same_number(code: str, plan: ItemPlan) -> list[str]:
    """Warn of a number that another workshop has, by which nobody could tell the two apart."""
    if plan.kind is not ItemKind.WORKSHOP or plan.number is None:
        return []
    if not queries.has_other_workshop(access.workspace().id, code, plan.number):
        return []
    warning = _("Another workshop has the number %(number)d as well.", number=plan.number)
    return [_("Please note: %(warning)s", warning=warning)]


def _show(form: ItemForm, source: ItemPlan | None, *, refusal: Refused | None = None) -> str:
    return frame.page(
        "new_item.html",
        current="programme",
        source=source,
        kinds=[(kind, languages.kind_name(kind)) for kind in ItemKind],
        **refusals.box(item_page.wrong(form, refusal), access.workspace().zone),
        **item_page.fields(form),
    )
