"""The pages on which organisers see to the workshops of one attendee."""

from congress.domain.access import Right
from congress.web.methods import BOTH, Address
from congress.web.organiser import assigning, attendee_wishes

ATTENDEE = "/organiser/<slug:slug>/attendees/<int:registration_id>"

WORKSHOPS: tuple[Address, ...] = (
    (f"{ATTENDEE}/workshops", BOTH, assigning.assign_workshops, Right.CHANGE_ATTENDEES),
    (f"{ATTENDEE}/wishes", BOTH, attendee_wishes.edit_attendee_wishes, Right.CHANGE_ATTENDEES),
)
