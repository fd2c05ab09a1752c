"""A newcomer about to be stored: what was asked for, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from congress.domain.hall import CONGRESS, NEWCOMER
from congress.domain.moves import Ask, Decision, Grant
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import RegistrationRequest


@dataclass(frozen=True)
class Enrolment:
    """One newcomer: what was asked for, what was decided, when, and when it ended if it has.

    The `channel` is the way by which consents came; with a moment in `unconfirmed_until` the
    address is to be confirmed before.
    """

    request: RegistrationRequest
    decision: Decision
    at: datetime
    ended_at: datetime | None = None
    channel: str = "form"
    unconfirmed_until: datetime | None = None

    @property
    def state(self) -> RegistrationState:
        if self.ended_at is not None:
            return RegistrationState.CANCELLED
        if self._asks is not None:
            return RegistrationState.REQUESTED
        has_place = Grant(NEWCOMER, CONGRESS) in self.decision.moves
        return RegistrationState.CONFIRMED if has_place else RegistrationState.WAITING

    @property
    def holds_places(self) -> bool:
        """Whether places are held until organisers decide."""
        return self.ended_at is None and self._asks is not None and self._asks.holds

    @property
    def _asks(self) -> Ask | None:
        moves = self.decision.moves
        return next((each for each in moves if isinstance(each, Ask)), None)
