"""The facts of mails to mailboxes that want news, and belong to nobody who registered."""

from typing import NotRequired, TypedDict

from congress.domain.mails.messages import CongressFacts, EntryFacts


class NewsletterFacts(TypedDict):
    """A question to a mailbox, or the link again where it `has_it`; the link by its number."""

    congress: CongressFacts
    reader: int
    has_it: bool


class OpeningFacts(TypedDict):
    """A mail to whoever wants to know when registration opens; the link by its number."""

    congress: CongressFacts
    reader: int
    opens_at: str
    wishes_until: NotRequired[str]  # until before when one ranks workshops, where places go by that
    saved_date: NotRequired[EntryFacts]  # the entry of the congress, to be kept
