"""Telling each account in the morning how much there is to follow up; the log stays at home."""

from datetime import datetime
from zoneinfo import ZoneInfo

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import FollowUpsDueFacts
from congress.domain.network.contact_notes import FIRST_HOUR
from congress.extensions import db, settings
from congress.models import User
from congress.queries.network import contact_log
from congress.services.logins import accounts
from congress.transaction import transaction


def next_step(*, now: datetime) -> bool:
    """Write the mail of one account that has not had today's; returns whether there was one.

    One a day from seven in the morning on, for as long as something is due.
    """
    local = now.astimezone(ZoneInfo(settings().timezone))
    today = local.date()
    untold = contact_log.find_untold(today) if local.hour >= FIRST_HOUR else None
    if untold is None:
        return False
    user_id, count = untold
    with transaction():
        reader = db.session.get_one(User, user_id, with_for_update=True, populate_existing=True)
        if reader.follow_ups_told_on == today:
            return True  # another worker was faster
        reader.follow_ups_told_on = today
        stated: FollowUpsDueFacts = {"name": reader.name, "count": count}
        accounts.store_mail(reader, MessageKind.FOLLOW_UPS_DUE, stated, now=now)
    return True
