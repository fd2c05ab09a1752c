"""Calendars to subscribe to and to download; all addresses in one table."""

from flask import Blueprint

from congress.web.calendar import views

blueprint = Blueprint("calendar", __name__)

for address, view in (
    ("/calendar.ics", views.all_congresses),
    ("/<slug:slug>/calendar.ics", views.programme),
    ("/feed/<token:token>.ics", views.personal),
    ("/registration/<token:token>/calendar.ics", views.download),
):
    blueprint.add_url_rule(address, view_func=view, methods=["GET"])
