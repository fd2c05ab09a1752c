"""What the page of a registration says of modules attended, and whether there is a certificate."""

from datetime import datetime
from typing import Any

from congress.domain import modules
from congress.domain.attendance import days_of
from congress.domain.certificates import require_certifiable
from congress.domain.errors import Refused
from congress.domain.modules import Share
from congress.domain.registration import RegistrationState
from congress.queries import certificates
from congress.queries.registrations import Opened
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext


def of_own_page(own: Opened, *, now: datetime) -> dict[str, Any]:
    """Return whether somebody was there, once it is over, and how many modules they attended.

    Before, and where no share of the modules is asked for, nothing is looked up.
    """
    congress = own.congress
    is_confirmed = own.registration.standing.state is RegistrationState.CONFIRMED
    is_course = bool(congress.rules.certificate_from) and now >= congress.starts_at
    if not is_confirmed or not (is_course or congress.is_over(now)):
        return {"was_there": False, "attended": ""}
    attended = certificates.days_attended(own.registration.id)
    held = modules.share_of(modules.held(congress, now), attended)
    return {
        # It may have been moved away from the day of a tick.
        "was_there": _is_certifiable(own, modules.share_of(days_of(congress), attended), now),
        "attended": _in_words(held, congress.rules.certificate_from) if is_course else "",
    }


def _is_certifiable(own: Opened, share: Share, now: datetime) -> bool:
    try:
        require_certifiable(
            own.congress, was_there=share.attended > 0, by_organisers=False, now=now, share=share
        )
    except Refused:
        return False
    return True


def _in_words(share: Share, least: int) -> str:
    said = ngettext(
        "You attended %(attended)d of the %(num)d module held so far (%(share)s).",
        "You attended %(attended)d of the %(num)d modules held so far (%(share)s).",
        share.held,
        attended=share.attended,
        share=languages.percent(share.percent),
    )
    rule = _(
        "A certificate is issued from %(least)s of the modules attended.",
        least=languages.percent(least),
    )
    return f"{said} {rule}"
