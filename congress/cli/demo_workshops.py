"""Other events of the demo: the Fachkongress that is over, two themed workshops, a marketplace."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from congress.cli import demo_moments as demo
from congress.cli.demo_meetings import TOWNS
from congress.cli.demo_moments import at, german
from congress.domain.access import COMMAND
from congress.domain.invitations import Guest
from congress.domain.made_up_people import FAMILY_NAMES, GIVEN_NAMES
from congress.domain.market import AgreementFacts, EntryFacts, Market, PartyFacts, Side
from congress.domain.network.organisations import Sector
from congress.domain.registration_request import PRIVACY_NOTICE, RegistrationRequest
from congress.domain.texts import Texts
from congress.queries.congresses import find_heading
from congress.services import filling, registering
from congress.services.invitations import keeping
from congress.services.market import agreeing, laying_out, offering
from congress.services.network import partners

FILE, MARKET = "themenworkshop-2016", "marktplatz-2016"
WEEK = timedelta(weeks=1)
FACHKONGRESS, FACHKONGRESS_DAY = "fachkongress-2015", date(2015, 10, 21)
ATTENDEES, TRADERS = 150, 40  # so many register
STAYED_AWAY = 8  # of whoever has a place
LOCAL = (
    "Freiwilligenagentur Musterstadt e. V.",
    "Flüchtlingshilfe Beispielhausen e. V.",
    "Bürgerstiftung Musterkreis",
)


@dataclass(frozen=True)
class ThemedWorkshop:
    """A workshop to which towns invited their local partners."""

    slug: str
    title: Texts
    day: date
    place: str
    towns: Sequence[str]
    partners: int  # whom each town named
    came: int  # of all who are registered


WORKSHOPS = (
    ThemedWorkshop(
        "themenworkshop-asyl-2016",
        {
            "de": "Engagementförderung im Asyl- und Flüchtlingsbereich",
            "en": "Furthering engagement for asylum seekers and refugees",
        },
        date(2016, 2, 18),
        "Rheine",
        TOWNS[:9],
        partners=2,
        came=24,
    ),
    ThemedWorkshop(
        "themenworkshop-netzwerk-2016",
        {
            "de": "Lokale Engagementförderung im Netzwerk",
            "en": "Furthering engagement locally within a network",
        },
        date(2016, 9, 15),
        "Essen",
        TOWNS[5:12],
        partners=1,
        came=13,
    ),
)
AHEAD = timedelta(weeks=12)
PARTIES = (
    PartyFacts("Malerbetrieb Muster GmbH", Sector.BUSINESS, 1),
    PartyFacts("Sparkasse Musterkreis", Sector.BUSINESS, 2),
    PartyFacts("Freiwilligenagentur Musterstadt e. V.", Sector.CIVIL, 3),
    PartyFacts("Jugendzentrum Beispielhausen", Sector.CIVIL, 4),
    PartyFacts("Stadt Arnsberg", Sector.PUBLIC, 5),
)
# By the number of the party above, from 0.
ENTRIES = (
    (0, EntryFacts(Side.OFFER, "hands", "Zwei Räume streichen", "Farbe bringen wir mit.")),
    (1, EntryFacts(Side.OFFER, "know-how", "Beratung zur Buchführung im Verein")),
    (2, EntryFacts(Side.OFFER, "contacts", "Zehn Freiwillige für ein Sommerfest")),
    (3, EntryFacts(Side.DEMAND, "hands", "Wer streicht unseren Gruppenraum?")),
    (2, EntryFacts(Side.DEMAND, "know-how", "Wie führen wir die Bücher?")),
    (4, EntryFacts(Side.OFFER, "rooms", "Ein Saal an drei Abenden im Jahr")),
)
AGREEMENTS = (
    (0, 3, "hands", "Der Gruppenraum wird im Juli gestrichen.", 16),
    (1, 2, "know-how", "Ein Abend für Kassiererinnen und Kassierer.", 4),
    (4, 3, "rooms", "Der Saal am ersten Freitag im November.", None),
    (2, 1, "contacts", "Zehn Freiwillige für das Sommerfest der Auszubildenden.", 40),
)


def load_workshops(*, today: date) -> None:
    """Load the events that are missing; a workshop to come asks for local partners."""
    _hold_fachkongress()
    for workshop in WORKSHOPS:
        if not demo.is_there(workshop.slug):
            _load(workshop)
    _load_next(today)
    if not demo.is_there(MARKET):
        _load_market()


def _hold_fachkongress() -> None:
    """Let people have come to the Fachkongress, unless somebody is registered."""
    heading = find_heading(FACHKONGRESS)
    if heading is not None and not filling.registered_so_far(heading.id):
        _let_come(heading.id, ATTENDEES, day=FACHKONGRESS_DAY)


def _let_come(congress_id: int, people: int, *, day: date) -> None:
    """Register made-up people, and let all but some of them come."""
    filling.fill(congress_id, seed=1, first=0, count=people, total=people, now=at(day - WEEK))
    came = filling.with_places(congress_id)[:-STAYED_AWAY]
    filling.let_come(congress_id, came, day=day, now=at(day, time(17)))


def _load(workshop: ThemedWorkshop) -> None:
    day = workshop.day
    number = _publish(workshop.slug, workshop.title, day, workshop.place, on=day - 11 * WEEK)
    people = []
    invited, answered = day - 8 * WEEK, day - 4 * WEEK
    for position, town in enumerate(workshop.towns):
        contact = demo.speaker_of(town)
        own = Guest(contact.details.email, "N.", "N.", town)
        by = keeping.add(number, own, actor=COMMAND, now=at(invited))
        people.append(_accept(number, own, by, on=answered))
        for each in range(workshop.partners):
            guest = _partner(position * workshop.partners + each)
            by = partners.name(contact.id, number, guest, today=invited, now=at(invited))
            people.append(_accept(number, guest, by, on=answered))
    filling.let_come(number, people[: workshop.came], day=day, now=at(day, time(10)))


def _publish(slug: str, title: Texts, day: date, place: str, *, on: date) -> int:
    plan = demo.plan_of(FILE, slug=slug, title=title)
    return demo.publish(replace(demo.moved_to(plan, day), town=place), on=on)


def _partner(number: int) -> Guest:
    return Guest(
        f"partner-{number + 1}@example.org",
        GIVEN_NAMES[number * 5 % len(GIVEN_NAMES)],
        FAMILY_NAMES[number * 3 % len(FAMILY_NAMES)],
        LOCAL[number % len(LOCAL)],
    )


def _accept(congress_id: int, guest: Guest, invitation_id: int, *, on: date) -> int:
    request = RegistrationRequest(
        given_name=guest.given_name,
        family_name=guest.family_name,
        email=guest.email,
        organisation=guest.organisation,
        consents=(PRIVACY_NOTICE,),
        form_key=f"demo.invited.{invitation_id}",
        invitation_id=invitation_id,
    )
    return registering.register(congress_id, request, now=at(on)).registration_id


def _load_next(today: date) -> None:
    """Publish the next workshop, once in a quarter of a year."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    slug = f"themenworkshop-{quarter:%Y-%m}"
    if demo.is_there(slug):
        return
    title = {
        "de": "Ehrenamt und Hauptamt: gute Zusammenarbeit vor Ort",
        "en": "Volunteers and staff: working together well",
    }
    number = _publish(slug, title, today + AHEAD, "Arnsberg", on=today - WEEK)
    yesterday = today - timedelta(days=1)
    contact = demo.speaker_of("Kommune 8")
    partners.name(contact.id, number, _partner(60), today=yesterday, now=at(yesterday))


def _load_market() -> None:
    plan = demo.plan_of(MARKET)
    number = demo.publish(plan, on=plan.first_day - 15 * WEEK)
    before = at(plan.first_day - 2 * WEEK)
    layout = german("Stände 1 bis 5 im Foyer, die Schiedsstelle am Eingang.")
    laying_out.lay_out(
        number, Market(layout=layout), version=Market().version, actor=COMMAND, now=before
    )
    parties = [laying_out.add_party(number, each, actor=COMMAND, now=before) for each in PARTIES]
    for of, entry in ENTRIES:
        offering.enter(number, parties[of], entry, actor=COMMAND, now=before)
    _let_come(number, TRADERS, day=plan.first_day)
    traded = at(plan.first_day, time(16))
    for giver, taker, category, what, hours in AGREEMENTS:
        facts = AgreementFacts(parties[giver], parties[taker], category, what, hours)
        agreeing.agree(number, facts, actor=COMMAND, now=traded)
