"""What the pages of the workspace share: tabs, moments in words, one notice after an action."""

from datetime import datetime

from flask import redirect, render_template, request, session
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.logins.accounts import Account
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.standing import Standing
from congress.domain.texts import shortened
from congress.formats.dates import Dates
from congress.queries import audit, bulk_acts, dead_mailboxes
from congress.queries.workspaces import Workspace
from congress.services import exporting
from congress.services.exporting import Listing
from congress.web import access, handed_out, languages
from congress.web.languages import gettext as _
from congress.web.organiser import called_off, unreached

NOTICE, MOVED_UP, UNDO, UNDO_SEVERAL = "notice", "moved_up", "undo", "undo_several"
LONGEST_NOTICE = 1000  # characters: browsers drop a cookie of more than 4 KB


def page(template: str, *, current: str, **context: object) -> str:
    """Render a page about one congress; `current` is the last part of its tab's address.

    What stands in the settings counts to them, also where another page leads there too.
    """
    workspace = access.workspace()
    own = f"/organiser/{workspace.slug}"
    tabs = [
        _entry(f"{own}/{part}" if part else own, label, is_within=part == current)
        for part, label, right in _tabs()
        if access.may(right)
    ]
    return render_template(
        f"organiser/{template}",
        workspace=workspace,
        own=own,
        tabs=tabs,
        tabs_label=languages.text(workspace.title),
        settings_pages=_settings_pages(own),
        public_url=f"/{workspace.slug}" if workspace.is_public else None,
        notice=take_notice(),
        **_take_moved_up(),
        undo=_take_undo(),
        undo_several=_take_undo_several(),
        left=unreached.take(),
        off=called_off.sentences(workspace),
        may=access.may,
        Right=Right,
        dates=dates(),
        moment=short_moment,
        **context,
    )


def _tabs() -> tuple[tuple[str, str, Right], ...]:
    return (
        ("", _("Overview"), Right.SEE_CONGRESS),
        ("programme", _("Programme"), Right.SEE_CONGRESS),
        ("attendees", _("Registrations"), Right.SEE_ATTENDEES),
        ("check-in", _("Check-in"), Right.CHECK_IN),
        ("print", _("Print"), Right.SEE_CONGRESS),
        ("assistance", _("Assistance needs"), Right.SEE_ASSISTANCE),
        ("figures", _("Figures"), Right.SEE_ATTENDEES),
        ("outbox", _("Emails"), Right.SEE_OUTBOX),
        ("log", _("Log"), Right.SEE_LOG),
        ("settings", _("Settings"), Right.EDIT_PROGRAMME),
        ("team", _("Team"), Right.GRANT_RIGHTS),
    )


def home(account: Account, workspace: Workspace) -> str:
    """Return the address of the first page of a congress that somebody may open."""
    own = f"/organiser/{workspace.slug}"
    first = next(part for part, _label, right in _tabs() if account.may(right, workspace.id))
    return f"{own}/{first}" if first else own


def _entry(address: str, label: str, *, is_within: bool) -> tuple[str, str, str]:
    """Return an entry of a navigation: words, address, and what `aria-current` says of it."""
    here = "page" if request.path == address else "true" if is_within else ""
    return label, languages.link(address), here


def _settings_pages(own: str) -> list[tuple[str, str, str]]:
    """Return the pages of the settings, one a subject, that this account may open."""
    return [
        _entry(f"{own}/{part}", label, is_within=False)
        for part, label, right in (
            ("settings", _("Particulars"), Right.EDIT_PROGRAMME),
            ("settings/rules", _("Rules"), Right.EDIT_PROGRAMME),
            ("wishes", _("Places by wishes"), Right.EDIT_PROGRAMME),
            ("settings/questions", _("Additional questions"), Right.EDIT_PROGRAMME),
            ("settings/look", _("Look"), Right.EDIT_PROGRAMME),
            ("settings/logo", _("Logo"), Right.GRANT_RIGHTS),
            ("settings/mails", _("Emails"), Right.EDIT_PROGRAMME),
            ("settings/reminders", _("Reminders"), Right.EDIT_PROGRAMME),
            ("survey", _("Feedback"), Right.EDIT_PROGRAMME),
            ("settings/print", _("Printed sheets"), Right.EDIT_PROGRAMME),
            ("call", _("Call for proposals"), Right.EDIT_PROGRAMME),
            *_of_course(),
            ("settings/legal", _("Legal texts"), Right.GRANT_RIGHTS),
            ("days", _("Days"), Right.EDIT_PROGRAMME),
            ("rooms", _("Rooms"), Right.EDIT_PROGRAMME),
            ("team", _("Team"), Right.GRANT_RIGHTS),
        )
        if access.may(right)
    ]


def _of_course() -> tuple[tuple[str, str, Right], ...]:
    """Return what only a training course has: applications of municipalities."""
    if access.workspace().kind is not CongressKind.TRAINING:
        return ()
    return (("applications/call", _("Applications"), Right.EDIT_PROGRAMME),)


def notify(sentence: str) -> None:
    """Keep a sentence for the next page: what was just done."""
    session[NOTICE] = shortened(sentence, LONGEST_NOTICE)


def done(
    sentence: str,
    part: str = "",
    *,
    at: datetime | None = None,
    undo: datetime | None = None,
    undo_several: int | None = None,
    reach: Reach = NOBODY,
) -> Response:
    """Go on to a page of the congress, which says what was just done and who hears of it.

    Where it may have made places free, `at` is when: the page says who moved up by it. Where it
    changed the draft of the programme, `undo` is when: the page offers to undo it. What was done
    with several people is undone by its line in the log.
    """
    notify(" ".join(filter(None, [sentence, unreached.told(reach)])))
    unreached.keep(reach)
    if at is not None:
        session[MOVED_UP] = at.isoformat()
    if undo is not None:
        session[UNDO] = undo.isoformat()
    if undo_several is not None:
        session[UNDO_SEVERAL] = undo_several
    return go_to(part)


def go_to(part: str = "") -> Response:
    """Go on to a page of the congress; `part` is what follows its own address."""
    return redirect(languages.link(f"/organiser/{access.workspace().slug}{part}"), code=303)


def listing(lines: Listing) -> Response:
    """Hand out what a page lists as a file, and note that it was."""
    exported = exporting.export_lines(
        access.workspace().id,
        lines,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def told(standing: Standing) -> str:
    """Say whether somebody hears of what was just done."""
    if standing.is_unconfirmed:
        return _("No email is sent, as the address is not confirmed.")
    if standing.has_mailbox and dead_mailboxes.find(standing.id):
        return _("No email is sent, as the address takes none. Please tell them in another way.")
    if standing.has_mailbox:
        return _("They will receive an email shortly.")
    return _("No email is sent, as there is no address. Please tell them in another way.")


def take_notice() -> str:
    """Return what was just done, once."""
    return str(session.pop(NOTICE, ""))


def _take_moved_up() -> dict[str, object]:
    """Return who moved up by what was just done, and whether others follow, once."""
    if (at := session.pop(MOVED_UP, None)) is None:
        return {"moved_up": [], "others_follow": False}
    number, moment = access.workspace().id, datetime.fromisoformat(at)
    moved_up = audit.moved_up(number, moment)
    follow = bool(moved_up) and audit.others_follow(number, moment)
    return {"moved_up": moved_up, "others_follow": follow}


def _take_undo() -> str:
    """Return when something was just done that can be undone, once."""
    at = session.pop(UNDO, "")
    user_id = access.actor().user_id
    is_there = at and audit.can_be_undone(
        access.workspace().id, datetime.fromisoformat(at), user_id=user_id
    )
    return str(at) if is_there else ""


def _take_undo_several() -> int | None:
    """Return what was just done with several people, if it can be undone, once."""
    number = session.pop(UNDO_SEVERAL, None)
    act = bulk_acts.find(access.workspace().id, number) if number else None
    is_open = act is not None and bulk_acts.is_open(act, now=clock.now())
    return number if is_open else None


def dates() -> Dates:
    """Return how this page says days and times of its congress."""
    return languages.dates(access.workspace().zone)


def short_moment(moment: datetime) -> str:
    """Return "heute, 9.12 Uhr" or "14.09.2015, 9.12 Uhr" in the congress's time zone."""
    zone = access.workspace().zone
    time = dates().time(moment)
    if moment.astimezone(zone).date() == clock.now().astimezone(zone).date():
        return _("today, %(time)s", time=time)
    return f"{short_day(moment)}, {time}"


def short_day(moment: datetime) -> str:
    """Return "14.09.2015" or "14/09/2015"."""
    local = moment.astimezone(access.workspace().zone)
    return f"{local:%d.%m.%Y}" if languages.current() == "de" else f"{local:%d/%m/%Y}"


def state_of(workspace: Workspace) -> tuple[str, str]:
    """Return the kind and words of a congress's state, for its badge."""
    return {
        CongressState.DRAFT: ("few", _("Draft")),
        CongressState.PUBLISHED: ("ok", _("Published")),
        CongressState.CANCELLED: ("bad", _("Cancelled")),
        CongressState.FINISHED: ("off", _("Finished")),
    }[workspace.state]
