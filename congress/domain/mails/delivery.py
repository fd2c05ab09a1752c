"""When a mail is tried again, and for how long a worker may keep it."""

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 56  # more than two days: relays are down over a weekend, not longer

# Connecting, greeting twice around TLS, logging in, sender, recipient, content, and its answer.
STEPS_OF_A_SESSION = 12
MARGIN = timedelta(seconds=5)

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
