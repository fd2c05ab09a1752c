"""Telling people: outbox rows, written in the transaction of the thing they tell about.

One step is one mail to each person: the letter carries the calendar object and no personal link,
because calendars are shared. Where the link is needed, object and letter go apart: a registration
and its invitation, unless a congress asks for both in one message.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from sqlalchemy import insert

from congress import queue
from congress.base import table_of
from congress.domain.calendars.calendar_json import entry_facts
from congress.domain.congresses import Congress, CongressState
from congress.domain.correction import Correction
from congress.domain.fields import NAMES
from congress.domain.hall import Person
from congress.domain.mails.kinds import KINDS, LATER, MessageKind
from congress.domain.mails.messages import LinkFacts
from congress.domain.mails.news import News
from congress.domain.names import full_name
from congress.domain.people import fold_email
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries.registrations import standings
from congress.services.mails import calendar_entries, drafting, facts, hearing, passing_on
from congress.services.mails.calendar_entries import Told
from congress.services.mails.drafting import Mail, Row, Written
from congress.services.mails.facts import Letters
from congress.services.mails.overtaking import Overtaken, send_on
from congress.services.places import Ledger
from congress.transaction import after_commit

# The letter that somebody gets first, by where they stand then.
FIRST = {
    RegistrationState.CONFIRMED: MessageKind.CONFIRMED,
    RegistrationState.WAITING: MessageKind.WAITING,
    RegistrationState.REQUESTED: MessageKind.REQUESTED,
    RegistrationState.OFFERED: MessageKind.PLACE_OFFERED,
}
NEW_MESSAGES = insert(table_of(OutboxMessage)).inline()  # nobody asks for their numbers


def registered(
    congress: Congress,
    standing: Standing,
    *,
    came_back: bool,
    now: datetime,
    in_silence: bool = False,
) -> None:
    """Tell somebody new that there is a place, or which queue they stand in.

    An organiser may have told them already: then the calendar entry only stands ready.
    """
    kind = FIRST[standing.state]
    told = calendar_entries.state(congress, [standing], now=now, are_new=not came_back)
    if in_silence:
        return
    letters = Letters(congress)
    overtaken = Overtaken.left_behind(standing.id) if came_back else Overtaken()
    send(letters, kind, [(standing, letters.to(standing))], told, now=now, overtaken=overtaken)


def enrolled(
    congress: Congress, people: Sequence[Standing], *, now: datetime, in_silence: bool = False
) -> None:
    """Tell many at once who were never registered before; more urgent mails go first."""
    told = calendar_entries.state(congress, people, now=now, are_new=True)
    letters = Letters(congress)
    waiting = [each for each in people if each.state is RegistrationState.WAITING]
    seated = [each for each in people if each.state is not RegistrationState.WAITING]
    for kind, some in ((MessageKind.WAITING, waiting), (MessageKind.CONFIRMED, seated)):
        if some and not in_silence:
            mails = [(each, letters.to(each)) for each in some]
            send(letters, kind, mails, told, now=now, later=LATER, overtaken=Overtaken())


def confirmed_again(congress: Congress, standing: Standing, *, now: datetime) -> MessageKind:
    """Send the first letter once more, with the link, and the invitation, both as of now."""
    kind = FIRST[standing.state]
    told = calendar_entries.state_again(standing.id, now=now)
    letters = Letters(congress)
    mails = passing_on.with_groups([(standing, letters.to(standing))])
    send(letters, kind, mails, {standing.id: told}, now=now)
    return kind


def stands(
    congress: Congress,
    people: Sequence[Standing],
    kind: MessageKind,
    *,
    now: datetime,
    later: int = 0,
    agreed: bool = False,
    requested: bool = False,
) -> Written:
    """Tell people what they have from now on, and put their calendars right.

    With `later` more urgent mails go first; `agreed` says that organisers did what they had asked
    for, `requested` that what they had was a request to take part.
    """
    told = calendar_entries.state(congress, people, now=now)
    letters = Letters(congress)
    mails = [(each, letters.to(each)) for each in people]
    _agree(mails, agreed=agreed)
    for _standing, letter in mails if requested else ():
        letter["requested"] = True
    found = send(letters, kind, mails, told, now=now, later=later)
    return Written(letters, kind, mails, told, found)


def changed(ledger: Ledger, had: Person, *, by_organiser: bool, agreed: bool = False) -> None:
    """Tell somebody what a change of their workshops came to, and who made it or agreed to it."""
    congress, items = ledger.congress, ledger.items()
    people = standings([had.id], items)
    told = calendar_entries.state(congress, people, now=ledger.now)
    letters = Letters(congress)
    mails = [
        (each, letters.after_change(each, had, items, by_organiser=by_organiser)) for each in people
    ]
    _agree(mails, agreed=agreed)
    send(letters, MessageKind.CHANGED, mails, told, now=ledger.now)


def reinstated(ledger: Ledger, had: Person) -> None:
    """Tell somebody whom organisers had taken off the list that they are on it again.

    Whoever had not been told yet reads only of what they have not got back.
    """
    congress, items = ledger.congress, ledger.items()
    people = standings([had.id], items)
    told = calendar_entries.state(congress, people, now=ledger.now)
    letters = Letters(congress)
    mails = [(each, letters.after_change(each, had, items, by_organiser=True)) for each in people]
    send(letters, MessageKind.REINSTATED, mails, told, now=ledger.now)


def moved(
    congress: Congress,
    people: Sequence[Standing],
    kind: MessageKind,
    news: News,
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
    later: int = 0,
    since: datetime | None = None,
) -> list[Written]:
    """Tell people of a congress or programme that changed.

    `items` is the programme with its places, for whoever has to choose anew; `since` is when what
    no calendar says became news.
    """
    told = calendar_entries.state(congress, people, now=now)
    letters = Letters(congress, news.as_of(congress, now))
    turned, written = drafting.Turned.by(news, items), []
    for of_them, some in drafting.by_kind(kind, people).items():
        for choice, alike in drafting.by_choice(congress, some, items, now=now):
            mails = drafting.of_news(letters, alike, of_them, told, turned, since=since)
            found = send(letters, of_them, mails, told, now=now, later=later, items=choice)
            written.append(Written(letters, of_them, mails, told, found))
    return written


def moved_up(ledger: Ledger) -> None:
    """Tell everybody who won a place in this transaction, or is offered one, each in one letter.

    For whoever waits for an answer a place is only held: they read of it with the answer.
    """
    if not ledger.gains and not ledger.offers:
        return
    found = standings({*ledger.gains, *ledger.offers}, ledger.items())
    people = [each for each in found if each.is_decided]
    told = calendar_entries.state(ledger.congress, people, now=ledger.now)
    letters = Letters(ledger.congress)
    if gained := passing_on.gained(letters, people, ledger):
        send(letters, MessageKind.PLACE_GAINED, gained, told, now=ledger.now)
    if offered := passing_on.offered(letters, people, ledger):
        nothing: dict[int, Told] = {each.id: [] for each, _ in offered}
        send(letters, MessageKind.PLACE_OFFERED, offered, nothing, now=ledger.now)


def left_too_long(ledger: Ledger, missed: Mapping[int, Sequence[int]], ended: list[int]) -> None:
    """Tell people that offers have run out: of workshops, by person; with the registration."""
    people = standings(missed, ledger.items())
    letters = Letters(ledger.congress)
    mails = passing_on.expired(letters, people, missed, ledger)
    nothing: dict[int, Told] = {each.id: [] for each in people}
    send(letters, MessageKind.OFFER_EXPIRED, mails, nothing, now=ledger.now)
    stands(ledger.congress, standings(ended), MessageKind.EXPIRED, now=ledger.now)


def already_registered(congress: Congress, standing: Standing, *, now: datetime) -> None:
    """Remind somebody who registers again of what exists, by mail only (SEC-24)."""
    kind, to = MessageKind.ALREADY_REGISTERED, standing.email
    if hearing.has_just_heard(to, [kind], congress.id, of=standing.id, now=now):
        return
    if hearing.has_heard_enough(to, now=now):
        return
    letter = Letters(congress).to(standing)
    store([drafting.row(congress, standing, kind, letter)], now=now)


def link_again(congress: Congress, known: Sequence[Standing], *, now: datetime) -> None:
    """Send all links of one address in one mail."""
    first = known[0]
    if hearing.has_just_heard(first.email, [MessageKind.LINK], congress.id, now=now):
        return
    if hearing.has_heard_enough(first.email, now=now):
        return
    letter: LinkFacts = {
        "congress": facts.of_congress(congress, first.language),
        "names": [standing.name for standing in known],
        "registrations": [standing.id for standing in known],
    }
    store([drafting.row(congress, first, MessageKind.LINK, letter)], now=now)


def corrected(
    congress: Congress,
    standing: Standing,
    changes: Sequence[Correction],
    *,
    by_organiser: bool,
    now: datetime,
) -> None:
    """Tell somebody what was corrected; under another name the invitation is stated anew."""
    is_renamed = any(each.field in NAMES for each in changes) and not congress.is_over(now)
    was = {each.field: each.before for each in changes}
    names = (was.get(name, getattr(standing, name)) for name in NAMES)
    told = (
        calendar_entries.state_again(standing.id, now=now, old_name=full_name(*names))
        if is_renamed
        else []
    )
    letters = Letters(congress)
    letter = letters.of_correction(standing, changes, by_organiser=by_organiser)
    send(letters, MessageKind.CORRECTED, [(standing, letter)], {standing.id: told}, now=now)


def all_corrected(
    congress: Congress,
    people: Sequence[tuple[Standing, Sequence[Correction]]],
    *,
    now: datetime,
) -> None:
    """Tell many what an organiser corrected that no invitation says; urgent mails go first."""
    letters = Letters(congress)
    mails = [
        (each, letters.of_correction(each, changes, by_organiser=True)) for each, changes in people
    ]
    told: dict[int, Told] = {each.id: [] for each, _ in people}
    send(letters, MessageKind.CORRECTED, mails, told, now=now, later=LATER)


def first_address(
    congress: Congress,
    standing: Standing,
    changes: Sequence[Correction],
    *,
    by_organiser: bool,
    now: datetime,
) -> None:
    """Tell somebody who had no address until now what they are registered for."""
    if congress.state is CongressState.PUBLISHED and not congress.is_over(now):
        confirmed_again(congress, standing, now=now)
    else:
        corrected(congress, standing, changes, by_organiser=by_organiser, now=now)


def readdressed(
    congress: Congress,
    standing: Standing,
    old_email: str,
    changes: Sequence[Correction],
    *,
    by_organiser: bool,
    now: datetime,
) -> None:
    """Bring link and invitation to a new mailbox, and tell the old one that it is over there.

    What has not gone out yet goes to the new mailbox; an old one that got nothing hears nothing.
    """
    has_heard = send_on(standing, old_email)
    is_over = congress.is_over(now)
    left = fold_email(old_email)
    ends, begins = ([], []) if is_over else calendar_entries.move(standing.id, left=left, now=now)
    letters = Letters(congress)
    if has_heard:
        before = replace(standing, email=old_email)
        ended = [entry_facts(each.entry, each.method) for each in ends]
        farewell = letters.to(before) | {"links": []}
        store(drafting.rows(letters, before, MessageKind.ADDRESS_LEFT, farewell, ended), now=now)
    letter = letters.of_correction(standing, changes, by_organiser=by_organiser)
    send(letters, MessageKind.READDRESSED, [(standing, letter)], {standing.id: begins}, now=now)


def send(
    letters: Letters,
    kind: MessageKind,
    mails: Sequence[Mail],
    told: Mapping[int, Told],
    *,
    now: datetime,
    later: int = 0,
    overtaken: Overtaken | None = None,
    items: Sequence[ProgrammeItem] = (),
) -> Sequence[Sequence[Row]]:
    """Write letters with the calendar messages that belong to them, in the place of older ones.

    Returns them by person: nobody for whom nothing is left to tell.
    """
    overtaken = overtaken or Overtaken.of([standing.id for standing, _ in mails])
    found = drafting.drafts(letters, kind, mails, told, overtaken, items)
    overtaken.write()
    store(chain.from_iterable(found), now=now, later=later)
    return found


def store(rows: Iterable[Row], *, now: datetime, later: int = 0) -> None:
    """Put mails into the outbox, inside a running transaction."""
    due = {"created_at": now, "due_at": now}
    if stored := [row | due | {"priority": KINDS[row["kind"]].priority + later} for row in rows]:
        db.session.execute(NEW_MESSAGES, stored)
        after_commit(queue.wake)


def _agree(mails: Iterable[Mail], *, agreed: bool) -> None:
    """Let letters say that organisers agreed to what was asked for."""
    for _standing, letter in mails if agreed else ():
        letter["agreed"] = True
