"""Facts of made-up mails, for whatever renders, delivers or shows them."""
# ruff: noqa: ANN401 - facts are what JSON holds

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import MailToRender
from tests.courses import letter_facts
from tests.mail_facts_of_network import OF_NETWORK

BASE = "https://kongress.example.org"
TOKEN = "0aB-cdEfGhIjKlMnOpQrStUvWxYz0123456789_aBcDe"[:43]
WRITTEN_AT = datetime(2015, 9, 1, 8, 0, 5, tzinfo=UTC)
CALENDAR_KINDS = (MessageKind.CALENDAR_REQUEST, MessageKind.CALENDAR_CANCEL)
ACCOUNT_KINDS = (
    MessageKind.ORGANISER_INVITED,
    MessageKind.ROLE_GIVEN,
    MessageKind.UNDERFILLED,
    MessageKind.LIST_LINK,
    MessageKind.FOLLOW_UPS_DUE,
    MessageKind.PASSWORD_RESET,
    MessageKind.LOGIN_CHANGED,
)

CONGRESS: dict[str, Any] = {
    "slug": "fachkongress-2015",
    "kind": "fachkongress",
    "title": "Bürgerschaftliches Engagement fördern – kommunale Strategien für die Zukunft",
    "timezone": "Europe/Berlin",
    "days": [{"starts_at": "2015-10-21T07:30:00+00:00", "ends_at": "2015-10-21T14:30:00+00:00"}],
    "town": "Lünen",
    "venue": "",
    "address": "",
    "closes_at": "2015-10-07T22:00:00+00:00",
    "cost": "Die Teilnahme ist kostenfrei.",
    "host": "Forum für soziale Innovation gGmbH",
    "funders": [
        "Ministerium für Familie, Kinder, Jugend, Kultur und Sport des Landes Nordrhein-Westfalen"
    ],
    "contact": "kongress@example.org",
}
NETWORKS: dict[str, Any] = {
    "id": 3,
    "number": 3,
    "title": "Regionale Vernetzung und interkommunale Zusammenarbeit",
    "starts_at": "2015-10-21T11:15:00+00:00",
    "ends_at": "2015-10-21T13:15:00+00:00",
    "room": "Raum 3",
}
MOTOR: dict[str, Any] = NETWORKS | {
    "id": 2,
    "number": 2,
    "title": "Die Kommune – Motor der Engagementförderung?",
    "room": "Raum 2",
    "position": 3,
    "kept": NETWORKS["title"],
}
LETTER: dict[str, Any] = {
    "congress": CONGRESS,
    "given_name": "Erika",
    "family_name": "Muster",
    "confirmed": [NETWORKS],
    "waiting": [MOTOR],
    "links": ["manage"],
}
ENTRY: dict[str, Any] = {
    "method": "REQUEST",
    "uid": "3f0c1b8e-7a53-4f0e-9a8f-2b7c51d0a9d1",
    "sequence": 0,
    "revised_at": "2015-09-01T08:00:05+00:00",
    "status": "CONFIRMED",
    "content": {
        "summary": CONGRESS["title"],
        "starts": "2015-10-21T07:30:00+00:00",
        "ends": "2015-10-21T14:30:00+00:00",
        "timezone": "Europe/Berlin",
        "location": "Lünen",
        "description": "Ihr Workshop:\nWorkshop 3: Vernetzung\n13.15 bis 15.15 Uhr, Raum 3",
        "categories": [],
    },
}
SAVED_DATE: dict[str, Any] = ENTRY["content"] | {
    "starts": "2015-10-21",
    "ends": "2015-10-22",
    "description": "Mittwoch, 21. Oktober 2015, 9.30 bis 16.30 Uhr",
}
CANCELLED_ENTRY = ENTRY | {"method": "CANCEL", "status": "CANCELLED", "sequence": 1}


def a_mail(kind: str, language: str = "de", **changes: Any) -> MailToRender:
    """A mail of a kind with what it needs; `changes` replace facts."""
    return replace(_FRAME, kind=kind, language=language, facts=facts_of(kind) | changes)


def facts_of(kind: str) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one for each shape
    """The facts of a made-up mail of this kind."""
    if kind in OF_NETWORK:
        return OF_NETWORK[kind]
    match kind:
        case MessageKind.CALENDAR_REQUEST | MessageKind.CALENDAR_CANCEL:
            entry = ENTRY if kind == MessageKind.CALENDAR_REQUEST else CANCELLED_ENTRY
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name")}
            return names | {"entry": entry}
        case MessageKind.CONFIRM_ADDRESS:
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name")}
            return names | {"change": 1, "expires_at": "2015-09-03T08:00:00+00:00"}
        case MessageKind.HAND_OVER_ASKED:
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name")}
            asks = {"from_whom": "Eva Beispiel", "waits": False, "hand_over": 1}
            return names | asks | {"expires_at": "2015-09-15T08:00:00+00:00"}
        case MessageKind.GROUP_REGISTERED:
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name")}
            return names | {"group": 1, "names": ["Eva Beispiel", "Max Neu"]}
        case MessageKind.COLLEAGUE_NAMED:
            by = {"name": "Anna Albers", "organisation": "Stadt Rheine"}
            return LETTER | {"handed_to": "Max Beispiel", "by_municipality": by}
        case MessageKind.HANDED_OVER:
            ended: dict[str, Any] = {"confirmed": [], "waiting": [], "links": []}
            return LETTER | ended | {"handed_to": "Max Beispiel"}
        case MessageKind.CONFIRM_REGISTRATION:
            question = {"registration": 1, "expires_at": "2015-09-02T08:00:00+00:00"}
            return LETTER | question | {"links": []}
        case MessageKind.CORRECTED | MessageKind.READDRESSED:
            name = {"label": "Nachname", "before": "Beispiel", "after": "Muster"}
            return LETTER | {"corrected": [name], "by_organiser": False}
        case MessageKind.ADDRESS_LEFT | MessageKind.MERGED_AWAY | MessageKind.SUBSCRIBED:
            return LETTER | {"links": []}
        case MessageKind.MERGED:
            of_both = {"consents_ended": ["photos"], "gained_congress": True, "by_organiser": True}
            town = {"label": "Organisation", "before": "Stadt Ham", "after": "Stadt Hamm"}
            was = {"confirmed": [], "waiting": LETTER["waiting"]}
            return LETTER | of_both | {"before": was, "corrected": [town]}
        case MessageKind.LINK:
            both = ["Erika Muster", "Max Muster"]
            return {"congress": CONGRESS, "names": both, "registrations": [1, 2]}
        case MessageKind.REQUEST_DECLINED:
            wanted = {"kind": "workshops", "workshops": LETTER["waiting"]}
            return LETTER | {"asked": wanted, "paragraphs": [["Der Raum ist voll."]]}
        case MessageKind.DECLINED:
            return LETTER | {"declined": CONGRESS["days"][0]["starts_at"]}
        case MessageKind.REMINDER:
            return LETTER | {"reminder": "soon"}
        case MessageKind.TASK_DUE:
            task = {"id": 1, "title": "Profil", "due_at": "2015-10-19T22:00:00+00:00"}
            return LETTER | {"task": task}
        case MessageKind.FOLLOW_UP:
            return LETTER | {"reminder": "came", "links": []}
        case MessageKind.CONTRIBUTION_REMINDER:
            return facts_of(MessageKind.CONTRIBUTION_ASKED)
        case MessageKind.INFO_MAIL:
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name", "links")}
            said: dict[str, Any] = {
                "subject": "Anreise",
                "lines": ["Zur Anreise, {Vorname}:", "", "{Link}"],
            }
            return names | said | {"is_test": False, "files": []}
        case MessageKind.NEWSLETTER:
            nobody = {"given_name": "", "family_name": "", "links": [], "reader": 1}
            lines = {"lines": ["Das Programm steht: {Link}"]}
            return facts_of(MessageKind.INFO_MAIL) | nobody | lines
        case MessageKind.NEWSLETTER_ASKED:
            return {"congress": CONGRESS, "reader": 1, "has_it": False}
        case MessageKind.OPENING_ASKED | MessageKind.REGISTRATION_OPENED:
            return {"congress": CONGRESS, "reader": 1, "opens_at": "2015-09-01T06:00:00+00:00"}
        case MessageKind.OPENING_NOTED:
            saved = {"method": "PUBLISH", "content": SAVED_DATE}
            return facts_of(MessageKind.OPENING_ASKED) | {"saved_date": ENTRY | saved}
        case MessageKind.MESSAGE:
            names = {key: LETTER[key] for key in ("congress", "given_name", "family_name", "links")}
            paragraphs = [["Treffpunkt ist:", "Rathaus <Lünen>"], ["Bis bald!"]]
            return names | {"subject": "Anreise", "paragraphs": paragraphs, "with_link": True}
        case MessageKind.ORGANISER_INVITED | MessageKind.PASSWORD_RESET:
            return {
                "purpose": "reset" if kind == MessageKind.PASSWORD_RESET else "invitation",
                "name": "Erika Muster",
                "email": "erika@example.org",
                "congresses": [CONGRESS["title"]],
                "is_administrator": False,
                "expires_at": "2015-09-03T08:00:00+00:00",
                "link": 1,
            }
        case MessageKind.ROLE_GIVEN:
            return {
                "name": "Erika Muster",
                "email": "erika@example.org",
                "title": CONGRESS["title"],
                "roles": ["Programm"],
            }
        case MessageKind.UNDERFILLED:
            short = {"number": 4, "title": "Junges Engagement fördern", "taken": 4, "minimum": 8}
            return {
                "name": "Erika Muster",
                "title": CONGRESS["title"],
                "workspace": CONGRESS["slug"],
                "short": [short],
            }
        case MessageKind.FOLLOW_UPS_DUE:
            return {"name": "Erika Muster", "count": 3}
        case MessageKind.LIST_LINK:
            return {
                "name": "Erika Muster",
                "title": CONGRESS["title"],
                "workspace": CONGRESS["slug"],
                "view": "Gäste aus Kommunen",
                "view_id": 1,
                "rhythm": "jeden Montag um 7.00 Uhr",
            }
        case MessageKind.LOGIN_CHANGED:
            return {
                "name": "Erika Muster",
                "email": "erika@example.org",
                "change": "code_used",
                "codes_left": 9,
                "has_second_step": True,
            }
        case MessageKind.FEEDBACK_ASKED:
            names = {"congress": CONGRESS, "given_name": "Erika", "family_name": "Muster"}
            return names | {"ballot": 1, "answer_by": "2015-11-04T23:00:00+00:00"}
        case str() if kind.startswith("course_"):
            return letter_facts(LETTER)
        case MessageKind.CONTRIBUTOR_CODE:
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            return names | {"login": 1}
        case MessageKind.CONTRIBUTION_ASKED:
            part = {each: NETWORKS[each] for each in NETWORKS if each != "id"}
            asked = [part | {"role": "Dialogpartnerin, Dialogpartner"}]
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            return names | {"contributor": 1, "asked": asked, "agreed": []}
        case (
            MessageKind.INVITED
            | MessageKind.INVITED_REMINDER
            | MessageKind.INVITATION_WITHDRAWN
            | MessageKind.INVITATION_OFF
        ):
            names = {"congress": CONGRESS, "given_name": "Erika", "family_name": "Muster"}
            own = {"organisation": "Stadt Lünen", "places": 1, "is_organisation": False}
            return names | own | {"invitation": 1}
        case MessageKind.PROPOSAL_RECEIVED:
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            return names | {"proposal": 1, "title": "Die Dorfküche", "kind": "Praxisbeispiel"}
        case MessageKind.CONTRIBUTION_MOVED:
            part = {each: NETWORKS[each] for each in NETWORKS if each != "id"}
            now = part | {"role": "Dialogpartnerin, Dialogpartner"}
            moved = [{"now": now, "was": now | {"room": "Raum 9"}, "off": False, "back": False}]
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            return names | {"contributor": 1, "moved": moved}
        case MessageKind.PROPOSAL_DEADLINE:
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            proposal = {"proposal": 1, "title": "Die Dorfküche", "kind": "Praxisbeispiel"}
            call = {"closes_at": "2015-10-01T22:00:00+00:00", "before": "2015-09-24T22:00:00+00:00"}
            return names | proposal | {"call": call, "others": ["Der Dorfladen"]}
        case MessageKind.PROPOSAL_ANSWERED:
            names = {"congress": CONGRESS, "given_name": "", "family_name": "Erika Muster"}
            proposal = {"proposal": 1, "title": "Die Dorfküche", "kind": "Praxisbeispiel"}
            said = {"paragraphs": [["Leider nicht."], ["Bis bald!"]], "answer": "declined"}
            return names | proposal | said
        case MessageKind.REQUESTED:
            return LETTER | {"confirmed": [], "waiting": [NETWORKS], "requested": True}
        case MessageKind.REGISTRATION_DECLINED:
            nothing: dict[str, Any] = {"confirmed": [], "waiting": [], "links": []}
            return LETTER | nothing | {"paragraphs": [["Der Saal ist <voll>."]]}
        case MessageKind.WAITING:
            wishes = [NETWORKS]
            return LETTER | {"confirmed": [], "waiting": wishes, "position": 12}
        case MessageKind.ASSIGNED:
            place = {key: NETWORKS[key] for key in NETWORKS} | {"by_wish": 2}
            when = {name: NETWORKS[name] for name in ("starts_at", "ends_at")}
            choice = when | {"among": [2, 3], "got": 3, "how": "wish", "had": []}
            return LETTER | {
                "assigned": [choice],
                "confirmed": [place],
                "waiting": [MOTOR | {"wish": 1}],
            }
        case MessageKind.PLACE_GAINED:
            won = {
                "gained": [MOTOR["title"]],
                "gained_congress": False,
                "lost": [NETWORKS["title"]],
                "others_wait": True,
            }
            seat = {key: MOTOR[key] for key in MOTOR if key not in {"position", "kept"}}
            return LETTER | won | {"confirmed": [seat], "waiting": []}
        case MessageKind.PLACE_OFFERED:
            return LETTER | {"waiting": [MOTOR | {"offered_until": "2015-09-03T08:00:00+00:00"}]}
        case MessageKind.OFFER_EXPIRED:
            return LETTER | {"waiting": [], "missed": [MOTOR["title"]]}
        case MessageKind.EXPIRED:
            return LETTER | {"confirmed": [], "waiting": [], "links": []}
        case _:
            return dict(LETTER)


_FRAME = MailToRender(
    kind="",
    language="de",
    recipient="erika@example.org",
    recipient_name="Erika Muster",
    facts={},
    message_id="<7f9c@kongress.example.org>",
    created_at=WRITTEN_AT,
    sender="kongress@kongress.example.org",
    sender_name="Forum für soziale Innovation gGmbH",
    zone=ZoneInfo("Europe/Berlin"),
    reply_to="kongress@example.org",
    links={
        "home": BASE,
        "login": f"{BASE}/login",
        "accessibility": f"{BASE}/accessibility",
        "privacy": f"{BASE}/privacy",
        "imprint": f"{BASE}/imprint",
        "congress": f"{BASE}/fachkongress-2015",
        "manage": f"{BASE}/registration/{TOKEN}",
        "registrations": [f"{BASE}/registration/{TOKEN}", f"{BASE}/registration/{TOKEN[::-1]}"],
        "account": f"{BASE}/invitation/{TOKEN}",
        "confirm": f"{BASE}/confirm/{TOKEN}",
        "code": "012345",
        "contribution": f"{BASE}/contribution/{TOKEN}",
        "municipality": f"{BASE}/municipality/{TOKEN}",
        "application": f"{BASE}/application/{TOKEN}",
        "course": f"{BASE}/course-application/{TOKEN}",
        "proposal": f"{BASE}/proposal/{TOKEN}",
        "invited": f"{BASE}/invited/{TOKEN}",
        "newsletter": f"{BASE}/newsletter/{TOKEN}",
        "unsubscribe": f"{BASE}/newsletter/{TOKEN}/leave",
        "opening": f"{BASE}/opening/{TOKEN}",
        "group": f"{BASE}/group/{TOKEN}",
        "feedback": f"{BASE}/feedback/{TOKEN}",
    },
)
