"""Logging in and out, and choosing a password by a mailed link; all addresses in one table."""

from flask import Blueprint, Flask

from congress.web import access
from congress.web.account import login, passwords
from congress.web.account.security import init_security

blueprint = Blueprint("account", __name__)

for address, view, methods in (
    ("/login", login.log_in, ["GET", "POST"]),
    ("/logout", login.log_out, ["POST"]),
    ("/reset", passwords.ask_for_link, ["GET", "POST"]),
    ("/reset/sent", passwords.link_is_on_its_way, ["GET"]),
    ("/reset/<token:token>", passwords.reset_password, ["GET", "POST"]),
    ("/invitation/<token:token>", passwords.accept_invitation, ["GET", "POST"]),
):
    blueprint.add_url_rule(address, view_func=view, methods=methods)


def init_accounts(app: Flask) -> None:
    """Let people log in, and hold every request to the access matrix."""
    init_security(app)
    app.register_blueprint(blueprint)
    access.guard(app)
