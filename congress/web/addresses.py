"""Every address: what it asks for, which view answers, and who may open it (SEC-01, 02).

What cannot stand in an address is one and the same 404.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from congress.domain.access import Right
from congress.domain.slugs import CODE, SLUG
from congress.web.access import Who
from congress.web.account import login, own, passkeys, passwords, removing, second_step, two_steps
from congress.web.calendar import views as calendars
from congress.web.call import own as own_proposal
from congress.web.call import propose
from congress.web.contribution import page as contribution
from congress.web.contribution import photo, profile, workshops
from congress.web.contribution import report as contribution_report
from congress.web.demo import views as demo
from congress.web.entries import LARGEST_ID
from congress.web.organiser import (
    acceptance,
    answers,
    assigning,
    assistance,
    attendee,
    attendee_import,
    attendees,
    calls,
    check_in,
    correction,
    days,
    discarding,
    duplicates,
    entering,
    figures,
    item_history,
    item_questions,
    items,
    legal_texts,
    letter_texts,
    log,
    logo,
    look,
    merging,
    move_item,
    new_congress,
    new_items,
    next_edition,
    outbox,
    overview,
    people,
    photos,
    preview,
    profiles,
    programme,
    proposals,
    putting_back,
    release,
    removals,
    report,
    rooms,
    settings,
    several,
    sheets,
    start,
    team,
    undoing,
    views,
    writing,
)
from congress.web.public import congresses, files, health, language, legal
from congress.web.registration import assistance as own_assistance
from congress.web.registration import details, own_page, register

READ, ACT, BOTH = ["GET"], ["POST"], ["GET", "POST"]
PUBLIC, TOKEN = Who.PUBLIC, Who.TOKEN
SLUG_OF, OWN, ONE = "/<slug:slug>", "/registration/<token:token>", "/organiser/<slug:slug>"
ATTENDEE, MAIL = f"{ONE}/attendees/<int:registration_id>", f"{ONE}/outbox/<int:message_id>"
CHECK_IN = f"{ONE}/check-in/<int:registration_id>"
MEMBER = f"{ONE}/team/<int:account_id>"
TWO_STEPS = two_steps.PAGE
ITEM, PERSON = f"{ONE}/programme/<code:code>", f"{ONE}/people/<int:person_id>"
PROPOSED, PROPOSAL = "/proposal/<token:token>", f"{ONE}/call/proposals/<int:proposal_id>"
PART, DIGEST = "/contribution/<token:token>", "string(length=64)"

Address = tuple[str, list[str], Callable[..., Any], Who | Right]
ADDRESSES: dict[str, tuple[Address, ...]] = {
    "public": (
        ("/", READ, congresses.start, PUBLIC),
        (SLUG_OF, READ, congresses.congress, PUBLIC),
        (f"{SLUG_OF}/programme/<code:code>", READ, congresses.item, PUBLIC),
        ("/accessibility", READ, legal.accessibility, PUBLIC),
        ("/privacy", READ, legal.privacy, PUBLIC),
        ("/imprint", READ, legal.imprint, PUBLIC),
        (f"{SLUG_OF}/look-<string(length=12):digest>.css", READ, files.look, PUBLIC),
        (f"{SLUG_OF}/accessibility", READ, legal.accessibility_of, PUBLIC),
        (f"{SLUG_OF}/privacy", READ, legal.privacy_of, PUBLIC),
        (f"{SLUG_OF}/imprint", READ, legal.imprint_of, PUBLIC),
        ("/logo/<string(length=64):digest>", READ, files.logo, PUBLIC),
        (f"/portrait/<{DIGEST}:digest>", READ, files.portrait, PUBLIC),
        ("/organisations.json", READ, files.organisations, PUBLIC),
        ("/favicon.ico", READ, files.favicon, PUBLIC),
        ("/robots.txt", READ, files.robots, PUBLIC),
        ("/healthz", READ, health.alive, PUBLIC),
        ("/readyz", READ, health.ready, PUBLIC),
        ("/language", BOTH, language.choose, PUBLIC),
    ),
    "calendar": (
        ("/calendar.ics", READ, calendars.all_congresses, PUBLIC),
        (f"{SLUG_OF}/calendar.ics", READ, calendars.programme, PUBLIC),
        ("/feed/<token:token>.ics", READ, calendars.personal, TOKEN),
        (f"{OWN}/calendar.ics", READ, calendars.download, TOKEN),
    ),
    "registration": (
        (f"{SLUG_OF}/register", BOTH, register.register, PUBLIC),
        (f"{SLUG_OF}/registered", READ, register.registered, PUBLIC),
        (f"{SLUG_OF}/resend-link", BOTH, register.resend_link, PUBLIC),
        (f"{SLUG_OF}/link-sent", READ, register.link_sent, PUBLIC),
        (OWN, READ, own_page.own_page, TOKEN),
        (f"{OWN}/workshops", ACT, own_page.change_workshops, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/leave", BOTH, own_page.leave_workshop, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/take-back", ACT, own_page.take_back, TOKEN),
        (f"{OWN}/withdraw", BOTH, own_page.withdraw, TOKEN),
        (f"{OWN}/consents", ACT, own_page.set_consent, TOKEN),
        (f"{OWN}/assistance", BOTH, own_assistance.own_assistance, TOKEN),
        (f"{OWN}/assistance/remove", ACT, own_assistance.remove_assistance, TOKEN),
        (f"{OWN}/details", BOTH, details.correct_details, TOKEN),
        (f"{OWN}/keep-address", ACT, details.keep_address, TOKEN),
        ("/confirm/<token:token>", BOTH, details.confirm_address, TOKEN),
    ),
    "call": (
        (f"{SLUG_OF}/call", BOTH, propose.call, PUBLIC),
        (PROPOSED, READ, own_proposal.proposal, TOKEN),
        (f"{PROPOSED}/correct", BOTH, own_proposal.correct_proposal, TOKEN),
        (f"{PROPOSED}/withdraw", BOTH, own_proposal.withdraw_proposal, TOKEN),
    ),
    "contribution": (
        (PART, READ, contribution.page, TOKEN),
        (f"{PART}/photo", BOTH, photo.send_photo, TOKEN),
        (f"{PART}/photo/remove", ACT, photo.remove_photo, TOKEN),
        (f"{PART}/photo/<{DIGEST}:digest>", READ, photo.photo, TOKEN),
        (f"{PART}/login", BOTH, workshops.ask_for_code, TOKEN),
        (f"{PART}/logout", ACT, workshops.log_out, TOKEN),
        (f"{PART}/workshops/<code:code>", READ, workshops.workshop, TOKEN),
        (
            f"{PART}/workshops/<code:code>/report",
            BOTH,
            contribution_report.tell_of_workshop,
            TOKEN,
        ),
        (f"{PART}/profile", BOTH, profile.edit_profile, TOKEN),
        (f"{PART}/answer/<int:contribution_id>", ACT, contribution.answer, TOKEN),
    ),
    "account": (
        ("/login", BOTH, login.log_in, PUBLIC),
        ("/login/code", BOTH, second_step.second_step, PUBLIC),
        ("/login/passkey", ACT, passkeys.log_in_with_passkey, PUBLIC),
        ("/login/passkey/options", ACT, passkeys.passkey_options, PUBLIC),
        ("/logout", ACT, login.log_out, PUBLIC),
        ("/reset", BOTH, passwords.ask_for_link, PUBLIC),
        ("/reset/sent", READ, passwords.link_is_on_its_way, PUBLIC),
        ("/reset/<token:token>", BOTH, passwords.reset_password, TOKEN),
        ("/invitation/<token:token>", BOTH, passwords.accept_invitation, TOKEN),
        ("/organiser/account", READ, own.own_account, Who.LOGIN),
        ("/organiser/account/password", ACT, own.change_password, Who.LOGIN),
        ("/organiser/account/end", ACT, own.end_session, Who.LOGIN),
        (TWO_STEPS, BOTH, two_steps.two_steps, Who.LOGIN),
        (f"{TWO_STEPS}/app", BOTH, two_steps.add_app, Who.LOGIN),
        (f"{TWO_STEPS}/app/remove", BOTH, removing.remove_app, Who.LOGIN),
        (f"{TWO_STEPS}/codes", ACT, two_steps.renew_codes, Who.LOGIN),
        (f"{TWO_STEPS}/passkeys", ACT, passkeys.add_passkey, Who.LOGIN),
        (f"{TWO_STEPS}/passkeys/options", ACT, passkeys.new_passkey_options, Who.LOGIN),
        (f"{TWO_STEPS}/passkeys/<int:passkey_id>/remove", BOTH, removing.remove_passkey, Who.LOGIN),
    ),
    "organiser": (
        ("/organiser/", READ, start.start, Who.LOGIN),
        ("/organiser/hold-outbox", ACT, outbox.hold_outbox, Who.ADMINISTRATOR),
        ("/organiser/release-outbox", ACT, outbox.release_outbox, Who.ADMINISTRATOR),
        ("/organiser/new", BOTH, new_congress.new_congress, Who.ORGANISER),
        (ONE, READ, overview.overview, Right.SEE_CONGRESS),
        (f"{ONE}/preview", READ, preview.preview, Right.SEE_CONGRESS),
        (f"{ONE}/next-edition", BOTH, next_edition.next_edition, Right.COPY_CONGRESS),
        (f"{ONE}/settings", BOTH, settings.edit_settings, Right.EDIT_PROGRAMME),
        (f"{ONE}/settings/look", BOTH, look.edit_look, Right.EDIT_PROGRAMME),
        (f"{ONE}/settings/look.css", READ, look.style, Right.SEE_CONGRESS),
        (f"{ONE}/settings/mails", BOTH, letter_texts.edit_letter_texts, Right.EDIT_PROGRAMME),
        (f"{ONE}/settings/logo", BOTH, logo.edit_logo, Right.GRANT_RIGHTS),
        (f"{ONE}/settings/logo/remove", READ, logo.ask_removal, Right.GRANT_RIGHTS),
        (f"{ONE}/settings/legal", BOTH, legal_texts.edit_legal_texts, Right.GRANT_RIGHTS),
        (f"{ONE}/state", BOTH, overview.change_state, Right.EDIT_PROGRAMME),
        (f"{ONE}/delete", BOTH, overview.delete_draft, Right.EDIT_PROGRAMME),
        (f"{ONE}/attendees", READ, attendees.attendees, Right.SEE_ATTENDEES),
        (f"{ONE}/attendees/views", BOTH, views.saved_views, Right.SEE_ATTENDEES),
        (
            f"{ONE}/attendees/views/<int:view_id>",
            ACT,
            views.rename_view,
            Right.SEE_ATTENDEES,
        ),
        (
            f"{ONE}/attendees/views/<int:view_id>/delete",
            BOTH,
            views.delete_view,
            Right.SEE_ATTENDEES,
        ),
        (f"{ONE}/attendees/new", BOTH, entering.enter_attendee, Right.CHANGE_ATTENDEES),
        (f"{ONE}/attendees/several", BOTH, several.several, Right.CHANGE_ATTENDEES),
        (f"{ONE}/attendees/undo", BOTH, putting_back.put_back, Right.CHANGE_ATTENDEES),
        (f"{ONE}/attendees/duplicates", BOTH, duplicates.listed, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/merge/<int:other_id>", BOTH, merging.merge, Right.CHANGE_ATTENDEES),
        (f"{ONE}/attendees/import", BOTH, attendee_import.import_attendees, Right.CHANGE_ATTENDEES),
        (f"{ONE}/attendees/write", BOTH, writing.write_to_attendees, Right.CHANGE_ATTENDEES),
        (
            f"{ONE}/attendees.<any(csv,xlsx):suffix>",
            READ,
            attendees.attendees_file,
            Right.EXPORT_ATTENDEES,
        ),
        (f"{ONE}/assistance", READ, assistance.assistance, Right.COUNT_ASSISTANCE),
        (f"{ONE}/assistance/names", READ, assistance.assistance_names, Right.SEE_ASSISTANCE),
        (f"{ONE}/assistance.csv", READ, assistance.assistance_file, Right.SEE_ASSISTANCE),
        (
            f"{ONE}/assistance/<int:registration_id>/remove",
            BOTH,
            assistance.remove_needs,
            Right.SEE_ASSISTANCE,
        ),
        (ATTENDEE, READ, attendee.attendee, Right.SEE_ATTENDEES),
        (f"{ATTENDEE}/details", BOTH, correction.correct_attendee, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/workshops", BOTH, assigning.assign_workshops, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/keep-address", ACT, correction.keep_address, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/write", BOTH, writing.write_to_attendee, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/cancel", BOTH, attendee.cancel_attendee, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/confirm", ACT, attendee.confirm_again, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/note", ACT, attendee.keep_note, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/phoned", ACT, attendee.phoned, Right.CHANGE_ATTENDEES),
        (f"{ATTENDEE}/promote", ACT, attendee.promote_attendee, Right.CHANGE_ATTENDEES),
        (
            f"{ATTENDEE}/bookings/<int:booking_id>/promote",
            ACT,
            attendee.promote_booking,
            Right.CHANGE_ATTENDEES,
        ),
        (f"{ONE}/check-in", READ, check_in.door, Right.CHECK_IN),
        (CHECK_IN, ACT, check_in.check_in, Right.CHECK_IN),
        (f"{CHECK_IN}/take-back", ACT, check_in.take_back_check_in, Right.CHECK_IN),
        (f"{ONE}/programme", READ, programme.programme, Right.SEE_CONGRESS),
        (f"{ONE}/programme/new", BOTH, new_items.add_item, Right.EDIT_PROGRAMME),
        (f"{ONE}/programme/release", BOTH, release.release, Right.EDIT_PROGRAMME),
        (f"{ONE}/programme/take-back", BOTH, discarding.take_back_all, Right.EDIT_PROGRAMME),
        (f"{ONE}/programme/undo", ACT, undoing.undo, Right.EDIT_PROGRAMME),
        (f"{ONE}/people", READ, people.people, Right.EDIT_PROGRAMME),
        (f"{ONE}/people/invite", BOTH, people.invite, Right.EDIT_PROGRAMME),
        (f"{ONE}/people/sheets", READ, sheets.sheets, Right.EDIT_PROGRAMME),
        (f"{ONE}/people/sheets.csv", READ, sheets.sheets_file, Right.EDIT_PROGRAMME),
        (f"{PERSON}/sheet", BOTH, sheets.edit_sheet, Right.EDIT_PROGRAMME),
        (PERSON, BOTH, people.person, Right.EDIT_PROGRAMME),
        (f"{PERSON}/photo", BOTH, photos.send_photo, Right.EDIT_PROGRAMME),
        (f"{PERSON}/photo/publish", ACT, photos.publish_photo, Right.EDIT_PROGRAMME),
        (f"{PERSON}/photo/remove", BOTH, removals.remove_photo, Right.EDIT_PROGRAMME),
        (f"{PERSON}/photo/<{DIGEST}:digest>", READ, photos.photo, Right.EDIT_PROGRAMME),
        (f"{PERSON}/profile", BOTH, profiles.edit_profile, Right.EDIT_PROGRAMME),
        (f"{PERSON}/profile/publish", ACT, profiles.publish_profile, Right.EDIT_PROGRAMME),
        (f"{PERSON}/profile/remove", BOTH, removals.remove_text, Right.EDIT_PROGRAMME),
        (f"{PERSON}/profile/discard", BOTH, removals.discard_profile, Right.EDIT_PROGRAMME),
        (f"{PERSON}/end-link", BOTH, removals.end_link, Right.EDIT_PROGRAMME),
        (f"{ONE}/call", BOTH, calls.edit_call, Right.EDIT_PROGRAMME),
        (f"{ONE}/call/proposals", READ, proposals.proposals, Right.EDIT_PROGRAMME),
        (f"{ONE}/call/decline", BOTH, answers.decline_rest, Right.EDIT_PROGRAMME),
        (f"{PROPOSAL}/accept", BOTH, acceptance.accept, Right.EDIT_PROGRAMME),
        (f"{PROPOSAL}/decline", BOTH, answers.decline_one, Right.EDIT_PROGRAMME),
        (PROPOSAL, READ, proposals.one_proposal, Right.EDIT_PROGRAMME),
        (f"{PROPOSAL}/rate", ACT, proposals.rate, Right.EDIT_PROGRAMME),
        (f"{PROPOSAL}/shortlist", ACT, proposals.shortlist, Right.EDIT_PROGRAMME),
        (f"{ONE}/days", BOTH, days.edit_days, Right.EDIT_PROGRAMME),
        (f"{ONE}/rooms", BOTH, rooms.edit_rooms, Right.EDIT_PROGRAMME),
        (f"{ITEM}/edit", BOTH, items.edit_item, Right.EDIT_PROGRAMME),
        (f"{ITEM}/history", READ, item_history.item_history, Right.EDIT_PROGRAMME),
        (f"{ITEM}/report", BOTH, report.report, Right.EDIT_PROGRAMME),
        (f"{ITEM}/report/discard", BOTH, report.discard_results, Right.EDIT_PROGRAMME),
        (f"{ITEM}/move", BOTH, move_item.move_item, Right.EDIT_PROGRAMME),
        (f"{ITEM}/remove", BOTH, item_questions.remove_item, Right.EDIT_PROGRAMME),
        (f"{ITEM}/undo", BOTH, item_questions.take_back, Right.EDIT_PROGRAMME),
        (f"{ONE}/figures", READ, figures.show_figures, Right.SEE_ATTENDEES),
        (f"{ONE}/figures.<suffix>", READ, figures.figures_file, Right.EXPORT_ATTENDEES),
        (f"{ONE}/outbox", READ, outbox.outbox, Right.SEE_OUTBOX),
        (f"{ONE}/outbox/again", ACT, outbox.send_all_again, Right.SEE_OUTBOX),
        (MAIL, READ, outbox.message, Right.SEE_OUTBOX),
        (f"{MAIL}/html", READ, outbox.message_html, Right.SEE_OUTBOX),
        (f"{MAIL}/settled", ACT, outbox.settle, Right.SEE_OUTBOX),
        (f"{MAIL}/again", ACT, outbox.send_again, Right.SEE_OUTBOX),
        (f"{ONE}/log", READ, log.log, Right.SEE_LOG),
        (f"{ONE}/log.csv", READ, log.log_file, Right.SEE_LOG),
        (f"{ONE}/team", BOTH, team.team, Right.GRANT_RIGHTS),
        (f"{MEMBER}/roles", BOTH, team.change_roles, Right.GRANT_RIGHTS),
        (f"{MEMBER}/remove", BOTH, team.remove_member, Right.GRANT_RIGHTS),
        (f"{MEMBER}/again", ACT, team.invite_again, Right.GRANT_RIGHTS),
    ),
    "demo": (
        ("/demo/mailbox", READ, demo.mailbox, PUBLIC),
        ("/demo/mailbox/<key>", READ, demo.message, PUBLIC),
        ("/demo/mailbox/<key>/html", READ, demo.html, PUBLIC),
        ("/demo/mailbox/<key>/einladung.ics", READ, demo.calendar, PUBLIC),
        ("/demo/mailbox/<key>/mail.eml", READ, demo.raw, PUBLIC),
    ),
}
MATRIX = {
    f"{package}.{view.__name__}": who
    for package, addresses in ADDRESSES.items()
    for _address, _methods, view, who in addresses
}


class SlugConverter(BaseConverter):
    """`<slug:slug>`, the short name of a congress."""

    regex = SLUG.pattern


class CodeConverter(BaseConverter):
    """`<code:code>`, the short name of a programme item or a room."""

    regex = CODE.pattern


class TokenConverter(BaseConverter):
    """`<token:token>`, the secret part of a link."""

    regex = r"[A-Za-z0-9_-]{22,86}"


class IdConverter(IntegerConverter):
    """`<int:…>` as far as a row can have it: larger numbers fail in the database."""

    def __init__(self, url_map: Map, **options: Any) -> None:  # noqa: ANN401 - those of werkzeug
        super().__init__(url_map, **{"max": LARGEST_ID, **options})


def register_addresses(app: Flask) -> None:
    """Answer at every address."""
    app.url_map.converters.update(
        slug=SlugConverter, code=CodeConverter, token=TokenConverter, int=IdConverter
    )
    for package, addresses in ADDRESSES.items():
        for address, methods, view, _who in addresses:
            app.add_url_rule(address, f"{package}.{view.__name__}", view, methods=methods)
