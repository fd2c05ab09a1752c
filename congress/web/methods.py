"""What an address is made of: how it is asked for, which view answers, who may open it."""

from collections.abc import Callable
from typing import Any

from congress.domain.access import Right
from congress.domain.network.access import NetworkRight
from congress.web.access import Who

READ, ACT, BOTH = ["GET"], ["POST"], ["GET", "POST"]

Address = tuple[str, list[str], Callable[..., Any], Who | Right | NetworkRight]
