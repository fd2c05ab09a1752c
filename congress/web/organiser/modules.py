"""What each module of a course is about and where it is held, all on one page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import editing, module_facts
from congress.domain.attendance import days_of
from congress.domain.module_facts import LONGEST, NAMES, ModulesEditedMeanwhile
from congress.queries import congresses
from congress.services.planning import describing_modules
from congress.web import access, refusals
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _
from congress.web.organiser import frame, meanwhile, module_words
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile
from congress.web.organiser.readers import told_by_row

REFUSED, ANOTHER = 422, 409
PAGE = "/modules"
LONGEST_VERSION = 2_000  # characters


@dataclass
class ModulesForm:
    """The texts of each day; `version` is that of what the form was opened with."""

    rows: dict[date, dict[str, Entry]]
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        names = (frame.dates().date(day) for day in self.rows)
        return told_by_row((row.values() for row in self.rows.values()), names)

    @property
    def values(self) -> dict[str, str]:
        return {entry.name: entry.value for row in self.rows.values() for entry in row.values()}


def edit_modules() -> ResponseReturnValue:
    """Show the form, or save it."""
    stored = _stored()
    if request.method == "GET":
        return _show(_form(stored, editing.version_of(stored)))
    form = _form({}, request.form.get("version", "")[:LONGEST_VERSION])
    for row in form.rows.values():
        for entry in row.values():
            read_line(entry, request.form.get(entry.name, ""), most=LONGEST)
    if form.errors:
        return _show(form), REFUSED
    now = clock.now()
    try:
        names, told = describing_modules.describe(
            access.workspace().id, form.values, version=form.version, actor=access.actor(), now=now
        )
    except ModulesEditedMeanwhile as refusal:
        return _after_another(form, refusal)
    done = _("The modules are saved.") if names else _("Nothing was changed.")
    return frame.done(done, PAGE, at=now, reach=told)


def _after_another(form: ModulesForm, refusal: ModulesEditedMeanwhile) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    stored, mine = _stored(), form.values
    if stored == mine:  # pressed twice
        return frame.done(_("The modules are saved."), PAGE)
    again, others = meanwhile.merged(mine, stored, form.version, _lines)
    page = _show(_form(again, editing.version_of(stored)), refusal=refusal, others=others)
    return page, ANOTHER


def _stored() -> dict[str, str]:
    congress = congresses.get_congress(access.workspace().id)
    return module_facts.whole(congress.modules, days_of(congress))


def _form(values: Mapping[str, str], version: str) -> ModulesForm:
    words = module_words.names()
    days = days_of(congresses.get_congress(access.workspace().id))
    called = {day: [(module_facts.key(name, day), words[name]) for name in NAMES] for day in days}
    return ModulesForm(
        {
            day: {
                name: Entry(key, label, values.get(key, ""))
                for name, (key, label) in zip(NAMES, of_day, strict=True)
            }
            for day, of_day in called.items()
        },
        version,
    )


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    none = _("none")
    return [Line(module_words.label(name), now[name] or none, was[name] or none) for name in names]


def _show(
    form: ModulesForm,
    *,
    refusal: ModulesEditedMeanwhile | None = None,
    others: Meanwhile | None = None,
) -> str:
    return frame.page(
        "modules.html",
        current="settings",
        form=form,
        **refusals.box(refusal or form.errors, access.workspace().zone),
        meanwhile=others,
    )
