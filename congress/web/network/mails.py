"""Info mails of the network: the list, one of them from its draft to its last mail."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.mails.mailings import EDITABLE, MailingState, To
from congress.domain.mails.readers import Reader
from congress.domain.network.access import NetworkRight
from congress.domain.network.mails import ArchiveReaders
from congress.domain.texts import in_language
from congress.formats import own_words
from congress.queries import mailings as queries
from congress.queries import newsletters
from congress.queries.mailings import WrittenMailing
from congress.queries.network import mails as archived
from congress.services.mails import mailing_houses, mailings
from congress.web import access, languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.network import mail_words
from congress.web.network.frame import NETWORK, dates, done, page, zone
from congress.web.network.mail_form import NetworkMailForm
from congress.web.organiser import mailing_words
from congress.web.organiser.mailing_parts import (
    MomentForm,
    chosen_reader,
    is_sent,
    moment_form,
    read_moment,
    samples,
    when_it_went_out,
)

REFUSED, ANOTHER = 422, 409
PART = "/mails"
ADDRESS = f"{NETWORK}{PART}"


def network_mails() -> str:
    """Show the info mails of the network."""
    found = queries.of_congress(None)
    return page(
        "mails.html",
        current="mails",
        base=ADDRESS,
        mailings=found,
        delivered=queries.delivered([each.id for each in found]),
        archived=archived.readers_of({each.id for each in found}),
        archive_words=mail_words.ARCHIVE,
        state_of=mailing_words.state,
        fault_of=mailing_words.fault,
        newsletter_readers=newsletters.count(None),
    )


def new_network_mail() -> ResponseReturnValue:
    """Write a new info mail."""
    form = NetworkMailForm()
    if request.method == "GET":
        form.to.value = To.CONTACTS
        form.ticked["standings"].data = ["member", "partner"]
        return _edit(form, None)
    return _save(form, None)


def edit_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Change an info mail that has not begun."""
    mailing, form = get_mail(mailing_id), NetworkMailForm()
    if request.method == "GET":
        if mailing.state not in EDITABLE:
            return done("", f"{PART}/{mailing_id}")
        form.fill(mailing)
        return _edit(form, mailing)
    return _save(form, mailing)


def _save(form: NetworkMailForm, mailing: WrittenMailing | None) -> ResponseReturnValue:
    if not form.read(request.form, mail_words.choices()):
        return _edit(form, mailing), REFUSED
    try:
        number = mailings.save(
            None,
            form.to_content(),
            mailing_id=mailing.id if mailing else None,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        error = refusals.text(refusal)
        if mailing is not None:  # saved once more, it takes the place of what the other one saved
            again = get_mail(mailing.id)
            form.version = again.version
            error = when_it_went_out(again, dates()) or error
        return _edit(form, mailing, error=error), ANOTHER
    was_scheduled = mailing is not None and mailing.state is MailingState.SCHEDULED
    said = (
        _(
            "The info mail is saved. It is a draft again and does not go out by itself: please "
            "schedule it again."
        )
        if was_scheduled
        else _("The info mail is saved.")
    )
    return done(said, f"{PART}/{number}")


def _edit(form: NetworkMailForm, mailing: WrittenMailing | None, *, error: str = "") -> str:
    return page(
        "edit_mail.html",
        current="mails",
        base=ADDRESS,
        form=form,
        mailing=mailing,
        choices=mail_words.choices(),
        placeholders=mailing_words.placeholders(mail_words.placeholders()),
        others=get_mail(mailing.id) if mailing and error else None,
        error=error,
    )


def network_mail(mailing_id: int) -> str:
    """Show an info mail: before it is sent what goes to whom, then how far it is."""
    return show(get_mail(mailing_id))


def send_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Begin to send what was looked at."""
    found = get_mail(mailing_id)
    try:
        count = mailings.send(
            None,
            mailing_id,
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = get_mail(mailing_id)
        if found.state not in EDITABLE or again.state not in EDITABLE:  # twice
            return done(when_it_went_out(again, dates()), f"{PART}/{mailing_id}")
        return show(again, error=refusals.text(refusal)), ANOTHER
    return done(is_sent(count), f"{PART}/{mailing_id}")


def schedule_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Send what was looked at at a moment to come."""
    found, form = get_mail(mailing_id), moment_form()
    at = read_moment(form, zone())
    if at is None:
        return show(found, moment=form), REFUSED
    try:
        mailings.schedule(
            None,
            mailing_id,
            at,
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = get_mail(mailing_id)
        error = when_it_went_out(again, dates()) or refusals.text(refusal)
        return show(again, error=error, moment=form), ANOTHER
    said = _("The emails go out on %(moment)s.", moment=dates().moment(at))
    return done(said, f"{PART}/{mailing_id}")


def test_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Send the letter of one reader to whoever asks, or their own while there is no reader."""
    found, account, now = get_mail(mailing_id), access.account(), clock.now()
    recipients = mailing_houses.recipients_of(found, now=now)
    reader = chosen_reader(recipients, request.values.get("reader", ""))
    mailings.send_test(
        None,
        mailing_id,
        reader or Reader(0, "", account.name, account.email, languages.current()),
        email=account.email,
        name=account.name,
        actor=access.actor(),
        now=now,
    )
    said = _("A test is on its way to %(address)s.", address=account.email)
    return done(said, f"{PART}/{mailing_id}")


def get_mail(mailing_id: int) -> WrittenMailing:
    """Return an info mail of the network; that of a congress is a 404."""
    found = queries.find(None, mailing_id) or abort(404)
    of_cohort = found.audience.to is To.COHORT
    if of_cohort and not mail_words.may_write_to_cohort(found.audience.cohort_id):
        abort(403)  # whoever does not see who is registered for it sees no names of them here
    return found


def show(
    found: WrittenMailing,
    *,
    error: str = "",
    moment: MomentForm | None = None,
    file: Entry | None = None,
) -> str:
    """Show an info mail with what could not be done."""
    form, entry = moment or moment_form(), file or Entry("file", _("Attachment"))
    is_open, edits = found.state in EDITABLE, access.may_in_network(NetworkRight.EDIT_REGISTER)
    recipients = mailing_houses.recipients_of(found, now=clock.now())
    letters = mailing_houses.letters(None, found)
    delivered = queries.delivered([found.id])[found.id]
    in_archive = archived.as_archived(found.id, found.subject, found.text)
    return page(
        "mail.html",
        current="mails",
        base=ADDRESS,
        mailing=found,
        title=in_language(found.subject, languages.current()),
        audience=mail_words.audience(found.audience),
        is_open=is_open,
        edits=edits,
        count=len(recipients.reached),
        counts=mailing_words.counts(recipients),
        earlier=None,
        tells_link=False,
        is_off=False,
        failed="",
        samples=samples(letters, found, recipients) if is_open and edits else [],
        seen=mailings.mark_of(found, recipients) if is_open else "",
        delivered=delivered,
        state=mailing_words.state(found.state, delivered.waiting),
        fault=mailing_words.fault(found.fault),
        moment_form=form,
        file=entry,
        errors=[*form.errors, *told(entry)],
        email=access.account().email,
        reader=request.values.get("reader", ""),
        in_archive=in_archive,
        html_of=lambda text: own_words.in_html(text, {}),
        archive_words=mail_words.ARCHIVE,
        ArchiveReaders=ArchiveReaders,
        error=error,
    )
