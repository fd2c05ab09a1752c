"""What an organiser has to do today, and which dates come next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress import clock
from congress.domain.access import Right
from congress.domain.calls import UNDECIDED
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.legal import LegalTexts, host_of
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import Phase
from congress.domain.reminders import Reminder, goes_out_at
from congress.queries import (
    calls,
    course_applications,
    feedback,
    mailings,
    phoning,
    programme,
    reminders,
    workspaces,
)
from congress.queries.at_a_glance import Glance
from congress.queries.planning import contributors
from congress.queries.planning.contributors import Outstanding
from congress.queries.unchosen import Unchosen
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.legal_words import label
from congress.web.organiser import (
    assignment_tasks,
    day_tasks,
    frame,
    reminder_words,
    requests,
    workshop_tasks,
)
from congress.web.organiser.task import Task, if_may

SOON = 7  # days before the deadline


@dataclass(frozen=True)
class Coming:
    """A date to come."""

    at: datetime
    when: str
    words: str


def of_today(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    unchosen: Mapping[int, Unchosen],
    glance: Glance,
    days_left: int | None,
) -> list[Task]:
    """Return what is to be done, the most pressing first; `days_left` while one can register.

    `glance` has what takes long to count.
    """
    return [
        *day_tasks.of_today(congress, items),
        *workshop_tasks.of_today(congress, items, unchosen, glance.double),
        *assignment_tasks.of_today(congress, items),
        *_requests(),
        *_to_be_phoned(),
        *_came_back(),
        *_draft(),
        *_programme(glance),
        *_answers(),
        *_proposals(),
        *_applications(congress),
        *_legal_texts(congress),
        *_deadline(days_left),
    ]


def coming(congress: Congress) -> list[Coming]:
    """Return the next dates, in their order."""
    now, dates, period = clock.now(), frame.dates(), congress.period
    found: list[tuple[datetime, str]] = []
    if congress.state not in {CongressState.DRAFT, CongressState.CANCELLED}:
        found += [*_mailings(), *_survey(congress)]
    if congress.state in {CongressState.DRAFT, CongressState.PUBLISHED}:
        found += [
            (period.opens_at, _("Registration opens")),
            *_last_days(congress),
            *((day.starts_at, _event_begins(at)) for at, day in enumerate(congress.days, 1)),
            *_reminders(congress),
        ]
    in_time = sorted((at, words) for at, words in found if at > now)
    return [Coming(at, dates.day(at), words) for at, words in in_time]


def _last_days(congress: Congress) -> Iterator[tuple[datetime, str]]:
    period = congress.period
    ends = (
        (period.closes_at, _("Registration deadline")),
        (period.changes_until, _("Last day for changes")),
        (congress.wishes_until, _("Last day for wishes")),
        (period.withdrawals_until, _("Last day to cancel")),
    )
    return ((until - timedelta(microseconds=1), words) for until, words in ends if until)


def _reminders(congress: Congress) -> Iterator[tuple[datetime, str]]:
    workshops = programme.kept_workshops(access.workspace())
    off = {item.id for item in workshops if item.face.cancelled}
    for which, standing in reminders.of_congress(congress.id).items():
        setting = standing.setting
        is_off = setting.workshop_id in off and which.sort is not Reminder.UNCHOSEN
        is_off |= which.sort is Reminder.MODULE and not congress.is_course
        if setting.is_on and standing.started_at is None and not is_off:
            name = reminder_words.called(which, setting, workshops)
            at = goes_out_at(which.sort, setting, congress, clock.now())
            yield at, _("Reminder: %(name)s", name=name)


def _survey(congress: Congress) -> Iterator[tuple[datetime, str]]:
    """When people are asked for feedback, and the last day to give it."""
    survey = feedback.survey_of(congress.id)
    if survey.is_on and survey.questions:
        last = survey.closes_at(congress) - timedelta(microseconds=1)
        yield survey.opens_at(congress), _("People are asked for feedback")
        yield last, _("Last day for feedback")


def _mailings() -> Iterator[tuple[datetime, str]]:
    """The info mails that go out by themselves, after the event too."""
    if access.may(Right.CHANGE_ATTENDEES):
        for at, subject in mailings.to_come(access.workspace().id):
            time, about = frame.dates().time(at), languages.text(subject)
            yield at, _("Info mail at %(time)s: “%(subject)s”", time=time, subject=about)


def _event_begins(number: int) -> str:
    return _("The event begins") if number == 1 else _("Day %(number)d of the event", number=number)


def _to_be_phoned() -> Iterator[Task]:
    """Somebody without an address who moved up hears of it from nobody else."""
    workspace = access.workspace()
    found = phoning.to_be_phoned(workspace.id)
    if found and workspace.state is CongressState.PUBLISHED:
        words = ngettext(
            "%(num)d person without an email address moved up or was offered a place: please phone "
            "and tick off",
            "%(num)d people without an email address moved up or were offered a place: please "
            "phone and tick off",
            len(found),
        )
        yield Task(words, people=found if access.may(Right.SEE_ATTENDEES) else ())


def _came_back() -> Iterator[Task]:
    """What mails led to: which failed, who says no, whom none reaches, what is to be read."""
    found = workspaces.came_back(access.workspace().id)
    may_see_mails, list_ = access.may(Right.SEE_OUTBOX), Right.SEE_ATTENDEES
    if found.failed and may_see_mails:
        words = ngettext(
            "%(num)d email could not be delivered",
            "%(num)d emails could not be delivered",
            found.failed,
        )
        yield Task(words, "/outbox?state=failed")
    if found.declined:
        words = ngettext(
            "%(num)d person has declined in the calendar and is still registered",
            "%(num)d people have declined in the calendar and are still registered",
            found.declined,
        )
        yield Task(words, if_may(list_, "/attendees?calendar=declined"), "declined-calendar")
    if found.unreachable:
        words = ngettext(
            "The email address of %(num)d person takes no email",
            "The email addresses of %(num)d people take no email",
            found.unreachable,
        )
        yield Task(words, if_may(list_, "/attendees?address=dead"), "dead-mailboxes")
    if found.not_sent and access.may(Right.CHANGE_ATTENDEES):
        words = ngettext(
            "%(num)d info mail was not sent at its time, or not to everybody",
            "%(num)d info mails were not sent at their time, or not to everybody",
            found.not_sent,
        )
        yield Task(words, "/mailings", "not-sent")
    if found.paused and access.may(Right.CHANGE_ATTENDEES):
        words = ngettext(
            "%(num)d info mail is paused: the rest of it waits",
            "%(num)d info mails are paused: the rest of them waits",
            found.paused,
        )
        yield Task(words, "/mailings", "paused")
    if found.to_read and may_see_mails:
        words = ngettext(
            "%(num)d reply to your emails to read",
            "%(num)d replies to your emails to read",
            found.to_read,
        )
        yield Task(words, "/replies", "replies")


def _requests() -> Iterator[Task]:
    return (Task(words, part, mark) for words, part, mark in requests.to_do())


def _draft() -> Iterator[Task]:
    if access.workspace().state is CongressState.DRAFT and access.may(Right.EDIT_PROGRAMME):
        yield Task(_("The draft is not published yet"), "/preview")


def _programme(glance: Glance) -> Iterator[Task]:
    if number := glance.unpublished:
        words = ngettext(
            "%(num)d change not yet published", "%(num)d changes not yet published", number
        )
        yield Task(words, "/programme", "unpublished")
    if number := glance.warnings:
        words = ngettext(
            "%(num)d warning about the programme", "%(num)d warnings about the programme", number
        )
        yield Task(words, "/programme", "warnings")


def _answers() -> Iterator[Task]:
    """Who was asked for the programme and has not answered, and who declined."""
    found = contributors.outstanding(access.workspace().id)
    where = if_may(Right.EDIT_PROGRAMME, "/people")
    if found.declined:
        words = ngettext(
            "%(num)d person in the programme has declined",
            "%(num)d people in the programme have declined",
            found.declined,
        )
        yield Task(words, where, "declined")
    if found.asked:
        words = ngettext(
            "%(num)d person was asked for the programme and has not answered yet",
            "%(num)d people were asked for the programme and have not answered yet",
            found.asked,
        )
        yield Task(words, where, "asked")
    yield from _texts_of_people(found.drafts)
    yield from _told_of_workshops(found)


def _texts_of_people(drafts: int) -> Iterator[Task]:
    """Who wants something else to be said of them, which organisers publish."""
    if drafts:
        words = ngettext(
            "%(num)d person in the programme has changed their details",
            "%(num)d people in the programme have changed their details",
            drafts,
        )
        yield Task(words, if_may(Right.EDIT_PROGRAMME, "/people"), "drafts")


def _proposals() -> Iterator[Task]:
    """Once the call is over, each proposal gets an answer."""
    workspace = access.workspace()
    call = calls.find(workspace.id)
    if call is None or clock.now() < call.closes_at or not access.may(Right.EDIT_PROGRAMME):
        return
    if number := calls.count(workspace.id, *UNDECIDED):
        words = ngettext(
            "%(num)d proposal has no answer yet",
            "%(num)d proposals have no answer yet",
            number,
        )
        yield Task(words, "/call/proposals?state=unanswered", "proposals")


def _applications(congress: Congress) -> Iterator[Task]:
    """Each application for a course gets an answer, best of all at once."""
    if congress.kind is not CongressKind.TRAINING or not access.may(Right.CHANGE_ATTENDEES):
        return
    if number := course_applications.count_new(congress.id):
        words = ngettext(
            "%(num)d application has no answer yet",
            "%(num)d applications have no answer yet",
            number,
        )
        yield Task(words, "/applications", "applications")


def _legal_texts(congress: Congress) -> Iterator[Task]:
    """What the law asks of the host, as long as any of it is missing."""
    host = host_of(congress)
    if host is None or congress.state not in {CongressState.DRAFT, CongressState.PUBLISHED}:
        return
    if missing := LegalTexts.of(host.legal).missing:
        words = _("Legal notice incomplete: %(what)s", what=", ".join(map(label, missing)))
        yield Task(words, if_may(Right.GRANT_RIGHTS, "/settings/legal"), "legal-missing")


def _told_of_workshops(found: Outstanding) -> Iterator[Task]:
    """What those who carry workshops have written and organisers have not settled."""
    if found.needs:
        words = ngettext(
            "The room of %(num)d workshop needs something that you have not seen yet",
            "The rooms of %(num)d workshops need something that you have not seen yet",
            found.needs,
        )
        where = f"/programme/{found.first_needs}/report"
        yield Task(words, if_may(Right.EDIT_PROGRAMME, where), "needs")
    if found.results:
        words = ngettext(
            "The results of %(num)d workshop wait to be published",
            "The results of %(num)d workshops wait to be published",
            found.results,
        )
        where = f"/programme/{found.first_results}/report"
        yield Task(words, if_may(Right.EDIT_PROGRAMME, where), "results")
    if found.materials:
        words = ngettext(
            "%(num)d document, photo or link of a workshop waits to be published",
            "%(num)d documents, photos or links of workshops wait to be published",
            found.materials,
        )
        where = f"/programme/{found.first_material}/report"
        yield Task(words, if_may(Right.EDIT_PROGRAMME, where), "materials")


def _deadline(days_left: int | None) -> Iterator[Task]:
    workspace = access.workspace()
    is_open = workspace.period.phase(clock.now()) is Phase.OPEN
    if workspace.state is not CongressState.PUBLISHED or not is_open or days_left is None:
        return
    if days_left == 0:
        yield Task(_("Registration closes today"), if_may(Right.EDIT_PROGRAMME, "/settings"))
    elif days_left <= SOON:
        words = ngettext(
            "Registration closes in %(num)d day", "Registration closes in %(num)d days", days_left
        )
        yield Task(words, if_may(Right.EDIT_PROGRAMME, "/settings#registration"))
