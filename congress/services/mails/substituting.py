"""Telling of a place that is handed over: the question to a colleague, and then a letter to each.

The entry in the calendar of who cannot come ends, and who comes instead gets one of their own.
"""

from datetime import datetime

from sqlalchemy import delete

from congress.base import table_of
from congress.domain import modules
from congress.domain.congresses import Congress
from congress.domain.mails.hand_overs import HandOverFacts
from congress.domain.mails.kinds import MessageKind
from congress.domain.modes import EventMode
from congress.domain.names import full_name
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries import groups
from congress.queries.registrations import standings
from congress.services.hand_overs import Asked
from congress.services.mails import calendar_entries, drafting, facts, telling
from congress.services.mails.facts import Letters
from congress.services.mails.overtaking import Overtaken
from congress.services.places import Ledger

MAILS = table_of(OutboxMessage)
KIND = MessageKind.HAND_OVER_ASKED


def asked(
    congress: Congress, gone: Standing, colleague: Details, named: Asked, *, now: datetime
) -> None:
    """Ask a colleague whether they come instead, in the language of who named them."""
    question: HandOverFacts = {
        "congress": facts.of_congress(congress, gone.language),
        "given_name": colleague.given_name,
        "family_name": colleague.family_name,
        "from_whom": gone.name,
        "waits": not gone.person.in_congress,
        "hand_over": named.id,
        "expires_at": named.expires_at.isoformat(),
    }
    if gone.on_reserve is not None:
        question["waits_on_reserve"] = True
    if congress.rules.mode is not EventMode.ONSITE:
        question["mode"] = gone.mode
    if held := len(modules.begun(congress, now)):
        question["modules_held"] = held
    row = drafting.row(congress, gone, KIND, question)
    mailbox = facts.mailbox(colleague.email, full_name(colleague.given_name, colleague.family_name))
    telling.store([row | mailbox], now=now)


def forget_question(registration_id: int) -> None:
    """Let a question not go out that nobody is asked any more."""
    unsent = (MAILS.c.registration_id == registration_id, MAILS.c.state == "queued")
    db.session.execute(delete(MAILS).where(*unsent, MAILS.c.kind == KIND))


def handed_over(
    ledger: Ledger, gone: int, came: int, *, group_id: int | None, came_back: bool, is_told: bool
) -> None:
    """Tell both: one that the place is somebody else's, the other one that it is theirs.

    Whoever comes into a group by that is told who sees and changes their places.
    """
    congress, now, items = ledger.congress, ledger.now, ledger.items()
    found = {each.id: each for each in standings([gone, came], items)}
    left, new = found[gone], found[came]
    told = calendar_entries.state(congress, [left], now=now)
    letters = Letters(congress)
    letter = letters.to(left) | {"handed_to": new.name}
    if held := len(modules.begun(congress, now)):
        letter["modules_held"] = held
    telling.send(letters, MessageKind.HANDED_OVER, [(left, letter)], told, now=now)
    told = calendar_entries.state(congress, [new], now=now, are_new=not came_back)
    if not is_told:
        return
    kind = MessageKind.CONFIRMED if new.person.in_congress else MessageKind.WAITING
    letter = letters.to(new) | {"from_whom": left.name}
    group = groups.find_by_id(group_id)
    if group is not None and (contact := group.contact.named_to(new)):
        letter["contact_of_group"] = contact
    overtaken = Overtaken.left_behind(new.id) if came_back else Overtaken()
    telling.send(letters, kind, [(new, letter)], told, now=now, overtaken=overtaken)
