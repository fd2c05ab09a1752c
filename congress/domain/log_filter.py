"""Which lines of a congress's log are wanted: by whom, about what, when, with which words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from congress.domain.access import ActorKind
from congress.domain.folding import fold_for_search, fold_sought
from congress.domain.planning.reversal import ACTS

LONGEST_SEARCH = 100
MOST_WORDS = 8


class Subject(StrEnum):
    """What a line is about; each line is about one of them."""

    REGISTRATIONS = "registrations"
    PROGRAMME = "programme"
    CONGRESS = "congress"
    ACCESS = "access"


CALL_VERBS = (
    "call_edited",
    "proposal_accepted",
    "proposal_declined",
    "proposal_corrected",
    "proposal_made",
    "proposal_no_longer_accepted",
    "proposal_off_the_shortlist",
    "proposal_shortlisted",
    "proposals_declined",
    "proposal_withdrawn",
)
# What says of itself what it is about. Of others it is seen by what they name: a registration, an
# item, or nothing, and then it is about the congress.
ABOUT: dict[str, Subject] = {
    **dict.fromkeys(CALL_VERBS, Subject.PROGRAMME),
    "contributor_edited": Subject.PROGRAMME,
    "contributor_link_ended": Subject.PROGRAMME,
    "contributors_invited": Subject.PROGRAMME,
    "demo_filled": Subject.REGISTRATIONS,
    "group_parted": Subject.REGISTRATIONS,
    "group_registered": Subject.REGISTRATIONS,
    "moving_up_goes_on": Subject.REGISTRATIONS,
    "people_written": Subject.REGISTRATIONS,
    **dict.fromkeys(ACTS, Subject.PROGRAMME),  # the item may be gone
    "photo_removed": Subject.PROGRAMME,
    "profile_discarded": Subject.PROGRAMME,
    "profile_published": Subject.PROGRAMME,
    "profile_suggested": Subject.PROGRAMME,
    "programme_released": Subject.PROGRAMME,
    "workshop_called_off": Subject.PROGRAMME,
    "rooms_edited": Subject.PROGRAMME,
    "quota_domain_confirmed": Subject.REGISTRATIONS,
    "quota_domain_dropped": Subject.REGISTRATIONS,
    "quota_places_set": Subject.REGISTRATIONS,
    "quota_put_together": Subject.REGISTRATIONS,
    "quota_told_apart": Subject.REGISTRATIONS,
    "assignment_exported": Subject.ACCESS,
    "assistance_exported": Subject.ACCESS,
    "badges_exported": Subject.ACCESS,
    "certificates_exported": Subject.ACCESS,
    "certificates_issued": Subject.REGISTRATIONS,
    "badges_printed": Subject.REGISTRATIONS,
    "assignment_asked": Subject.REGISTRATIONS,
    "assignment_released": Subject.REGISTRATIONS,
    "assignment_stopped": Subject.REGISTRATIONS,
    "one_more_asked": Subject.REGISTRATIONS,
    "assistance_read": Subject.ACCESS,
    "attendees_exported": Subject.ACCESS,
    "colleague_changed": Subject.ACCESS,
    "colleague_invited": Subject.ACCESS,
    "colleague_invited_again": Subject.ACCESS,
    "colleague_removed": Subject.ACCESS,
    "feedback_exported": Subject.ACCESS,
    "figures_exported": Subject.ACCESS,
    "log_exported": Subject.ACCESS,
    "participants_opened": Subject.ACCESS,
    "confirmation_handed_out": Subject.ACCESS,
    "door_signs_handed_out": Subject.ACCESS,
    "places_handed_out": Subject.ACCESS,
    "sign_in_handed_out": Subject.ACCESS,
    "table_signs_handed_out": Subject.ACCESS,
    "sheet_edited": Subject.PROGRAMME,
    "text_removed": Subject.PROGRAMME,
    "several_changed": Subject.REGISTRATIONS,
    "several_taken_back": Subject.REGISTRATIONS,
    "sheets_exported": Subject.ACCESS,
    "modules_exported": Subject.ACCESS,
    "modules_edited": Subject.PROGRAMME,
    "task_added": Subject.PROGRAMME,
    "task_changed": Subject.PROGRAMME,
    "task_removed": Subject.PROGRAMME,
    "task_done": Subject.REGISTRATIONS,
    "task_taken_back": Subject.REGISTRATIONS,
    "list_mail_ended": Subject.ACCESS,
    "list_mail_set": Subject.ACCESS,
    "view_deleted": Subject.REGISTRATIONS,
    "view_renamed": Subject.REGISTRATIONS,
    "view_replaced": Subject.REGISTRATIONS,
    "view_shared": Subject.REGISTRATIONS,
}


@dataclass(frozen=True)
class LogFilter:
    """What is asked for; everything that is left out does not matter."""

    actor: ActorKind | None = None
    user_id: int | None = None
    subject: Subject | None = None
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is too late
    search: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What to look for, folded like the text it is looked for in."""
        return tuple(fold_sought(self.search[:LONGEST_SEARCH]).split()[:MOST_WORDS])

    def finds(self, *said: str) -> bool:
        """Return whether every word stands in what a line says."""
        words = self.words
        if not words:
            return True
        text = fold_for_search(*said)
        return all(word in text for word in words)


EVERYTHING = LogFilter()
