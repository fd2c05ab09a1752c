"""Rows of the network: organisations, what they are to it, and who speaks for them."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from congress.domain.folding import fold_for_search, fold_sought
from congress.domain.people import fold_email, fold_name, name_order
from congress.extensions import db
from congress.models import (
    ConditionCheck,
    ContactLogin,
    ContactNote,
    ContactPerson,
    Membership,
    MembershipApplication,
    MembershipDocument,
    Organisation,
    OrganisationAlias,
    OrganisationDomain,
)
from tests.builders import MADE, add


def an_organisation(name: str = "Stadt Rheine", **values: Any) -> Organisation:
    """Return an organisation of the register, stored unless it stands there already."""
    key = fold_name(name)
    known = db.session.scalars(sa.select(Organisation).where(Organisation.name_key == key))
    facts = {"kind": "municipality", "suggested": True, "search": fold_for_search(name)}
    return known.one_or_none() or add(Organisation(name=name, name_key=key, **(facts | values)))


def a_membership(
    organisation: Organisation,
    state: str = "member",
    since: date = date(2014, 1, 1),
    *,
    recorded_at: datetime = MADE,
    superseded_at: datetime | None = None,
) -> Membership:
    """Store that an organisation is something to the network from a day on."""
    return add(
        Membership(
            organisation_id=organisation.id,
            state=state,
            since=since,
            recorded_at=recorded_at,
            superseded_at=superseded_at,
        )
    )


def a_contact(
    organisation: Organisation,
    given_name: str = "Anna",
    family_name: str = "Albers",
    **values: Any,
) -> ContactPerson:
    """Store somebody who speaks for an organisation, from 2014 on."""
    email = values.pop("email", f"{given_name}.{family_name}@example.org".lower())
    facts = {
        "given_name": given_name,
        "family_name": family_name,
        "email": email,
        "email_key": fold_email(email),
        "name_key": fold_name(f"{given_name} {family_name}"),
        "name_order": name_order(family_name, given_name),
        "search": fold_for_search(given_name, family_name, email),
        "starts_on": date(2014, 1, 1),
        "created_at": MADE,
    }
    return add(ContactPerson(organisation_id=organisation.id, **(facts | values)))


def a_contact_login(contact: ContactPerson) -> ContactLogin:
    """Store a code that was sent to a contact person."""
    return add(ContactLogin(contact_id=contact.id, nonce="n", key_id="k", asked_at=MADE, wrong=0))


def an_alias(organisation: Organisation, name: str) -> OrganisationAlias:
    """Store another name of an organisation."""
    return add(
        OrganisationAlias(organisation_id=organisation.id, name=name, name_key=fold_name(name))
    )


def a_domain(organisation: Organisation, domain: str) -> OrganisationDomain:
    """Store a confirmed mail domain of an organisation."""
    return add(
        OrganisationDomain(organisation_id=organisation.id, domain=domain, confirmed_at=MADE)
    )


def an_application(
    organisation: Organisation | None = None, /, **values: Any
) -> MembershipApplication:
    """Store that an organisation wants to be a member of the network."""
    email = values.pop("email", "erika.muster@example.org")
    facts = {
        "organisation_id": organisation.id if organisation else None,
        "organisation": organisation.name if organisation else "Stadt Werne",
        "given_name": "Erika",
        "family_name": "Muster",
        "function": "Stabsstelle Ehrenamt",
        "email": email,
        "email_key": fold_email(email),
        "phone": "",
        "language": "de",
        "said": {},
        "form_key": "f",
        "text_version": "1",
        "nonce": "n",
        "key_id": "k",
        "digest": "application",
        "created_at": MADE,
        "changed_at": MADE,
    }
    return add(MembershipApplication(**(facts | values)))


def a_document(
    organisation: Organisation | None = None, application: MembershipApplication | None = None
) -> MembershipDocument:
    """Store a document that proves a condition."""
    content = b"%PDF-1.7 signed\n%%EOF"
    return add(
        MembershipDocument(
            organisation_id=organisation.id if organisation else None,
            application_id=application.id if application else None,
            name="Erklärung.pdf",
            media_type="application/pdf",
            size=len(content),
            digest="d",
            content=content,
            filed_at=MADE,
        )
    )


def a_check(
    organisation: Organisation, condition: str = "declaration", held: str = "yes", **values: Any
) -> ConditionCheck:
    """Store what was found out about a condition."""
    facts = {"shown_on": MADE.date(), "checked_on": MADE.date(), "recorded_at": MADE}
    return add(
        ConditionCheck(
            organisation_id=organisation.id, condition=condition, held=held, **(facts | values)
        )
    )


def a_contact_note(
    organisation: Organisation, topic: str = "Rückruf", *, text: str = "", **values: Any
) -> ContactNote:
    """Store a call with an organisation, in 2026."""
    facts = {
        "kind": "call",
        "day": date(2026, 3, 1),
        "search": fold_sought(f"{topic} {text}"),
        "created_at": MADE,
    }
    said = {"organisation_id": organisation.id, "topic": topic, "text": text}
    return add(ContactNote(**(facts | said | values)))
