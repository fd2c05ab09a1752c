"""The addresses of network meetings at the office."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import READ, Address
from congress.web.network import meetings
from congress.web.network.frame import NETWORK

MEETINGS: tuple[Address, ...] = (
    (f"{NETWORK}/meetings", READ, meetings.meetings, NetworkRight.SEE_REGISTER),
    (f"{NETWORK}/meetings.xlsx", READ, meetings.meetings_file, NetworkRight.SEE_REGISTER),
)
