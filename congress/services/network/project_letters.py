"""Letters about projects to whoever proposed them, in the transaction of what they tell about."""

from datetime import datetime
from zoneinfo import ZoneInfo

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import ProjectFacts
from congress.domain.network.contacts import Contact
from congress.domain.network.projects import ProjectState
from congress.domain.texts import in_language
from congress.extensions import settings
from congress.models import NetworkProject
from congress.queries.network import contacts
from congress.services.network import contact_letters


def proposed(project: NetworkProject, contact: Contact, *, now: datetime) -> None:
    """Say that a proposal has arrived, and where one sees what becomes of it."""
    stated = _stated(project, contact)
    contact_letters.store([(MessageKind.PROJECT_PROPOSED, contact, stated)], now=now)


def answered(project: NetworkProject, *, now: datetime) -> None:
    """Say whether the network takes a proposal on, to who proposed it and still speaks."""
    contact = contacts.find(project.proposed_by) if project.proposed_by else None
    today = now.astimezone(ZoneInfo(settings().timezone)).date()
    if contact is None or not contact.term.holds_on(today):
        return
    stated = _stated(project, contact)
    stated["accepted"] = project.state == ProjectState.RUNNING
    if project.reason:
        blocks = project.reason.split("\n\n")
        stated["paragraphs"] = [lines for each in blocks if (lines := each.strip().splitlines())]
    contact_letters.store([(MessageKind.PROJECT_ANSWERED, contact, stated)], now=now)


def _stated(project: NetworkProject, contact: Contact) -> ProjectFacts:
    return {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
        "title": in_language(project.title, contact.details.language),
    }
