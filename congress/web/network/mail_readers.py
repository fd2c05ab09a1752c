"""Who gets an info mail of the network, by name: before it is sent, and then how far each is."""

from flask import request

from congress import clock
from congress.domain.texts import in_language
from congress.queries.mailings import WrittenMailing
from congress.queries.network import mail_readers as queries
from congress.services.mails import mailing_houses
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.network.frame import page, today
from congress.web.network.mails import ADDRESS, get_mail
from congress.web.organiser import mailing_words
from congress.web.organiser.mailing_readers import PER_PAGE, Section, part_of, state_of


def network_mail_readers(mailing_id: int) -> str:
    """Show everybody who gets it, or would, after those who do not and why; page by page."""
    found = get_mail(mailing_id)
    return _sent(found) if found.started_at else _planned(found)


def _planned(found: WrittenMailing) -> str:
    recipients = mailing_houses.recipients_of(found, now=clock.now())
    why = mailing_words.left_out()
    left_out = [(each, why[reason]) for each, reason in recipients.left_out]
    reached = [(each, "") for each in recipients.reached]
    sections = [
        Section("left", _("Left out"), left_out, len(left_out)),
        Section("reached", _("Get the email"), reached, len(reached)),
    ]
    number, last_page = _page(len(left_out) + len(reached))
    return page(
        "mail_readers.html",
        current="mails",
        base=ADDRESS,
        mailing=found,
        title=in_language(found.subject, languages.current()),
        count=len(reached),
        sections=part_of(sections, (number - 1) * PER_PAGE),
        number=number,
        last_page=last_page,
    )


def _sent(found: WrittenMailing) -> str:
    number, last_page = _page(found.total)
    told = queries.told(found, today(), offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return page(
        "mail_told.html",
        current="mails",
        base=ADDRESS,
        mailing=found,
        title=in_language(found.subject, languages.current()),
        people=[(each, *state_of(each, found.state)) for each in told.people],
        is_stored=bool(told.total or told.forgotten),
        forgotten=told.forgotten,
        number=number,
        last_page=last_page,
    )


def _page(total: int) -> tuple[int, int]:
    last_page = max(1, -(-total // PER_PAGE))
    return min(max(1, request.args.get("page", 1, type=int)), last_page), last_page
