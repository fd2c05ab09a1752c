"""What sending the answers would come to: who would have a place, found by the rules that give it.

Nothing is held or written.
"""

from dataclasses import dataclass
from datetime import datetime

from congress.domain import modules
from congress.domain.enrolment import Enrolment
from congress.domain.hall import CONGRESS
from congress.domain.network.course_applications import Answers, Application
from congress.domain.places import Register
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details, RegistrationRequest
from congress.domain.room import ByHand
from congress.queries import programme
from congress.queries.congresses import Heading
from congress.services import delegations
from congress.services.places import Ledger

WAITS = ByHand(waits=frozenset({CONGRESS}))  # beyond the quota of a municipality


@dataclass(frozen=True)
class Outgoing:
    """What goes out: mails to read, and beside them what calendars take in."""

    mails: int
    calendar_entries: int


def foresee(heading: Heading, chosen: Answers, *, now: datetime) -> Outgoing:
    """Return what would go out: everybody with a place gets an entry for each module as well.

    Whoever waits on the reserve list of their municipality has none yet.
    """
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    requests = [each for application in chosen.accepted for each in requests_of(application)]
    placed = 0
    for each in delegations.counted(ledger.congress, requests, is_stored=False):
        decision = ledger.decide(Register((), each.newcomer, WAITS))
        if decision.refusal is not None:
            continue  # all of it is refused then, as the page says once it is sent
        enrolled = Enrolment(each, decision, at=now)
        placed += enrolled.state is RegistrationState.CONFIRMED
        ledger.imagine(decision, each.newcomer)
    days = len(ledger.congress.days)
    ahead = days - len(modules.begun(ledger.congress, now))
    return Outgoing(chosen.mails, placed * (ahead or days))


def requests_of(application: Application) -> list[RegistrationRequest]:
    """Return what registers those whom an application names and who have not refused."""
    requests = []
    for each in application.coming:
        said = Details.of(
            {
                "given_name": each.given_name,
                "family_name": each.family_name,
                "email": each.email,
                "organisation": application.called,
                "function": each.function,
            }
        )
        requests.append(
            RegistrationRequest(
                **vars(said), language=application.language, form_key=f"course.{each.id}"
            )
        )
    return requests
