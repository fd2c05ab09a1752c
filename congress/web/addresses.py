"""Every address: what it asks for, which view answers, and who may open it (SEC-01, 02).

What cannot stand in an address is one and the same 404.
"""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from congress.domain.slugs import CODE, SLUG
from congress.web.access import Who
from congress.web.account import login, own, passkeys, passwords, removing, second_step, two_steps
from congress.web.calendar import views as calendars
from congress.web.call import course as course_application
from congress.web.call import own as own_proposal
from congress.web.call import propose
from congress.web.contribution import course, photo, profile, workshops
from congress.web.contribution import materials as own_materials
from congress.web.contribution import page as contribution
from congress.web.contribution import report as contribution_report
from congress.web.demo import views as demo
from congress.web.entries import LARGEST_ID
from congress.web.market import addresses as market
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network.addresses import ADDRESSES as NETWORK
from congress.web.organiser.addresses import WORKSPACE
from congress.web.public import (
    archive,
    certificates,
    congresses,
    files,
    health,
    language,
    leaflet,
    legal,
    newsletter,
    opening,
    results,
    trainings,
)
from congress.web.registration import (
    answering,
    asking,
    certificate,
    confirming,
    details,
    feedback,
    group_choice,
    group_page,
    group_register,
    invited,
    naming,
    own_page,
    own_tasks,
    paper,
    participant_files,
    register,
    switching,
    taking_over,
)
from congress.web.registration import assistance as own_assistance
from congress.web.registration import wishes as own_wishes

PUBLIC, TOKEN = Who.PUBLIC, Who.TOKEN
SLUG_OF, OWN = "/<slug:slug>", "/registration/<token:token>"
TWO_STEPS = two_steps.PAGE
GUEST = "/invited/<token:token>"
GROUP = "/group/<token:token>"
PROPOSED = "/proposal/<token:token>"
COURSE = "/course-application/<token:token>"
PART, DIGEST = "/contribution/<token:token>", "string(length=64)"

ADDRESSES: dict[str, tuple[Address, ...]] = {
    "public": (
        ("/", READ, congresses.start, PUBLIC),
        (SLUG_OF, READ, congresses.congress, PUBLIC),
        (f"{SLUG_OF}/programme/<code:code>", READ, congresses.item, PUBLIC),
        ("/archive", READ, archive.archive, PUBLIC),
        ("/network/trainings", READ, trainings.trainings, PUBLIC),
        ("/network/trainings.ics", READ, trainings.trainings_calendar, PUBLIC),
        *market.PUBLIC,
        (f"{SLUG_OF}/results", READ, results.results, PUBLIC),
        (f"{SLUG_OF}/results.pdf", READ, results.results_file, PUBLIC),
        (f"/material/<{DIGEST}:digest>", READ, results.material, PUBLIC),
        (f"{SLUG_OF}/programme.pdf", READ, leaflet.leaflet, PUBLIC),
        (f"{SLUG_OF}/certificates/<code>", BOTH, certificates.certificate, PUBLIC),
        (f"{SLUG_OF}/newsletter", BOTH, newsletter.newsletter, PUBLIC),
        (f"{SLUG_OF}/newsletter/sent", READ, newsletter.newsletter_sent, PUBLIC),
        ("/newsletter/<token:token>", BOTH, newsletter.own_newsletter, TOKEN),
        ("/newsletter/<token:token>/leave", BOTH, newsletter.leave_newsletter, TOKEN),
        (f"{SLUG_OF}/opening", BOTH, opening.opening, PUBLIC),
        (f"{SLUG_OF}/opening/sent", READ, opening.opening_sent, PUBLIC),
        ("/opening/<token:token>", BOTH, opening.own_opening, TOKEN),
        ("/opening/<token:token>/leave", BOTH, opening.leave_opening, TOKEN),
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
        (f"{SLUG_OF}/save-the-date.ics", READ, calendars.save_the_date, PUBLIC),
        ("/feed/<token:token>.ics", READ, calendars.personal, TOKEN),
        (f"{OWN}/calendar.ics", READ, calendars.download, TOKEN),
    ),
    "registration": (
        (f"{SLUG_OF}/register", BOTH, register.register, PUBLIC),
        (f"{SLUG_OF}/register/group", BOTH, group_register.register_group, PUBLIC),
        (GROUP, READ, group_page.own_group, TOKEN),
        (f"{GROUP}/part", ACT, group_page.part_group, TOKEN),
        (f"{GROUP}/seats", ACT, group_page.seat_group, TOKEN),
        (f"{GROUP}/add", BOTH, group_register.add_to_group, TOKEN),
        (f"{GROUP}/<int:registration_id>", BOTH, group_choice.change_in_group, TOKEN),
        (f"{GROUP}/<int:registration_id>/accept", ACT, group_page.accept_in_group, TOKEN),
        (f"{GROUP}/<int:registration_id>/mode", ACT, group_choice.switch_in_group, TOKEN),
        (f"{GROUP}/<int:registration_id>/withdraw", BOTH, group_page.withdraw_in_group, TOKEN),
        (f"{SLUG_OF}/registered", READ, register.registered, PUBLIC),
        (f"{SLUG_OF}/resend-link", BOTH, register.resend_link, PUBLIC),
        (f"{SLUG_OF}/link-sent", READ, register.link_sent, PUBLIC),
        (OWN, READ, own_page.own_page, TOKEN),
        *market.OWN_PAGES,
        (f"{OWN}/confirmation.pdf", READ, paper.confirmation, TOKEN),
        (f"{OWN}/workshops", ACT, own_page.change_workshops, TOKEN),
        (f"{OWN}/wishes", BOTH, own_wishes.own_wishes, TOKEN),
        (f"{OWN}/mode", ACT, switching.switch_mode, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/leave", BOTH, own_page.leave_workshop, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/take-back", ACT, own_page.take_back, TOKEN),
        (f"{OWN}/accept", ACT, answering.accept_offer, TOKEN),
        (f"{OWN}/decline", BOTH, answering.decline_offer, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/accept", ACT, answering.accept_offer, TOKEN),
        (f"{OWN}/bookings/<int:booking_id>/decline", BOTH, answering.decline_offer, TOKEN),
        (f"{OWN}/leave-group", ACT, group_page.leave_group, TOKEN),
        (f"{OWN}/withdraw", BOTH, own_page.withdraw, TOKEN),
        (f"{OWN}/request", BOTH, asking.ask_for_workshops, TOKEN),
        (f"{OWN}/request/withdrawal", BOTH, asking.ask_to_withdraw, TOKEN),
        (f"{OWN}/request/take-back", ACT, asking.take_back_request, TOKEN),
        (f"{OWN}/tasks/<int:task_id>", BOTH, own_tasks.own_task, TOKEN),
        (f"{OWN}/tasks/<int:task_id>/take-back", ACT, own_tasks.take_task_back, TOKEN),
        (f"{OWN}/materials/<int:material_id>", READ, participant_files.participant_file, TOKEN),
        (f"{OWN}/certificate", ACT, certificate.issue_own_certificate, TOKEN),
        (f"{OWN}/certificate.pdf", READ, certificate.own_certificate, TOKEN),
        (f"{OWN}/consents", ACT, own_page.set_consent, TOKEN),
        (f"{OWN}/calendar", ACT, own_page.choose_calendar, TOKEN),
        (f"{OWN}/assistance", BOTH, own_assistance.own_assistance, TOKEN),
        (f"{OWN}/assistance/remove", ACT, own_assistance.remove_assistance, TOKEN),
        (f"{OWN}/details", BOTH, details.correct_details, TOKEN),
        (f"{OWN}/keep-address", ACT, details.keep_address, TOKEN),
        (GUEST, READ, invited.invited, TOKEN),
        (f"{GUEST}/register", BOTH, invited.register_invited, TOKEN),
        (f"{GUEST}/decline", ACT, invited.decline_invitation, TOKEN),
        (f"{OWN}/substitute", BOTH, naming.name_colleague, TOKEN),
        (f"{OWN}/substitute/take-back", ACT, naming.keep_place, TOKEN),
        ("/substitute/<token:token>", BOTH, taking_over.take_over, TOKEN),
        ("/feedback/<token:token>", BOTH, feedback.give_feedback, TOKEN),
        ("/confirm/<token:token>", BOTH, details.confirm_address, TOKEN),
        ("/confirm-registration/<token:token>", BOTH, confirming.confirm_registration, TOKEN),
    ),
    "call": (
        (f"{SLUG_OF}/call", BOTH, propose.call, PUBLIC),
        (PROPOSED, READ, own_proposal.proposal, TOKEN),
        (f"{PROPOSED}/correct", BOTH, own_proposal.correct_proposal, TOKEN),
        (f"{PROPOSED}/withdraw", BOTH, own_proposal.withdraw_proposal, TOKEN),
        (f"{SLUG_OF}/apply", BOTH, course_application.apply_for_course, PUBLIC),
        (COURSE, READ, course_application.course_application, TOKEN),
        (f"{COURSE}/correct", BOTH, course_application.correct_course_application, TOKEN),
        (f"{COURSE}/withdraw", BOTH, course_application.withdraw_course_application, TOKEN),
        ("/named/<token:token>", BOTH, course_application.named_for_course, TOKEN),
    ),
    "contribution": (
        (PART, READ, contribution.page, TOKEN),
        (f"{PART}/photo", BOTH, photo.send_photo, TOKEN),
        (f"{PART}/photo/remove", ACT, photo.remove_photo, TOKEN),
        (f"{PART}/photo/<{DIGEST}:digest>", READ, photo.photo, TOKEN),
        (f"{PART}/login", BOTH, workshops.ask_for_code, TOKEN),
        (f"{PART}/logout", ACT, workshops.log_out, TOKEN),
        (f"{PART}/course", READ, course.own_course, TOKEN),
        (f"{PART}/course/tasks", READ, course.handed_in, TOKEN),
        (f"{PART}/course/<day>", BOTH, course.attended, TOKEN),
        (f"{PART}/workshops/<code:code>", READ, workshops.workshop, TOKEN),
        (f"{PART}/workshops/<code:code>/places.pdf", READ, workshops.own_places, TOKEN),
        (
            f"{PART}/workshops/<code:code>/report",
            BOTH,
            contribution_report.tell_of_workshop,
            TOKEN,
        ),
        (f"{PART}/workshops/<code:code>/materials", BOTH, own_materials.hand_in, TOKEN),
        (
            f"{PART}/workshops/<code:code>/materials/<int:material_id>/remove",
            ACT,
            own_materials.take_back_material,
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
    "organiser": (*WORKSPACE, *market.OFFICE),
    "network": NETWORK,
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
    """`<int:…>` as far as a row can have it: larger numbers fail in the database.

    In the figures of our own links: those of other scripts would be further addresses of a page.
    """

    regex = "[0-9]+"

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
