"""The organisers' workspace; all addresses in one table, all rights in `congress.web.access`."""

from flask import Blueprint

from congress.web.organiser import (
    attendee,
    attendees,
    items,
    log,
    outbox,
    overview,
    programme,
    start,
)

blueprint = Blueprint("organiser", __name__, url_prefix="/organiser")

ONE = "/<slug:slug>"
READ = ["GET"]
ACT = ["POST"]
BOTH = ["GET", "POST"]

for address, view, methods in (
    ("/", start.start, READ),
    ("/hold-outbox", outbox.hold_outbox, ACT),
    ("/release-outbox", outbox.release_outbox, ACT),
    (ONE, overview.overview, READ),
    (f"{ONE}/state", overview.change_state, BOTH),
    (f"{ONE}/attendees", attendees.attendees, READ),
    (f"{ONE}/attendees.<any(csv,xlsx):suffix>", attendees.attendees_file, READ),
    (f"{ONE}/attendees/<int:registration_id>", attendee.attendee, READ),
    (f"{ONE}/attendees/<int:registration_id>/cancel", attendee.cancel_attendee, BOTH),
    (f"{ONE}/attendees/<int:registration_id>/promote", attendee.promote_attendee, ACT),
    (
        f"{ONE}/attendees/<int:registration_id>/bookings/<int:booking_id>/promote",
        attendee.promote_booking,
        ACT,
    ),
    (f"{ONE}/programme", programme.programme, READ),
    (f"{ONE}/programme/release", programme.release, ACT),
    (f"{ONE}/programme/<code:code>/edit", items.edit_item, BOTH),
    (f"{ONE}/outbox", outbox.outbox, READ),
    (f"{ONE}/outbox/<int:message_id>", outbox.message, READ),
    (f"{ONE}/outbox/<int:message_id>/html", outbox.message_html, READ),
    (f"{ONE}/outbox/<int:message_id>/again", outbox.send_again, ACT),
    (f"{ONE}/log", log.log, READ),
):
    blueprint.add_url_rule(address, view_func=view, methods=methods)
