"""Where somebody's calendar entry comes from: invitations by mail, or a calendar to subscribe to.

Calendar programs do not merge the two, so each person has one of them.
"""

from datetime import datetime

from sqlalchemy import update

from congress.domain.access import Actor
from congress.domain.registration import NoMailbox, RegistrationCancelled, RegistrationState
from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses
from congress.queries.registrations import congress_of, standings
from congress.services import auditing, holding, patience, tokens
from congress.services.mails import inviting
from congress.transaction import transaction

CHOSEN = ("calendar_subscribed", "calendar_invited")


def choose_channel(registration_id: int, *, subscribes: bool, actor: Actor, now: datetime) -> None:
    """Let a calendar to subscribe to take the place of invitations, or the other way round.

    What stands already changes nothing. Raises `RegistrationCancelled` where there is no entry to
    choose for, `NoMailbox` for whom no invitation reaches, and `TooManyCorrections` for whoever
    goes to and fro, as each time sends a mail.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_of(registration_id)))
        holding.hold(registration_id)
        [standing] = standings([registration_id])
        if standing.state is RegistrationState.CANCELLED:
            raise RegistrationCancelled
        if not standing.has_mailbox:
            raise NoMailbox
        if standing.subscribes is subscribes:
            return
        patience.require(registration_id, CHOSEN, now=now)
        db.session.execute(
            update(Registration)
            .where(Registration.id == registration_id)
            .values(subscribes=subscribes),
            execution_options={"synchronize_session": False},
        )
        inviting.channel_chosen(congress, standing, subscribes=subscribes, now=now)
        auditing.record(
            "calendar_subscribed" if subscribes else "calendar_invited",
            actor=actor,
            now=now,
            congress_id=congress.id,
            registration_id=registration_id,
        )


def renew_address(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Let one's own calendar have another address, because others know the one it has.

    Raises `RegistrationCancelled` where no calendar goes on.
    """
    with transaction():
        congress = congresses.hold(congress_of(registration_id))
        holding.hold(registration_id)
        [standing] = standings([registration_id])
        if standing.state is RegistrationState.CANCELLED:
            raise RegistrationCancelled
        tokens.renew_feed(registration_id, now=now)
        auditing.record(
            "calendar_address_renewed",
            actor=actor,
            now=now,
            congress_id=congress.id,
            registration_id=registration_id,
        )
