"""The form of a call: what is asked for, in two languages, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from congress.domain.calls import Call, ProposalKind
from congress.domain.programme import LONGEST_LINE, LONGEST_TEXT
from congress.domain.registration import end_of_day
from congress.web.entries import TICKED, Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import day_of, texts_of

LONGEST_VERSION = 64
TEXTS = ("title_de", "title_en", "text_de", "text_en")


@dataclass
class CallForm:
    """Everything on the page, as typed."""

    entries: dict[str, Entry]
    kinds: Entry
    chosen: set[str] = field(default_factory=set)
    is_open: bool = True
    version: str = ""

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [error for each in (*self.entries.values(), self.kinds) for error in told(each)]


def filled(call: Call | None, zone: ZoneInfo) -> CallForm:
    """Return the form with a call; that of a new one asks for everything."""
    form = _empty()
    if call is None:
        form.chosen = set(ProposalKind)
        return form
    for language in ("de", "en"):
        form[f"title_{language}"].value = call.title.get(language, "")
        form[f"text_{language}"].value = call.text.get(language, "")
    last = (call.closes_at - timedelta(microseconds=1)).astimezone(zone)
    form["closes_at"].value = f"{last:%d.%m.%Y}"
    form.chosen, form.is_open, form.version = set(call.kinds), call.is_open, call.version
    return form


def typed(sent: MultiDict[str, str]) -> CallForm:
    """Return the form with what was sent."""
    form = _empty()
    for name in ("title_de", "title_en", "closes_at"):
        read_line(form[name], sent.get(name, ""), most=LONGEST_LINE)
    for name in ("text_de", "text_en"):
        read_text(form[name], sent.get(name, ""), most=LONGEST_TEXT)
    form.chosen = {each for each in ProposalKind if each in sent.getlist("kinds")}
    form.is_open = sent.get("is_open") == TICKED
    form.version = sent.get("version", "")[:LONGEST_VERSION]
    return form


def read_call(form: CallForm, before: Call | None, zone: ZoneInfo) -> Call | None:
    """Return what the form means, or None when something in it has to be corrected."""
    german = form["title_de"]
    if not german.value and not german.errors:
        german.errors.append(_("Please enter a title in German."))
    if form["text_en"].value and not form["text_de"].value:
        form["text_de"].errors.append(_("Please fill this in in German as well."))
    day = day_of(form["closes_at"])
    if not form.chosen:
        form.kinds.errors.append(_("Please choose at least one kind."))
    if form.errors or day is None:
        return None
    kept: Mapping[str, Mapping[str, str]] = (
        {"title": before.title, "text": before.text} if before else {"title": {}, "text": {}}
    )
    return Call(
        title=texts_of(kept["title"], form["title_de"], form["title_en"]),
        text=texts_of(kept["text"], form["text_de"], form["text_en"]),
        kinds=tuple(each for each in ProposalKind if each in form.chosen),
        closes_at=end_of_day(day, zone),
        is_open=form.is_open,
    )


def _empty() -> CallForm:
    labels = {
        "title_de": _("Title (German)"),
        "title_en": _("Title (English)"),
        "text_de": _("Text (German)"),
        "text_en": _("Text (English)"),
        "closes_at": _("Last day for proposals"),
    }
    required = {"title_de", "closes_at"}
    return CallForm(
        {name: Entry(name, label, required=name in required) for name, label in labels.items()},
        Entry("kinds", _("What is asked for?"), required=True),
    )
