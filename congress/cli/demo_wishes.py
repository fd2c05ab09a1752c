"""The Ideenwerkstatt of the demo: one is always to come, with places given by ranked wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from congress.cli import demo_moments as demo
from congress.cli.demo_meetings import TOWNS
from congress.cli.demo_moments import at
from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.allocation import taking_wishes
from congress.domain.congresses import Congress
from congress.domain.groups import Contact, InWorkshops
from congress.domain.made_up_people import Crowd, crowd
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import NO_PLACE, Wishes
from congress.domain.registration_request import PRIVACY_NOTICE, RegistrationRequest
from congress.domain.slots import Slot
from congress.formats.holidays_calendar import public_holiday
from congress.queries import groups as group_queries
from congress.queries import programme
from congress.queries.congresses import get_congress, public_congresses
from congress.queries.planning import contributors
from congress.services import contacts, groups, registering, wishing
from congress.services.groups import Sent
from congress.services.planning import inviting

FILE, SERIES = "ideenwerkstatt-2016", "ideenwerkstatt"
AHEAD = timedelta(weeks=10)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
PEOPLE = 57
SILENT = 9  # one in so many has not said anything yet
# How much each workshop draws people, by its code, against the others of its time.
DRAWS: Mapping[str, float] = {
    "beteiligung-vormittag": 4,
    "anerkennung": 4,
    "koordinierungsstelle": 1,
    "quartier": 2,
    "service-learning": 1,
    "inklusiv-vormittag": 3,
    "beteiligung-nachmittag": 3,
    "kreise": 1,
    "unternehmen": 6,
    "presse": 2,
    "verwaltung": 1,
    "inklusiv-nachmittag": 3,
}
LENGTHS = (1, 2, 3, 3, 3, 4)  # of lists, as often as they stand here
NOT_THERE, ALL_THE_SAME, ANY_OTHER = 0.05, 0.05, 0.25  # of all people
HOST = ("Käthe", "Musterfrau", "kaethe.musterfrau@example.org")  # named in the file
GROUP = (("Jörg", "Beispiel"), ("Yasmin", "Attrappe"), ("Łukasz", "Probe"))


def load_ideas(*, today: date) -> None:
    """Publish the next one unless one can register for one, and let people tell their wishes."""
    if _takes_registrations(today):
        return
    plan = demo.moved_to(demo.plan_of(FILE), today + AHEAD)
    while public_holiday(plan.first_day):
        plan = demo.moved_to(plan, plan.first_day + WEEK)
    slug = f"{SERIES}-{plan.first_day.isoformat()}"
    opened = plan.registration.opens_at.astimezone(plan.zone).date()
    number = demo.publish(replace(plan, slug=slug), on=opened - WEEK)
    congress = get_congress(number)
    slots = taking_wishes(programme.current_items(congress), congress.rules.allocation)
    _register_many(congress, slots, until=today - DAY)
    _register_group(number, slots, on=today - DAY)
    _register_host(number, on=today - DAY)


def _takes_registrations(today: date) -> bool:
    """Return whether there is one for which one can register on a day."""
    return any(
        congress.slug.startswith(SERIES) and at(today) < congress.period.closes_at
        for congress in public_congresses()
    )


def _register_many(congress: Congress, slots: Sequence[Slot], *, until: date) -> None:
    of = Crowd([], TOWNS, since=congress.period.opens_at, until=at(until))
    people = crowd(of, seed=3, first=0, count=PEOPLE, total=PEOPLE)
    for number, person in enumerate(people):
        says = number % SILENT != 0
        request = replace(
            person.request,
            wishes=wishes_of(number, slots) if says else {},
            form_key=f"demo.{congress.id}.{number}",
        )
        registering.register(congress.id, request, now=person.at)


def wishes_of(number: int, slots: Sequence[Slot]) -> dict[int, Wishes]:
    """Return what the person of this number wishes for: the same in every demo."""
    random = Random(f"wishes:{number}")  # noqa: S311 - made up
    return {slot.key: _wishes(slot.workshops, random) for slot in slots}


def _wishes(workshops: Sequence[ProgrammeItem], random: Random) -> Wishes:
    kind = random.random()
    if kind < NOT_THERE:
        return NO_PLACE
    if kind < NOT_THERE + ALL_THE_SAME:
        return Wishes(any_other=True)
    # The greater the weight, the nearer to 1 and so to the front: a draw without putting back.
    drawn = {each.id: random.random() ** (1 / DRAWS[each.code]) for each in workshops}
    ranked = sorted(drawn, key=lambda key: drawn[key], reverse=True)[: random.choice(LENGTHS)]
    return Wishes(tuple(ranked), any_other=random.random() < ANY_OTHER)


def _register_group(congress_id: int, slots: Sequence[Slot], *, on: date) -> None:
    """Register colleagues, who wish for the same and want to be together."""
    requests = [
        _request(congress_id, given, family, f"gruppe-{number}@example.org", TOWNS[0])
        for number, (given, family) in enumerate(GROUP, start=1)
    ]
    contact = Contact(*GROUP[0], requests[0].email, language="de")
    sent = Sent(contact, together=False, form_key=f"demo.{congress_id}.group")
    token = groups.register(congress_id, sent, requests, now=at(on)) or ""
    contacts.seat(token, InWorkshops.TOGETHER, now=at(on))
    group = group_queries.get_opened(token)
    same = wishes_of(PEOPLE, slots)
    for person in group_queries.shown(group.id):
        wishing.wish(person.id, same, actor=ATTENDEE, now=at(on))


def _register_host(congress_id: int, *, on: date) -> None:
    """Register a dialogue partner, who is in the own workshop whatever others wish for."""
    given, family, email = HOST
    request = _request(congress_id, given, family, email, "Freiwilligenagentur Musterstadt e. V.")
    registering.register(congress_id, request, now=at(on))
    [host] = [
        each.person_id
        for each in contributors.of_congress(congress_id)
        if each.name == f"{given} {family}"
    ]
    inviting.set_address(congress_id, host, email, "de", actor=COMMAND, now=at(on))


def _request(
    congress_id: int, given: str, family: str, email: str, organisation: str
) -> RegistrationRequest:
    return RegistrationRequest(
        given_name=given,
        family_name=family,
        email=email,
        organisation=organisation,
        consents=(PRIVACY_NOTICE,),
        form_key=f"demo.{congress_id}.{email}",
    )
