"""Projects and texts of the network of the demo: those of the article, with who was in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congress.cli import demo_moments as demo
from congress.cli.demo_moments import at, german
from congress.cli.demo_proposals import MEETINGS
from congress.domain.access import COMMAND
from congress.domain.network.network_texts import (
    Adoption,
    Answer,
    TextKind,
    VersionFacts,
    VersionState,
)
from congress.domain.network.projects import (
    Part,
    PartFacts,
    ProjectFacts,
    ProjectKind,
    ProjectStep,
)
from congress.domain.planning.materials import Described
from congress.domain.texts import Texts
from congress.queries.network import projects, register, texts
from congress.services.network import (
    commenting,
    joining_projects,
    project_documents,
    projecting,
    proposing_projects,
    writing_texts,
)

NETWORK = "Kommunen-Netzwerk „engagiert in NRW“"
WEEK = timedelta(weeks=1)
COMMENTS_FOR = 6 * WEEK
PORTAL = Described(german("Portal „engagiert in NRW“"), url="http://www.engagiert-in-nrw.de/")


@dataclass(frozen=True)
class Project:
    """A project, who led it and who took part."""

    facts: ProjectFacts
    lead: str
    partners: Sequence[str]
    participants: Sequence[str]


def _facts(
    kind: ProjectKind, title: Texts, summary: str, starts: date, ends: date | None, results: str
) -> ProjectFacts:
    told = german(results) if results else {}
    return ProjectFacts(kind, title, german(summary), told, starts, ends)


PROJECTS = (
    Project(
        _facts(
            ProjectKind.PUBLICATION,
            {
                "de": "Handlungsempfehlungen für Engagementverantwortliche",
                "en": "Recommendations for those responsible for engagement",
            },
            "Wie arbeiten Engagementverantwortliche mit Politik, Verwaltung, Zivilgesellschaft "
            "und Wirtschaft zusammen? Die Kommunen schreiben auf, was sich bewährt hat.",
            date(2015, 6, 1),
            date(2016, 6, 30),
            "Die Empfehlungen sind geschrieben und allen Kommunen des Netzwerks geschickt.",
        ),
        "Stadt Essen",
        ("Stadt Rheine",),
        ("Kommune 6", "Kommune 11", "Kommune 15"),
    ),
    Project(
        _facts(
            ProjectKind.WORKING_GROUP,
            {
                "de": "Zusammenspiel von Engagementförderung und Bürgerbeteiligung",
                "en": "Engagement and public participation together",
            },
            "Zwei Seiten einer Medaille: Die Arbeitsgruppe sammelt, wie die Zuständigen "
            "voneinander wissen und miteinander planen.",
            date(2016, 1, 15),
            None,
            "",
        ),
        "Kommune 5",
        (),
        ("Kommune 9", "Kommune 13", "Kommune 18", "Stadt Arnsberg"),
    ),
    Project(
        _facts(
            ProjectKind.INITIATIVE_CIRCLE,
            {
                "de": "Initiativkreis für den Fachkongress 2015",
                "en": "Initiative circle for the congress of 2015",
            },
            "Der Initiativkreis plant den Fachkongress „Bürgerschaftliches Engagement fördern – "
            "kommunale Strategien für die Zukunft“ mit.",
            date(2014, 11, 3),
            date(2015, 10, 21),
            "Sechs Workshops und die Praxisbeispiele kommen aus dem Initiativkreis.",
        ),
        "Forum für soziale Innovation gGmbH",
        ("Stadt Arnsberg", "Stadt Essen", "Stadt Rheine"),
        ("Kommune 4", "Kommune 7", "Kommune 14"),
    ),
)
PROPOSED = ProjectFacts(
    ProjectKind.CONTRIBUTION,
    german("Gemeinsam für die Ehrenamtskarte werben"),
    german("Plakate und Texte, die jede Kommune mit ihrem Wappen verwenden kann."),
)
DECLARATION = """
Die Kommunen des Netzwerks fördern das bürgerschaftliche Engagement, ohne es zu steuern.

## Was wir zusagen

Wir benennen eine Ansprechperson, verankern die Engagementförderung als Querschnittsaufgabe in \
der Verwaltung und nehmen am Programm Ehrenamtskarte teil oder planen das.

## Zur Demo

Der Wortlaut der Erklärung steht nicht im Artikel, aus dem diese Demo gemacht ist.
"""
CRITERIA = """
Was gute Engagementförderung vor Ort ausmacht, haben die Kommunen gemeinsam entwickelt.

## Verwaltung

Es gibt eine Koordinierungsstelle mit Aufgabenprofil und die Unterstützung der Verwaltungsspitze.

## Anerkennung

Anerkennung ist ein ständiges Angebot und mehr als ein Abend im Jahr.

## Zusammenarbeit

Zivilgesellschaft, Wirtschaft und Verwaltung arbeiten in einem Netzwerk zusammen.
"""
PLAN = """
Das Handlungskonzept führt zusammen, womit das Land die Kommunen unterstützt.

## Ziele

Die Förderbausteine werden zusammengedacht und koordiniert. Akteure auf \
Landesebene und in den Kommunen sind vernetzt, und die Aktivitäten des Landes sind durchschaubar.

## Beteiligung

Das Konzept entsteht im Dialog mit den Projektpartnern und den Kommunen des Netzwerks.
"""
COMMENTS = (
    ("Kommune 6", "Anerkennung", "Junge Engagierte fehlen.", Answer.ACCEPTED, "Ergänzt."),
    (
        "Kommune 17",
        "Verwaltung",
        "Eine halbe Stelle sollte genannt sein.",
        Answer.DECLINED,
        "Das entscheidet jede Kommune selbst.",
    ),
    ("Stadt Rheine", "", "Bitte kürzer.", Answer.PARTLY, "Die Beispiele stehen jetzt im Anhang."),
)
DECLARED = date(2013, 10, 9)


def load_projects(*, today: date) -> None:
    """Load the projects and texts that are missing; one text can always be commented on."""
    if not projects.codes():
        for each in PROJECTS:
            _load_project(each)
        yesterday = today - timedelta(days=1)
        contact = demo.speaker_of("Kommune 8")
        proposing_projects.propose(contact.id, PROPOSED, today=yesterday, now=at(yesterday))
    if not texts.codes():
        _adopt_declaration()
        _adopt_criteria()
        _begin_plan(today)
    _keep_open(today)


def _load_project(project: Project) -> None:
    facts = project.facts
    begun = at(facts.starts_on or DECLARED)
    number = projecting.add(facts, actor=COMMAND, now=begun)
    _put_in(number, project.lead, Part.LEAD, on=facts.starts_on)
    for town in project.partners:
        _put_in(number, town, Part.PARTNER, on=facts.starts_on)
    for town in project.participants:
        _put_in(number, town, Part.PARTICIPANT, on=facts.starts_on)
    project_documents.add(number, PORTAL, None, actor=COMMAND, now=begun)
    projecting.show(number, actor=COMMAND, now=begun)
    if facts.ends_on:
        projecting.take(number, ProjectStep.FINISH, actor=COMMAND, now=at(facts.ends_on))


def _put_in(number: int, name: str, part: Part, *, on: date | None) -> None:
    found = register.find_named(name)
    if found is not None:
        moment = at(on or DECLARED)
        joining_projects.put_in(number, found.id, PartFacts(part), actor=COMMAND, now=moment)


def _adopt_declaration() -> None:
    title = {"de": "Gemeinsame Erklärung", "en": "Joint declaration"}
    number = _add(TextKind.JOINT_DECLARATION, title, DECLARATION, on=DECLARED - 8 * WEEK)
    adoption = Adoption(DECLARED, NETWORK)
    writing_texts.adopt(number, 1, adoption, today=DECLARED, actor=COMMAND, now=at(DECLARED))


def _adopt_criteria() -> None:
    """Let towns comment, answer each, and adopt at the meeting in spring."""
    adopted = MEETINGS[1].day
    begun, until = adopted - 16 * WEEK, adopted - 6 * WEEK
    title = {"de": "Qualitätskriterien", "en": "Quality criteria"}
    number = _add(TextKind.QUALITY_CRITERIA, title, CRITERIA, on=begun)
    writing_texts.open_comments(number, 1, until, today=begun, actor=COMMAND, now=at(begun))
    found = texts.find(number)
    if found is None:
        return
    [version] = found.versions
    for town, section, body, *_ in COMMENTS:
        contact = demo.speaker_of(town)
        said = begun + 2 * WEEK
        commenting.comment(contact.id, version.id, section, body, today=said, now=at(said))
    answers = {body: (given, words) for _, _, body, given, words in COMMENTS}
    for each in texts.comments(version.id):
        given, words = answers[each.body]
        moment = at(until + WEEK)
        commenting.answer(each.id, given, words, seen=each.version, actor=COMMAND, now=moment)
    adoption = Adoption(adopted, "Netzwerktreffen im Frühjahr 2016")
    writing_texts.adopt(number, 1, adoption, today=adopted, actor=COMMAND, now=at(adopted))


def _begin_plan(today: date) -> None:
    title = {"de": "Handlungskonzept", "en": "Plan of action"}
    begun = today - WEEK
    number = _add(TextKind.PLAN_OF_ACTION, title, PLAN, on=begun)
    until = today + COMMENTS_FOR
    writing_texts.open_comments(number, 1, until, today=begun, actor=COMMAND, now=at(begun))
    found = texts.find(number)
    if found is not None:
        contact = demo.speaker_of("Kommune 20")
        body = "Wie erfahren wir, welche Vorschläge übernommen werden?"
        yesterday = today - timedelta(days=1)
        commenting.comment(
            contact.id,
            found.versions[0].id,
            "Beteiligung",
            body,
            today=yesterday,
            now=at(yesterday),
        )


def _add(kind: TextKind, title: Texts, body: str, *, on: date) -> int:
    facts = VersionFacts(german(body.strip()))
    return writing_texts.add(kind, title, facts, actor=COMMAND, now=at(on))


def _keep_open(today: date) -> None:
    """Let the plan of action be open for comments again where the last day has passed."""
    for text in texts.listed():
        if text.kind is not TextKind.PLAN_OF_ACTION:
            continue
        for version in text.versions:
            is_open = version.state is VersionState.IN_COMMENT
            if is_open and not version.takes_comments(today):
                writing_texts.open_comments(
                    text.id,
                    version.number,
                    today + COMMENTS_FOR,
                    today=today,
                    actor=COMMAND,
                    now=at(today),
                )
