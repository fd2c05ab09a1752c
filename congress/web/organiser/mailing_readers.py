"""Who gets an info mail, by name: before it is sent, and then how far the mail to each has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from congress.domain.mails.mailings import MailingState
from congress.domain.mails.readers import Difference, Reader, Recipients
from congress.domain.texts import in_language
from congress.queries import mailing_readers as queries
from congress.queries.mailing_readers import Told
from congress.queries.mailings import WrittenMailing
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame, mail_words, mailing_words
from congress.web.organiser.mailings import get_mailing

PER_PAGE = 100  # people


@dataclass(frozen=True)
class Section:
    """People of whom one thing holds, with a reason each, or none; `total` are on all pages."""

    name: str
    heading: str
    people: Sequence[tuple[Reader, str]]
    total: int


def mailing_readers(mailing_id: int) -> str:
    """Show everybody who gets it, or would, after those who do not and why; page by page."""
    found = get_mailing(mailing_id)
    return _sent(found) if found.started_at else _planned(found)


def _planned(found: WrittenMailing) -> str:
    """Show what differs from the earlier mail first, then who is left out, then all others."""
    recipients = queries.recipients_of(found)
    earlier = queries.earlier_of(found)
    differs = queries.difference_of(found, recipients, earlier) if earlier else None
    sections = [each for each in _sections(recipients, differs) if each.people]
    total = sum(each.total for each in sections)
    number, last_page = _page(total)
    return frame.page(
        "mailing_readers.html",
        current="outbox",
        mailing=found,
        title=in_language(found.subject, languages.current()),
        count=len(recipients.reached),
        earlier=earlier,
        differs=differs,
        sections=part_of(sections, (number - 1) * PER_PAGE),
        page=number,
        last_page=last_page,
    )


def _sections(recipients: Recipients, differs: Difference | None) -> list[Section]:
    why = mailing_words.left_out()
    new = differs.new if differs else frozenset[int]()
    gone = differs.gone if differs else ()
    named = {each.id for each, _reason in gone}
    left_out = [(each, why[reason]) for each, reason in recipients.left_out if each.id not in named]
    added = [(each, "") for each in recipients.reached if each.id in new]
    others = [(each, "") for each in recipients.reached if each.id not in new]
    meant_no_more = _("not among the people it is for")
    had = [(each, why[reason] if reason else meant_no_more) for each, reason in gone]
    return [
        Section("new", _("New"), added, len(added)),
        Section("gone", _("Had the earlier email and do not get this one"), had, len(had)),
        Section("left", _("Left out"), left_out, len(left_out)),
        Section(
            "reached",
            _("Had the earlier email too") if differs else _("Get the email"),
            others,
            len(others),
        ),
    ]


def part_of(sections: Sequence[Section], first: int) -> list[Section]:
    """Return what of these stands on the page that begins with somebody (from 0)."""
    shown, start, end = [], first, first + PER_PAGE
    for each in sections:
        people = each.people[max(0, start) : max(0, end)]
        if people:
            shown.append(Section(each.name, each.heading, people, each.total))
        start, end = start - each.total, end - each.total
    return shown


def _sent(found: WrittenMailing) -> str:
    """Show whom it was settled for when it began, and where the mail to each of them stands."""
    number, last_page = _page(found.total)
    told = queries.told(found, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return frame.page(
        "mailing_told.html",
        current="outbox",
        mailing=found,
        title=in_language(found.subject, languages.current()),
        people=[(each, *state_of(each, found.state)) for each in told.people],
        is_stored=bool(told.total or told.forgotten),
        forgotten=told.forgotten,
        page=number,
        last_page=last_page,
    )


def state_of(told: Told, mailing: MailingState) -> tuple[str, str]:
    """Return the kind and words of where the mail to somebody stands, for its badge."""
    if told.mail is not None:
        if told.mail.settled_at:
            return "off", _("Failed, settled")
        return mail_words.state(told.mail.state)
    if told.is_to_come and mailing is not MailingState.STOPPED:
        return "few", _("Not written yet")
    if told.reader.has_left:
        why = mailing_words.left_out()[told.reader.has_left]
        return "off", _("Not sent: %(why)s", why=why)
    return "off", _("Not sent")


def _page(total: int) -> tuple[int, int]:
    """Return the page that is asked for, and the last one there is."""
    last_page = max(1, -(-total // PER_PAGE))
    return min(max(1, request.args.get("page", 1, type=int)), last_page), last_page
