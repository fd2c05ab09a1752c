"""What exists only in the demo: the mailbox in which visitors find the mails they get."""

from flask import Blueprint

from congress.web.demo import views

blueprint = Blueprint("demo", __name__)

for address, view in (
    ("/demo/mailbox", views.mailbox),
    ("/demo/mailbox/<key>", views.message),
    ("/demo/mailbox/<key>/html", views.html),
    ("/demo/mailbox/<key>/einladung.ics", views.calendar),
    ("/demo/mailbox/<key>/mail.eml", views.raw),
):
    blueprint.add_url_rule(address, view_func=view, methods=["GET"])
