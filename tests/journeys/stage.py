"""What the pages show in the tests of pages: congresses in every state, people in every state."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import func, select

from config import load_settings
from congress import clock
from congress.app import create_app
from congress.cli.congress_files import read
from congress.cli.demo import LAST_EDITION, load_demo, next_start
from congress.domain.access import ATTENDEE, COMMAND, Role
from congress.domain.calls import Call, Content, ProposalKind
from congress.domain.congresses import CongressState
from congress.domain.invitations import Guest
from congress.domain.mails.messages import AccountFacts, AddressFacts
from congress.domain.registration_request import Details, RegistrationRequest, WishedWorkshop
from congress.domain.tokens import RegistrationLink
from congress.extensions import db
from congress.models import Congress, OutboxMessage, Proposal
from congress.queries.planning import contributors
from congress.queries.programme import released_items
from congress.queries.registrations import get_own
from congress.queries.team import members
from congress.services import (
    addresses,
    contributor_links,
    filling,
    newsletter_links,
    newsletters,
    opening_links,
    openings,
    tokens,
)
from congress.services.calling import opening, proposing
from congress.services.changing import change_workshops, withdraw
from congress.services.correcting import correct
from congress.services.invitations import keeping, sending
from congress.services.invitations import links as invitation_links
from congress.services.logins import accounts, team
from congress.services.planning import inviting
from congress.services.planning.copying import copy_edition
from congress.services.registering import register
from congress.transaction import transaction
from tests.builders import set_places
from tests.journeys.afterwards import let_it_be_over
from tests.journeys.wish_stage import set_wish_stage

CROWD = 40
UNBROKEN = "Muster" + "beispiel" * 6  # no page may be as wide as the longest name
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Attendee:
    """Somebody registered: the number, and the secret of the own page."""

    id: int
    token: str


@dataclass(frozen=True)
class Stage:
    """Where what can be seen."""

    url: str
    past: str
    open: str
    full: str  # the code of a workshop with a waiting list
    people: Mapping[str, Attendee]  # confirmed, waiting, changed, withdrawn, was_there
    booking: int  # of the first of them
    new_address: str  # the secret with which another one confirms an address
    invitation: str  # the secret with which somebody becomes an organiser
    colleague: int  # somebody in the team of the open congress
    person: int  # in its programme, and invited
    contribution: str  # the secret of that person's page
    proposal: int  # in answer to its call
    author: str  # the secret of the page of who proposed
    guest: str  # the secret of the page of who is invited
    guest_number: int  # of the invitation
    reader: str  # the secret of the page of who reads its newsletter
    asked: str  # that of who has not confirmed yet
    expecting: str  # the secret of the page of who is told when registration opens
    unsure: str  # that of who has not confirmed it yet
    unconfirmed: str  # the secret with which somebody confirms a registration
    wishes: Mapping[str, str]  # the numbers and secrets of events by wishes
    mails: int  # how many arrive

    @property
    def names(self) -> dict[str, str]:
        """What stands for the names in an address, such as {confirmed} and {confirmed_id}."""
        plain = {
            name: str(value)
            for name, value in vars(self).items()
            if name not in {"people", "wishes"}
        }
        secrets = {name: person.token for name, person in self.people.items()}
        numbers = {f"{name}_id": str(person.id) for name, person in self.people.items()}
        return plain | secrets | numbers | dict(self.wishes)


def set_stage(folder: Path, url: str) -> Stage:
    """Put everything into the database of a house, by the program's own activities.

    Congresses: past, open, not-yet, closed, full, queue, asking, groups, ruled, late, called-off,
    draft, over.
    """
    with application(folder):
        now = clock.now()
        past, open_ = load_demo(now=now)
        values: dict[str, dict[str, Any]] = {
            "not-yet": {"opens_at": now + DAY},
            "closed": {"opens_at": now - 9 * DAY, "closes_at": now - DAY},
            "full": {"capacity": 0, "waiting_list": False},
            "queue": {"capacity": 0, "waiting_list": True},
            "asking": {"confirm_hours": 24},
            "groups": {"rules": {"group_most": 4, "mode": "hybrid"}, "online_capacity": 9},
            "ruled": {"capacity": 1, "rules": {"offer_hours": 24}},
            "late": {"opens_at": now - 9 * DAY, "closes_at": now - DAY, "rules": {"late": True}},
            "called-off": {"state": CongressState.CANCELLED},
            "draft": {"state": CongressState.DRAFT},
            "over": {},
        }
        for slug, facts in values.items():
            _copy(past, slug, facts, now=now)
        full, people = _register_people(_congress(open_).id, now=now)
        [booking] = get_own(people["confirmed"].id).standing.bookings
        new_address = _want_address(people["changed"].id, now=now)
        invitation = _invite(now=now)
        colleague = _invite_colleague(_congress(open_).id, now=now)
        person, contribution = _invite_to_the_programme(_congress(open_).id, now=now)
        proposal, author = _propose(_congress(open_).id, now=now)
        guest_number, guest = _invite_guest(_congress(open_).id, now=now)
        reader, asked = _offer_newsletter(_congress(open_).id, now=now)
        expecting, unsure = _await_opening(_congress("not-yet").id, now=now)
        unconfirmed = _register_unconfirmed(_congress("asking").id, now=now)
        # What the demo's past wrote counts as delivered, and never is.
        written_now = select(func.count()).where(OutboxMessage.created_at >= now)
        mails = db.session.scalars(written_now).one()
        # After that: what is said of it no longer holds, so not all of it goes out.
        people["was_there"] = Attendee(*let_it_be_over(_congress("over").id, now=now))
        return Stage(
            url=url,
            past=past,
            open=open_,
            full=full,
            people=people,
            booking=booking.id,
            new_address=new_address,
            invitation=invitation,
            colleague=colleague,
            person=person,
            contribution=contribution,
            proposal=proposal,
            author=author,
            guest=guest,
            guest_number=guest_number,
            reader=reader,
            asked=asked,
            expecting=expecting,
            unsure=unsure,
            unconfirmed=unconfirmed,
            mails=mails,
            wishes=set_wish_stage(now=now),
        )


@contextmanager
def application(folder: Path) -> Iterator[None]:
    app = create_app(load_settings(var_dir=folder / "var"))
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _copy(last: str, slug: str, facts: Mapping[str, Any], *, now: datetime) -> None:
    plan = read(LAST_EDITION).plan
    starting = next_start(plan.first_day, today=now.astimezone(plan.zone).date())
    published = CongressState.PUBLISHED
    copy_edition(last, starting=starting, new_slug=slug, state=published, actor=COMMAND, now=now)
    with transaction():  # the server of the house writes meanwhile
        congress = _congress(slug)
        for name, value in facts.items():
            setattr(congress, name, value)


def _register_people(congress_id: int, *, now: datetime) -> tuple[str, dict[str, Attendee]]:
    filling.fill(congress_id, seed=1, first=0, count=CROWD, total=CROWD, now=now)
    first, second, full, *_others = [item for item in released_items(congress_id) if item.bookable]
    set_places(congress_id, full.id, full.places.taken, actor=COMMAND, now=now)

    def attendee(name: str, *wishes: WishedWorkshop) -> Attendee:
        request = RegistrationRequest(
            given_name=name.title(),
            family_name=UNBROKEN,
            email=f"{name}@example.org",
            organisation="Stadt Lünen, Fachdienst Bürgerschaftliches Engagement",
            answers={"function": "Engagementbeauftragte"},
            choices=wishes,
            consents=("privacy_notice", "photos"),
            form_key=name,
        )
        registered = register(congress_id, request, now=now)
        return Attendee(registered.registration_id, str(registered.token))

    question = "Wie gewinnen kleine Gemeinden Freiwillige?"
    people = {
        "confirmed": attendee("confirmed", WishedWorkshop(first.id, question=question)),
        "waiting": attendee("waiting", WishedWorkshop(full.id, safe_item_id=first.id)),
        "changed": attendee("changed", WishedWorkshop(first.id)),
        "withdrawn": attendee("withdrawn", WishedWorkshop(second.id)),
    }
    swap = [WishedWorkshop(second.id)]
    change_workshops(people["changed"].id, swap, actor=ATTENDEE, now=now)
    withdraw(people["withdrawn"].id, actor=ATTENDEE, now=now)
    return full.code, people


def _want_address(registration_id: int, *, now: datetime) -> str:
    """Ask for another address; returns the secret of the link in the mail to it."""
    stands = get_own(registration_id).person
    after = Details.of(stands.said | {"email": "moved@example.org"})
    correct(registration_id, after, version=stands.version, actor=ATTENDEE, now=now)
    letter = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "moved@example.org")
    ).one()
    change = cast("AddressFacts", letter.facts)["change"]
    return str(addresses.link_for(change)).rpartition("/")[2]


def _invite(*, now: datetime) -> str:
    """Invite an organiser; returns the secret of the link in the mail."""
    accounts.invite("new@example.org", actor=COMMAND, now=now)
    letter = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "new@example.org")
    ).one()
    return str(accounts.link_for(cast("AccountFacts", letter.facts))).rpartition("/")[2]


def _invite_colleague(congress_id: int, *, now: datetime) -> int:
    roles = [Role.PROGRAMME, Role.ATTENDEE_LIST]
    team.invite_colleague(congress_id, f"{UNBROKEN}@example.org", roles, actor=COMMAND, now=now)
    people = members(congress_id, now=now)
    return next(each.id for each in people if Role.PROGRAMME in each.roles)


def _invite_to_the_programme(congress_id: int, *, now: datetime) -> tuple[int, str]:
    """Invite whoever is first in the programme; returns who it is and the secret of the link."""
    person = contributors.of_congress(congress_id)[0].person_id
    inviting.set_address(congress_id, person, "speaker@example.org", "de", actor=COMMAND, now=now)
    seen = inviting.preview(congress_id, [person], now=now).seen
    inviting.invite(congress_id, [person], seen=seen, actor=COMMAND, now=now)
    letter = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == "speaker@example.org")
    ).one()
    link = contributor_links.link_for(letter.facts, letter.recipient)
    return person, str(link).rpartition("/")[2]


def _propose(congress_id: int, *, now: datetime) -> tuple[int, str]:
    """Open the call, and propose a workshop; returns its number and the secret of its page."""
    texts = {"de": "Zeigen Sie Ihr Beispiel"}
    call = Call(texts, texts, tuple(ProposalKind), now + DAY, is_open=True)
    opening.edit(congress_id, call, version="", actor=COMMAND, now=now)
    content = Content(
        kind=ProposalKind.WORKSHOP,
        name="Erika Muster",
        organisation="Dorfladen eG",
        phone="",
        title=f"Die Dorfküche {UNBROKEN}",
        abstract="Wir kochen zusammen.",
        needs="Eine Küche",
        language="de",
    )
    made = proposing.propose(
        congress_id, content, "author@example.org", language="de", form_key="stage", now=now
    )
    number = db.session.scalars(select(Proposal.id)).one()
    return number, str(made.token)


def _invite_guest(congress_id: int, *, now: datetime) -> tuple[int, str]:
    """Invite somebody to the congress; returns the number and the secret of their page."""
    guest = Guest("guest@example.org", "Gerda", UNBROKEN, UNBROKEN)
    number = keeping.add(congress_id, guest, actor=COMMAND, now=now)
    sending.send(congress_id, number, actor=COMMAND, now=now)
    link = invitation_links.link_for({"invitation": number}, guest.email)
    return number, str(link).rpartition("/")[2]


def _offer_newsletter(congress_id: int, *, now: datetime) -> tuple[str, str]:
    """Let two ask for the newsletter and one confirm it; returns the secrets of their pages."""
    newsletters.offer(congress_id, is_offered=True, actor=COMMAND, now=now)

    def ask(email: str) -> str:
        newsletters.ask(congress_id, email, "de", now=now)
        letter = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.recipient == email)
        ).one()
        return str(newsletter_links.token_of(letter.facts, email))

    reader, asked = ask("reader@example.org"), ask("asked@example.org")
    newsletters.confirm(reader, now=now)
    return reader, asked


def _await_opening(congress_id: int, *, now: datetime) -> tuple[str, str]:
    """Let two ask to be told of the opening and one confirm it; returns the secrets."""

    def ask(email: str) -> str:
        openings.ask(congress_id, email, "de", now=now)
        letter = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.recipient == email)
        ).one()
        return str(opening_links.token_of(letter.facts, email))

    expecting, unsure = ask("expecting@example.org"), ask("unsure@example.org")
    openings.confirm(expecting, now=now)
    return expecting, unsure


def _register_unconfirmed(congress_id: int, *, now: datetime) -> str:
    """Register somebody whose address is asked for; returns the secret of the link in the mail."""
    email = "unconfirmed@example.org"
    request = RegistrationRequest(
        given_name="Uwe",
        family_name=UNBROKEN,
        email=email,
        consents=("privacy_notice",),
        form_key="unconfirmed",
    )
    mail = (register(congress_id, request, now=now).registration_id, email)
    return tokens.for_mails([mail], RegistrationLink.CONFIRM)[mail]


def _congress(slug: str) -> Congress:
    return db.session.scalars(select(Congress).where(Congress.slug == slug)).one()
