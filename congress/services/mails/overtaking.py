"""Mails that have not gone out yet, and what newer ones make of them.

Of a calendar entry only the newest revision goes out, and a letter that says what changed takes
in the one before it. Nobody gets by mail how an organiser came to a decision.
"""

from collections.abc import Collection, Iterable
from typing import Any, Self, cast

from sqlalchemy import Select, bindparam, delete, select, update

from congress.base import columns_of, table_of
from congress.domain.calendars.calendar import Method
from congress.domain.calendars.calendar_json import entry_facts, mark_of
from congress.domain.mails import news
from congress.domain.mails.kinds import KINDS, STAYING, Carries, MessageKind
from congress.domain.mails.messages import EntryFacts, LetterFacts
from congress.domain.names import full_name
from congress.domain.people import fold_email
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.queries.coming_back import CAME_BACK, EARLIER
from congress.services.mails import facts
from congress.services.mails.calendar_entries import Revision, Told

MAILS, PEOPLE = table_of(OutboxMessage), table_of(Registration)
PERSON = PEOPLE.alias("person")
MAILBOX = select(PERSON.c.email_key).where(PERSON.c.id == MAILS.c.registration_id).correlate(MAILS)
# What an earlier mailbox is told of its end is about nothing that goes to today's.
IS_QUEUED = (MAILS.c.state == "queued") & (MAILS.c.recipient_key == MAILBOX.scalar_subquery())
KNOWS = IS_QUEUED | MAILS.c.facts["never_seen"].as_string().is_not(None)
WHAT_IT_SAYS = (*columns_of(MAILS, "id kind facts attempts"), IS_QUEUED.label("is_queued"))
OWN = (
    select(*WHAT_IT_SAYS, MAILS.c.registration_id.label("person"))
    .where(MAILS.c.registration_id.in_(bindparam("registration_ids", expanding=True)), KNOWS)
    .order_by(MAILS.c.id)
)
OWN_HELD = OWN.with_for_update()
LEFT_BEHIND = (
    select(*WHAT_IT_SAYS, PEOPLE.c.id.label("person"))
    .join_from(MAILS, EARLIER, EARLIER.c.id == MAILS.c.registration_id)
    .join(PEOPLE, CAME_BACK)
    .where(PEOPLE.c.id.in_(bindparam("registration_ids", expanding=True)), KNOWS)
    .order_by(MAILS.c.id)
    .with_for_update(of=MAILS)
)
GONE = delete(MAILS).where(MAILS.c.id.in_(bindparam("ids", expanding=True)))
STRIPPED = (
    update(MAILS)
    .where(MAILS.c.id == bindparam("mail_id"))
    .values(facts=bindparam("new_facts", type_=MAILS.c.facts.type))
)
CALENDAR_KINDS = {kind for kind, of in KINDS.items() if of.carries is Carries.CALENDAR}


class Overtaken:
    """The queued mails of some people: which of them go, and which lose their calendar part."""

    def __init__(self, rows: Iterable[Any] = ()) -> None:
        self._queued: dict[int, list[Any]] = {}
        self._never_seen: dict[int, dict[str, int]] = {}
        for row in rows:
            if row.is_queued:
                self._queued.setdefault(row.person, []).append(row)
            self._never_seen.setdefault(row.person, {}).update(row.facts.get("never_seen", {}))
        self._gone: list[int] = []
        self._stripped: list[dict[str, Any]] = []

    @classmethod
    def of(cls, registration_ids: Collection[int], *, hold: bool = True) -> Self:
        """Return what waits to be sent to people; who only looks holds nothing."""
        statement = OWN_HELD if hold else OWN
        return cls(_found(statement, registration_ids) if registration_ids else ())

    @classmethod
    def left_behind(cls, registration_id: int) -> Self:
        """Return what waits for somebody who comes back, from registrations that are over."""
        return cls(_found(LEFT_BEHIND, [registration_id]))

    def by(
        self, registration_id: int, kind: MessageKind, letter: LetterFacts, told: Told
    ) -> tuple[MessageKind | None, list[EntryFacts]]:
        """Return as what the letter goes out, if it does, and which revisions of entries do.

        The letter takes in what it overtakes; there is none when nothing is left to tell.
        """
        never_seen = self._never_seen.get(registration_id, {})
        new = {each.entry.uid: _stated(each, never_seen.get(each.entry.uid)) for each in told}
        others: dict[str, EntryFacts] = {}
        overtaken: set[str] = set()
        for row in reversed(self._queued.get(registration_id, ())):  # the oldest has the last word
            entry: EntryFacts | None = row.facts.get("entry")
            is_new = entry is not None and entry["uid"] in new
            if entry is not None and is_new:
                _inherit(new[entry["uid"]], entry, attempts=row.attempts)
            if row.kind in KINDS[kind].overtakes and news.can_give_way(row.facts):
                overtaken.add(row.kind)
                news.overtake(letter, cast("LetterFacts", row.facts))
                self._gone.append(row.id)
                if entry is not None and not is_new:
                    others[entry["uid"]] = _as_it_is_known(entry, row.attempts)
            elif is_new and row.kind in CALENDAR_KINDS:
                self._gone.append(row.id)
            elif is_new and row.attempts == 0:  # else its bytes are made, and stay as they are
                self._strip(row)
        left = news.left_to_tell(kind, letter, overtaken)
        stated = new | others
        ended = {uid for uid, each in stated.items() if _is_end_of_nothing(each)}
        if ended:
            letter["never_seen"] = {uid: stated[uid]["sequence"] for uid in ended}
        objects = [
            each
            for uid, each in stated.items()
            if uid not in ended and (left or not _is_known(each, letter))
        ]
        return left, objects

    def write(self) -> None:
        """Carry it out."""
        if self._gone:
            db.session.execute(GONE, {"ids": self._gone})
        if self._stripped:
            db.session.execute(STRIPPED, self._stripped)

    def _strip(self, row: Any) -> None:  # noqa: ANN401 - a row of QUEUED
        facts = {name: value for name, value in row.facts.items() if name != "entry"}
        self._stripped.append({"mail_id": row.id, "new_facts": facts | {"links": ["manage"]}})


def send_on(standing: Standing, old_email: str) -> bool:
    """Let what nobody has tried to send go to a new mailbox; whether the old one got anything."""
    to_the_old = (
        MAILS.c.registration_id == standing.id,
        MAILS.c.recipient_key == fold_email(old_email),
        MAILS.c.kind.not_in(STAYING),
    )
    waiting = update(MAILS).where(*to_the_old, MAILS.c.state == "queued", MAILS.c.attempts == 0)
    db.session.execute(waiting.values(facts.mailbox(standing.email, standing.name)))
    left = select(MAILS.c.id).where(*to_the_old).limit(1)
    return db.session.scalars(left).one_or_none() is not None


def _found(statement: Select[*tuple[Any, ...]], registration_ids: Collection[int]) -> Iterable[Any]:
    return db.session.execute(statement, {"registration_ids": list(registration_ids)})


def _stated(revision: Revision, untold_end: int | None) -> EntryFacts:
    """Mark the first revision of an entry that can be seen, else what is known until it comes.

    The first is the very first, in this mailbox, or the next one after an end that nobody was
    told of.
    """
    stated = entry_facts(revision.entry, revision.method)
    if revision.is_first or stated["sequence"] == 0 or stated["sequence"] - 1 == untold_end:
        stated["unseen"] = True
    elif revision.known is not None:
        stated["known"] = revision.known
    return stated


def _is_known(entry: EntryFacts, letter: LetterFacts) -> bool:
    """Return whether a calendar says this already, by the last revision that went out."""
    name = full_name(letter["given_name"], letter["family_name"])
    return entry.get("known") == mark_of(entry["content"], entry["status"], name)


def _is_end_of_nothing(entry: EntryFacts) -> bool:
    return entry["method"] == Method.CANCEL and entry.get("unseen", False)


def _inherit(newer: EntryFacts, older: EntryFacts, *, attempts: int) -> None:
    """Pass on what a calendar says that never got an older revision.

    One that is older than the last revision was sent again by hand.
    """
    if newer["sequence"] != older["sequence"] + 1:
        return
    was = _as_it_is_known(older, attempts)
    is_measured = newer.pop("known", None) is not None
    if was.get("unseen"):
        newer["unseen"] = True
    elif is_measured and "known" in was:
        newer["known"] = was["known"]


def _as_it_is_known(entry: EntryFacts, attempts: int) -> EntryFacts:
    """Return an entry that waits; where its mail was tried it may have been taken all the same."""
    if attempts == 0:
        return entry
    tried = entry.copy()
    tried.pop("known", None)
    tried["unseen"] = False
    return tried
