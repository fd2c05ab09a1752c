"""The attendee list, following the filters in the address."""

from congress.domain.access import Right
from congress.domain.attendee_list import Sort
from congress.domain.congresses import CongressState
from congress.domain.registration import RegistrationState
from congress.formats import attendee_list
from congress.queries import (
    attendances,
    attendee_views,
    audit,
    congresses,
    contingents,
    duplicates,
    invitations,
    quota_groups,
)
from congress.queries import attendees as queries
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.mode_words import ways
from congress.web.organiser import attendee_cells, filters, frame
from congress.web.organiser.log import in_words

PAGE = 50
LATEST = 5
# Columns that the list can be sorted by.
SORTS = {
    "organisation": Sort.ORGANISATION,
    "workshop": Sort.WORKSHOP,
    "state": Sort.STATE,
    "registered_at": Sort.REGISTERED,
}
MARKS = {
    RegistrationState.CONFIRMED: "ok",
    RegistrationState.WAITING: "wait",
    RegistrationState.OFFERED: "few",
    RegistrationState.CANCELLED: "off",
    RegistrationState.REQUESTED: "few",
}


def attendees() -> str:
    """Show one page of the list."""
    workspace = access.workspace()
    congress_id = workspace.id
    chosen = filters.from_address(workspace)
    counts = queries.counts_by_state(congress_id, chosen)
    total = counts[chosen.state] if chosen.state else sum(counts.values())
    last = max(1, -(-total // PAGE))
    number = min(chosen.page, last)
    offset = (number - 1) * PAGE
    congress = congresses.with_content(workspace)
    has_quota = bool(congress.rules.quota)
    lines = queries.page(
        congress_id,
        chosen,
        offset=offset,
        limit=PAGE,
        columns=chosen.columns,
        with_reserve=has_quota,
    )
    may_see_log = access.may(Right.SEE_LOG)
    # Only where the whole list begins: not again with every letter that is sought.
    looks = access.may(Right.CHANGE_ATTENDEES) and not chosen.is_filtered and number == 1
    return frame.page(
        "attendees.html",
        current="attendees",
        filters=chosen,
        saved=attendee_views.views(congress_id, access.account().id),
        Sort=Sort,
        sorts=SORTS,
        headings=attendee_cells.headings(chosen),
        correctable=attendee_cells.correctable(),
        counts=counts,
        twice=duplicates.count(workspace) if looks else 0,
        states=states(),
        has_quota=has_quota,
        on_reserve=quota_groups.count_on_reserve(congress_id) if has_quota else 0,
        kinds=attendee_list.kinds(languages.current()),
        ways=ways(congress),
        has_kinds=chosen.kind or contingents.is_anybody_else(congress_id),
        counted_as=filters.counted_as(chosen) if chosen.quota_key else "",
        is_recorded=attendances.is_recorded(congress_id),
        has_invited=invitations.is_any(congress_id),
        by_wishes=bool(chosen.by_wishes),
        silent=filters.silent_in_words(chosen),
        day=frame.short_day,
        lines=attendee_cells.lines(lines, chosen),
        total=total,
        first=offset + 1,
        page=number,
        last_page=last,
        latest=in_words(audit.of_congress(congress_id, limit=LATEST)) if may_see_log else [],
    )


def states() -> dict[RegistrationState, tuple[str, str]]:
    """Return the kind and words of each state, for its badge."""
    if access.workspace().state is CongressState.CANCELLED:
        return {
            RegistrationState.CONFIRMED: ("off", _("Had a place")),
            RegistrationState.WAITING: ("off", _("Was waiting")),
            RegistrationState.OFFERED: ("off", _("Was waiting")),
            RegistrationState.CANCELLED: ("off", _("Not attending")),
            RegistrationState.REQUESTED: ("off", _("Had asked")),
        }
    words = attendee_list.states(languages.current())
    return {state: (mark, words[state]) for state, mark in MARKS.items()}
