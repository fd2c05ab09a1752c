"""The sheets of people in a programme: one in a form, all on a page to print, all as a file."""

from collections.abc import Iterator

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.access import Right
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Contributor
from congress.domain.planning.speaker_sheets import LONGEST, Sheet, shown_fields
from congress.formats.table import Cell, Heading
from congress.queries.planning import contributors, speaker_sheets
from congress.services.exporting import Listed, Listing
from congress.services.planning import noting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.field_names import field_name

REFUSED, UNSEEN = 422, 409
LONGEST_MARK = 64
WIDTH = 30  # of a column


def edit_sheet(person_id: int) -> ResponseReturnValue:
    """Show the notes about somebody in a form, or keep what was entered."""
    found = contributors.find(access.workspace().id, person_id) or abort(404)
    stored = _stored(person_id)
    entries = [
        Entry(each, field_name(each), value=getattr(stored, each))
        for each in shown_fields(sees_fee=_sees_fee())
    ]
    if request.method == "GET":
        return _show(found, entries, stored.mark)
    for entry in entries:
        read_text(entry, request.form.get(entry.name, ""), most=LONGEST)
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    if any(entry.errors for entry in entries):
        return _show(found, entries, seen), REFUSED
    try:
        noting.note(
            access.workspace().id,
            person_id,
            Sheet(**{entry.name: entry.value for entry in entries}),
            seen=seen,
            sees_fee=_sees_fee(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(found, entries, _stored(person_id).mark, refusal), UNSEEN
    return frame.done(_("“%(title)s” is saved.", title=found.name), f"/people/{person_id}")


def sheets() -> str:
    """Show all sheets, to be printed."""
    return frame.page(
        "sheets.html",
        current="programme",
        sheets=_all(),
        fields=[(each, field_name(each)) for each in shown_fields(sees_fee=_sees_fee())],
    )


def sheets_file() -> Response:
    """Hand out all sheets as a file (SEC-03)."""
    fields = shown_fields(sees_fee=_sees_fee())
    headings = [_("Name"), _("Organisation"), *map(field_name, fields)]

    def rows() -> Iterator[list[Cell]]:
        for person, sheet in _all():
            notes = [getattr(sheet, each) for each in fields]
            yield [person.name, languages.text(person.affiliation), *notes]

    return frame.listing(
        Listing(Listed.SHEETS, [Heading(each, WIDTH) for each in headings], rows(), fields=fields)
    )


def _all() -> list[tuple[Contributor, Sheet]]:
    congress_id, sees_fee = access.workspace().id, _sees_fee()
    known = speaker_sheets.of_congress(congress_id)
    found = [
        (person, known[person.person_id].seen_by(sees_fee=sees_fee))
        for person in contributors.of_congress(congress_id)
        if person.person_id in known
    ]
    return [(person, sheet) for person, sheet in found if not sheet.is_empty]


def _stored(person_id: int) -> Sheet:
    return speaker_sheets.get(access.workspace().id, person_id).seen_by(sees_fee=_sees_fee())


def _sees_fee() -> bool:
    return access.may(Right.SEE_FEES)


def _show(
    found: Contributor, entries: list[Entry], seen: str, refusal: Refused | None = None
) -> str:
    stored = _stored(found.person_id)
    return frame.page(
        "edit_sheet.html",
        current="programme",
        person=found,
        entries=entries,
        seen=seen,
        stored=[(each.label, getattr(stored, each.name)) for each in entries] if refusal else [],
        errors=[error for entry in entries for error in told(entry)],
        error=refusals.text(refusal) if refusal else "",
    )
