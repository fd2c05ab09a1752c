"""Info mails: the list, one of them from its draft to its last mail, and who gets it."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.attendee_list import LONGEST_SEARCH
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.mails.mailings import (
    EDITABLE,
    Audience,
    MailingState,
    To,
    tells_link,
)
from congress.domain.mails.readers import Reader, Recipients
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import in_language
from congress.formats.answer_words import choice
from congress.queries import congresses, mailing_readers, newsletters, programme
from congress.queries import mailings as queries
from congress.queries.mailings import WrittenMailing
from congress.services.mails import mailing_houses, mailings
from congress.services.mails.mailing_houses import MailLetters
from congress.web import access, languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, mailing_words
from congress.web.organiser.mailing_form import MailingForm
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
PAGE = "/mailings"
LONGEST_LINE = 40


def mailing_list() -> str:
    """Show the info mails of a congress."""
    found = queries.of_congress(access.workspace().id)
    return frame.page(
        "mailings.html",
        current="outbox",
        mailings=found,
        delivered=queries.delivered([each.id for each in found]),
        audiences=mailing_words.audiences(),
        state_of=mailing_words.state,
        fault_of=mailing_words.fault,
        is_offered=newsletters.is_offered(access.workspace().id),
        newsletter_readers=newsletters.count(access.workspace().id),
    )


def new_mailing() -> ResponseReturnValue:
    """Write a new info mail."""
    form = MailingForm()
    if request.method == "GET":
        form.to.value = "attendees"
        form.search.value, form.state.value = (
            request.args.get("q", "")[:LONGEST_SEARCH],
            request.args.get("state", "confirmed")[:LONGEST_LINE],
        )
        form.workshop.value = request.args.get("workshop", "")[:LONGEST_LINE]
        form.waiting.value = request.args.get("waiting", "")[:LONGEST_LINE]
        form.answer_to.value, form.answer.value = _answered()
        form.kind.value = request.args.get("kind", "")[:LONGEST_LINE]
        form.mode.value = request.args.get("mode", "")[:LONGEST_LINE]
        form.priority.value = request.args.get("priority", "")[:LONGEST_LINE]
        form.silent.value = _silent()
        form.was_in.value = request.args.get("was_in", "")[:LONGEST_LINE]
        form.missed.value = request.args.get("missed", "")[:LONGEST_LINE]
        form.came.value = request.args.get("came", "")[:LONGEST_LINE]
        return _edit(form, None)
    return _save(form, None)


def _answered() -> tuple[str, str]:
    """Return the answer that the list was filtered by, as the form of an info mail says it."""
    key, _colon, chosen = request.args.get("answer", "").partition(":")
    question = next((each for each in mailing_words.questions() if each.key == key), None)
    if question is None or chosen not in question.choices:
        return "", ""
    return question.column, choice(question, chosen, languages.current())


def _silent() -> str:
    """Return of which choice the list shows those who said nothing, as the form says it."""
    code = request.args.get("silent", "")
    shown = next((item.id for item in _workshops() if item.code == code), None)
    return mailing_words.silent_of(Audience(is_silent=shown is not None, silent_id=shown))


def edit_mailing(mailing_id: int) -> ResponseReturnValue:
    """Change an info mail that has not begun."""
    mailing, form = get_mailing(mailing_id), MailingForm()
    if request.method == "GET":
        if mailing.state not in EDITABLE:
            return frame.go_to(f"{PAGE}/{mailing_id}")
        form.fill(mailing, _workshops())
        return _edit(form, mailing)
    return _save(form, mailing)


def _save(form: MailingForm, mailing: WrittenMailing | None) -> ResponseReturnValue:
    if not form.read(request.form, mailing_words.audiences()):
        return _edit(form, mailing), REFUSED
    try:
        number = mailings.save(
            access.workspace().id,
            form.to_content(_workshops()),
            mailing_id=mailing.id if mailing else None,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        error = refusals.text(refusal)
        if mailing is not None:  # saved once more, it takes the place of what the other one saved
            again = get_mailing(mailing.id)
            form.version = again.version
            error = when_it_went_out(again, frame.dates()) or error
        return _edit(form, mailing, error=error), ANOTHER
    return frame.done(_saved(mailing), f"{PAGE}/{number}")


def _saved(before: WrittenMailing | None) -> str:
    if before is not None and before.state is MailingState.SCHEDULED:
        return _(
            "The info mail is saved. It is a draft again and does not go out by itself: please "
            "schedule it again."
        )
    return _("The info mail is saved.")


def _edit(form: MailingForm, mailing: WrittenMailing | None, *, error: str = "") -> str:
    return frame.page(
        "edit_mailing.html",
        current="outbox",
        form=form,
        mailing=mailing,
        choices=mailing_words.choices(_workshops()),
        organisations=mailing_readers.organisations(access.workspace().id),
        is_hybrid=congresses.with_content(access.workspace()).rules.is_hybrid,
        placeholders=mailing_words.placeholders(),
        others=get_mailing(mailing.id) if mailing and error else None,
        error=error,
    )


def mailing(mailing_id: int) -> str:
    """Show an info mail: before it is sent what goes to whom, then how far it is."""
    return show(get_mailing(mailing_id))


def send_mailing(mailing_id: int) -> ResponseReturnValue:
    """Begin to send what was looked at."""
    found = get_mailing(mailing_id)
    try:
        count = mailings.send(
            access.workspace().id,
            mailing_id,
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = get_mailing(mailing_id)
        if found.state not in EDITABLE or again.state not in EDITABLE:  # twice
            frame.notify(when_it_went_out(again, frame.dates()))
            return frame.go_to(f"{PAGE}/{mailing_id}")
        return show(again, error=refusals.text(refusal)), ANOTHER
    return frame.done(is_sent(count), f"{PAGE}/{mailing_id}")


def schedule_mailing(mailing_id: int) -> ResponseReturnValue:
    """Send what was looked at at a moment to come."""
    found, form = get_mailing(mailing_id), moment_form()
    at = read_moment(form, access.workspace().zone)
    if at is None:
        return show(found, moment=form), REFUSED
    try:
        mailings.schedule(
            access.workspace().id,
            mailing_id,
            at,
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = get_mailing(mailing_id)
        error = when_it_went_out(again, frame.dates()) or refusals.text(refusal)
        return show(again, error=error, moment=form), ANOTHER
    done = _("The emails go out on %(moment)s.", moment=frame.dates().moment(at))
    return frame.done(done, f"{PAGE}/{mailing_id}")


def test_mailing(mailing_id: int) -> ResponseReturnValue:
    """Send the letter of one reader to whoever asks, or their own while there is no reader."""
    found, account = get_mailing(mailing_id), access.account()
    reader = chosen_reader(mailing_readers.recipients_of(found), request.values.get("reader", ""))
    mailings.send_test(
        access.workspace().id,
        mailing_id,
        reader or Reader(0, "", account.name, account.email, languages.current()),
        email=account.email,
        name=account.name,
        actor=access.actor(),
        now=clock.now(),
    )
    done = _("A test is on its way to %(address)s.", address=account.email)
    return frame.done(done, f"{PAGE}/{mailing_id}")


def get_mailing(mailing_id: int) -> WrittenMailing:
    """Return an info mail of this congress; that of another is a 404."""
    found = queries.find(access.workspace().id, mailing_id) or abort(404)
    if found.audience.to is To.PROGRAMME and not access.may(Right.EDIT_PROGRAMME):
        abort(403)  # whoever does not edit the programme sees no addresses of its people
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
    is_open = found.state in EDITABLE
    recipients = mailing_readers.recipients_of(found) if is_open else Recipients(())
    earlier = mailing_readers.earlier_of(found) if is_open else None
    delivered = queries.delivered([found.id])[found.id]
    return frame.page(
        "mailing.html",
        current="outbox",
        mailing=found,
        title=in_language(found.subject, languages.current()),
        audience=mailing_words.audience(found.audience, _workshops()),
        recipients=recipients,
        counts=mailing_words.counts(recipients),
        earlier=earlier,
        differs=mailing_readers.difference_of(found, recipients, earlier) if earlier else None,
        samples=samples(_letters(found), found, recipients) if is_open else [],
        seen=mailings.mark_of(found, recipients) if is_open else "",
        delivered=delivered,
        state=mailing_words.state(found.state, delivered.waiting),
        fault=mailing_words.fault(found.fault),
        moment_form=form,
        file=entry,
        errors=[*form.errors, *told(entry)],
        tells_link=is_open and _tells_link(found),
        email=access.account().email,
        reader=request.values.get("reader", ""),
        is_off=access.workspace().state in {CongressState.DRAFT, CongressState.CANCELLED},
        error=error,
    )


def _tells_link(found: WrittenMailing) -> bool:
    """Return whether somebody would read a link by it who is not to have it."""
    congress = congresses.with_content(access.workspace())
    links = (congress.online_link, *(each.face.online_link for each in _workshops()))
    return tells_link(found.text, links, found.audience, is_hybrid=congress.rules.is_hybrid)


def _letters(found: WrittenMailing) -> MailLetters:
    congress = congresses.get_congress(access.workspace().id)
    return mailing_houses.letters(congress, found)


def _workshops() -> tuple[ProgrammeItem, ...]:
    return programme.kept_workshops(access.workspace())
