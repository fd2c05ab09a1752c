"""Having the link to the files of a saved view mailed, ending that, and where the link leads."""

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.services import list_mails
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import filters, frame, list_mail_form, views


def mail_view(view_id: int) -> ResponseReturnValue:
    """Mail whoever is logged in the link of a view in the rhythm that they chose."""
    chosen = filters.from_address(access.workspace())
    rhythm = list_mail_form.read()
    if rhythm is None:
        wrong = [(f"day-{view_id}", _("Please choose a day and a time."))]
        return views.page(chosen, views.SavingForm(), wrong), views.REFUSED
    try:
        list_mails.mail_link(
            access.workspace().id, view_id, rhythm, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        typed = (view_id, rhythm)
        return views.page(chosen, views.SavingForm(), refusal, rhythm=typed), views.UNSEEN
    return frame.done(_("The link will come by email."), f"/attendees/views{chosen.query()}")


def end_view_mails(view_id: int) -> ResponseReturnValue:
    """Mail them that link no more."""
    chosen = filters.from_address(access.workspace())
    try:
        list_mails.end_link(access.workspace().id, view_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return views.page(chosen, views.SavingForm(), refusal), views.UNSEEN
    return frame.done(_("The link will no longer come."), f"/attendees/views{chosen.query()}")


def view_files(view_id: int) -> ResponseReturnValue:
    """Go on to the files of a view: what it filters stands in no mail."""
    view = next((each for each in views.known() if each.id == view_id), None) or abort(404)
    own = f"/organiser/{access.workspace().slug}/attendees/files"
    return redirect(languages.link(f"{own}{view.query}"), code=303)
