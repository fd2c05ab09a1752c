"""How long what people gave is kept once their congress is over."""

from datetime import timedelta

# What people in the programme gave, what they proposed, what they told of workshops.
KEPT_AFTER_CONGRESS = timedelta(days=365)
# What only helps while a congress is on and shortly after: who got which info mail, what calendars
# answered. As long as the copy of a mail that was sent (REL-16).
KEPT_A_MONTH = timedelta(days=30)
