"""Who wears a badge at a congress, what stands on it, and which badges were printed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache, partial
from operator import itemgetter

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, select

from congress.base import columns_of, table_of
from congress.domain.badges import (
    MOST_AT_ONCE,
    Badge,
    BadgeWish,
    Batch,
    Which,
    digest_of,
    is_due,
    words_of,
    words_of_workshops,
)
from congress.domain.congresses import Congress
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.online import stays_away
from congress.domain.people import name_order
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.domain.texts import REQUIRED_LANGUAGE, in_language
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Booking, Consent, PrintedBadge
from congress.queries import contributor_door, programme
from congress.queries.attendances import HAS_PLACE, PEOPLE

TOKENS, AGREED, BOOKED = table_of(AccessToken), table_of(Consent), table_of(Booking)
PRINTED = table_of(PrintedBadge)
CODE = and_(
    TOKENS.c.registration_id == PEOPLE.c.id,
    TOKENS.c.purpose == TokenPurpose.CHECK_IN,
    TOKENS.c.revoked_at.is_(None),
)
MAY_BE_SHOWN: ColumnElement[bool] = exists().where(
    AGREED.c.registration_id == PEOPLE.c.id,
    AGREED.c.purpose == "photos",
    AGREED.c.withdrawn_at.is_(None),
)
IS_PRINTED: ColumnElement[bool] = exists().where(PRINTED.c.registration_id == PEOPLE.c.id)
CHOSEN = (
    select(func.aggregate_strings(cast(BOOKED.c.item_id, String), " "))
    .where(
        BOOKED.c.registration_id == PEOPLE.c.id,
        BOOKED.c.state == BookingState.CONFIRMED,
        BOOKED.c.state != BookingState.CANCELLED,  # for SQLite, which else misses the index
    )
    .scalar_subquery()
)
IN_ORDER = columns_of(PEOPLE, "family_key id")
ON_IT = (
    *columns_of(PEOPLE, "id given_name family_name organisation kind family_key"),
    TOKENS.c.digest.label("code"),
    MAY_BE_SHOWN.label("may_be_shown"),
)
BY_NAME = itemgetter(0)
Named = tuple[str, str]  # what somebody is put in order by, and whose badge it is
Programmed = tuple[str, Badge]  # somebody of the programme


def batch(congress: Congress, wish: BadgeWish) -> Batch:
    """Return the badges that are wanted of those of a congress, in the order of the names.

    The database counts and says who is first; badges are made for one file only.
    """
    title = in_language(congress.title, REQUIRED_LANGUAGE)
    if wish.holder:
        only = _made(congress, [wish.holder], _contributing(congress), wish)
        known, digests = printed(congress.id, [wish.holder]), _digests(only, title)
        due = sum(is_due(known, holder, digest) for holder, digest in digests.items())
        return Batch(only, digests, known, due, len(only), 0)
    contributing = _contributing(congress)
    known = printed(congress.id, [badge.holder for _key, badge in contributing])
    due_there = [
        each for each in contributing if is_due(known, each[1].holder, each[1].digest(title))
    ]
    new, expected = _counts(congress)
    changed = _changed(congress, title, with_workshops=wish.with_workshops)
    waiting, everybody = new + len(changed) + len(due_there), expected + len(contributing)
    if wish.which is Which.ALL:
        wanted, first = everybody, [*_first(congress), *_named(contributing)]
    else:
        wanted = waiting
        first = [*_first(congress, ~IS_PRINTED), *changed, *_named(due_there)]
    holders = [holder for _key, holder in sorted(first, key=BY_NAME)[:MOST_AT_ONCE]]
    made = _made(congress, holders, contributing, wish)
    return Batch(
        made,
        _digests(made, title),
        printed(congress.id, holders),
        waiting,
        everybody,
        wanted - len(made),
    )


def digests(
    congress: Congress, *, with_workshops: bool, holders: Collection[str]
) -> dict[str, str]:
    """Return what tells some badges of a congress as they would be printed now, by holder."""
    title = in_language(congress.title, REQUIRED_LANGUAGE)
    wish = BadgeWish(with_workshops=with_workshops)
    return _digests(_made(congress, holders, _contributing(congress), wish), title)


def printed(congress_id: int, holders: Collection[str]) -> dict[str, str]:
    """Return the digest of each of some badges that was printed, by whose it is."""
    rows = db.session.execute(
        select(*columns_of(PRINTED, "registration_id person_id digest")).where(
            PRINTED.c.congress_id == congress_id,
            PRINTED.c.registration_id.in_(_numbers(holders, "r"))
            | PRINTED.c.person_id.in_(_numbers(holders, "p")),
        )
    )
    return {
        f"r{row.registration_id}" if row.registration_id else f"p{row.person_id}": row.digest
        for row in rows
    }


def _expected(congress: Congress) -> list[ColumnElement[bool]]:
    """Return what holds of those registered who are expected at the venue and so wear a badge."""
    here = [PEOPLE.c.congress_id == congress.id, HAS_PLACE]
    away = [mode for mode in Mode if stays_away(congress.rules, mode)]
    if len(away) == len(Mode):
        return [false()]
    return [*here, PEOPLE.c.mode.not_in(away)] if away else here


def _counts(congress: Congress) -> tuple[int, int]:
    """Return how many registered people never had a badge printed, and how many wear one."""
    row = db.session.execute(
        select(func.count().filter(~IS_PRINTED), func.count())
        .select_from(PEOPLE)
        .where(*_expected(congress))
    ).one()
    return row[0], row[1]


def _first(congress: Congress, *which: ColumnElement[bool]) -> list[Named]:
    """Return the first who are registered, as many as one file has badges."""
    rows = db.session.execute(
        select(*IN_ORDER)
        .where(*_expected(congress), *which)
        .order_by(*IN_ORDER)
        .limit(MOST_AT_ONCE)
    )
    return [(key, f"r{number}") for key, number in rows]


def _changed(congress: Congress, title: str, *, with_workshops: bool) -> list[Named]:
    """Return which registered people have a badge that says something else by now.

    No badge is made of what is compared: of 20,000 people that would take a quarter of a second.
    """
    rows = db.session.execute(
        select(*ON_IT, PRINTED.c.digest, *([CHOSEN] if with_workshops else []))
        .join(PRINTED, PRINTED.c.registration_id == PEOPLE.c.id)
        .outerjoin(TOKENS, CODE)
        .where(*_expected(congress))
    ).all()
    known = _current(congress) if with_workshops else []
    said, workshops = cache(_organisation_words), cache(partial(_workshop_words, known))
    found = []
    for number, given, family, organisation, kind, key, code, may_be_shown, before, *chosen in rows:
        now = digest_of(
            title,
            full_name(given, family),
            said(organisation),
            kind,
            without_photos=not may_be_shown,
            code=code or "",
            workshops=workshops(*chosen),
        )
        if now != before:
            found.append((key, f"r{number}"))
    return found


def _organisation_words(organisation: str) -> str:
    return words_of(_texts(organisation))


def _workshop_words(known: Sequence[ProgrammeItem], chosen: str | None = None) -> str:
    numbers = set(map(int, (chosen or "").split()))
    return words_of_workshops(_in_turn(known, numbers))


def _made(
    congress: Congress,
    holders: Collection[str],
    contributing: Iterable[Programmed],
    wish: BadgeWish,
) -> tuple[Badge, ...]:
    """Return the badges of some, in the order in which they are named.

    Whoever takes part online wears none; people of the programme wear one also without a
    registration. They were asked for no consent, so nothing is said of photos there.
    """
    made = {badge.holder: badge for _key, badge in contributing}
    made |= _registered(congress, _numbers(holders, "r"), with_workshops=wish.with_workshops)
    return tuple(made[holder] for holder in holders if holder in made)


def _registered(
    congress: Congress, numbers: Collection[int], *, with_workshops: bool
) -> dict[str, Badge]:
    whose = PEOPLE.c.id.in_(numbers)
    workshops = _workshops(congress, whose) if with_workshops else {}
    rows = db.session.execute(
        select(*ON_IT)
        .outerjoin(TOKENS, CODE)
        .where(*_expected(congress), whose)
        .order_by(PEOPLE.c.id, TOKENS.c.id)
    )
    return {
        f"r{row.id}": Badge(
            f"r{row.id}",
            full_name(row.given_name, row.family_name),
            _texts(row.organisation),
            PersonKind(row.kind),
            not row.may_be_shown,
            row.code or "",
            workshops.get(row.id, ()),
        )
        for row in rows
    }


def _contributing(congress: Congress) -> list[Programmed]:
    found = [
        (
            _order(each.name),
            Badge(f"p{each.person_id}", each.name, each.affiliation, PersonKind.CONTRIBUTOR),
        )
        for each in contributor_door.unregistered(congress.id)
    ]
    return sorted(found, key=BY_NAME)


def _workshops(
    congress: Congress, whose: ColumnElement[bool]
) -> dict[int, tuple[ProgrammeItem, ...]]:
    """Return what each has chosen, in the order of the programme."""
    known = _current(congress)
    found: dict[int, set[int]] = defaultdict(set)
    for registration_id, item_id in db.session.execute(
        select(*columns_of(BOOKED, "registration_id item_id"))
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(whose, BOOKED.c.state == BookingState.CONFIRMED)
    ):
        found[registration_id].add(item_id)
    return {person: _in_turn(known, chosen) for person, chosen in found.items()}


def _current(congress: Congress) -> list[ProgrammeItem]:
    items = [each for each in programme.current_items(congress) if not each.face.cancelled]
    return sorted(items, key=lambda each: (each.slot, each.id))


def _in_turn(known: Iterable[ProgrammeItem], chosen: Collection[int]) -> tuple[ProgrammeItem, ...]:
    return tuple(item for item in known if item.id in chosen)


def _digests(made: Iterable[Badge], title: str) -> dict[str, str]:
    return {badge.holder: badge.digest(title) for badge in made}


def _named(there: Sequence[Programmed]) -> list[Named]:
    return [(key, badge.holder) for key, badge in there]


def _numbers(holders: Iterable[str], of: str) -> list[int]:
    """Return the numbers of registrations ("r") or of people of the programme ("p")."""
    return [int(each[1:]) for each in holders if each.startswith(of)]


def _order(name: str) -> str:
    """Return what somebody of the programme is put in order by, of whom one name is known."""
    given, _, family = name.rpartition(" ")
    return name_order(family, given)


def _texts(organisation: str) -> dict[str, str]:
    return {REQUIRED_LANGUAGE: organisation}
