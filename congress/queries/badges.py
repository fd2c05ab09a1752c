"""Who wears a badge at a congress, what stands on it, and which badges were printed."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, exists, select

from congress.base import columns_of, table_of
from congress.domain import badges
from congress.domain.badges import Badge, BadgeWish, Batch
from congress.domain.congresses import Congress
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.online import takes_part_online
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
# Looked up thousands of times: quicker than asking the enumerations.
KINDS = {str(kind): kind for kind in PersonKind}
MODES = {str(mode): mode for mode in Mode}
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


def batch(congress: Congress, wish: BadgeWish) -> Batch:
    """Return the badges that are wanted of those of a congress."""
    everybody = of_congress(congress, with_workshops=wish.with_workshops)
    title = in_language(congress.title, REQUIRED_LANGUAGE)
    return badges.batch(everybody, printed(congress.id), wish, title)


def digests(
    congress: Congress, *, with_workshops: bool, holders: Collection[str]
) -> dict[str, str]:
    """Return what tells some badges of a congress as they would be printed now, by holder."""
    title = in_language(congress.title, REQUIRED_LANGUAGE)
    found = of_congress(congress, with_workshops=with_workshops, holders=holders)
    return {each.holder: each.digest(title) for each in found}


def of_congress(
    congress: Congress, *, with_workshops: bool, holders: Collection[str] | None = None
) -> list[Badge]:
    """Return the badge of everybody who is expected at the venue, in the order of their names.

    Of some only where `holders` says so.

    Whoever takes part online wears none; people of the programme wear one also without a
    registration. They were asked for no consent, so nothing is said of photos there.
    """
    whose = PEOPLE.c.congress_id == congress.id
    if holders is not None:
        whose &= PEOPLE.c.id.in_([int(each[1:]) for each in holders if each.startswith("r")])
    workshops = _workshops(congress, whose) if with_workshops else {}
    found = [
        *_registered(congress, whose, workshops),
        *(
            (
                _in_order(each.name),
                Badge(
                    f"p{each.person_id}",
                    each.name,
                    each.affiliation,
                    PersonKind.CONTRIBUTOR,
                ),
            )
            for each in contributor_door.unregistered(congress.id)
            if holders is None or f"p{each.person_id}" in holders
        ),
    ]
    return [badge for _key, badge in sorted(found, key=lambda each: (each[0], each[1].holder))]


def printed(congress_id: int) -> dict[str, str]:
    """Return the digest of each badge that was printed, by whose it is."""
    rows = db.session.execute(
        select(*columns_of(PRINTED, "registration_id person_id digest")).where(
            PRINTED.c.congress_id == congress_id
        )
    )
    return {
        f"r{row.registration_id}" if row.registration_id else f"p{row.person_id}": row.digest
        for row in rows
    }


def _registered(
    congress: Congress,
    whose: ColumnElement[bool],
    workshops: Mapping[int, tuple[ProgrammeItem, ...]],
) -> list[tuple[str, Badge]]:
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, "id given_name family_name organisation kind mode family_key"),
            TOKENS.c.digest,
            MAY_BE_SHOWN.label("may_be_shown"),
        )
        .outerjoin(TOKENS, CODE)
        .where(whose, HAS_PLACE)
        .order_by(PEOPLE.c.id, TOKENS.c.id)
    )
    found = {
        row.id: (
            row.family_key,
            Badge(
                f"r{row.id}",
                full_name(row.given_name, row.family_name),
                {"de": row.organisation},
                KINDS[row.kind],
                not row.may_be_shown,
                row.digest or "",
                workshops.get(row.id, ()),
            ),
        )
        for row in rows
        if not takes_part_online(congress, MODES[row.mode])
    }
    return list(found.values())


def _in_order(name: str) -> str:
    """Return what somebody of the programme is put in order by, of whom one name is known."""
    given, _, family = name.rpartition(" ")
    return name_order(family, given)


def _workshops(
    congress: Congress, whose: ColumnElement[bool]
) -> dict[int, tuple[ProgrammeItem, ...]]:
    """Return what each has chosen, in the order of the programme."""
    items = [each for each in programme.current_items(congress) if not each.face.cancelled]
    known = {each.id: each for each in sorted(items, key=lambda each: (each.slot, each.id))}
    found: dict[int, set[int]] = defaultdict(set)
    for registration_id, item_id in db.session.execute(
        select(*columns_of(BOOKED, "registration_id item_id"))
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(whose, BOOKED.c.state == BookingState.CONFIRMED)
    ):
        found[registration_id].add(item_id)
    return {
        person: tuple(item for number, item in known.items() if number in chosen)
        for person, chosen in found.items()
    }
