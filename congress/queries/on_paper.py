"""Who has a place, as printed lists name them: by name, with nothing else about them."""

from sqlalchemy import ColumnElement, Row, Select, func, select

from congress.base import columns_of, table_of
from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.modes import Mode
from congress.domain.on_paper import Logo, Named
from congress.domain.registration import BookingState
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.extensions import db
from congress.models import Booking
from congress.queries import organisations
from congress.queries.attendances import HAS_PLACE, PEOPLE

BOOKED = table_of(Booking)
OF_PLACES = select(
    *columns_of(PEOPLE, "id given_name family_name organisation unconfirmed_until mode")
).where(HAS_PLACE)


def everybody(congress_id: int) -> list[Named]:
    """Return who has a place at a congress."""
    return _listed(OF_PLACES, congress_id)


def in_item(congress_id: int, item_id: int) -> list[Named]:
    """Return who has a place in an item of a congress."""
    booked = OF_PLACES.join(BOOKED, BOOKED.c.registration_id == PEOPLE.c.id)
    with_place = BOOKED.c.state == BookingState.CONFIRMED
    return _listed(booked.where(BOOKED.c.item_id == item_id, with_place), congress_id)


def _listed(statement: Select[*tuple[object, ...]], congress_id: int) -> list[Named]:
    of_it = statement.where(PEOPLE.c.congress_id == congress_id)
    rows = db.session.execute(of_it.order_by(*columns_of(PEOPLE, "family_key id")))
    return [_named(row) for row in rows]


def _named(row: Row[*tuple[object, ...]]) -> Named:
    return Named(
        row.id,
        row.given_name,
        row.family_name,
        row.organisation,
        is_unconfirmed=row.unconfirmed_until is not None,
        is_online=row.mode == Mode.ONLINE,
    )


def count_on_site(congress_id: int, *, is_hybrid: bool) -> int:
    """Return how many have a place and come to the venue."""
    statement = (
        select(func.count()).select_from(PEOPLE).where(*_on_site(congress_id, is_hybrid=is_hybrid))
    )
    return int(db.session.scalars(statement).one())


def counts_on_site(congress_id: int, *, is_hybrid: bool) -> dict[int, int]:
    """Return the same of each item in which somebody has a place, by its id."""
    rows = db.session.execute(
        select(BOOKED.c.item_id, func.count())
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            *_on_site(congress_id, is_hybrid=is_hybrid), BOOKED.c.state == BookingState.CONFIRMED
        )
        .group_by(BOOKED.c.item_id)
    )
    return {item_id: int(count) for item_id, count in rows}


def _on_site(congress_id: int, *, is_hybrid: bool) -> list[ColumnElement[bool]]:
    here = [PEOPLE.c.congress_id == congress_id, HAS_PLACE]
    return [*here, PEOPLE.c.mode != Mode.ONLINE] if is_hybrid else here


def logo_of(congress: Congress) -> Logo | None:
    """Return the logo of the first host that has one."""
    for host in congress.named(OrganisationRole.HOST):
        if host.logo_digest and (found := organisations.find_logo(host.logo_digest)):
            return Logo(found.content, host.logo_alt or {REQUIRED_LANGUAGE: host.name})
    return None
