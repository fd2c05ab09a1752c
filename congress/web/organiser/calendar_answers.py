"""What somebody answered in their calendar, as the page about them says it."""

from dataclasses import dataclass
from datetime import datetime

from congress.domain.mails.received import Answer
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.queries import congresses, received
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.organiser import frame


@dataclass(frozen=True)
class CalendarWords:
    """What a calendar answered, about which day where there are several; `asks` for a human."""

    words: str
    at: datetime
    day: str
    asks: bool


def of_person(standing: Standing) -> list[CalendarWords]:
    """Return what somebody answered in their calendar, as long as they are registered."""
    if standing.state is RegistrationState.CANCELLED:
        return []
    many = len(congresses.with_content(access.workspace()).days) > 1
    words = {
        Answer.ACCEPTED: _("Accepted in the calendar"),
        Answer.TENTATIVE: _("Tentatively accepted in the calendar"),
        Answer.DECLINED: _("Declined in the calendar"),
    }
    return [
        CalendarWords(
            words[each.answer],
            each.answered_at,
            frame.dates().day(datetime.fromisoformat(each.starts)) if many else "",
            asks=each.answer is Answer.DECLINED and each.settled_at is None,
        )
        for each in received.answers_of(standing.id)
    ]
