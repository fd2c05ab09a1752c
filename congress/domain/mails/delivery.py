"""When a mail is tried again, for how long a worker may keep it, and whose turn it is."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from congress.domain.mails.received import is_mailbox_gone

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 56  # more than two days: relays are down over a weekend, not longer

# A relay that refuses this many in a row, and not for the sake of their mailboxes, refuses us.
MOST_REFUSED = 5
# 5.1.7 and 5.1.8 are about the sender, so about every mail (RFC 3463, 3.2).
ABOUT_MAILBOX = re.compile(r"\d{3}[ -]5\.(?:1\.(?![78]\b)|2\.)")

# Connecting, greeting twice around TLS, logging in, sender, recipient, content, and its answer.
STEPS_OF_A_SESSION = 12
MARGIN = timedelta(seconds=5)

PATIENCE = timedelta(minutes=10)  # a worker that runs has tried to send a mail by then

KEPT_AFTER_SENDING = timedelta(days=30)  # REL-16


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after this many attempts; None when it is time to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


def lease(timeout: float) -> timedelta:
    """Return how long one mail can take when every step takes just less than `timeout` seconds.

    Only after that may another worker believe that the first one is gone.
    """
    return STEPS_OF_A_SESSION * timedelta(seconds=timeout) + MARGIN


def is_about_mailbox(reason: str) -> bool:
    """Whether a refusal says that the address or its mailbox is the fault (RFC 3463, 3.2, 3.3).

    Any other is the fault of none of them, so of the mail, its sender, or the relay.
    """
    return ABOUT_MAILBOX.match(reason) is not None or is_mailbox_gone(reason)


def domain_of(address: str) -> str:
    """Return the part behind the @, which decides whose server a mail ends at."""
    return address.rpartition("@")[2].lower()


def minute_of(moment: datetime) -> datetime:
    """Return the beginning of a minute: mails to one domain are counted by the clock's minutes.

    A worker looks when a minute begins, so what had to wait goes on at once.
    """
    return moment.replace(second=0, microsecond=0)


def granted(domains: Sequence[str], taken: Mapping[str, int], *, per_minute: int) -> list[bool]:
    """Return for mails in their order, each to one of `domains`, which may go in this minute."""
    counts = dict(taken)
    answers = []
    for domain in domains:
        counts[domain] = counts.get(domain, 0) + 1
        answers.append(counts[domain] <= per_minute)
    return answers
