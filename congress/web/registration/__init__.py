"""Registering, and the page of one's own that follows from it; all addresses in one table."""

from flask import Blueprint

from congress.web.registration import own_page, register

blueprint = Blueprint("registration", __name__)

FORM = ["GET", "POST"]
ACT = ["POST"]

for address, view, methods in (
    ("/<slug:slug>/register", register.register, FORM),
    ("/<slug:slug>/registered", register.registered, ["GET"]),
    ("/<slug:slug>/resend-link", register.resend_link, FORM),
    ("/<slug:slug>/link-sent", register.link_sent, ["GET"]),
    ("/registration/<token:token>", own_page.own_page, ["GET"]),
    ("/registration/<token:token>/workshops", own_page.change_workshops, ACT),
    ("/registration/<token:token>/bookings/<int:booking_id>/leave", own_page.leave_workshop, ACT),
    ("/registration/<token:token>/withdraw", own_page.withdraw, FORM),
    ("/registration/<token:token>/consents", own_page.set_consent, ACT),
):
    blueprint.add_url_rule(address, view_func=view, methods=methods)
