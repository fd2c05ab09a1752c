"""Consents: given and withdrawn as easily (GDPR, Art. 7 (3)), each with its words and time."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import insert, select, update

from config import ROOT
from congress import extensions
from congress.base import table_of
from congress.domain import legal
from congress.domain.access import Actor
from congress.domain.congresses import Congress as Shown
from congress.domain.congresses import CongressState
from congress.domain.enrolment import Enrolment
from congress.domain.registration import (
    CongressNotTakingPart,
    RegistrationCancelled,
    RegistrationState,
)
from congress.domain.registration_request import VOLUNTARY
from congress.extensions import db
from congress.models import Congress, Consent, Registration
from congress.queries import congresses
from congress.services import auditing
from congress.transaction import transaction

CONSENTS = table_of(Consent)
NEW_CONSENTS = insert(CONSENTS).inline()
NOTICE = "templates/public/privacy.version"


def notice_version(congress: Shown) -> str:
    """Return the version of the privacy notice that a congress shows."""
    return legal.notice_version(words_version(), congress)


def words_version() -> str:
    """Return the version of the words of the privacy notice, kept beside them."""
    own = extensions.settings().var_dir / NOTICE
    return (own if own.exists() else ROOT / NOTICE).read_text().strip()


def store(congress: Shown, people: Iterable[tuple[int, Enrolment]]) -> None:
    """Store what people agree to on registering, inside a running transaction."""
    version = notice_version(congress)
    rows = [
        {
            "registration_id": number,
            "purpose": purpose,
            "text_version": version,
            "channel": each.channel,
            "given_at": each.at,
        }
        for number, each in people
        for purpose in each.request.consents
    ]
    if rows:
        db.session.execute(NEW_CONSENTS, rows)


def set_consent(
    registration_id: int, purpose: str, *, given: bool, actor: Actor, now: datetime
) -> None:
    """Give or withdraw a voluntary consent; what stands already changes nothing.

    After a withdrawal of the registration, or while the congress is called off, a consent is only
    taken back, never given anew; while two registrations become one, of the one that goes on.
    """
    if purpose not in VOLUNTARY:
        raise ValueError(f"not a voluntary consent: {purpose}")
    with transaction():
        # Held, so that a double click does not give twice what one click takes back.
        congress_id, state, goes_on_id, of_congress = db.session.execute(
            select(Registration.congress_id, Registration.state, Registration.merged_into_id)
            .add_columns(Congress.state)
            .join(Congress, Congress.id == Registration.congress_id)
            .where(Registration.id == registration_id)
            .with_for_update(key_share=True, of=Registration)
        ).one()
        if not given:
            registration_id = goes_on_id or registration_id
        standing = (
            Consent.registration_id == registration_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
        stands = db.session.scalars(select(Consent.id).where(*standing)).first() is not None
        if given is stands:
            return
        if given and state == RegistrationState.CANCELLED:
            raise RegistrationCancelled
        if given and of_congress == CongressState.CANCELLED:
            raise CongressNotTakingPart
        if given:
            db.session.add(
                Consent(
                    registration_id=registration_id,
                    purpose=purpose,
                    text_version=notice_version(congresses.get_congress(congress_id)),
                    channel="own_page",
                    given_at=now,
                )
            )
        else:
            db.session.execute(
                update(Consent).where(*standing).values(withdrawn_at=now),
                execution_options={"synchronize_session": False},
            )
        auditing.record(
            "consent_given" if given else "consent_withdrawn",
            actor=actor,
            now=now,
            congress_id=congress_id,
            registration_id=registration_id,
            fields=[purpose],
        )


def end(registration_id: int, purposes: Collection[str], *, now: datetime) -> None:
    """Take consents back inside a running transaction, which writes its own line."""
    standing = (
        CONSENTS.c.registration_id == registration_id,
        CONSENTS.c.purpose.in_(sorted(purposes)),
        CONSENTS.c.withdrawn_at.is_(None),
    )
    if purposes:
        db.session.execute(update(CONSENTS).where(*standing).values(withdrawn_at=now))
