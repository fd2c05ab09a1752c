"""My congresses, and what needs me."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, session

from congress import clock
from congress.domain.access import Right
from congress.domain.logins.accounts import Account
from congress.domain.network.access import NetworkRight
from congress.extensions import settings
from congress.queries import outbox, received, workspaces
from congress.queries.workspaces import Listed
from congress.web import access, languages
from congress.web.account.login import FAILURES
from congress.web.organiser.frame import home, state_of, take_notice


def start() -> str:
    """Show the congresses one works on."""
    account = access.account()
    now = clock.now()
    listed = workspaces.listed(None if account.is_administrator else set(account.roles))
    lines = [_line(each, account, now) for each in listed]
    return render_template(
        "organiser/start.html",
        account=account,
        may_set_up=account.may_set_up,
        sees_network=account.may_in_network(NetworkRight.SEE_REPORT),
        upcoming=[line for line in lines if not line["is_past"]][::-1],
        past=[line for line in lines if line["is_past"]],
        failures=session.pop(FAILURES, 0),
        notice=take_notice(),
        standing=outbox.status(now=clock.now()) if account.is_administrator else None,
        fault=received.find_fault() if account.is_administrator else None,
        replies=received.count_open(None) if account.is_administrator else 0,
        may_release=account.is_administrator,
        moment=languages.dates(ZoneInfo(settings().timezone)).moment,
    )


def _line(listed: Listed, account: Account, now: datetime) -> dict[str, object]:
    of, starts_at, ends_at = listed.workspace, listed.starts_at, listed.ends_at
    dates = languages.dates(of.zone)
    is_both = of.taken + of.waiting > of.places.taken + of.places.waiting  # on site and online
    return {
        "slug": of.slug,
        "home": home(account, of),
        "title": of.title,
        "state": state_of(of),
        "days": dates.period(starts_at, ends_at) if starts_at and ends_at else "",
        "deadline": dates.last_day(of.period.closes_at),
        "phase": of.period.phase(now),
        "capacity": None if is_both else of.places.capacity,
        "taken": of.taken,
        "waiting": of.waiting,
        "failed": listed.failed_mails if account.may(Right.SEE_OUTBOX, of.id) else 0,
        "may_copy": account.may(Right.COPY_CONGRESS, of.id),
        "is_past": bool(ends_at and ends_at < now),
    }
