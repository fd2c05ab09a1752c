"""The log of a congress in words, newest first, and as a file; both follow the filters."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from werkzeug.wrappers import Response

from congress.domain.access import ActorKind
from congress.domain.log_filter import LogFilter
from congress.formats.table import Cell, Heading, Kind
from congress.queries import assigned_lines, audit
from congress.queries.audit import LogLine
from congress.services.exporting import Listed, Listing
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.organiser import frame, log_filters, log_words, putting_back

LINES = 100
LOOKED_THROUGH = 1000  # at once, when words are looked for: they are put together on reading


def log() -> str:
    """Show what was done by whom; older lines on further pages."""
    congress_id = access.workspace().id
    actors = audit.actors(congress_id)
    filters = log_filters.from_address(actors)
    most = LOOKED_THROUGH if filters.wanted.words else LINES
    lines = audit.of_congress(congress_id, filters.wanted, before=filters.before, limit=most + 1)
    shown, last = _shown(lines[:most], filters.wanted)
    has_older = len(lines) > most or (bool(lines) and last is not lines[-1])
    return frame.page(
        "log.html",
        current="log",
        lines=in_words(shown),
        filters=filters,
        actors=actors,
        kinds=log_words.ACTORS,
        subjects=log_filters.subjects(),
        older=last.id if last and has_older else None,
        looked_until=last.at if last and has_older and filters.wanted.words else None,
        is_newest=filters.before is None,
    )


def log_file() -> Response:
    """Hand out what the filters show as a file."""
    workspace = access.workspace()
    filters = log_filters.from_address(audit.actors(workspace.id))
    headings = [Heading(_("When"), 18, Kind.MOMENT), Heading(_("Who"), 30), Heading(_("What"), 60)]
    return frame.listing(Listing(Listed.LOG, headings, _rows(filters.wanted)))


def in_words(lines: list[LogLine]) -> list[dict[str, object]]:
    """Return lines as a page shows them."""
    undoable = putting_back.offered(lines)
    return [
        {
            "at": line.at.isoformat(),
            "when": frame.short_moment(line.at),
            "actor": log_words.actor(line),
            "sentence": log_words.sentence(line),
            "registration_id": line.registration_id,
            "undo": line.id if line.id in undoable else None,
        }
        for line in lines
    ]


def history(registration_id: int, lines: Sequence[LogLine]) -> list[dict[str, object]]:
    """Return the lines about somebody as a page shows them, with what releases brought them."""
    every = [*lines, *assigned_lines.of_registration(registration_id)]
    return in_words(sorted(every, key=attrgetter("at"), reverse=True))


def _shown(lines: list[LogLine], wanted: LogFilter) -> tuple[list[LogLine], LogLine | None]:
    """Return the lines for one page, and the one behind which the next page goes on."""
    found: list[LogLine] = []
    for line in lines:
        if _is_wanted(line, wanted):
            found.append(line)
        if len(found) == LINES:
            return found, line
    return found, lines[-1] if lines else None


def _is_wanted(line: LogLine, wanted: LogFilter) -> bool:
    return not wanted.words or wanted.finds(log_words.sentence(line), log_words.actor(line))


def _rows(wanted: LogFilter) -> Iterator[list[Cell]]:
    workspace = access.workspace()
    for line in audit.whole(workspace.id, wanted):
        if _is_wanted(line, wanted):
            at = line.at.astimezone(workspace.zone).replace(tzinfo=None)
            by_attendee = line.actor is ActorKind.ATTENDEE
            who = _("Attendee") if by_attendee else log_words.actor(line)
            yield [at, who, log_words.sentence(line)]
