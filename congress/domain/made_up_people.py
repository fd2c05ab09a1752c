"""Made-up attendees, true to life and plainly invented: for demos and measurements.

The same seed gives the same people. No name here belongs to a real person on purpose: family
names are words for examples, addresses end in example.org (RFC 2606).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from congress.domain.fields import ANSWERS
from congress.domain.registration_request import (
    PRIVACY_NOTICE,
    RegistrationRequest,
    WishedWorkshop,
)
from congress.domain.workshops import Workshop

_GIVEN = """
Ali Amira Andrea Anke Annette Ayşe Barış Bernd Birgit Björn Claudia Daniel Doğan Dörte Elif
Emre Erika Fatma Florian François Gülten Günter Heike Heinz-Josef Helga Ines Ingrid Jörg Jürgen
Karin Käthe Klaus Łukasz Lütfiye Małgorzata Manfred Maria Marie-Luise Martin Mehmet Michael
Monika Nadine Olena Oliver Peter Petra Renate René Sabine Sebastian Şükrü Sören Stefanie
Susanne Thomas Tobias Ulrike Ursula Uwe Volker Wiebke Yasmin Zoë
"""
_FAMILY = """
Attrappe Beispiel Beispielhaft Demo Entwurf Erfunden Fiktiv Irgendwer Jedermann Modell Muster
Musterfrau Mustermann Musterweiß Niemand Platzhalter Probe Vorlage Übung
"""
GIVEN_NAMES, FAMILY_NAMES = _GIVEN.split(), _FAMILY.split()
OTHER_ORGANISATIONS = (
    "Freiwilligenagentur Musterstadt e. V.",
    "Seniorenbüro Beispielhausen",
    "Bürgerstiftung Musterkreis",
    "Stadtsportbund Beispielstadt e. V.",
)
QUESTIONS = (
    "Wie gewinnen Sie die Verwaltungsspitze dafür?",
    "Was kostet das, und wer bezahlt es?",
    "Wie erreichen kleine Gemeinden junge Engagierte?",
    "Welche Rolle spielt der Kreis dabei?",
)
ENGLISH = 0.04
ANSWERED = 0.8
FROM_THE_REGISTER = 0.85
WITH_WORKSHOP = 0.94
WITH_QUESTION = 0.2
WITHDRAWN = 0.04
ON_THE_ATTENDEE_LIST = 0.55
ON_PHOTOS = 0.4


@dataclass(frozen=True)
class MadeUpPerson:
    """What somebody asked for and when; some withdrew afterwards."""

    request: RegistrationRequest
    at: datetime
    withdrew: bool = False


@dataclass(frozen=True)
class Crowd:
    """Where people can come from and go to: the workshops of each time slot, the period."""

    slots: Sequence[Sequence[Workshop]]
    organisations: Sequence[str]
    since: datetime
    until: datetime


def crowd(of: Crowd, *, seed: int, first: int, count: int, total: int) -> list[MadeUpPerson]:
    """Return `count` of `total` people, from number `first` (from 0), in order of time."""
    popularity = _popularity(of.slots, seed)
    return [
        _person(number, of, popularity, Random(f"{seed}:{number}"), total)  # noqa: S311 - made up
        for number in range(first, first + count)
    ]


def _popularity(slots: Sequence[Sequence[Workshop]], seed: int) -> list[list[float]]:
    """Some workshops are wanted by many, others by few; as running sums of weights."""
    random = Random(seed)  # noqa: S311 - made up
    return [list(accumulate(random.uniform(1, 4) for _ in slot)) for slot in slots]


def _person(
    number: int, of: Crowd, popularity: Sequence[Sequence[float]], random: Random, total: int
) -> MadeUpPerson:
    given, family = random.choice(GIVEN_NAMES), random.choice(FAMILY_NAMES)
    if random.random() < 0.1:  # noqa: PLR2004 - one in ten has a double name
        family += f"-{random.choice(FAMILY_NAMES)}"
    known = of.organisations and random.random() < FROM_THE_REGISTER
    consents = [PRIVACY_NOTICE]
    consents += ["attendee_list"] if random.random() < ON_THE_ATTENDEE_LIST else []
    consents += ["photos"] if random.random() < ON_PHOTOS else []
    request = RegistrationRequest(
        given_name=given,
        family_name=family,
        email=f"person-{number + 1}@example.org",
        organisation=random.choice(of.organisations if known else OTHER_ORGANISATIONS),
        answers={
            each.name: random.choice(each.examples)
            for each in ANSWERS
            if each.examples and random.random() < ANSWERED
        },
        language="en" if random.random() < ENGLISH else "de",
        choices=_choices(of.slots, popularity, random),
        consents=tuple(consents),
    )
    return MadeUpPerson(
        request=request,
        at=of.since + (of.until - of.since) * ((number + 0.5) / max(total, number + 1)),
        withdrew=random.random() < WITHDRAWN,
    )


def _choices(
    slots: Sequence[Sequence[Workshop]], popularity: Sequence[Sequence[float]], random: Random
) -> tuple[WishedWorkshop, ...]:
    chosen: list[Workshop] = []
    wishes = []
    for slot, weights in zip(slots, popularity, strict=True):
        if random.random() >= WITH_WORKSHOP:
            continue
        [workshop] = random.choices(slot, cum_weights=weights)
        if any(workshop.meets(other) for other in chosen):
            continue
        chosen.append(workshop)
        question = random.choice(QUESTIONS) if random.random() < WITH_QUESTION else ""
        wishes.append(WishedWorkshop(workshop.id, question=question))
    return tuple(wishes)


def withdrawn_at(person: MadeUpPerson, until: datetime) -> datetime:
    """Return when somebody withdrew: within three days."""
    return min(person.at + timedelta(days=3), until)
