"""What towns of the demo proposed for network meetings, and what came of each meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.domain.network.topics import TopicFacts
from congress.domain.programme import ItemKind
from congress.domain.texts import Texts

EXCHANGE, INPUT = ItemKind.PEER_EXCHANGE, ItemKind.EXPERT_INPUT


@dataclass(frozen=True)
class Proposal:
    """A topic, which town proposed it, and how many towns gave it a point."""

    town: str
    facts: TopicFacts
    votes: int


@dataclass(frozen=True)
class Meeting:
    """A meeting that is over: what was proposed, and what came of it."""

    slug: str
    title: Texts
    day: date
    proposals: Sequence[Proposal]
    declined: str  # the town whose topic was declined, and why
    reason: str
    came: int  # of so many towns somebody came
    deputies: int  # of so many the deputy as well
    results: str
    place: str


def _topic(town: str, title: str, need: str, kind: ItemKind, votes: int) -> Proposal:
    return Proposal(town, TopicFacts(title, need, kind, contributes=kind is EXCHANGE), votes)


MEETINGS = (
    Meeting(
        slug="netzwerktreffen-2015",
        title={"de": "Netzwerktreffen im Herbst 2015", "en": "Network meeting in autumn 2015"},
        day=date(2015, 11, 26),
        proposals=(
            _topic(
                "Kommune 7",
                "Engagement für Geflüchtete begleiten",
                "Viele wollen helfen. Wie bleiben sie dabei, und wer begleitet sie?",
                EXCHANGE,
                17,
            ),
            _topic(
                "Stadt Essen",
                "Engagementförderung als Querschnittsaufgabe verankern",
                "Wie gewinnen wir die Verwaltungsspitze und die anderen Ämter?",
                INPUT,
                14,
            ),
            _topic(
                "Kommune 12",
                "Geflüchtete und Ehrenamt",
                "Was brauchen Menschen, die neu sind und sich engagieren wollen?",
                EXCHANGE,
                9,
            ),
            _topic(
                "Kommune 19",
                "Ein Social Day für die Verwaltung",
                "Wer hat damit Erfahrung?",
                EXCHANGE,
                4,
            ),
            _topic(
                "Kommune 21",
                "Eine neue Software für die Ehrenamtskarte",
                "Wir suchen ein Programm.",
                INPUT,
                0,
            ),
        ),
        declined="Kommune 21",
        reason="Das klären wir am Telefon; es betrifft zurzeit eine Kommune.",
        came=20,
        deputies=9,
        place="Essen",
        results=(
            "Die Kommunen haben verabredet, Qualitätskriterien für die lokale Engagementförderung "
            "gemeinsam zu entwickeln. Zum Engagement für Geflüchtete folgt ein Themenworkshop, zu "
            "dem die Kommunen ihre Partner vor Ort einladen."
        ),
    ),
    Meeting(
        slug="netzwerktreffen-2016",
        title={"de": "Netzwerktreffen im Frühjahr 2016", "en": "Network meeting in spring 2016"},
        day=date(2016, 4, 14),
        proposals=(
            _topic(
                "Kommune 5",
                "Bürgerengagement und Bürgerbeteiligung zusammendenken",
                "Zwei Seiten einer Medaille: Wie arbeiten die Zuständigen zusammen?",
                INPUT,
                18,
            ),
            _topic(
                "Stadt Rheine",
                "Anerkennungskultur: neue Formate",
                "Was tritt an die Stelle des Ehrenamtsabends?",
                EXCHANGE,
                15,
            ),
            _topic(
                "Kommune 16",
                "Dank und Anerkennung für junge Engagierte",
                "Urkunden erreichen sie nicht.",
                EXCHANGE,
                8,
            ),
            _topic(
                "Kommune 9",
                "Engagementförderung in Kreisen",
                "Welche Rolle hat der Kreis neben seinen Gemeinden?",
                EXCHANGE,
                5,
            ),
            _topic(
                "Kommune 23",
                "Reiseberichte aus Partnerstädten",
                "Wir zeigen Bilder.",
                EXCHANGE,
                1,
            ),
        ),
        declined="Kommune 23",
        reason="Dafür fehlt an diesem Tag die Zeit. Gern im Rahmenprogramm des Fachkongresses.",
        came=18,
        deputies=7,
        place="Arnsberg",
        results=(
            "Die Qualitätskriterien sind beschlossen. Eine Arbeitsgruppe beschäftigt sich weiter "
            "mit dem Zusammenspiel von Engagementförderung und Bürgerbeteiligung."
        ),
    ),
)
# What is proposed for the meeting to come.
NEXT = (
    _topic(
        "Kommune 4",
        "Junges Engagement in ländlichen Kommunen",
        "Wie erreichen wir junge Menschen, die zur Schule in die Nachbarstadt fahren?",
        EXCHANGE,
        6,
    ),
    _topic(
        "Kommune 10",
        "Digitale Werkzeuge für kleine Vereine",
        "Was hilft wirklich, und wer zeigt es den Vereinen?",
        INPUT,
        4,
    ),
    _topic(
        "Stadt Arnsberg",
        "Eine Steuerungsgruppe, die arbeitet",
        "Wer gehört hinein, und wie bleibt sie dran?",
        EXCHANGE,
        3,
    ),
)
