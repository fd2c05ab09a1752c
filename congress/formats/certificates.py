"""Certificates of attendance on paper, each on a page in the language of whoever gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress.domain.certificates import Statement
from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.texts import in_language
from congress.domain.times.time_slots import TimeSlot
from congress.formats.catalogue import catalogue
from congress.formats.codes import svg_file
from congress.formats.dates import Dates
from congress.formats.meal_words import by_day
from congress.formats.printing import Data, Printed
from congress.formats.typography import listed

MINUTES = 60
SIGNATURE = "signature.png"


@dataclass(frozen=True)
class Paper:
    """One certificate: whom it names, what it says, and where it can be checked."""

    name: str
    language: str
    said: Statement
    issued_at: datetime
    code: str
    address: str


@dataclass(frozen=True)
class Signed:
    """Who signs; without a picture one signs by hand."""

    name: str
    role: str
    picture: bytes | None


def printed(
    papers: Sequence[Paper],
    congress: Congress,
    signed: Signed,
    *,
    language: str,
    created: datetime,
) -> Printed:
    """Return some certificates, each on a page."""
    pictures = {f"{each.code}.svg": svg_file(each.address) for each in papers}
    if signed.picture is not None:
        pictures[SIGNATURE] = signed.picture
    hosts = [each.name for each in congress.named(OrganisationRole.HOST)]
    _ = catalogue(language).gettext
    title = _("Certificate of attendance") if len(papers) == 1 else _("Certificates of attendance")
    data: Data = {
        "hosts": listed(hosts, language),
        "signer": signed.name,
        "role": signed.role,
        "signature_of": signed.name or signed.role or _("Signature"),
        "signature": SIGNATURE if signed.picture is not None else "",
        "certificates": [_words(each, congress) for each in papers],
    }
    return Printed(
        "certificates.typ",
        f"{title}: {in_language(congress.title, language)}",
        language,
        created,
        data,
        pictures,
    )


def length(time: timedelta, language: str) -> str:
    """Return "7 hours 30 minutes"."""
    hours, minutes = divmod(int(time.total_seconds()) // MINUTES, MINUTES)
    words = catalogue(language)
    said = [
        words.ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours},
        words.ngettext("%(num)d minute", "%(num)d minutes", minutes) % {"num": minutes},
    ]
    return " ".join(each for each, number in zip(said, (hours, minutes), strict=True) if number)


def _day(day: TimeSlot, said: Statement, dates: Dates) -> str:
    title = said.modules.get(day.starts_at.astimezone(dates.zone).date(), {})
    words = f"{dates.day(day.starts_at)}, {dates.range(day)}"
    return ": ".join(filter(None, [words, in_language(title, dates.language)]))


def _modules(said: Statement, language: str) -> str:
    words = catalogue(language).ngettext(
        "%(attended)d of %(num)d module attended",
        "%(attended)d of %(num)d modules attended",
        said.held,
    )
    return words % {"num": said.held, "attended": len(said.days)}


def _words(paper: Paper, congress: Congress) -> Data:
    said, language = paper.said, paper.language
    _, dates = catalogue(language).gettext, Dates(language, congress.zone)
    took = length(said.length, language)
    rows = [
        (
            _("Date and time"),
            [_day(day, said, dates) for day in said.days],
        ),
        (_("Modules"), [_modules(said, language)] if said.held else []),
        (_("Place"), [said.place] if said.place else []),
        (_("Duration"), [_("%(length)s as scheduled, breaks included") % {"length": took}]),
        (
            _("Workshops"),
            [
                f"{in_language(each.title, language)} ({dates.range(each.slot)})"
                for each in said.workshops
            ],
        ),
        (_("Free meals"), by_day(said.meals, dates)),
    ]
    issued = dates.date(paper.issued_at)
    return {
        "language": language,
        "heading": _("Certificate of attendance"),
        "name": paper.name,
        "sentence": _("attended the event “%(event)s”.")
        % {"event": in_language(said.title, language)},
        "rows": [{"label": label, "lines": lines} for label, lines in rows if lines],
        "issued": f"{said.place}, {issued}" if said.place else issued,
        "check": _(
            "Anyone can check here that this certificate is genuine; the name is asked for:"
        ),
        "address": paper.address,
        "code": f"{paper.code}.svg",
        "code_of": _("The same address as a code"),
    }
