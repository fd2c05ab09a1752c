"""Letters about texts of the network to everybody who speaks for a member or partner."""

from datetime import date, datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import TextFacts
from congress.domain.network.contacts import Contact
from congress.domain.network.network_texts import VersionState, VersionStepNotPossible
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import ContactPerson, NetworkText, NetworkTextVersion
from congress.queries.network import contacts, members
from congress.queries.network.texts import Version
from congress.services import auditing
from congress.services.network import contact_letters, contact_sending
from congress.services.network.writing_texts import hold
from congress.transaction import transaction


def can_tell(version: Version, today: date) -> bool:
    """Whether there is something about a version that contact persons were not told."""
    if version.state is VersionState.ADOPTED:
        return version.told_of_adoption_at is None
    return version.takes_comments(today) and version.told_of_comments_at is None


def many_readers(today: date) -> int:
    """Return to how many people a letter would go."""
    return len(members.delegates_on(today))


def tell(text_id: int, number: int, *, today: date, actor: Actor, now: datetime) -> int:
    """Write that a version can be commented on, or that it was adopted; returns to how many.

    Pressed twice it is written once. Raises VersionStepNotPossible where there is nothing to
    tell of it.
    """
    with transaction():
        text = hold(text_id)
        row = db.session.scalars(
            select(NetworkTextVersion).where(
                NetworkTextVersion.text_id == text_id, NetworkTextVersion.number == number
            ),
            execution_options={"populate_existing": True},
        ).one()
        kind = _note_told(row, today, now)
        if kind is None:
            return 0
        people = _readers(today, now)
        contact_letters.store([(kind, each, _stated(text, row, each)) for each in people], now=now)
        said = {"text_id": text.id, "title": text.title.get("de", ""), "number": number}
        auditing.record("text_told", actor=actor, now=now, details=said | {"count": len(people)})
        return len(people)


def _note_told(row: NetworkTextVersion, today: date, now: datetime) -> MessageKind | None:
    """Note that it is told, and return which letter it is; none where it was told already."""
    state = VersionState(row.state)
    if state is VersionState.ADOPTED:
        was, row.told_of_adoption_at = row.told_of_adoption_at, row.told_of_adoption_at or now
        return None if was else MessageKind.TEXT_ADOPTED
    if state is not VersionState.IN_COMMENT or row.comments_until is None:
        raise VersionStepNotPossible(state)
    if today > row.comments_until:
        raise VersionStepNotPossible(state)
    was, row.told_of_comments_at = row.told_of_comments_at, row.told_of_comments_at or now
    return None if was else MessageKind.TEXT_OPENED


def _readers(today: date, now: datetime) -> list[Contact]:
    """Return who speaks for a member or partner today; each has a link from now on."""
    numbers = [each.id for each in members.delegates_on(today)]
    without = select(ContactPerson).where(
        ContactPerson.id.in_(numbers), ContactPerson.nonce.is_(None)
    )
    for row in db.session.scalars(without.order_by(ContactPerson.id).with_for_update()):
        contact_sending.link(row, now=now)
    db.session.flush()
    return contacts.some(numbers)


def _stated(text: NetworkText, row: NetworkTextVersion, contact: Contact) -> TextFacts:
    stated: TextFacts = {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
        "title": in_language(text.title, contact.details.language),
        "number": row.number,
    }
    if row.adopted_on is not None:
        stated["adopted_on"], stated["adopted_by"] = row.adopted_on.isoformat(), row.adopted_by
    elif row.comments_until is not None:
        stated["comments_until"] = row.comments_until.isoformat()
    return stated
