"""Facts of made-up letters of the network, by kind."""

from typing import Any

from congress.domain.mails.kinds import MessageKind
from tests.land_questions import ANSWERED
from tests.texts import TOLD
from tests.topics import OF_TOPICS

READER = {"given_name": "Erika", "family_name": "Muster", "organisation": "Stadt Rheine"}
SPEAKS = READER | {"contact_person": 1}
TERM = SPEAKS | {"role": "contact", "starts_on": "2015-03-01", "ends_on": "2015-12-31"}
APPLIED = SPEAKS | {"application": 1, "starts_on": "2015-03-01"}
APPLICATION = APPLIED | {"paragraphs": [["Wir freuen uns."]]}
PROJECT = SPEAKS | {"title": "Engagement in Kreisen", "accepted": False}
PROJECT_ANSWERED = PROJECT | {"paragraphs": [["Das gibt es schon."]]}
INFO_MAIL = {
    "given_name": "Erika",
    "family_name": "Muster",
    "subject": "Neues Förderprogramm",
    "lines": ["Guten Tag {Name},", "", "ab Mai kann Ihre Kommune Geld beantragen."],
    "is_test": False,
    "files": [],
}

OF_NETWORK: dict[str, dict[str, Any]] = {
    MessageKind.APPLICATION_RECEIVED: APPLICATION,
    MessageKind.APPLICATION_ACCEPTED: APPLICATION,
    MessageKind.APPLICATION_DECLINED: APPLICATION,
    MessageKind.CONTACT_LINK: TERM,
    MessageKind.CONTACT_BEGUN: TERM,
    MessageKind.CONTACT_ENDED: TERM,
    MessageKind.CONTACT_TAKEN_BACK: TERM | {"stays": "Anna Albers", "is_own": False},
    MessageKind.PROJECT_PROPOSED: PROJECT_ANSWERED,
    MessageKind.PROJECT_ANSWERED: PROJECT_ANSWERED,
    MessageKind.LAND_QUESTION_ANSWERED: {**ANSWERED},
    MessageKind.TEXT_OPENED: {**TOLD},
    MessageKind.TEXT_ADOPTED: {**TOLD},
    MessageKind.TOPICS_CALLED: OF_TOPICS,
    MessageKind.TOPIC_ANSWERED: OF_TOPICS,
    MessageKind.NETWORK_MAIL: INFO_MAIL | {"to": "contacts", "contact_person": 1},
    MessageKind.NETWORK_NEWSLETTER: INFO_MAIL | {"to": "network_newsletter", "reader": 1},
    MessageKind.NETWORK_NEWSLETTER_ASKED: {"reader": 1, "has_it": False},
    MessageKind.CONTACT_CODE: READER | {"contact_login": 1},
}
