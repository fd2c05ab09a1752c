"""The addresses in mails: public ones, and secret ones that are made anew for each letter."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from congress import links
from congress.domain.mails.kinds import KINDS, Carries, MessageKind
from congress.domain.tokens import RegistrationLink
from congress.extensions import settings
from congress.services import (
    addresses,
    contributor_codes,
    contributor_links,
    group_links,
    hand_overs,
    newsletter_links,
    opening_links,
    tokens,
)
from congress.services.calling import proposal_links
from congress.services.courses import letters as course_letters
from congress.services.feedback import links as feedback_links
from congress.services.invitations import links as invitation_links
from congress.services.logins import accounts
from congress.services.network import application_letters, contact_links

LEGAL_PAGES = ("accessibility", "privacy", "imprint")
ANSWERS = (Carries.NEW_ADDRESS, Carries.HAND_OVER, Carries.QUESTION)
OF_NO_REGISTRATION = (
    *(Carries.CODE, Carries.PROPOSER, Carries.GUEST, Carries.COURSE),
    *(Carries.CONTACT, Carries.CONTACT_CODE, Carries.APPLICANT),
)
WITH_OWN_PAGE = (Carries.WORDS, Carries.INFO)  # these lead to the page of whoever registered


def usual_sender(congress: Mapping[str, Any]) -> str:
    """Return who writes, as the facts about a congress have it; calendars always name them."""
    found = congress.get("host") or congress.get("title") or urlsplit(settings().base_url).hostname
    return str(found or "")


def public_links(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the addresses in a mail that are no secret."""
    own = f"/{facts['congress']['slug']}" if "congress" in facts else ""
    found: dict[str, Any] = {page: links.absolute(f"{own}/{page}") for page in LEGAL_PAGES}
    found["home"], found["login"] = links.absolute("/"), links.absolute("/login")
    if "congress" in facts:
        found["congress"] = links.congress(facts["congress"]["slug"])
    return found


def known_to(kind: MessageKind, own: Collection[str]) -> set[str]:
    """Return which of these links mails of a kind can have: the own page is not in all of them."""
    has_own_page = KINDS[kind].carries in WITH_OWN_PAGE
    return {each for each in own if each != "manage" or has_own_page}


def all_links(
    kind: str, facts: Mapping[str, Any], recipient: str, own_page: str | None
) -> dict[str, Any]:
    """Return the addresses a mail may need; secret ones are made anew, and for letters only.

    `own_page` is the token of the link to a registration.
    """
    carries = KINDS[MessageKind(kind)].carries
    found = public_links(facts)
    if carries is Carries.ACCOUNT:
        found["account"] = accounts.link_for(facts) or links.absolute("/reset")  # type: ignore[arg-type]
    if carries in WITH_OWN_PAGE and "manage" in facts.get("links", ()) and own_page:
        found["manage"] = links.own_page(own_page)
    if carries is Carries.ALL_LINKS:
        wanted = [(each, recipient) for each in facts["registrations"]]
        known = tokens.for_mails(wanted)
        found["registrations"] = [
            links.own_page(known[each]) if each in known else found["congress"] for each in wanted
        ]
    if carries is Carries.CONTRIBUTOR or (carries is Carries.INFO and "contributor" in facts):
        found["contribution"] = contributor_links.link_for(facts, recipient)
    if carries is Carries.GROUP:
        found["group"] = group_links.link_for(facts, recipient)
    if carries is Carries.FEEDBACK:
        found["feedback"] = feedback_links.link_for(facts, recipient)
    if carries in OF_NO_REGISTRATION:
        found |= _of_no_registration(carries, facts, recipient)
    if carries in ANSWERS:
        found |= _to_answer(carries, facts, recipient, usual=found["congress"])
    if carries in {Carries.NEWSLETTER, Carries.OPENING}:
        found |= _to_who_asked(carries, facts, recipient)
    return found


def _of_no_registration(
    carries: Carries, facts: Mapping[str, Any], recipient: str
) -> dict[str, str | None]:
    if carries is Carries.CODE:
        return {"code": contributor_codes.code_for(facts, recipient)}
    if carries is Carries.APPLICANT:
        return {"application": application_letters.link_for(facts, recipient)}
    if carries is Carries.COURSE:
        return {"course": course_letters.link_for(facts, recipient)}
    if carries in {Carries.CONTACT, Carries.CONTACT_CODE}:
        return contact_links.in_mail(carries, facts, recipient)
    if carries is Carries.PROPOSER:
        return {"proposal": proposal_links.link_for(facts)}
    return {"invited": invitation_links.link_for(facts, recipient)}


def _to_who_asked(carries: Carries, facts: Mapping[str, Any], recipient: str) -> dict[str, str]:
    """Return the links of somebody who asked for mails by an address; none to who has left."""
    if carries is Carries.NEWSLETTER:
        token = newsletter_links.token_of(facts, recipient)
        pages = {"newsletter": links.newsletter, "unsubscribe": links.leave_newsletter}
    else:
        token = opening_links.token_of(facts, recipient)
        pages = {"opening": links.opening, "unsubscribe": links.leave_opening}
    return {name: page(token) for name, page in pages.items()} if token else {}


def _to_answer(
    carries: Carries, facts: Mapping[str, Any], recipient: str, *, usual: str
) -> dict[str, str]:
    """Return the link by which a mailbox answers a question; the `usual` one once it is over."""
    if carries is Carries.NEW_ADDRESS:
        return {"confirm": addresses.link_for(facts["change"]) or usual}
    if carries is Carries.HAND_OVER:
        return {"confirm": hand_overs.link_for(facts["hand_over"], recipient) or usual}
    mail = (facts["registration"], recipient)
    token = tokens.for_mails([mail], RegistrationLink.CONFIRM).get(mail)
    return {"confirm": links.confirmation(token) if token else usual}
