"""How long what people gave is kept once their congress is over."""

from datetime import timedelta

# What people in the programme gave, what they proposed, what they told of workshops.
KEPT_AFTER_CONGRESS = timedelta(days=365)
