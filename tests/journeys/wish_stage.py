"""Events whose places are given by wishes: while these are ranked, and once they are closed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from congress.domain.programme import PublicPerson
from congress.domain.ranking import Wishes
from congress.domain.registration_request import RegistrationRequest
from congress.extensions import db
from congress.models import Congress
from congress.services.planning import allocating
from congress.services.registering import register
from congress.transaction import transaction
from tests.builders import a_congress, a_workshop

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN, CLOSED = "wishing", "wishes-over"
MORNING = (
    "Junges Engagement fördern",
    "Nachbarschaftshilfe, Quartiersmanagement und Begegnung im Sozialraum",
    "Vereine stärken",
)
AFTERNOON = ("Digital ins Ehrenamt", "Engagement sichtbar machen")


def set_wish_stage(*, now: datetime) -> dict[str, str]:
    """Put two events into the database; returns what stands for the names in addresses.

    In the first wishes are ranked, in the second that is over.
    """
    people = {slug: _event(slug, now) for slug in (OPEN, CLOSED)}
    with transaction():
        closed = db.session.scalars(select(Congress).where(Congress.slug == CLOSED)).one()
        closed.wishes_until = now - HOUR
    return {
        f"{slug}_{name}{what}": value
        for slug, everybody in people.items()
        for name, (number, secret) in everybody.items()
        for what, value in (("", secret), ("_id", str(number)))
    }


def _event(slug: str, now: datetime) -> dict[str, tuple[int, str]]:
    """Register people; one of them says nothing."""
    congress_id, (one, two, _three, four, five) = an_event_by_wishes(slug, now=now)
    wishes = {
        "Adam": {one: Wishes((one, two)), four: Wishes((five,), any_other=True)},
        "Emil": {one: Wishes((one,)), four: Wishes()},
        "Silvia": {},
    }
    return {name: rank(congress_id, name, said, now=now) for name, said in wishes.items()}


def an_event_by_wishes(slug: str, *, now: datetime) -> tuple[int, list[int]]:
    """Make a congress; returns its number and those of its workshops, of which one has one place.

    Three are in the morning and two in the afternoon.
    """
    starts = (now + 30 * DAY).replace(hour=8, minute=0, second=0, microsecond=0)
    congress = a_congress(
        slug=slug,
        title={"de": "Ideenwerkstatt Engagement", "en": "Ideas for engagement"},
        rules={"allocation": "wishes", "popularity": True},
        opens_at=now - 9 * DAY,
        closes_at=now + 20 * DAY,
        days=((starts, starts + 8 * HOUR),),
    )
    with transaction():
        allocating.draw_seed(congress)
    people = (PublicPerson("Anna Muster", {"de": "Stadt Lünen"}, "partner"),)
    items = [
        a_workshop(
            congress,
            number=number,
            title={"de": title, "en": title},
            room=f"Raum {number}",
            people=people,
            capacity=1 if title == MORNING[0] else 3,
            minimum=1 if title == MORNING[1] else None,
            starts_at=starts + (HOUR if title in MORNING else 4 * HOUR),
        ).id
        for number, title in enumerate((*MORNING, *AFTERNOON), start=1)
    ]
    return congress.id, items


def rank(
    congress_id: int, name: str, wishes: Mapping[int, Wishes], *, now: datetime
) -> tuple[int, str]:
    """Register somebody who ranks; returns the number, and the secret of the own page."""
    request = RegistrationRequest(
        given_name=name,
        family_name="Muster",
        email=f"{name.lower()}@example.org",
        organisation="Stadt Lünen",
        wishes=wishes,
        consents=("privacy_notice",),
        form_key=name,
    )
    done = register(congress_id, request, now=now)
    return done.registration_id, str(done.token)
