"""Which mails are no longer true, by what holds now: asked before one goes out, or once more.

A reminder or an info mail that is still to be sent names day, place and workshops as they are now.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Row, bindparam, exists, select

from congress.base import columns_of, table_of
from congress.domain.calendars.calendar import Method, Status
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import Audience
from congress.domain.mails.messages import InfoFacts
from congress.domain.mails.truth import (
    PASSING,
    RELIES,
    STANDING_ANEW,
    Outdated,
    Relies,
    Today,
    restated,
    why_outdated,
)
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import CalendarEntry, Mailing, OutboxMessage, Registration
from congress.queries import coming_back, congresses, feedback, mailing_readers
from congress.queries.registrations import standings
from congress.services.mails import mailing_letters, network_truth, task_letters
from congress.services.mails.facts import Letters
from congress.services.mails.reminder_truth import Moments, Reminding, is_reminder
from congress.services.network import terms

ENTRIES, PEOPLE, MAILINGS = table_of(CalendarEntry), table_of(Registration), table_of(Mailing)
MAILS = table_of(OutboxMessage)
NEWER = MAILS.alias("newer")
READERS = select(*columns_of(PEOPLE, "id state subscribes unconfirmed_until"))
# The newest revision comes last; an entry may have gone on in a later registration.
OF_ENTRIES = (
    select(*columns_of(ENTRIES, "uid sequence status"), *columns_of(PEOPLE, "email_key subscribes"))
    .join(PEOPLE, PEOPLE.c.id == ENTRIES.c.registration_id)
    .order_by(ENTRIES.c.sequence)
)
# Of some mails, those whose reader was sent something newer.
TOLD_SINCE = select(MAILS.c.id).where(
    MAILS.c.id.in_(bindparam("ids", expanding=True)),
    exists().where(
        NEWER.c.registration_id == MAILS.c.registration_id,
        NEWER.c.id > MAILS.c.id,
        NEWER.c.state == "sent",
    ),
)


class Mail(Reminding, Protocol):
    """What is asked of any mail, be it a reminder or not: a row of the outbox has it."""

    @property
    def id(self) -> int: ...
    @property
    def mailing_id(self) -> int | None: ...
    @property
    def language(self) -> str: ...


class DueMail(Mail, Protocol):
    """A mail that is to be sent now, with the bytes of an attempt before, if there was one."""

    @property
    def content(self) -> bytes | None: ...


@dataclass
class Judged:
    """Which of some mails are no longer true and why, and what others have to state now."""

    outdated: dict[int, Outdated]
    restated: dict[int, Mapping[str, Any]]  # reminders and info mails, by number


def judge_due(mails: Iterable[DueMail], *, now: datetime) -> Judged:
    """Return which of some mails that are due are to be dropped, and what others have to state.

    Inside a running transaction that has locked them.
    """
    asked = [each for each in mails if each.kind in PASSING or each.content is not None]
    judged = judge(asked, now=now)
    late = [each.id for each in asked if each.id in judged.outdated and each.kind not in PASSING]
    if late:
        told_since = set(db.session.scalars(TOLD_SINCE, {"ids": late}))
        for number in set(late) - told_since:
            del judged.outdated[number]
    return judged


def judge(mails: Iterable[Mail], *, now: datetime) -> Judged:
    """Return what is no longer true of some mails. Reads, and holds nothing."""
    mails = list(mails)
    found = [
        each
        for each in mails
        if each.kind in RELIES and each.congress_id is not None and not _is_test(each)
    ]
    judged = Judged(*network_truth.judged(mails, now=now))
    if not found:
        return judged
    of_today = _OfToday(found, now=now)
    for mail in found:
        if why := why_outdated(mail.kind, mail.facts, of_today.of(mail)):
            judged.outdated[mail.id] = why
    rest = [each for each in found if each.id not in judged.outdated]
    of_today.read_letters(rest)  # which costs most, and is asked of none that is over in any case
    for mail in rest:
        today = of_today.of(mail)
        why = why_outdated(mail.kind, mail.facts, today)
        if why is not None:
            judged.outdated[mail.id] = why
        elif mail.kind in STANDING_ANEW and today.letter is not None:
            judged.restated[mail.id] = restated(mail.facts, today.letter)
        elif mail.kind == MessageKind.REGISTRATION_OPENED:
            judged.restated[mail.id] = of_today.opening(mail)
        elif (info := of_today.info(mail)) is not None:
            judged.restated[mail.id] = info
    return judged


def _is_test(mail: Mail) -> bool:
    """Return whether an organiser sent it to themselves, or it was forgotten what it stated."""
    return not mail.facts or bool(mail.facts.get("is_test"))


def _wants_letter(mail: Mail) -> bool:
    kind = MessageKind(mail.kind)
    names_workshops = kind is MessageKind.INFO_MAIL and "confirmed" in mail.facts
    return Relies.STATED in RELIES[kind] or kind in STANDING_ANEW or names_workshops


class _OfToday:
    """What holds now of what some mails are about, read for all of them at once."""

    def __init__(self, mails: Sequence[Mail], *, now: datetime) -> None:
        self._now = now
        ids = {each.congress_id for each in mails if each.congress_id is not None}
        self._congresses = {each: congresses.get_congress(each) for each in ids}
        self._letters = {each: Letters(self._congresses[each]) for each in ids}
        numbers = {each.registration_id for each in mails if each.registration_id is not None}
        self._readers = {
            row.id: row for row in db.session.execute(READERS.where(PEOPLE.c.id.in_(numbers)))
        }
        self._standings: dict[int, Standing] = {}
        self._entries = _entries({each.facts["entry"]["uid"] for each in mails if _entry(each)})
        left = [each.registration_id for each in mails if Relies.LEFT in RELIES[_kind(each)]]
        self._back = coming_back.who_came_back({each for each in left if each is not None})
        self._mailings = _mailings({each.mailing_id or 0 for each in mails} - {0})
        self._ranked = self._read_ranked(mails)
        self._unused = self._read_unused([each for each in mails if _is_survey(each)])
        self._silent = terms.over(mails, self._congresses)
        self._moments = {
            each: Moments(self._congresses[each], mails, now=now)
            for each in ids
            if any(each == mail.congress_id and is_reminder(mail) for mail in mails)
        }

    def _read_unused(self, mails: Sequence[Mail]) -> set[int]:
        """Return the ballots among what these mails bring that can still be used."""
        found: set[int] = set()
        for number in {each.congress_id or 0 for each in mails}:
            mine = [each.facts["ballot"] for each in mails if each.congress_id == number]
            found |= feedback.unused(mine, self._now, self._congresses[number])
        return found

    def _read_ranked(self, mails: Sequence[Mail]) -> set[int]:
        """Return those of some mails that went to whoever had said nothing, and has since."""
        found: set[int] = set()
        for number, row in self._mailings.items():
            audience = Audience.from_json(row.audience)
            if audience.is_silent:
                mine = [each for each in mails if each.mailing_id == number]
                people = {each.registration_id or 0 for each in mine}
                silent = mailing_readers.still_silent(row.congress_id, audience, people)
                found |= {each.id for each in mine if each.registration_id not in silent}
        return found

    def read_letters(self, mails: Sequence[Mail]) -> None:
        """Read what letters would state now; before that nothing is held against what they do."""
        whole = {each.registration_id or 0 for each in mails if _wants_letter(each)} - {0}
        self._standings = {each.id: each for each in standings(whole)} if whole else {}

    def of(self, mail: Mail) -> Today:
        congress = self._congresses[mail.congress_id or 0]
        reader = self._readers.get(mail.registration_id or 0)
        state = RegistrationState(reader.state) if reader else None
        mailing = self._mailings.get(mail.mailing_id or 0)
        if mailing and mailing.audience.get("state") == RegistrationState.CANCELLED:
            state = None  # it is for whoever has withdrawn
        moments = self._moments.get(congress.id)
        return Today(
            congress=congress.state,
            is_over=congress.is_over(self._now),
            reader=state,
            is_asked=bool(reader and reader.unconfirmed_until),
            has_come_back=mail.registration_id in self._back,
            letter=self._letter(mail),
            moment=moments.why_not(mail, state) if moments and is_reminder(mail) else None,
            phase=congress.period.phase(self._now),
            has_newer_entry=self._has_newer_entry(mail),
            is_meant=mail.id not in self._ranked,
            speaks=mail.facts.get("invitation") not in self._silent,
            is_undone=task_letters.is_undone(mail.facts, mail.registration_id, now=self._now),
            may_answer=mail.facts.get("ballot", 0) in self._unused or not _is_survey(mail),
        )

    def info(self, mail: Mail) -> Mapping[str, Any] | None:
        """Return what an info mail has to state now, for its placeholders; None for any other."""
        mailing = self._mailings.get(mail.mailing_id or 0)
        if mailing is None:
            return None
        stated = cast("InfoFacts", dict(mail.facts))
        stated["congress"] = self._letters[mail.congress_id or 0].of_congress(mail.language)
        if letter := self._letter(mail):
            stated["confirmed"], stated["waiting"] = letter["confirmed"], letter["waiting"]
        stated["subject"] = mailing_letters.subject(mailing.subject, stated, mail.language)
        return stated

    def opening(self, mail: Mail) -> Mapping[str, Any]:
        """Return what a mail that tells of the opening has to state now: until when it is open."""
        letters = self._letters[mail.congress_id or 0]
        return {**mail.facts, "congress": letters.of_congress(mail.language)}

    def _letter(self, mail: Mail) -> Mapping[str, Any] | None:
        standing = self._standings.get(mail.registration_id or 0)
        if standing is None or not _wants_letter(mail):
            return None
        letters = self._letters[mail.congress_id or 0]
        return letters.to(replace(standing, language=mail.language))

    def _has_newer_entry(self, mail: Mail) -> bool:
        """Return whether the object of a mail is behind what was stated since.

        An end is, where the entry goes on by mail in the same mailbox. Whoever subscribes gets
        the letter without an invitation.
        """
        entry = _entry(mail)
        newest = self._entries.get(entry["uid"]) if entry else None
        if entry is None or newest is None or newest.sequence <= entry["sequence"]:
            return False
        if entry["method"] != Method.CANCEL:
            reader = self._readers.get(mail.registration_id or 0)
            return reader is None or not reader.subscribes
        goes_on = newest.status == Status.CONFIRMED and not newest.subscribes
        return goes_on and newest.email_key == mail.recipient_key


def _entries(uids: Collection[str]) -> dict[str, Row[Any]]:
    if not uids:
        return {}
    rows = db.session.execute(OF_ENTRIES.where(ENTRIES.c.uid.in_(uids)))
    return {row.uid: row for row in rows}


def _mailings(numbers: Collection[int]) -> dict[int, Row[Any]]:
    if not numbers:
        return {}
    which = select(*columns_of(MAILINGS, "id congress_id subject audience")).where(
        MAILINGS.c.id.in_(numbers)
    )
    return {row.id: row for row in db.session.execute(which)}


def _kind(mail: Mail) -> MessageKind:
    return MessageKind(mail.kind)


def _is_survey(mail: Mail) -> bool:
    return Relies.ANSWERS in RELIES[_kind(mail)]


def _entry(mail: Mail) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = mail.facts.get("entry")
    return found
