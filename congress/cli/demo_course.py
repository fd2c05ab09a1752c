"""The Entwicklungswerkstatt of the demo: who applied, who came to which module, what came of it.

One ran from October 2015; the next one is always to come, and one can apply for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from congress.cli import demo_moments as demo
from congress.cli.demo_moments import at, german
from congress.domain import editing, module_facts
from congress.domain.access import COMMAND
from congress.domain.attendance import days_of
from congress.domain.congress_file.plan import OrganisationPlan
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.made_up_people import FAMILY_NAMES, GIVEN_NAMES
from congress.domain.module_tasks import TaskFacts, Whose
from congress.domain.network.course_applications import Applicant, Call, Content, State, answers
from congress.domain.network.organisations import Kind
from congress.domain.planning.materials import Described
from congress.domain.planning.next_edition import next_edition
from congress.queries import course_applications, module_tasks
from congress.queries.congresses import get_congress, public_congresses
from congress.queries.planning import contributors, materials
from congress.services import certifying, filling
from congress.services.courses import answering, applying, opening
from congress.services.courses.answering import Choice
from congress.services.planning import collecting, describing_modules, inviting, tasks
from congress.services.planning.cataloguing import register_organisations

FILE = "entwicklungswerkstatt-2015"
WEEK = timedelta(weeks=1)
OPENED, CLOSED, ANSWERED = date(2015, 6, 1), date(2015, 8, 31), date(2015, 9, 7)
CERTIFIED = date(2016, 10, 19)
COMING = range(24, 34)  # the ten towns whose Entwicklungswerkstatt began in October 2015
RESERVE, DECLINED = 34, 35
PEOPLE = 2  # of each town
# By the person's number in the group, from 0: the modules, from 0, to which they did not come.
MISSED: Mapping[int, tuple[int, ...]] = {
    2: (3,),
    5: (2, 5),
    8: (6,),
    11: (1,),
    13: (3, 4, 6),
    17: (7,),
}
NEXT = range(36, 39)  # who has applied for the next one
AHEAD, APPLY_FOR = timedelta(weeks=20), timedelta(weeks=8)
PUBLICATION = Described(
    title=german(
        "Zukunftsfaktor Bürgerengagement: Entwicklungswerkstatt für kommunale Engagementstrategien"
    ),
    url="http://www.engagiert.in.nrw.de/pdf/Zukunftsfaktor_BE_publikation_web.pdf",
    editors="E. Bubolz-Lutz, A. Mörchen",
)


@dataclass(frozen=True)
class Module:
    """What a module is about, and where it was held."""

    german: str
    english: str
    place: str


MODULES = (
    Module("Auftakt und Standortbestimmung", "Opening: where we stand", "Bad Honnef"),
    Module("Die Verwaltung gewinnen: Steuerungsgruppe", "A steering group", "Kommune 24"),
    Module("Koordinierungsstelle und Aufgabenprofil", "A coordination office", "Kommune 26"),
    Module("Aktivierende Quartiersarbeit", "Active neighbourhoods", "Kommune 28"),
    Module("Anerkennungskultur", "A culture of recognition", "Kommune 30"),
    Module("Gute Geschäfte: Unternehmen und Engagement", "Companies and engagement", "Arnsberg"),
    Module("Bürgerengagement und Bürgerbeteiligung", "Engagement and participation", "Kommune 32"),
    Module("Unsere Strategie: Abschluss", "Our strategy: conclusion", "Bad Honnef"),
)


def load_courses(*, today: date) -> None:
    """Load the courses that are missing: the one that is over, and one to apply for."""
    if not demo.is_there(FILE):
        _load()
    if not _takes_applications(today):
        _load_next(today)


def _load() -> None:
    _register_towns((*COMING, RESERVE, DECLINED), on=OPENED)
    number = demo.publish(demo.plan_of(FILE), on=OPENED)
    call = Call(None, at(CLOSED + timedelta(days=1), time()), PEOPLE, len(COMING), is_open=True)
    opening.edit(number, call, version="", actor=COMMAND, now=at(OPENED))
    _apply(number, (*COMING, RESERVE, DECLINED), on=OPENED + 4 * WEEK)
    _answer(number, on=ANSWERED)
    _describe_modules(number, on=ANSWERED)
    _name_trainers(number, on=ANSWERED)
    _set_tasks(number)
    _attend(number)
    collecting.add(number, None, PUBLICATION, None, actor=COMMAND, now=at(ANSWERED))
    found = [each.id for each in materials.of(number, None)]
    collecting.show(number, found, actor=COMMAND, now=at(ANSWERED))
    certifying.issue(number, actor=COMMAND, now=at(CERTIFIED))


def _register_towns(numbers: Iterable[int], *, on: date) -> None:
    plans = [OrganisationPlan(name=_town(each), kind=Kind.MUNICIPALITY) for each in numbers]
    register_organisations(plans, actor=COMMAND, now=at(on))


def _town(number: int) -> str:
    return f"Kommune {number}"


def _apply(congress_id: int, numbers: Iterable[int], *, on: date) -> None:
    """Let towns apply, each on another day."""
    for position, number in enumerate(numbers):
        town = _town(number)
        office = Applicant("N.", "N.", "Büro für Engagement", f"kommune-{number}@example.org")
        people = tuple(_person(number, each) for each in range(PEOPLE))
        motivation = (
            f"{town} möchte eine eigene Engagementstrategie entwickeln und die Ämter dafür "
            "gewinnen. Beide Personen haben dafür Zeit."
        )
        applying.apply(
            congress_id,
            town,
            Content(office, people, motivation),
            language="de",
            form_key=f"demo.{congress_id}.{number}",
            now=at(on + timedelta(days=position)),
        )


def _person(town: int, position: int) -> Applicant:
    number = town * PEOPLE + position
    return Applicant(
        GIVEN_NAMES[number * 7 % len(GIVEN_NAMES)],
        FAMILY_NAMES[number % len(FAMILY_NAMES)],
        ("Ehrenamtskoordination", "Stabsstelle Bürgerschaft")[position],
        f"kommune-{town}.{position + 1}@example.org",
    )


def _answer(congress_id: int, *, on: date) -> None:
    """Accept ten, keep one on the reserve list, decline one, and register who comes."""
    choices, seen = {}, {}
    for each in course_applications.listed(congress_id):
        choices[each.id], seen[each.id] = Choice(State.ACCEPTED), each.version
        if each.organisation == _town(RESERVE):
            choices[each.id] = Choice(State.RESERVE, rank=1)
        if each.organisation == _town(DECLINED):
            reason = "Die Gruppe ist voll. Bewerben Sie sich gern für den nächsten Jahrgang."
            choices[each.id] = Choice(State.DECLINED, reason=reason)
    answering.choose(congress_id, choices, seen=seen, actor=COMMAND, now=at(on))
    chosen = answers(course_applications.listed(congress_id))
    answering.send(congress_id, seen=chosen.seen, actor=COMMAND, now=at(on))


def _describe_modules(congress_id: int, *, on: date) -> None:
    days = days_of(get_congress(congress_id))
    before = module_facts.whole({}, days)
    values = dict(before)
    for day, module in zip(days, MODULES, strict=True):
        values[module_facts.key("title_de", day)] = module.german
        values[module_facts.key("title_en", day)] = module.english
        values[module_facts.key("place_de", day)] = module.place
    describing_modules.describe(
        congress_id, values, version=editing.version_of(before), actor=COMMAND, now=at(on)
    )


def _name_trainers(congress_id: int, *, on: date) -> None:
    """Give both trainers the link to their course, at addresses that lead nowhere."""
    people = [each.person_id for each in contributors.of_congress(congress_id)]
    for position, person in enumerate(people, 1):
        inviting.set_address(
            congress_id,
            person,
            f"leitung-{position}@example.org",
            "de",
            actor=COMMAND,
            now=at(on),
        )
    seen = inviting.preview(congress_id, people, now=at(on)).seen
    inviting.invite(congress_id, people, seen=seen, actor=COMMAND, now=at(on))


def _set_tasks(congress_id: int) -> None:
    """Set a task of each person and one of each town, and let most do them."""
    days = days_of(get_congress(congress_id))
    facts = (
        TaskFacts(
            days[1],
            german("Wer gehört in unsere Steuerungsgruppe?"),
            days[2] - WEEK,
            german("Eine Liste mit Ämtern und Personen genügt."),
            Whose.ORGANISATION,
        ),
        TaskFacts(
            days[4],
            german("Ein Beispiel für Anerkennung, das uns gefällt"),
            days[5] - WEEK,
            german("Zwei Sätze und, wenn es geht, ein Link."),
            Whose.PERSON,
        ),
    )
    for each in facts:
        tasks.add(congress_id, each, actor=COMMAND, now=at(days[0]))
    towns, people = module_tasks.of_congress(congress_id)
    group = participants(congress_id)
    for position, person in enumerate(group):
        if position % PEOPLE == 0 and position % 5:
            text = "Hauptamt, Jugend, Soziales, Kultur, Sport und der Vorstand."
            tasks.hand_in(person, towns.id, text=text, now=at(towns.facts.due_on - WEEK))
        if position % 4:
            text = "Der Stammtisch der Ehrenamtlichen im Rathaus, einmal im Quartal."
            tasks.hand_in(person, people.id, text=text, now=at(people.facts.due_on - WEEK))


def participants(congress_id: int) -> list[int]:
    """Return the group of a course, by its towns and the order in which they named people."""
    accepted = [
        each for each in course_applications.listed(congress_id) if each.state is State.ACCEPTED
    ]
    accepted.sort(key=lambda each: each.id)
    numbers = [person.registration_id for each in accepted for person in each.people]
    return [each for each in numbers if each is not None]


def _attend(congress_id: int) -> None:
    group = participants(congress_id)
    for number, day in enumerate(days_of(get_congress(congress_id))):
        came = [
            person
            for position, person in enumerate(group)
            if number not in MISSED.get(position, ())
        ]
        filling.let_come(congress_id, came, day=day, now=at(day, time(10)))


def _takes_applications(today: date) -> bool:
    """Return whether one can apply for a course to come."""
    now = at(today)
    calls = (
        (congress, course_applications.find_call(congress.id))
        for congress in public_congresses()
        if congress.kind is CongressKind.TRAINING
    )
    return any(call and call.takes(each.state, is_over=False, now=now) for each, call in calls)


def _load_next(today: date) -> None:
    """Publish the next course, for which one has been able to apply for two weeks."""
    last = demo.plan_of(FILE)
    first = demo.moved_to(last, today + AHEAD).first_day
    slug = f"entwicklungswerkstatt-{first.isoformat()}"
    plan = next_edition(last, starting=first, slug=slug, state=CongressState.PUBLISHED)
    begun = today - 2 * WEEK
    plan = replace(
        plan, registration=replace(plan.registration, opens_at=at(begun), closes_at=at(first))
    )
    number = demo.publish(plan, on=begun - WEEK)
    until = at(today + APPLY_FOR, time())
    call = Call(at(begun), until, PEOPLE, len(COMING), is_open=True)
    opening.edit(number, call, version="", actor=COMMAND, now=at(begun - WEEK))
    _register_towns(NEXT, on=begun)
    _apply(number, NEXT, on=begun + timedelta(days=1))
