"""The info mail that tells those who were there of the results: a draft, to look at and send."""

from flask.typing import ResponseReturnValue

from congress import clock, links
from congress.domain.mails.mailings import Audience
from congress.formats import results_mail
from congress.services.mails import mailings
from congress.services.mails.mailings import Content
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.report import place_of


def tell_of_results(code: str) -> ResponseReturnValue:
    """Write the draft to who was in a workshop, and show it with how many get it."""
    return _draft(code)


def tell_of_congress_results() -> ResponseReturnValue:
    """Write the draft to who was at the event, and show it with how many get it."""
    return _draft(None)


def _draft(code: str | None) -> ResponseReturnValue:
    here, place = access.workspace(), place_of(code)
    title = place.item.plan.title if place.item else here.title
    part = f"#{code}" if code else ""
    content = Content(
        results_mail.subjects(title),
        results_mail.texts(title, links.absolute(f"/{here.slug}/results{part}")),
        Audience(was_in_id=place.item_id) if place.item else Audience(has_come=True),
    )
    number = mailings.save(
        here.id, content, mailing_id=None, version=0, actor=access.actor(), now=clock.now()
    )
    done = _("This is a draft: please look at it, and send it when it is right.")
    return frame.done(done, f"/mailings/{number}")
