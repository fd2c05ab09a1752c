"""Somebody stands at the door without a registration: they are registered there, and are in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.fields import NAMES
from congress.domain.registration import NoFreePlace, RegisteredAlready, SameName
from congress.domain.registration_request import PRIVACY_NOTICE, Details, RegistrationRequest
from congress.domain.sign_in import SheetFor
from congress.queries import congresses, neighbours
from congress.queries import door as queries
from congress.queries.neighbours import Neighbour
from congress.services import walking_in
from congress.web import access, languages, refusals
from congress.web.entries import TICKED
from congress.web.languages import gettext as _
from congress.web.organiser import check_in, frame
from congress.web.organiser.entry_form import FORM_KEY
from congress.web.registration.person import PersonForm, person_form

ASKED = (*NAMES, "organisation", "email")
REFUSED = 422


@dataclass
class WalkIn:
    """The form as typed: at a door nobody is asked for more than who they are."""

    person: PersonForm
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    is_another: bool = False
    knows_notice: bool = False

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.person.read(posted)
        if FORM_KEY.fullmatch(posted.get("form_key", "")):
            self.key = posted["form_key"]
        self.is_another = posted.get("is_another") == TICKED
        self.knows_notice = posted.get(PRIVACY_NOTICE) == TICKED
        return not self.person.errors

    def to_request(self) -> RegistrationRequest:
        """Return the checked contents."""
        return RegistrationRequest(
            **vars(Details.of(self.person.checked)),
            language=languages.current(),
            consents=(PRIVACY_NOTICE,) if self.knows_notice else (),
            form_key=self.key,
        )


def walk_in() -> ResponseReturnValue:
    """Ask who it is; register them, tick them off, and go on at the door."""
    form = _form()
    if request.method == "GET":
        return _page(form)
    if not form.read(request.form):
        return _page(form), REFUSED
    workspace, asked = access.workspace(), check_in.asked()
    try:
        asked.require_door()
        number = walking_in.walk_in(
            workspace.id,
            form.to_request(),
            SheetFor(asked.day, asked.item_id),
            is_another=form.is_another,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _page(form, refusal), REFUSED
    name = queries.find_name(workspace.id, number) or ""
    done = _("%(person)s is registered and here.", person=name)
    return frame.done(done, f"/check-in{asked.query(q=None, page=None, last=number)}")


def _form() -> WalkIn:
    person = person_form(congresses.with_content(access.workspace()), is_trusted=True)
    person.entries = {each: entry for each, entry in person.entries.items() if each.name in ASKED}
    for each, entry in person.entries.items():
        entry.required = entry.required and each.name in NAMES
    return WalkIn(person)


def _page(form: WalkIn, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    known: Sequence[Neighbour] = ()
    if isinstance(refusal, RegisteredAlready):
        known = neighbours.people(workspace.id, refusal.people)
    return frame.page(
        "walk_in.html",
        current="check-in",
        door=check_in.asked(),
        form=form,
        errors=[(None, _reason(refusal))] if refusal else form.person.errors,
        heading=refusals.heading(refusal, workspace.zone) if refusal else None,
        known=known,
        asks_for_another=isinstance(refusal, SameName) or form.is_another,
    )


def _reason(refusal: Refused) -> str:
    if isinstance(refusal, NoFreePlace):
        return _(
            "So nobody was registered. Only the organisers can register people beyond capacity."
        )
    return refusals.reason(refusal, access.workspace().zone)
