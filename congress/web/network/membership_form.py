"""The form in which the office says what an organisation is to the network, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain.network.doubts import Doubt
from congress.domain.network.membership import MembershipState
from congress.queries.network.memberships import Recorded
from congress.services.network.membership import Statement
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of

LONGEST_NOTE, LONGEST_DAY, LONGEST_SURE = 200, 40, 400


@dataclass
class StatementForm:
    """Everything on the page, as typed, and what does not fit it."""

    state: Entry
    since: Entry
    note: Entry
    sure_of: frozenset[Doubt] = frozenset()
    doubts: tuple[Doubt, ...] = ()

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [error for entry in (self.state, self.since, self.note) for error in told(entry)]

    @property
    def sure(self) -> str:
        """What the box sends that says that all these doubts were read."""
        return " ".join(self.doubts)

    def read(self, posted: Mapping[str, str]) -> Statement | None:
        """Return what was typed, or None where something has to be corrected."""
        state = member(MembershipState, posted.get("state", ""))
        self.state.value = str(state or "")
        if state is None:
            self.state.errors.append(_("Please choose one of these."))
        read_line(
            self.since,
            posted.get("since", ""),
            most=LONGEST_DAY,
            missing=_("Please enter the day, for example 21.10.2015."),
        )
        since = day_of(self.since) if not self.since.errors else None
        read_line(self.note, posted.get("note", ""), most=LONGEST_NOTE)
        said = posted.get("sure", "")[:LONGEST_SURE].split()
        self.sure_of = frozenset(each for each in Doubt if each in said)
        if state is None or since is None or self.errors:
            return None
        return Statement(state, since, self.note.value)


def statement_form(recorded: Recorded | None = None) -> StatementForm:
    """Return the form: empty, or with what stands in a record."""
    record = recorded.record if recorded else None
    return StatementForm(
        Entry("state", _("Membership"), str(record.state) if record else "", required=True),
        Entry("since", _("Since"), f"{record.since:%d.%m.%Y}" if record else "", required=True),
        Entry("note", _("Note"), recorded.note if recorded else ""),
    )
