"""The confirmation of one's own registration as one page of paper."""

from flask import redirect
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.on_paper import may_be_confirmed
from congress.formats import print_confirmation, print_heading, printing
from congress.queries import on_paper
from congress.web import languages, page_cache, responses
from congress.web.languages import gettext as _
from congress.web.page_cache import Finished
from congress.web.registration.opened import opened


def confirmation(token: str) -> ResponseReturnValue:
    """Send it; whoever has no sure place reads on the page of their own how they stand."""
    own = opened(token)
    if not may_be_confirmed(own.congress, own.registration.standing):
        return redirect(languages.link(f"/registration/{token}"), code=303)
    printed = print_confirmation.printed(
        own.congress,
        own.registration.standing,
        own.registration.details.get("organisation", ""),
        language=languages.current(),
        now=clock.now(),
    )
    with_logo = print_heading.with_logo(printed, on_paper.logo_of(own.congress))
    called = _("confirmation-of-registration")
    return responses.conditional(
        page_cache.finish(Finished(printing.pdf(with_logo), printing.CONTENT_TYPE)),
        cache_control="no-store",
        disposition="inline",
        filename=f"{own.congress.slug}-{called}.pdf",
    )
