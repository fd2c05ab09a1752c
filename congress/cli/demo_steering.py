"""The steering group of the demo: who is in it, and the minutes of its meetings."""

from dataclasses import dataclass
from datetime import date

from congress import links
from congress.cli.demo_moments import at, german
from congress.domain.access import COMMAND
from congress.domain.answer_files import PDF
from congress.domain.network.projects import Part, PartFacts, ProjectFacts, ProjectKind
from congress.domain.planning.materials import Described, MaterialFile, MaterialKind
from congress.domain.planning.outcomes import Outcome
from congress.domain.planning.workshop_reports import Results
from congress.domain.programme import UNNAMED
from congress.formats.dossier import Dossier, dossier
from congress.queries.network import projects, register
from congress.services.network import joining_projects, project_documents, projecting

CODE = "steuerungsgruppe-des-netzwerks"
FOUNDED = date(2015, 9, 24)
FACTS = ProjectFacts(
    ProjectKind.WORKING_GROUP,
    {"de": "Steuerungsgruppe des Netzwerks", "en": "Steering group of the network"},
    german(
        "Die Steuerungsgruppe bereitet die Netzwerktreffen vor und hält die Themen der Kommunen "
        "zusammen. Sie tagt zweimal im Jahr; die Protokolle stehen auf dieser Seite."
    ),
    starts_on=FOUNDED,
)
MEMBERS = (
    ("Stadt Arnsberg", Part.LEAD),
    ("Stadt Essen", Part.PARTNER),
    ("Stadt Rheine", Part.PARTNER),
    ("Kommune 5", Part.PARTICIPANT),
    ("Kommune 12", Part.PARTICIPANT),
    ("Kommune 19", Part.PARTICIPANT),
)


@dataclass(frozen=True)
class Sitting:
    """A meeting of the group, and what it agreed on."""

    day: date
    place: str
    agreed: str


SITTINGS = (
    Sitting(
        FOUNDED,
        "Arnsberg",
        "Die Gruppe gibt sich einen Rhythmus: ein Treffen vor jedem Netzwerktreffen.\n\n"
        "Arnsberg lädt ein und führt das Protokoll.",
    ),
    Sitting(
        date(2016, 2, 25),
        "Essen",
        "Das Netzwerktreffen im Frühjahr behandelt die Themen mit den meisten Stimmen.\n\n"
        "Rheine berichtet dort vom Stand der Qualitätskriterien.",
    ),
    Sitting(
        date(2016, 8, 30),
        "Rheine",
        "Die Gruppe sieht die Vorschläge für das Handlungskonzept durch.\n\n"
        "Eine Kommune aus der zweiten Entwicklungswerkstatt soll dazukommen.",
    ),
)


def load_steering_group() -> None:
    """Load the group unless it is there."""
    if CODE in projects.codes():
        return
    founded = at(FOUNDED)
    number = projecting.add(FACTS, actor=COMMAND, now=founded)
    for town, part in MEMBERS:
        if found := register.find_named(town):
            facts = PartFacts(part, UNNAMED)
            joining_projects.put_in(number, found.id, facts, actor=COMMAND, now=founded)
    for position, sitting in enumerate(SITTINGS, 1):
        _add_minutes(number, position, sitting)
    projecting.show(number, actor=COMMAND, now=founded)


def _add_minutes(number: int, position: int, sitting: Sitting) -> None:
    now = at(sitting.day)
    day = f"{sitting.day:%d.%m.%Y}"
    title = {
        "de": f"{position}. Sitzung am {day} in {sitting.place}: Protokoll",
        "en": f"Meeting {position} in {sitting.place}, {sitting.day.isoformat()}: minutes",
    }
    told = Dossier(
        title=FACTS.title,
        occasion=f"{position}. Sitzung, {day}, {sitting.place}",
        hosts=(),
        page=links.absolute(f"/network/projects/{CODE}"),
        overall=Outcome(None, Results(text=german(sitting.agreed))),
        by_item=(),
        recommended=(),
        over={},
    )
    content = dossier(told, {}, "de", now=now)
    name = f"protokoll-{sitting.day.isoformat()}.pdf"
    file = MaterialFile(MaterialKind.DOCUMENT, name, PDF, content)
    project_documents.add(number, Described(title), file, actor=COMMAND, now=now)
