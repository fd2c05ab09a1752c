"""What the office's pages of the network share: tabs, and one notice after an act."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from congress import clock, extensions
from congress.domain.network.access import NetworkRight
from congress.formats.dates import Dates
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser.frame import notify, take_notice

NETWORK = "/organiser/network"


def page(template: str, *, current: str, **context: object) -> str:
    """Render a page of the network; `current` is the last part of its tab's address."""
    tabs = [
        _entry(part, label, is_within=part == current)
        for part, label, right in _tabs()
        if access.may_in_network(right)
    ]
    if access.account().is_administrator:
        tabs.append(_entry("team", _("Team"), is_within=current == "team"))
    return render_template(
        f"network/{template}",
        tabs=tabs,
        tabs_label=_("Network"),
        own=NETWORK,
        notice=take_notice(),
        may=access.may_in_network,
        NetworkRight=NetworkRight,
        dates=dates(),
        **context,
    )


def _tabs() -> tuple[tuple[str, str, NetworkRight], ...]:
    return (
        ("", _("Overview"), NetworkRight.SEE_REPORT),
        ("organisations", _("Organisations"), NetworkRight.SEE_REGISTER),
        ("members", _("Members"), NetworkRight.SEE_REGISTER),
        ("contacts", _("Contact persons"), NetworkRight.SEE_REGISTER),
        ("contact-log", _("Contact log"), NetworkRight.SEE_CONTACT_LOG),
        ("applications", _("Applications"), NetworkRight.SEE_REGISTER),
        ("meetings", _("Meetings"), NetworkRight.SEE_REGISTER),
        ("texts", _("Texts"), NetworkRight.SEE_REGISTER),
        ("projects", _("Projects"), NetworkRight.SEE_REGISTER),
        ("mails", _("Info mails"), NetworkRight.SEE_REGISTER),
        ("report", _("Report"), NetworkRight.SEE_REPORT),
        ("log", _("Log"), NetworkRight.SEE_REGISTER),
    )


def _entry(part: str, label: str, *, is_within: bool) -> tuple[str, str, str]:
    address = f"{NETWORK}/{part}" if part else NETWORK
    here = "page" if request.path == address else "true" if is_within else ""
    return label, languages.link(address), here


def done(sentence: str, part: str = "") -> Response:
    """Go on to a page of the network, which says what was just done."""
    notify(sentence)
    return redirect(languages.link(f"{NETWORK}{part}"), code=303)


def zone() -> ZoneInfo:
    """Return the time zone in which the network counts its days."""
    return ZoneInfo(extensions.settings().timezone)


def today() -> date:
    """Return which day it is for the network."""
    return clock.now().astimezone(zone()).date()


def dates() -> Dates:
    """Return how these pages say days and times."""
    return languages.dates(zone())
