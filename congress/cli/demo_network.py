"""The network of the demo: the 23 members of which the seed tells, and who speaks for them.

Twenty went through an Entwicklungswerkstatt and are not named there; three are its partners.
Nobody is invented: whoever speaks for them is "N. N.", under an address that leads nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import OrganisationPlan
from congress.domain.network.conditions import Check, Condition, Held
from congress.domain.network.contacts import ContactDetails
from congress.domain.network.membership import MembershipState
from congress.domain.network.organisations import Kind
from congress.domain.network.terms import ContactRole, Term
from congress.domain.programme import UNNAMED
from congress.queries.network import members, register
from congress.services.network import appointing, checking
from congress.services.network.checking import Finding
from congress.services.network.membership import Statement, record
from congress.services.planning.cataloguing import register_organisations

PARTNERS = ("Stadt Arnsberg", "Stadt Essen", "Stadt Rheine")
NUMBERED = range(4, 24)  # "Kommune 4" and so on
# The Entwicklungswerkstätten ended so; whoever went through one has been a member since.
FIRST_END, SECOND_END = date(2013, 11, 1), date(2014, 11, 1)
SECOND_FROM = 14
PARTNERS_SINCE = date(2014, 1, 1)
SIGNED = timedelta(days=14)  # the joint declaration, before


@dataclass(frozen=True)
class Town:
    """A member of the network in the demo."""

    name: str
    state: MembershipState
    since: date

    @property
    def note(self) -> str:
        is_partner = self.state is MembershipState.PARTNER
        return "Partnerkommune" if is_partner else "Aus der Entwicklungswerkstatt"

    @property
    def mailbox(self) -> str:
        return self.name.removeprefix("Stadt ").lower().replace(" ", "-") + "@example.org"


def load_network(*, today: date, now: datetime) -> int:
    """Load the network unless there is one; returns how many members are new."""
    if members.states_on(today):
        return 0
    towns = list(_towns())
    plans = [OrganisationPlan(name=each.name, kind=Kind.MUNICIPALITY) for each in towns]
    register_organisations(plans, actor=COMMAND, now=now)
    for town in towns:
        if found := register.find_named(town.name):
            _enter(found.id, town, today=today, now=now)
    return len(towns)


def _towns() -> Iterator[Town]:
    for name in PARTNERS:
        yield Town(name, MembershipState.PARTNER, PARTNERS_SINCE)
    for number in NUMBERED:
        since = FIRST_END if number < SECOND_FROM else SECOND_END
        yield Town(f"Kommune {number}", MembershipState.MEMBER, since)


def _enter(organisation_id: int, town: Town, *, today: date, now: datetime) -> None:
    said: dict[str, Any] = {"actor": COMMAND, "now": now}
    record(organisation_id, Statement(town.state, town.since, town.note), today=today, **said)
    for role, mailbox in (
        (ContactRole.CONTACT, town.mailbox),
        (ContactRole.DEPUTY, f"vertretung.{town.mailbox}"),
    ):
        details = ContactDetails(role, "N.", "N.", mailbox)
        appointing.name(organisation_id, details, Term(town.since), is_told=False, **said)
    for each in _checks(town):
        checking.check(organisation_id, Finding(each, checked_on=town.since), seen=None, **said)


def _checks(town: Town) -> Iterator[Check]:
    yield Check(Condition.CONTACT, Held.YES, words=UNNAMED)
    yield Check(Condition.CROSS_CUTTING, Held.YES, words="Steht in der Dienstanweisung (Demo)")
    yield Check(Condition.DECLARATION, Held.YES, shown_on=town.since - SIGNED)
    yield Check(Condition.CARD, Held.YES, shown_on=town.since)
