"""Telling somebody where their calendar entry comes from: by mail, or from a calendar."""

from dataclasses import replace
from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.standing import Standing
from congress.services.mails import calendar_entries, telling
from congress.services.mails.facts import Letters


def channel_chosen(
    congress: Congress, standing: Standing, *, subscribes: bool, now: datetime
) -> None:
    """Withdraw somebody's invitations by mail, or invite them again, and say so in one letter.

    Who has no entry, or whose congress is over, hears nothing.
    """
    if congress.is_over(now):
        return
    if subscribes:
        kind = MessageKind.SUBSCRIBED
        told = calendar_entries.end_invitations(standing.id, now=now)
    else:
        kind = MessageKind.INVITED_AGAIN
        told = calendar_entries.state_again(standing.id, now=now)
    if told:
        # The end of the invitations is the last object by mail, the new beginning the first.
        letters, invited = Letters(congress), replace(standing, subscribes=False)
        mails = [(invited, letters.to(invited))]
        telling.send(letters, kind, mails, {standing.id: told}, now=now)
