"""What stands on the printed sheets of a congress: the line of the funder, and free meals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from congress import clock
from congress.domain import editing, paper
from congress.domain.attendance import days_of
from congress.domain.errors import Refused
from congress.domain.paper import FUNDER, LONGEST_FUNDER, PaperEditedMeanwhile
from congress.formats.meal_words import meal_names
from congress.queries import congresses
from congress.services.planning import imprinting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, meanwhile
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile
from congress.web.organiser.paper_words import LABELS, label, said

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/print"
LONGEST_VERSION = 1_000  # characters


@dataclass
class DayMeals:
    """The boxes of one day as the form macros want them."""

    name: str
    label: str
    value: list[str]
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"meals-{self.name}"


@dataclass
class PaperForm:
    """Two lines and a row of boxes for each day; `version` is that of what it was opened with."""

    lines: dict[str, Entry]
    days: list[DayMeals]
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.lines.values() for error in told(entry)]

    @property
    def values(self) -> dict[str, str]:
        lines = {name: entry.value for name, entry in self.lines.items()}
        return lines | {day.name: paper.as_text(day.value) for day in self.days}


def edit_paper() -> ResponseReturnValue:
    """Show the form, or save it."""
    if request.method == "GET":
        stored = _stored()
        return _show(_form(stored, editing.version_of(stored)))
    form = _typed(request.form)
    if form.errors:
        return _show(form), REFUSED
    try:
        names = imprinting.imprint(
            access.workspace().id,
            form.values,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except PaperEditedMeanwhile as refusal:
        return _after_another(form, refusal)
    return frame.done(_("Saved for the next sheets.") if names else _("Nothing was changed."), PAGE)


def _after_another(form: PaperForm, refusal: PaperEditedMeanwhile) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    stored, mine = _stored(), form.values
    if stored == mine:  # pressed twice
        return frame.done(_("Saved for the next sheets."), PAGE)
    again, others = meanwhile.merged(mine, stored, form.version, _lines)
    page = _show(_form(again, editing.version_of(stored)), refusal=refusal, others=others)
    return page, ANOTHER


def _days() -> tuple[date, ...]:
    return days_of(congresses.get_congress(access.workspace().id))


def _stored() -> dict[str, str]:
    congress = congresses.get_congress(access.workspace().id)
    said = congress.paper
    texts = {name: said.funder.get(language, "") for language, name in FUNDER.items()}
    meals = {day.isoformat(): " ".join(each) for day, each in said.meals.items()}
    return paper.whole(texts | meals, days_of(congress))


def _form(values: Mapping[str, str], version: str) -> PaperForm:
    return PaperForm(
        {name: Entry(name, str(LABELS[name]), values.get(name, "")) for name in LABELS},
        [
            DayMeals(
                day.isoformat(), frame.dates().day(day), values.get(day.isoformat(), "").split()
            )
            for day in _days()
        ],
        version,
    )


def _typed(sent: MultiDict[str, str]) -> PaperForm:
    form = _form({}, sent.get("version", "")[:LONGEST_VERSION])
    for name, entry in form.lines.items():
        read_line(entry, sent.get(name, ""), most=LONGEST_FUNDER)
    for day in form.days:
        day.value = paper.as_text(sent.getlist(day.name)).split()
    return form


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    none = _("none")
    return [
        Line(label(each), said(each, now[each]) or none, said(each, was[each]) or none)
        for each in names
    ]


def _show(
    form: PaperForm, *, refusal: Refused | None = None, others: Meanwhile | None = None
) -> str:
    return frame.page(
        "paper.html",
        current="settings",
        form=form,
        meals=list(meal_names(languages.current()).items()),
        **refusals.box(refusal or form.errors, access.workspace().zone),
        meanwhile=others,
    )
