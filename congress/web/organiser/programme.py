"""The programme with what was edited since it was published last, and publishing it."""

from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import CongressState
from congress.domain.planning.item_plan import EditedItem
from congress.domain.programme import UNNAMED, Face, PersonState
from congress.queries.planning import concerns, scheduling
from congress.services.planning import releasing
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, warning_words
from congress.web.organiser.log_words import field_name


def programme() -> str:
    """Show all items in their order, and the changes nobody sees yet."""
    workspace = access.workspace()
    drafts = scheduling.edited_items(workspace.id)
    found = concerns.of_congress(workspace.id)
    warnings = warning_words.by_item(found)
    return frame.page(
        "programme.html",
        current="programme",
        items=[
            {
                "draft": draft,
                "day": frame.dates().day(draft.working.slot.starts_at),
                "time": frame.dates().range(draft.working.slot),
                "places": draft.places if draft.plan.bookable else None,
                "people": _people(draft),
                "warnings": warnings.get(draft.plan.code, []),
            }
            for draft in drafts
        ],
        held=sum(not draft.working.cancelled for draft in drafts),
        warnings=warning_words.in_sum(found),
        changed=[_change(draft) for draft in drafts if draft.changes],
        may_edit=access.may(Right.EDIT_PROGRAMME),
        is_draft=workspace.state is CongressState.DRAFT,
    )


def release() -> ResponseReturnValue:
    """Publish every change."""
    count = releasing.release(access.workspace().id, actor=access.actor(), now=clock.now())
    done = ngettext("%(num)d change is published.", "%(num)d changes are published.", count)
    return frame.done(done if count else _("There was nothing to publish."), "/programme")


def _people(draft: EditedItem) -> list[tuple[str, bool]]:
    """Return who takes part, and of whom the public is told no name.

    Names that are not public are for whoever could read them in the form.
    """
    if not access.may(Right.EDIT_PROGRAMME):
        return [(person.name or UNNAMED, False) for person in draft.working.people]
    return [
        (person.name or UNNAMED, person.is_withheld)
        for person in draft.plan.people
        if person.state is not PersonState.DECLINED
    ]


def _change(draft: EditedItem) -> dict[str, object]:
    """One line of the list of changes: what, and for short values from what to what."""
    before, after = draft.released, draft.working
    return {
        "draft": draft,
        "fields": [
            {"name": _("New") if name == "new" else field_name(name)} | _values(name, before, after)
            for name in draft.changes
        ],
    }


def _values(name: str, before: Face | None, after: Face) -> dict[str, str]:
    if before is None or name not in {"title", "short_title", "time", "room"}:
        return {}
    if name == "time":
        return {"before": _when(before), "after": _when(after)}
    old, new = (languages.text(getattr(face, name)) for face in (before, after))
    return {"before": old or _("none"), "after": new or _("none")}


def _when(face: Face) -> str:
    return f"{frame.dates().date(face.slot.starts_at)}, {frame.dates().range(face.slot)}"
