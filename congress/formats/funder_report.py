"""The report to the funder as tables in words: the same for page, workbook and paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from babel.numbers import format_decimal, format_percent

from congress.domain.congresses import CongressKind
from congress.domain.network.funder_report import AreaFigures, FunderReport, KindFigures, Projects
from congress.domain.network.masking import SMALLEST, Count
from congress.domain.network.projects import ProjectKind
from congress.domain.network.report_tables import Part
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.table import Cell, Heading
from congress.formats.xlsx import Workbook

FIRST_COLUMN, COLUMN = 34, 18  # characters


def parts(report: FunderReport, dates: Dates, language: str) -> list[Part]:
    """Return the tables; a number that is told exactly is a number, any other one a text."""
    years = [_years(report, language)] if len(report.years) > 1 else []
    return [
        _events(report, language),
        *years,
        _attendance(report, language),
        _workshops(report, language),
        _cohorts(report, language),
        _districts(report, language),
        _projects(report, language),
        _network(report, dates, language),
    ]


def in_words(count: Count, language: str) -> str:
    """Return a number of people: "12", "under 5", "36 to 39"."""
    if count.is_exact:
        return format_decimal(count.most, locale=language)
    if count.least < SMALLEST:
        words = catalogue(language).gettext("under %(number)s")
        return words % {"number": format_decimal(count.most + 1, locale=language)}
    words = catalogue(language).gettext("%(least)s to %(most)s")
    least, most = (format_decimal(each, locale=language) for each in (count.least, count.most))
    return words % {"least": least, "most": most}


def kind_name(kind: CongressKind, language: str) -> str:
    """Return what a kind of occasion is called."""
    _ = catalogue(language).gettext
    return {
        CongressKind.FACHKONGRESS: _("Conference"),
        CongressKind.NETWORK_MEETING: _("Network meeting"),
        CongressKind.TOPIC_WORKSHOP: _("Themed workshop"),
        CongressKind.TRAINING: _("Training course"),
        CongressKind.MARKET: _("Marketplace"),
        CongressKind.SOCIAL_DAY: _("Social Day"),
        CongressKind.OTHER: _("Event"),
    }[kind]


def write_workbook(
    tables: Sequence[Part], file: BinaryIO, *, title: str, created: datetime
) -> None:
    """Write a sheet for each table."""
    with Workbook(file, title=title, created=created) as book:
        for each in tables:
            headings = [
                Heading(heading, COLUMN if place else FIRST_COLUMN)
                for place, heading in enumerate(each.headings)
            ]
            rows: list[Sequence[Cell]] = list(each.rows)
            if each.note:
                rows.append([each.note, *[None] * (len(headings) - 1)])
            book.add_sheet(each.title, headings, rows)


def _cell(count: Count, language: str) -> str | int:
    return count.most if count.is_exact else in_words(count, language)


def _by_kind(report: FunderReport, language: str) -> list[tuple[str, KindFigures]]:
    all_of_them = catalogue(language).gettext("In all")
    found = [(kind_name(kind, language), each) for kind, each in report.kinds.items()]
    return [*found, (all_of_them, report.overall)]


def _events(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    return Part(
        "events",
        _("Events and registrations"),
        "",
        [
            *(_("Kind of event"), _("Count"), _("Registered"), _("On site"), _("Online")),
            _("Municipalities reached"),
        ],
        [
            (
                name,
                each.occasions,
                *(_cell(one, language) for one in (each.registered, each.on_site, each.online)),
                each.municipalities,
            )
            for name, each in _by_kind(report, language)
        ],
    )


def _years(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    each_year = [(str(year), each) for year, each in report.years.items()]
    return Part(
        "years",
        _("Year by year"),
        _("An event that goes on into the next year counts in the year in which it ends."),
        [
            *(_("Year"), _("Count"), _("Registered"), _("Came"), _("Stayed away")),
            *(_("Workshops and placements"), _("Municipalities reached")),
        ],
        [
            (
                name,
                each.occasions,
                _cell(each.registered, language),
                *_presence(each, language),
                each.workshops,
                each.municipalities,
            )
            for name, each in [*each_year, (_("In all"), report.overall)]
        ],
    )


def _presence(figures: KindFigures, language: str) -> tuple[str | int, str | int]:
    """Return how many came and stayed away, as far as that was recorded."""
    if not figures.recorded:
        unknown = catalogue(language).gettext("not recorded")
        return unknown, unknown
    return _cell(figures.came, language), _cell(figures.stayed_away, language)


def _attendance(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    return Part(
        "attendance",
        _("Attendance"),
        _("Came and stayed away are counted for the events at which attendance was recorded."),
        [
            *(_("Kind of event"), _("Count"), _("With attendance")),
            *(_("Came"), _("Stayed away")),
        ],
        [
            (name, each.occasions, each.recorded, *_presence(each, language))
            for name, each in _by_kind(report, language)
        ],
    )


def _workshops(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    return Part(
        "workshops",
        _("Workshops and placements"),
        _(
            "Places and the share of them that was taken leave out workshops and placements without"
            " a limit and those with fewer than five places."
        ),
        [
            _("Kind of event"),
            _("Workshops and placements"),
            _("People"),
            _("Places"),
            _("Places taken"),
        ],
        [
            (
                name,
                *(each.workshops, _cell(each.booked, language), each.places),
                _share(each.filled, each.places, language),
            )
            for name, each in _by_kind(report, language)
        ],
    )


def _share(count: Count, places: int, language: str) -> str:
    if not places:
        return "–"
    least, most = (format_percent(each / 100, locale=language) for each in count.share_of(places))
    words = catalogue(language).gettext("%(least)s to %(most)s")
    return least if least == most else words % {"least": least, "most": most}


def _cohorts(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    found = report.cohorts
    is_known = found.recorded or not found.cohorts
    completed = _cell(found.completed, language) if is_known else _("not recorded")
    return Part(
        "cohorts",
        _("Training courses that ended"),
        _(
            "These are counted in the year of their last module. Somebody has completed a course"
            " who attended as many modules as its certificate asks for; they are counted for the"
            " courses at which attendance was recorded."
        ),
        [_("What"), _("Count")],
        [
            (_("Training courses"), found.cohorts),
            (_("Modules of these courses"), found.modules),
            (_("Participants"), _cell(found.participants, language)),
            (_("Municipalities reached"), found.municipalities),
            (_("Courses with attendance"), found.recorded),
            (_("Completed the course"), completed),
        ],
    )


def _projects(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    names = {
        ProjectKind.PUBLICATION: _("Publication"),
        ProjectKind.WORKING_GROUP: _("Working group"),
        ProjectKind.CONTRIBUTION: _("Contribution to an event of others"),
        ProjectKind.INITIATIVE_CIRCLE: _("Initiative circle"),
    }
    found = report.projects
    whole = Projects(
        sum(each.running for each in found.values()), sum(each.finished for each in found.values())
    )
    lines = [*((names[kind], each) for kind, each in found.items()), (_("In all"), whole)]
    return Part(
        "projects",
        _("Network projects"),
        _(
            "Those that ran on at least one day of these years, each as far as it is today."
            " Proposals are left out."
        ),
        [_("Kind of project"), _("Count"), _("Running"), _("Finished")],
        [(name, each.all, each.running, each.finished) for name, each in lines],
    )


def _districts(report: FunderReport, language: str) -> Part:
    _ = catalogue(language).gettext
    note = _(
        "Each person counts once in a year, where they come from an organisation of the register."
        " Years that are not over are left out."
    )
    areas = [*sorted(report.districts.values(), key=_called), *report.elsewhere]
    unknown = (_("District not known"), _cell(report.unknown, language), "–")
    return Part(
        "districts",
        _("Districts reached"),
        note,
        [_("District"), _("People"), _("Municipalities reached")],
        [*(_area(each, language) for each in areas), unknown],
    )


def _called(area: AreaFigures) -> str:
    return area.name.removeprefix("Kreis ")


def _area(area: AreaFigures, language: str) -> tuple[str, str | int, str | int]:
    known = area.municipalities
    return area.name, _cell(area.people, language), "–" if known is None else known


def _network(report: FunderReport, dates: Dates, language: str) -> Part:
    _ = catalogue(language).gettext
    day = {"day": dates.date(report.members.day)}
    return Part(
        "network",
        _("Network and info mails"),
        "",
        [_("What"), _("Count")],
        [
            (_("Members on %(day)s") % day, report.members.members),
            (_("Partners on %(day)s") % day, report.members.partners),
            (_("Info mails of the network sent"), report.network_mails.number),
            (
                _("People whom the mails of the network went to, added up"),
                _cell(report.network_mails.readers, language),
            ),
            (_("Info mails of events sent"), report.mails.number),
            (
                _("People whom the mails of events went to, added up"),
                _cell(report.mails.readers, language),
            ),
        ],
    )
