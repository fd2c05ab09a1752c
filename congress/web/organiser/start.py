"""My congresses, and what needs me."""

from flask import render_template, session

from congress import clock
from congress.formats import dates
from congress.queries import outbox, workspaces
from congress.web import access, languages
from congress.web.account.login import FAILURES
from congress.web.organiser.frame import state_of, take_notice


def start() -> str:
    """Show the congresses one works on."""
    account = access.account()
    now, language = clock.now(), languages.current()
    own = None if account.is_administrator else set(account.roles)
    listed = workspaces.listed(own)
    lines = [
        {
            "slug": each.workspace.slug,
            "title": each.workspace.title,
            "state": state_of(each.workspace),
            "days": dates.period_in_words(
                each.starts_at, each.ends_at, language, each.workspace.zone
            )
            if each.starts_at and each.ends_at
            else "",
            "deadline": dates.last_day(
                each.workspace.period.closes_at, language, each.workspace.zone
            ),
            "phase": each.workspace.period.phase(now),
            "places": each.workspace.places,
            "failed": each.failed_mails,
            "is_past": bool(each.ends_at and each.ends_at < now),
        }
        for each in listed
    ]
    return render_template(
        "organiser/start.html",
        account=account,
        upcoming=[line for line in lines if not line["is_past"]][::-1],
        past=[line for line in lines if line["is_past"]],
        failures=session.pop(FAILURES, 0),
        notice=take_notice(),
        delivery=outbox.status() if account.is_administrator else None,
    )
