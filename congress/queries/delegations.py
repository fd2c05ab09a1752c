"""Organisations as a quota counts them: how many have a place, who is next of which, spellings."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from congress.base import columns_of, table_of
from congress.domain.modes import Mode
from congress.domain.organisation_names import likeness
from congress.domain.people import fold_name
from congress.domain.quotas import Delegation, Spelling
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import (
    Organisation,
    QuotaDomain,
    QuotaException,
    QuotaSpelling,
    Registration,
)
from congress.queries.positions import have_place, sits_in
from congress.queries.register_names import BY_ALIAS, BY_DOMAIN, Registered

PEOPLE, EXCEPTIONS = table_of(Registration), table_of(QuotaException)
SPELLINGS, DOMAINS = table_of(QuotaSpelling), table_of(QuotaDomain)
IS_IN = sits_in(PEOPLE)
IS_WAITING = PEOPLE.c.state == RegistrationState.WAITING
# Written out, as in the index, which else would not be used.
IS_COUNTED = PEOPLE.c.quota_key != literal_column("''")
HERE = PEOPLE.c.congress_id == bindparam("congress_id")
KEYS: BindParameter[list[str]] = bindparam("keys", expanding=True)

# Made once: putting a statement together costs more than carrying it out.
COUNTED = union_all(
    select(
        PEOPLE.c.quota_key,
        func.sum(case((IS_IN, 1), else_=0)).label("taken"),
        func.sum(case((IS_WAITING, 1), else_=0)).label("waiting"),
        literal(0).label("is_exception"),
    )
    .where(HERE, PEOPLE.c.quota_key.in_(KEYS), IS_COUNTED)
    .group_by(PEOPLE.c.quota_key),
    select(EXCEPTIONS.c.key, EXCEPTIONS.c.places, literal(0), literal(1)).where(
        EXCEPTIONS.c.congress_id == bindparam("congress_id"), EXCEPTIONS.c.key.in_(KEYS)
    ),
)
SENT = (
    select(PEOPLE.c.quota_key, func.count().label("taken"))
    .where(HERE, IS_IN, IS_COUNTED)
    .group_by(PEOPLE.c.quota_key)
    .subquery()
)
QUEUE = (
    select(
        *columns_of(PEOPLE, "id quota_key priority joined_at"),
        func.row_number()
        .over(
            partition_by=PEOPLE.c.quota_key,
            order_by=columns_of(PEOPLE, "priority joined_at id"),
        )
        .label("nth"),
    )
    .where(HERE, IS_WAITING, PEOPLE.c.mode.in_(bindparam("modes", expanding=True)))
    .subquery()
)
# More of an organisation that somebody leaves in the decision this is read for, or before it in
# others that are only imagined.
MORE = case(
    (
        QUEUE.c.quota_key.in_(bindparam("may_send", expanding=True)),
        bindparam("more", type_=Integer),
    ),
    else_=0,
)
HAVE_PLACE = have_place(bindparam("congress_id"), QUEUE.c.quota_key)
FREE = func.coalesce(EXCEPTIONS.c.places, bindparam("quota", type_=Integer)) - HAVE_PLACE + MORE
LINE_WITHIN_QUOTA = (
    select(QUEUE.c.id)
    .outerjoin(
        EXCEPTIONS,
        and_(
            EXCEPTIONS.c.congress_id == bindparam("congress_id"),
            EXCEPTIONS.c.key == QUEUE.c.quota_key,
        ),
    )
    .where(
        or_(
            QUEUE.c.quota_key == "",
            and_(EXCEPTIONS.c.id.is_not(None), EXCEPTIONS.c.places.is_(None)),
            QUEUE.c.nth <= FREE,
        )
    )
    .order_by(*columns_of(QUEUE, "priority joined_at id"))
    .limit(bindparam("most"))
)
OF_DOMAIN, OF_SPELLING = "domain", "spelling"
NAMED_DOMAIN, NAMED_OTHERWISE = "register's domain", "other name"
NO_TEXT = cast(null(), String)


def _of_register(kind: str, named: Select[*tuple[str, str]]) -> Select[*tuple[Any, ...]]:
    text, name = named.subquery().columns
    return select(literal(kind), text, NO_TEXT, name)


KNOWN = union_all(
    select(literal(OF_SPELLING).label("kind"), *columns_of(SPELLINGS, "words likeness key")).where(
        SPELLINGS.c.congress_id == bindparam("congress_id"),
        or_(
            and_(
                SPELLINGS.c.likeness >= bindparam("since"),
                SPELLINGS.c.likeness <= bindparam("until"),
            ),
            bindparam("all_of_them", type_=Boolean),
            # Its name in the register may begin otherwise than what was typed.
            exists(BY_DOMAIN.subquery()),
            exists(BY_ALIAS.subquery()),
        ),
    ),
    _of_register(NAMED_DOMAIN, BY_DOMAIN),
    _of_register(NAMED_OTHERWISE, BY_ALIAS),
    select(literal(OF_DOMAIN), DOMAINS.c.domain, NO_TEXT, DOMAINS.c.key).where(
        DOMAINS.c.congress_id == bindparam("congress_id"),
        or_(
            DOMAINS.c.domain.in_(bindparam("domains", expanding=True)),
            bindparam("all_of_them", type_=Boolean),
        ),
    ),
)
LAST = "\U0010ffff"  # behind every text that begins alike


class Known(NamedTuple):
    """Where organisations of a congress are counted, by spelling and by domain.

    And under which names the register knows them.
    """

    spellings: list[Spelling]
    domains: dict[str, str]
    registered: Registered


def delegations(congress_id: int, keys: Collection[str], quota: int) -> dict[str, Delegation]:
    """Return the delegations of organisations by their keys, also of those without anybody yet."""
    named = {"congress_id": congress_id, "keys": list(keys)}
    return counted(db.session.execute(COUNTED, named), keys, quota)


def counted(
    rows: Iterable[Row[*tuple[Any, ...]]], keys: Collection[str], quota: int
) -> dict[str, Delegation]:
    """Return the delegations of organisations from the rows of `COUNTED`."""
    found = {key: Delegation(quota) for key in keys}
    for row in rows:
        if row.is_exception:
            found[row.quota_key] = replace(found[row.quota_key], places=row.taken)
        else:
            found[row.quota_key] = found[row.quota_key].counted(row.taken, row.waiting)
    return found


def line_within(
    congress_id: int,
    most: int,
    quota: int,
    may_send: Iterable[str],
    more: int,
    *,
    mode: Mode | None = None,
) -> tuple[int, ...]:
    """Return who waits for a congress and may have a place, at most so many, in their order.

    With a `mode` those who want to take part in this way. Of the organisations in `may_send` there
    are so many `more`, of which not all may have one.
    """
    modes = list(Mode) if mode is None else [mode]
    named = {
        "congress_id": congress_id,
        "most": most,
        "quota": quota,
        "more": more,
        "modes": modes,
    }
    return tuple(db.session.scalars(LINE_WITHIN_QUOTA, named | {"may_send": list(may_send)}))


def known(congress_id: int, organisations: Collection[str], domains: Collection[str]) -> Known:
    """Return where organisations like these are counted, and how the register calls them.

    In one look: of spellings those that begin alike, or all where one is in the register under
    another name.
    """
    first = {each[:1] for each in map(likeness, organisations) if each}
    initial = next(iter(first), "")
    named = {"since": initial, "until": initial + LAST if initial else "", "every": False}
    named |= {"names": list({fold_name(each) for each in organisations}), "domains": list(domains)}
    return _known(congress_id, **named, all_of_them=len(first) > 1)


def all_known(congress_id: int) -> Known:
    """Return where every organisation of a congress is counted, and all names of the register."""
    named = {"since": "", "until": "", "names": [], "domains": []}
    return _known(congress_id, **named, all_of_them=True, every=True)


def _known(congress_id: int, **named: object) -> Known:
    rows = db.session.execute(KNOWN, {"congress_id": congress_id, **named}).all()
    found: dict[str, dict[str, str]] = {
        kind: {row.words: row.key for row in rows if row.kind == kind}
        for kind in (OF_DOMAIN, NAMED_DOMAIN, NAMED_OTHERWISE)
    }
    return Known(
        [Spelling(row.words, row.likeness, row.key) for row in rows if row.kind == OF_SPELLING],
        found[OF_DOMAIN],
        Registered(found[NAMED_DOMAIN], found[NAMED_OTHERWISE]),
    )


def sent(congress_id: int) -> dict[str, int]:
    """Return how many people of each organisation have a place."""
    rows = db.session.execute(select(SENT.c.quota_key, SENT.c.taken), {"congress_id": congress_id})
    return {row.quota_key: row.taken for row in rows}


def in_register(keys: Collection[str]) -> set[str]:
    """Return which of these names (`people.fold_name`) the register of organisations has."""
    names = Organisation.name_key
    return set(db.session.scalars(select(names).where(names.in_(keys))))
