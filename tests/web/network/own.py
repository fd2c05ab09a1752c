"""A browser of somebody who speaks for an organisation, with link and code."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress.domain.tokens import MunicipalityLink
from congress.extensions import db
from congress.models import ContactPerson, OutboxMessage
from congress.services.network import contact_links
from congress.services.tokens import fresh
from tests.web.organisers import post


def own_address(contact: ContactPerson) -> str:
    """Let somebody have a link, and return the address of their own view."""
    token, kept = fresh(MunicipalityLink.CONTACT)
    contact.nonce, contact.key_id, contact.digest = kept["nonce"], kept["key_id"], kept["digest"]
    db.session.commit()
    return f"/municipality/{token}"


def entered(app: Flask, own: str) -> FlaskClient:
    """Return a browser in which the code was typed that the mail brought."""
    client = app.test_client()
    assert post(client, f"{own}/login", f"{own}/login", step="send") == 303
    with app.app_context():
        latest = select(OutboxMessage).where(OutboxMessage.kind == "contact_code")
        mail = db.session.scalars(latest.order_by(OutboxMessage.id.desc())).first()
        assert mail is not None
        code = contact_links.code_for(mail.facts, mail.recipient) or ""
    assert post(client, f"{own}/login", f"{own}/login", code=code) == 303
    return client
