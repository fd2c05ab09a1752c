"""`flask organiser`: accounts, and logging in again after everything is lost."""

import sys

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from congress import clock, extensions
from congress.cli.talking import Stopped, say
from congress.domain.access import COMMAND, Role
from congress.domain.logins.accounts import (
    SHORTEST_PASSWORD,
    PasswordTooFrequent,
    PasswordTooLong,
    PasswordTooShort,
)
from congress.domain.network.access import NetworkRole
from congress.queries.accounts import find_congress_id
from congress.services.logins import accounts, second_factors

ROLES = [str(role) for role in Role if role is not Role.ADMINISTRATOR]
NETWORK_ROLES = [str(role) for role in NetworkRole]

organiser_commands = AppGroup("organiser", help="Accounts of organisers.")


@organiser_commands.command("invite")
@click.argument("email")
@click.option("--admin", is_flag=True, help="Everything in every congress.")
@click.option("--congress", "slug", help="The short name of a congress to give a role in.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default=str(Role.ORGANISER),
    show_default=True,
    help="What the account is to that congress.",
)
@click.option(
    "--network", type=click.Choice(NETWORK_ROLES), help="What the account is to the network."
)
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from stdin instead of mailing a link."
)
def invite(
    email: str,
    *,
    admin: bool,
    slug: str | None,
    role: str,
    network: str | None,
    password_stdin: bool,
) -> None:
    """Give EMAIL an account; a mail brings the link to choose a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    roles = {_congress_id(slug): Role(role)} if slug else {}
    if not admin and not roles and not network:
        raise click.UsageError(
            "Say what the account is for: --admin, --congress SLUG, or --network ROLE."
        )
    try:
        accounts.invite(
            _address(email),
            actor=COMMAND,
            now=clock.now(),
            is_administrator=admin,
            roles=roles,
            network_role=NetworkRole(network) if network else None,
            password=password,
        )
    except PasswordTooShort as refusal:
        raise Stopped(f"The password needs {SHORTEST_PASSWORD} characters or more.") from refusal
    except PasswordTooFrequent as refusal:
        raise Stopped(
            "This password is among those that are tried first; use another."
        ) from refusal
    except PasswordTooLong as refusal:
        raise Stopped("This password is too long.") from refusal
    if password is None:
        say(f"A mail with a link is on its way to {email}.")
    else:
        say(f"{email} can log in.")


@organiser_commands.command("reset")
@click.argument("email")
def reset(email: str) -> None:
    """Let the password of EMAIL be enough, when app, passkeys and recovery codes are lost.

    Make sure first who asks: by telephone, not by mail.
    """
    if not second_factors.reset(email, actor=COMMAND, now=clock.now()):
        raise Stopped(f"{email} has no account.")
    say(f"{email} can log in with the password alone, and is told so by mail.")


def _address(email: str) -> str:
    try:
        return validate_email(
            email,
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=extensions.settings().is_demo,
        ).normalized
    except EmailNotValidError as error:
        raise Stopped(f"{email} is no e-mail address.") from error


def _congress_id(slug: str) -> int:
    found = find_congress_id(slug)
    if found is None:
        raise Stopped(f"There is no congress {slug}.")
    return found
