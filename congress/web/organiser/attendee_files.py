"""The attendee list as a file: what can be chosen for one, and the file itself.

Both follow the filters in the address; the choices stand there too, so a link is a whole order.
"""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_files import (
    MOST_PRINTED_COLUMNS,
    MOST_PRINTED_LINES,
    Extra,
    Line,
    Several,
    Shape,
)
from congress.domain.attendee_list import in_any_file, in_file, visible
from congress.domain.errors import Refused
from congress.domain.own_questions import QuestionKind
from congress.queries import attendees
from congress.services.exporting import FileFormat
from congress.services.exporting_attendees import AttendeeFile, export_attendees
from congress.web import access, handed_out, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import filters, frame
from congress.web.organiser.filters import Filters, member
from congress.web.organiser.writing import in_words

FORMATS = {
    FileFormat.XLSX: "Excel (.xlsx)",
    FileFormat.CSV: "CSV",
    FileFormat.PDF: "PDF",
    FileFormat.JSON: "JSON",
}
REFUSED = 422


def attendee_files() -> str:
    """Show what a file of the list can be like, and its formats to choose from."""
    return _page()


def _page(refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    chosen, shape = filters.from_address(workspace), shape_from_address()
    return frame.page(
        "attendee_files.html",
        current="attendees",
        filters=chosen,
        said=in_words(chosen),
        total=attendees.count(workspace.id, chosen),
        formats=FORMATS,
        choices=_choices(chosen, shape),
        sheets=_sheets(shape),
        most_printed=(MOST_PRINTED_COLUMNS, languages.number(MOST_PRINTED_LINES)),
        **refusals.box(refusal or (), workspace.zone),
    )


def attendees_file(suffix: str) -> ResponseReturnValue:
    """Hand out the filtered list as a file (SEC-03: with this login and never from a cache).

    It has all columns unless the address names some: then it says what the page says.
    """
    workspace, account = access.workspace(), access.account()
    chosen = filters.from_address(workspace)
    roles, has_groups = account.roles_in(workspace.id), bool(chosen.priority_groups.names)
    columns = visible(
        roles,
        chosen.questions,
        has_groups=has_groups,
        is_hybrid=chosen.is_hybrid,
        has_wishes=bool(chosen.by_wishes),
    )
    if not columns:
        abort(403)
    columns = in_file(chosen.columns) if names_columns() else in_any_file(columns)
    shape, said = shape_from_address(), in_words(chosen)
    asked = AttendeeFile(chosen, FileFormat(suffix), columns, languages.current(), shape, said)
    try:
        exported = export_attendees(workspace.id, asked, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _page(refusal), REFUSED
    return handed_out.made(exported)


def shape_from_address() -> Shape:
    """Read how the list is to be laid out; what the address does not name is as usual."""
    extras = (member(Extra, each) for each in request.args.getlist("sheets"))
    return Shape(
        member(Line, request.args.get("line", "")) or Line.PERSON,
        member(Several, request.args.get("several", "")) or Several.JOINED,
        frozenset(each for each in extras if each is not None),
    )


def names_columns() -> bool:
    """Return whether the address says which columns are wanted; else all are."""
    return any(request.args.getlist("columns"))


def _choices(chosen: Filters, shape: Shape) -> list[dict[str, object]]:
    """Return what can be chosen, as fields: each with its name, label, value and choices."""
    columns = chosen.listed_columns
    found: list[dict[str, object]] = [
        {
            "name": "columns",
            "label": _("Columns"),
            "value": columns if names_columns() else "",
            "choices": [(columns, _("As shown")), ("", _("All columns"))],
        },
        {
            "name": "line",
            "label": _("One line for each"),
            "value": shape.line,
            "choices": [
                (Line.PERSON, _("person")),
                (Line.BOOKING, _("place in a workshop and each wait for one")),
            ],
        },
    ]
    if any(each.kind is QuestionKind.SEVERAL for each in chosen.questions):
        found.append(
            {
                "name": "several",
                "label": _("Questions with several answers"),
                "value": shape.several,
                "choices": [
                    (Several.JOINED, _("all answers in one column")),
                    (Several.APART, _("one column for each answer")),
                ],
            }
        )
    return found


def _sheets(shape: Shape) -> dict[str, object]:
    """Return the further sheets of a workbook to choose from, as a field."""
    words = {
        Extra.TOTALS: _("Totals: how many people in each state and workshop"),
        Extra.WORKSHOPS: _("A sheet for each workshop with the people who have a place in it"),
    }
    return {"name": "sheets", "value": [*shape.extras], "choices": [*words.items()]}
