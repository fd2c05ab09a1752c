"""Publishing the programme: what changes and who is told, asked before it happens."""

from collections.abc import Collection, Sequence

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.mails.reach import NOBODY
from congress.domain.planning.item_plan import EditedItem
from congress.domain.planning.release import tells_people
from congress.queries import congresses, neighbours
from congress.queries.neighbours import Neighbour
from congress.queries.planning import concerns, contributors, scheduling
from congress.queries.planning.contributors import Concerned
from congress.services.planning import previewing, releasing
from congress.services.planning.previewing import Preview
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import (
    bound_items,
    change_words,
    frame,
    translations,
    unreached,
    warning_words,
)


def release() -> ResponseReturnValue:
    """Ask whether to publish these changes, and publish what was looked at."""
    only = _only()
    preview = _preview(only)
    if request.method == "GET":
        is_done = only is not None and not preview.changes
        return frame.go_to("/programme") if is_done else _show(preview, only)
    seen, now = request.form.get("seen", ""), clock.now()
    people = _concerned(only).told
    try:
        count = releasing.release(
            access.workspace().id, actor=access.actor(), now=now, seen=seen, only=only
        )
    except Refused as refusal:
        now_open = _preview(only)
        if not now_open.changes:  # pressed twice, or somebody else published
            return frame.done(_done(0, only), "/programme")
        return _show(now_open, only, error=refusals.text(refusal)), 409
    done = _done(count, only, is_told=preview.reach != NOBODY or bool(people))
    return frame.done(done, "/programme", at=now, reach=preview.told)


def _only() -> Collection[str] | None:
    """Return the codes of the items that are published by themselves; None means all changes."""
    return request.values.getlist("item") or None


def _preview(only: Collection[str] | None) -> Preview:
    """Look at the changes; who takes part is for those to see who may see the list."""
    return previewing.preview(
        access.workspace().id,
        now=clock.now(),
        with_names=access.may(Right.SEE_ATTENDEES),
        only=only,
    )


def _show(preview: Preview, only: Collection[str] | None, *, error: str = "") -> str:
    workspace = access.workspace()
    congress = congresses.get_congress(workspace.id)
    return frame.page(
        "release.html",
        current="programme",
        preview=preview,
        unreached=unreached.named(preview.reach),
        double=_named(preview.double),
        badge=change_words.badge,
        lines=change_words.lines,
        bound=bound_items.of_changes(preview.changes),
        left_behind=_left_behind,
        warnings=warning_words.in_sum(concerns.of_congress(workspace.id)),
        asks=True,
        concerned=_concerned(only),
        is_alone=only is not None,
        others=_others(preview) if only is not None else 0,
        is_over=congress.state is CongressState.FINISHED or congress.is_over(clock.now()),
        error=error,
    )


def _others(preview: Preview) -> int:
    """Return how many changes stay unpublished."""
    return scheduling.count_unpublished(access.workspace()) - len(preview.changes)


def _concerned(only: Collection[str] | None) -> Concerned:
    """Return whom publishing concerns by what they do in the programme."""
    here = access.workspace().id
    if not tells_people(congresses.get_congress(here), clock.now()):
        return Concerned()
    return contributors.concerned(here, only)


def _named(people: Collection[int]) -> Sequence[Neighbour]:
    """Return whose workshops would overlap, for those who may know who takes part."""
    if not people or not access.may(Right.SEE_ATTENDEES):
        return ()
    return neighbours.people(access.workspace().id, people)


def _left_behind(item: EditedItem) -> list[str]:
    return translations.unchanged(translations.of_faces(item.released, item.working))


def _done(count: int, only: Collection[str] | None, *, is_told: bool = False) -> str:
    if not count and only is not None:
        return _("This is already published.")
    if not count:
        return _("Everything in the programme is already published.")
    done = ngettext("%(num)d change is published.", "%(num)d changes are published.", count)
    return done if is_told else " ".join([done, _("No one had to be notified.")])
