"""Badges: which are to be printed on which sheet, as a file, and noting that they were."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.badges import (
    BY_KEY,
    DIGEST,
    MOST_AT_ONCE,
    MOST_SHIFT,
    SHEETS,
    Badge,
    BadgeSheet,
    BadgeWish,
    Batch,
    Which,
)
from congress.formats.badges import Paper, roles
from congress.queries import badges as queries
from congress.queries import congresses
from congress.services import printing_badges
from congress.web import access, handed_out, languages
from congress.web.entries import TICKED, Entry, read_number, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame

PAGE = "/print/badges"
REFUSED = 422
MOST_NAMED = 60  # of those whose badges are in the file
HOLDER = re.compile(r"[rp][1-9][0-9]{0,9}")
MARK = re.compile(rf"({HOLDER.pattern}):([0-9a-f]{{{DIGEST}}})")


@dataclass
class BadgeForm:
    """What the address asks for."""

    sheet: Entry
    which: Entry
    start: Entry
    right: Entry
    down: Entry
    with_workshops: bool = False
    with_lines: bool = False
    holder: str = ""
    shifts: dict[str, int] = field(default_factory=dict)

    @property
    def chosen(self) -> BadgeSheet:
        return BY_KEY[self.sheet.value]

    @property
    def wish(self) -> BadgeWish:
        return BadgeWish(Which(self.which.value), self.holder, self.with_workshops)

    @property
    def paper(self) -> Paper:
        start = int(self.start.value)
        return Paper(self.chosen, start, **self.shifts, with_lines=self.with_lines)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (self.start, self.right, self.down)
        return [error for entry in entries for error in told(entry)]

    def query(self, **changes: str) -> str:
        """Return the part of an address after "?", with some of it changed."""
        entries = (self.sheet, self.which, self.start, self.right, self.down)
        parts = {entry.name: entry.value for entry in entries} | {
            "workshops": TICKED if self.with_workshops else "",
            "lines": TICKED if self.with_lines else "",
            "holder": self.holder,
        }
        usual = {"which": Which.NEW, "start": "1", "right": "0", "down": "0"}
        kept = {
            name: value
            for name, value in (parts | changes).items()
            if value and usual.get(name) != value
        }
        return f"?{urlencode(kept)}"


def badges() -> ResponseReturnValue:
    """Show which badges are to be printed, or note that those of the last file were."""
    form = _form(request.values)
    if request.method == "POST":
        return _mark(form, request.form.get("printed", ""))
    if form.errors:
        return _show(form), REFUSED
    return _show(form)


def badges_file() -> Response:
    """Hand out the badges as a file (SEC-03: with this login and never from a cache)."""
    form = _form(request.args)
    if form.errors:
        return frame.go_to(f"{PAGE}{form.query()}")
    exported = printing_badges.make_file(
        access.workspace().id,
        form.wish,
        form.paper,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def _mark(form: BadgeForm, printed: str) -> ResponseReturnValue:
    marks = dict(MARK.findall(printed)[:MOST_AT_ONCE])
    count = printing_badges.mark_printed(
        access.workspace().id,
        marks,
        with_workshops=form.with_workshops,
        actor=access.actor(),
        now=clock.now(),
    )
    said = ngettext(
        "%(num)d badge is noted as printed.", "%(num)d badges are noted as printed.", count
    )
    if others := len(marks) - count:
        also = ngettext(
            "%(num)d more has changed meanwhile and has to be printed again.",
            "%(num)d more have changed meanwhile and have to be printed again.",
            others,
        )
        said = f"{said} {also}"
    # The sheet that was begun goes on where it ended.
    used = (int(form.start.value) - 1 + len(marks)) % form.chosen.size if not form.errors else 0
    return frame.done(said, f"{PAGE}{form.query(start=str(used + 1), holder='', which='')}")


def _form(said: Mapping[str, str]) -> BadgeForm:
    key, which = said.get("sheet", ""), said.get("which", "")
    sheet = BY_KEY.get(key, SHEETS[0])
    holder = said.get("holder", "")
    form = BadgeForm(
        Entry("sheet", _("Sheet of badges"), sheet.key),
        Entry("which", _("Whose badges"), which if which in set(Which) else Which.NEW),
        Entry("start", _("First free place on the sheet"), said.get("start", "").strip() or "1"),
        Entry("right", _("Further to the right (mm)"), said.get("right", "").strip() or "0"),
        Entry("down", _("Further down (mm)"), said.get("down", "").strip() or "0"),
        with_workshops=said.get("workshops") == TICKED,
        with_lines=said.get("lines") == TICKED,
        holder=holder if HOLDER.fullmatch(holder) else "",
    )
    if not read_number(form.start.value, most=sheet.size):
        form.start.errors.append(_("Please enter a number from 1 to %(most)d.", most=sheet.size))
    for entry in (form.right, form.down):
        form.shifts[entry.name] = _millimetres(entry)
    return form


def _millimetres(entry: Entry) -> int:
    figures = entry.value.replace("\u2212", "-").removeprefix("-")
    number = read_number(figures, most=MOST_SHIFT)
    if number is None:
        entry.errors.append(
            _("Please enter whole millimetres, from -%(most)d to %(most)d.", most=MOST_SHIFT)
        )
        return 0
    return -number if figures != entry.value else number


def _show(form: BadgeForm) -> str:
    congress = congresses.with_content(access.workspace())
    batch = queries.batch(congress, form.wish)
    size, start = form.chosen.size, read_number(form.start.value, most=form.chosen.size) or 1
    return frame.page(
        "badges.html",
        current="print",
        form=form,
        sheets=[(each.key, _sheet_name(each)) for each in SHEETS],
        choices=_choices(batch),
        batch=batch,
        count=len(batch.badges),
        paper_count=form.chosen.sheets(len(batch.badges), start),
        size=size,
        named=[_named(each, batch) for each in batch.badges[:MOST_NAMED]],
        printed=",".join(f"{holder}:{digest}" for holder, digest in batch.digests.items()),
        errors=form.errors,
    )


def _choices(batch: Batch) -> list[tuple[str, str]]:
    return [
        (Which.NEW, _("New and changed (%(number)d)", number=batch.waiting)),
        (Which.ALL, _("All (%(number)d)", number=batch.everybody)),
    ]


def _named(badge: Badge, batch: Batch) -> dict[str, str]:
    """Return what the list says of one badge: whose it is, and why it is to be printed."""
    changed = _("changed") if batch.is_changed(badge.holder) else ""
    why = _("new") if batch.is_new(badge.holder) else changed
    return {
        "name": badge.name,
        "organisation": languages.text(badge.organisation),
        "role": roles(languages.current())[badge.kind],
        "photos": _("No photos") if badge.without_photos else "",
        "why": why,
    }


def _sheet_name(sheet: BadgeSheet) -> str:
    """Return "90 × 54 mm, 10 on A4 (2 × 5)"."""
    (width, height), count = sheet.badge, sheet.size
    if count == 1:
        return _("%(width)d × %(height)d mm (A6), one on each sheet", width=width, height=height)
    facts = {"columns": sheet.columns, "rows": sheet.rows, "width": width, "height": height}
    name = _(
        "%(width)d × %(height)d mm, %(count)d on A4 (%(columns)d × %(rows)d)", **facts, count=count
    )
    if not (sheet.between_columns or sheet.between_rows):
        return name
    gaps = {"across": sheet.between_columns, "down": sheet.between_rows}
    return _("%(sheet)s, %(across)d mm and %(down)d mm apart", sheet=name, **gaps)
