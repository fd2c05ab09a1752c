"""The own colours of a congress: typed, looked at before they are saved, and given up again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import editing
from congress.domain.errors import Refused
from congress.domain.look import HOUSE, NAMES, Faint, Look, LookEditedMeanwhile, faint, read_colour
from congress.queries import congresses
from congress.services.planning import looking
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, meanwhile, settings_words
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile

REFUSED, ANOTHER = 422, 409
LONGEST = 20  # characters
EXAMPLES = {"primary": "#1a5276", "accent": "#c0562b"}


@dataclass
class LookForm:
    """What was typed; `nearest` has the colour that would do for each that would not."""

    entries: dict[str, Entry]
    version: str
    nearest: dict[str, str]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]

    @property
    def look(self) -> Look | None:
        """What it says once nothing is wrong; None are the colours of the house."""
        return Look.of({name: entry.value for name, entry in self.entries.items() if entry.value})


def edit_look() -> ResponseReturnValue:
    """Show the form, show what typed colours look like, or save them."""
    if request.method == "GET":
        stored = _stored()
        return _show(_form(stored, editing.version_of(stored)))
    form = _typed(request.form)
    if form.errors:
        return _show(form), REFUSED
    if "save" not in request.form and "house" not in request.form:
        return _show(form, is_preview=True)
    wanted = None if "house" in request.form else form.look
    try:
        names = looking.wear(
            access.workspace().id,
            wanted,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except LookEditedMeanwhile as refusal:
        return _after_another(form, wanted, refusal)
    return frame.done(_("The colours are saved.") if names else _("Nothing was changed."), PAGE)


PAGE = "/settings/look"


def style() -> Response:
    """Send the style sheet of typed colours to the page that shows them, or of those saved."""
    asked = {name: read_colour(request.args.get(name, "")) or "" for name in NAMES}
    found = Look.of(asked if all(asked.values()) else _in_row(_stored()))
    return Response(found.style if found else "", mimetype="text/css")


def _after_another(
    form: LookForm, wanted: Look | None, refusal: LookEditedMeanwhile
) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    stored, mine = _stored(), wanted.values if wanted else HOUSE
    if stored == mine:  # pressed twice
        return frame.done(_("The colours are saved."), PAGE)
    again, others = meanwhile.merged(mine, stored, form.version, _lines)
    if not all(again.values()):  # two colours or none
        again = dict(mine)
    filled = _form(again, editing.version_of(stored))
    shown = Meanwhile(others.clashes)
    return _show(filled, refusal=refusal, others=shown), ANOTHER


def _stored() -> dict[str, str]:
    look = congresses.get_congress(access.workspace().id).look
    return look.values if look else dict(HOUSE)


def _in_row(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _form(values: Mapping[str, str], version: str) -> LookForm:
    entries = {
        name: Entry(name, str(settings_words.LOOK[name]), values[name], required=True)
        for name in NAMES
    }
    return LookForm(entries, version, {})


def _typed(sent: Mapping[str, str]) -> LookForm:
    """Return the form with what was sent; a button may bring a colour that does."""
    form = _form(HOUSE, sent.get("version", "")[:LONGEST])
    if "house" in sent:
        return form
    for name, entry in form.entries.items():
        said = sent.get(f"take_{name}") or sent.get(name, "")
        missing = _("Please enter a colour, for example %(colour)s.", colour=EXAMPLES[name])
        read_line(entry, said, most=LONGEST, missing=missing)
        if not entry.errors:
            _check(form, entry)
    return form


def _check(form: LookForm, entry: Entry) -> None:
    colour = read_colour(entry.value)
    if colour is None:
        entry.errors.append(
            _(
                "Please enter the colour as six figures from 0 to 9 and a to f, for example "
                "%(colour)s.",
                colour=EXAMPLES[entry.name],
            )
        )
        return
    entry.value = colour
    if found := faint(entry.name, colour):
        form.nearest[entry.name] = found.nearest
        entry.errors.append(_why(entry.name, found))


def _why(name: str, found: Faint) -> str:
    facts = {"ratio": _number(found.ratio), "needed": _number(found.needed)}
    facts["nearest"] = found.nearest
    if name == "primary":
        return _(
            "White text on this colour has a contrast of %(ratio)s to 1; it needs %(needed)s to 1. "
            "The nearest colour that has it is %(nearest)s.",
            **facts,
        )
    return _(
        "On a light or a dark page this colour has a contrast of only %(ratio)s to 1; it needs "
        "%(needed)s to 1 on both. The nearest colour that has it is %(nearest)s.",
        **facts,
    )


def _number(ratio: float) -> str:
    """Return a contrast with as many decimals as tell it from what is needed."""
    text = f"{ratio:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if languages.current() == "de" else text


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    house = _("colour of the house")
    return [
        Line(str(settings_words.LOOK[name]), now[name] or house, was[name] or house)
        for name in names
    ]


def _show(
    form: LookForm,
    *,
    is_preview: bool = False,
    refusal: Refused | None = None,
    others: Meanwhile | None = None,
) -> str:
    workspace = access.workspace()
    look = form.look if not form.errors else None
    return frame.page(
        "look.html",
        current="settings",
        form=form,
        **refusals.box(refusal or form.errors, workspace.zone),
        look=look,
        look_style=_style_of(look) if look else "",
        colour=congresses.get_congress(workspace.id).colour,
        is_own=bool(_in_row(_stored())),
        is_preview=is_preview,
        meanwhile=others,
    )


def _style_of(look: Look) -> str:
    own = f"/organiser/{access.workspace().slug}/settings/look.css"
    return f"{own}?primary={look.primary[1:]}&accent={look.accent[1:]}"
