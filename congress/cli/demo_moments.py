"""What the parts of the demo's year share: moments, texts, who speaks for whom, and making plans.

Everything happens through the services, at the moment at which it would have happened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config import ROOT
from congress import extensions
from congress.cli.congress_files import read
from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.network.contacts import Contact
from congress.domain.network.terms import ContactRole
from congress.domain.planning.next_edition import shifted
from congress.domain.registration_request import PRIVACY_NOTICE, RegistrationRequest
from congress.domain.texts import Texts
from congress.queries.network import contacts, register
from congress.queries.planning.congress_files import find_plan
from congress.services import registering
from congress.services.planning.importing import import_congress

EXAMPLES = ROOT / "examples"
MORNING = time(9)


def at(day: date, clock: time = MORNING) -> datetime:
    """Return a moment of a day, on the clocks of the office."""
    zone = ZoneInfo(extensions.settings().timezone)
    return datetime.combine(day, clock, zone).astimezone(UTC)


def german(text: str) -> Texts:
    """Return what is said in German only."""
    return {"de": text}


def plan_of(name: str, *, slug: str = "", title: Texts | None = None, **about: str) -> CongressPlan:
    """Return what a file of the examples says, perhaps under another name and title."""
    plan = read(EXAMPLES / f"{name}.toml").plan
    return replace(plan, slug=slug or plan.slug, title=title or plan.title, **about)  # type: ignore[arg-type] # texts of a plan


def moved_to(plan: CongressPlan, day: date) -> CongressPlan:
    """Return a plan that begins in the week of another day, on the weekday that it has."""
    return shifted(plan, starting=day + timedelta(days=(plan.first_day - day).days % 7))


def is_there(slug: str) -> bool:
    """Return whether an event was loaded before."""
    return find_plan(slug) is not None


def publish(plan: CongressPlan, *, on: date) -> int:
    """Publish an event as it would have been on a day; returns its number."""
    return import_congress(plan, actor=COMMAND, now=at(on)).congress_id


def speaker_of(town: str, role: ContactRole = ContactRole.CONTACT) -> Contact:
    """Return who speaks for a town of the demo."""
    found = register.find_named(town)
    people = contacts.of_organisation(found.id) if found else []
    return next(each for each in people if each.details.role is role)


def speakers(towns: Iterable[str]) -> Mapping[str, Contact]:
    """Return the contact persons of some towns."""
    return {town: speaker_of(town) for town in towns}


def register_speaker(congress_id: int, contact: Contact, *, now: datetime) -> int:
    """Register whoever speaks for a town, as by the form; returns the registration."""
    request = RegistrationRequest(
        given_name=contact.details.given_name,
        family_name=contact.details.family_name,
        email=contact.details.email,
        organisation=contact.organisation,
        consents=(PRIVACY_NOTICE,),
        form_key=f"demo.{congress_id}.{contact.id}",
    )
    return registering.register(congress_id, request, now=now).registration_id
