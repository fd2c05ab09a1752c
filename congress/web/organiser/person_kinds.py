"""As what people come: said on somebody's page, or for several people of the list at once."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_list import MOST_MARKED
from congress.domain.kinds import PersonKind
from congress.formats.attendee_list import kinds
from congress.queries import addressees, neighbours
from congress.services import kinds as services
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import filters, frame
from congress.web.organiser.filters import member
from congress.web.organiser.several import NO_FILTERS


def set_kind(registration_id: int) -> ResponseReturnValue:
    """Say as what somebody comes."""
    [person] = neighbours.people(access.workspace().id, [registration_id]) or abort(404)
    here = f"/attendees/{registration_id}"
    kind = _chosen()
    if kind is None:
        return frame.done(_("Nothing was changed."), here)
    if not _set([person.id], kind):
        return frame.done(_("Nothing was changed."), here)
    said = _("%(person)s: attending as %(kind)s.", person=person.name, kind=_called(kind))
    return frame.done(said, here, at=clock.now())


def set_kinds() -> ResponseReturnValue:
    """Say it for everybody whom the filters show or who is marked."""
    found = filters.from_address(access.workspace())
    if found.ids:  # they alone are meant
        found = replace(found, **NO_FILTERS)
    back = f"/attendees{found.query()}"
    people = addressees.wanted(access.workspace().id, found, most=MOST_MARKED + 1)
    kind = _chosen()
    if kind is None or not people or len(people) > MOST_MARKED:
        return frame.done(_("Nothing was changed."), back)
    many = _set([each.id for each in people], kind)
    said = ngettext(
        "%(num)d person was changed: attending as %(kind)s.",
        "%(num)d people were changed: attending as %(kind)s.",
        many,
        kind=_called(kind),
    )
    these = ",".join(str(each.id) for each in people)
    return frame.done(said, f"/attendees?ids={these}", at=clock.now())


def _chosen() -> PersonKind | None:
    return member(PersonKind, request.form.get("kind", ""))


def _called(kind: PersonKind) -> str:
    return kinds(languages.current())[kind]


def _set(people: Sequence[int], kind: PersonKind) -> int:
    congress_id, actor = access.workspace().id, access.actor()
    return services.set_kind(congress_id, people, kind, actor=actor, now=clock.now())
