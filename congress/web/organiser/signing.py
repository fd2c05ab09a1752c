"""Takes over from a signed sheet who was there: rows by their numbers, others by their names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendance import CameBy, days_of, require_open_door
from congress.domain.attendee_list import Wanted
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.sign_in import (
    LONGEST_ENTRY,
    OnPaper,
    PaperUnseen,
    SheetFor,
    Taking,
    in_short,
    read_rows,
    taking,
)
from congress.queries import congresses, contributor_door, door, programme, sign_in
from congress.queries.sign_in import Named, PaperPeople, PrintedSheet
from congress.services import signing_in
from congress.web import access, refusals
from congress.web.entries import Entry, read_id, read_text, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame
from congress.web.organiser.filters import printable

WRONG, ANOTHER = 422, 409
MOST_FOUND = 20
MOST_PICKED = 500  # by name: more of them stand on a sheet
MOST_LISTED = 1_000  # rows beside the form; the paper has them all
BACK = "/attendance"


@dataclass(frozen=True)
class Place:
    """Where people signed: a day of the congress, or a workshop on its day."""

    where: SheetFor
    address: str  # after that of the congress
    item: ProgrammeItem | None = None

    @property
    def anchor(self) -> str:
        """Where the page of who was there speaks of it."""
        return f"{BACK}#{self.item.code if self.item else f'day-{self.where.day.isoformat()}'}"


@dataclass
class PaperForm:
    """What is typed from a paper."""

    rows: Entry
    sheet: PrintedSheet
    sheets: Sequence[PrintedSheet]  # the latest first; without one, what would be printed now
    search: str = ""
    offered: dict[int, Named] = field(default_factory=dict)  # beside those on the sheet
    picked: frozenset[int] = frozenset()  # of them
    contributors: frozenset[int] = frozenset()  # of the programme, who signed for the day

    @property
    def is_printed(self) -> bool:
        return bool(self.sheets)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [
            (
                each.code,
                _(
                    "%(code)s, printed %(moment)s",
                    code=each.code,
                    moment=frame.short_moment(each.printed_at),
                ),
            )
            for each in self.sheets
        ]

    def paper(self, numbers: frozenset[int]) -> OnPaper:
        """Return what these rows and the boxes say."""
        people = self.sheet.registrations
        return OnPaper(
            sheet=frozenset(people),
            signed=frozenset(people[number - 1] for number in numbers),
            others=self.picked,
            dropped=frozenset(self.offered) - self.picked,
        )


def enter_day(day: str) -> ResponseReturnValue:
    """Take over who was at the congress on a day."""
    return _enter(_day(day))


def enter_workshop(code: str) -> ResponseReturnValue:
    """Take over who was in a workshop."""
    return _enter(_workshop(code))


def _day(said: str) -> Place:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        abort(404)
    if day not in days_of(congresses.with_content(access.workspace())):
        abort(404)
    return Place(SheetFor(day), f"{BACK}/{day.isoformat()}")


def _workshop(code: str) -> Place:
    workspace = access.workspace()
    found = (each for each in programme.kept_workshops(workspace) if each.code == code)
    item = next(found, None) or abort(404)
    if item.face.cancelled:
        abort(404)
    day = item.slot.starts_at.astimezone(workspace.zone).date()
    return Place(SheetFor(day, item.id), f"{BACK}/workshops/{code}", item)


def _enter(place: Place) -> ResponseReturnValue:
    if request.method == "GET":
        return _show(place, _stored(place))
    form = _typed(place)
    if "find" in request.form:
        return _show(place, form)
    numbers = frozenset[int]()
    try:
        if not form.rows.errors:
            numbers = read_rows(form.rows.value, len(form.sheet.registrations))
    except Refused as refusal:
        form.rows.errors.append(refusals.text(refusal))
    if form.rows.errors:
        return _show(place, form, told(form.rows)), WRONG
    paper = form.paper(numbers)
    people = sign_in.people_of(access.workspace().id, place.where, paper)
    found = taking(people.paper, people.noted, with_place=people.with_place)
    seen = request.form.get("seen", "")[:64]
    if not seen and not (found.is_plain and form.is_printed):
        shut = _why_shut(place)
        return _refused(place, form, shut) if shut else _check(place, form, people, found)
    return _save(place, form, paper, seen or found.mark)


def _save(place: Place, form: PaperForm, paper: OnPaper, seen: str) -> ResponseReturnValue:
    workspace = access.workspace()
    try:
        found = signing_in.take_over(
            workspace.id,
            place.where,
            paper,
            seen=seen,
            drops_kept="drop" in request.form,
            contributors=form.contributors,
            actor=access.actor(),
            now=clock.now(),
        )
    except PaperUnseen as refusal:
        people = sign_in.people_of(workspace.id, place.where, paper)
        found = taking(people.paper, people.noted, with_place=people.with_place)
        return _check(place, form, people, found, refusals.text(refusal)), ANOTHER
    except Refused as refusal:
        return _refused(place, form, refusal)
    many = len(found.added) + len(form.contributors)
    sentence = (
        ngettext(
            "%(num)d person is recorded as present from the sheet.",
            "%(num)d people are recorded as present from the sheet.",
            many,
        )
        if many
        else _("Nobody was added: who signed is recorded already.")
        if paper.signed or paper.others
        else _("Noted: nobody signed.")
    )
    known = len((paper.signed | paper.others) - found.added - found.refused)
    if many and known:  # or whoever counts the signatures misses some
        sentence += " " + ngettext(
            "%(num)d more who signed was recorded already.",
            "%(num)d more who signed were recorded already.",
            known,
        )
    return frame.done(sentence, place.anchor)


def _refused(place: Place, form: PaperForm, refusal: Refused) -> ResponseReturnValue:
    sentence = refusals.text(refusal, access.workspace().zone)
    return _show(place, form, [(None, sentence)]), ANOTHER


def _why_shut(place: Place) -> Refused | None:
    try:
        congress = congresses.with_content(access.workspace())
        require_open_door(congress, place.where.day, now=clock.now())
    except Refused as refusal:
        return refusal
    return None


def _form(place: Place, code: str) -> PaperForm:
    """Return the empty form of a sheet: that of a code, else the latest, else of what is now."""
    congress_id, where = access.workspace().id, place.where
    sheets = sign_in.printed(congress_id, where)
    sheet = next((each for each in sheets if each.code == code), sheets[0] if sheets else None)
    if sheet is None:
        rows = sign_in.rows(congress_id, where.item_id, where.day)
        people = tuple(row.registration_id for row in rows)
        sheet = PrintedSheet(0, "", clock.now(), people)
    return PaperForm(Entry("rows", _("Who signed"), required=True), sheet, sheets)


def _stored(place: Place) -> PaperForm:
    """Return the form with what was taken over already."""
    form = _form(place, request.args.get("sheet", ""))
    noted = sign_in.noted(access.workspace().id, place.where)
    signed = {person for person, by in noted.items() if by is CameBy.PAPER}
    numbers = [
        number
        for number, person in enumerate(form.sheet.registrations, start=1)
        if person in signed
    ]
    form.rows.value = in_short(numbers)
    others = signed - set(form.sheet.registrations)
    _offer(form, others)
    form.picked = frozenset(form.offered)
    return form


def _typed(place: Place) -> PaperForm:
    form = _form(place, request.form.get("sheet", ""))
    read_text(form.rows, request.form.get("rows", ""), most=LONGEST_ENTRY)
    form.search = printable(request.form.get("q", ""))
    ticked, shown = (_ids(name) for name in ("others", "offered"))
    found = _found(place, form.search) if "find" in request.form else set[int]()
    on_sheet = set(form.sheet.registrations)
    _offer(form, (ticked | shown | found) - on_sheet)
    form.picked = frozenset(ticked & form.offered.keys())
    form.contributors = frozenset(_ids("contributors")) if place.item is None else frozenset()
    return form


def _ids(name: str) -> set[int]:
    sent = request.form.getlist(name)[:MOST_PICKED]
    return {number for each in sent if (number := read_id(each)) is not None}


def _found(place: Place, search: str) -> set[int]:
    """Return whom the words find of those who are expected on site."""
    wanted = Wanted(search=search, names_only=True, state=RegistrationState.CONFIRMED)
    if not wanted.words:
        return set()
    workspace = access.workspace()
    is_hybrid = congresses.with_content(workspace).rules.is_hybrid
    people = door.expected(workspace.id, wanted, place.where.day, offset=0, limit=MOST_FOUND)
    return {each.id for each in people if not (is_hybrid and each.is_online)}


def _offer(form: PaperForm, people: set[int]) -> None:
    named = sign_in.named(access.workspace().id, people).values() if people else ()
    form.offered = {each.id: each for each in sorted(named, key=lambda each: each.name)}


def _show(place: Place, form: PaperForm, errors: Sequence[tuple[str | None, str]] = ()) -> str:
    workspace = access.workspace()
    people = form.sheet.registrations[:MOST_LISTED]
    shut = _why_shut(place)
    contributing = (
        contributor_door.expected(workspace.id, place.where.day) if place.item is None else []
    )
    return frame.page(
        "sign_in.html",
        current="check-in",
        place=place,
        form=form,
        errors=errors,
        rows=list(enumerate(people, start=1)),
        named=sign_in.named(workspace.id, people),
        noted=sign_in.noted(workspace.id, place.where),
        shut=refusals.text(shut, workspace.zone) if shut and not errors else "",
        has_searched="find" in request.form,
        contributing=[each for each in contributing if each.came_at is None],
    )


def _check(
    place: Place, form: PaperForm, people: PaperPeople, found: Taking, error: str = ""
) -> str:
    """Show what would come of it, before anything is saved."""
    workspace = access.workspace()
    number_of = {
        people.goes_on[person]: number
        for number, person in enumerate(form.sheet.registrations, start=1)
        if person in people.goes_on
    }
    everybody = found.added | found.removed | found.kept | found.refused
    named = sign_in.named(workspace.id, everybody)

    def shown(whom: frozenset[int]) -> list[tuple[int | None, Named]]:
        lines = [(number_of.get(each), named[each]) for each in whom if each in named]
        return sorted(lines, key=lambda line: (line[0] is None, line[0] or 0, line[1].name))

    return frame.page(
        "sign_in_check.html",
        current="check-in",
        place=place,
        form=form,
        found=found,
        added=shown(found.added),
        removed=shown(found.removed),
        kept=shown(found.kept),
        refused=shown(found.refused),
        error=error,
    )
