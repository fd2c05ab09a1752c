"""Accounts and logins for tests of the workspace."""

import re
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import User
from congress.services.logins import accounts

PASSWORD = "vier rote Esel"


def an_organiser(
    app: Flask, email: str, roles: dict[int, Role] | None = None, *, is_administrator: bool = False
) -> int:
    """Store an account with a password."""
    with app.app_context():
        return accounts.invite(
            email,
            actor=COMMAND,
            now=datetime.now(UTC),
            roles=roles,
            is_administrator=is_administrator,
            password=PASSWORD,
        )


def a_network_account(app: Flask, email: str, role: str | None) -> int:
    """Store an account with a role in the network."""
    number = an_organiser(app, email)
    with app.app_context():
        row = db.session.get(User, number)
        assert row is not None
        row.network_role = role
        db.session.commit()
    return number


def token(client: FlaskClient, page: str = "/login") -> str:
    """Return the CSRF token of a page's form."""
    return hidden(client, page, "csrf_token")


def hidden(client: FlaskClient, page: str, name: str) -> str:
    """Return what a page's form sends along unseen."""
    found = re.search(rf'name="{name}" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]


def log_in(client: FlaskClient, email: str, password: str = PASSWORD, **fields: str) -> int:
    """Log in as a browser does; return the status."""
    form = {"csrf_token": token(client), "email": email, "password": password} | fields
    return client.post("/login", data=form).status_code


def logged_in(app: Flask, email: str) -> FlaskClient:
    """Return a browser that is logged in."""
    client = app.test_client()
    assert log_in(client, email) == 303
    return client


def post(client: FlaskClient, address: str, page: str, **fields: str) -> int:
    """Send a form whose token stands on a page; return the status."""
    return client.post(address, data={"csrf_token": token(client, page)} | fields).status_code


def change_state(client: FlaskClient, congress: str, to: str) -> int:
    """Answer the question whether to change the state of a congress; return the status."""
    page = f"{congress}/state?to={to}"
    return post(client, f"{congress}/state", page, to=to, seen=hidden(client, page, "seen"))


def publish(client: FlaskClient, congress: str) -> int:
    """Publish the changes of a programme as the page shows them; return the status."""
    page = f"{congress}/programme/release"
    return post(client, page, page, seen=hidden(client, page, "seen"))
