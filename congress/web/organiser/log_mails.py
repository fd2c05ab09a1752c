"""What the log says of mails."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.mails.received import Answer
from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import frame, mail_words, reminder_words


def _sent_again(line: LogLine) -> str:
    """Say which mail it was; lines of an older version know only its occasion."""
    if line.person:
        return gettext("Sent again to %(person)s: “%(mail)s”.", person=line.person, mail=_of(line))
    return gettext("Sent again: “%(mail)s”.", mail=_of(line))


def _failed_sent_again(line: LogLine) -> str:
    count, outdated = (line.details.get(name, 0) for name in ("count", "outdated"))
    sent = ngettext(
        "%(num)d email that could not be delivered was sent again.",
        "%(num)d emails that could not be delivered were sent again.",
        count,
    )
    left = ngettext(
        "%(num)d was not, as what it said was no longer so.",
        "%(num)d were not, as what they said was no longer so.",
        outdated,
    )
    return f"{sent} {left}" if outdated else sent


def _settled(line: LogLine) -> str:
    return gettext("Marked as settled, although not delivered: “%(mail)s”.", mail=_of(line))


def _unsettled(line: LogLine) -> str:
    return gettext("No longer marked as settled: “%(mail)s”.", mail=_of(line))


def _answered(line: LogLine) -> str:
    """Say what a calendar answered for somebody; who it was may be forgotten."""
    person = line.person or gettext("Somebody")
    return {
        Answer.ACCEPTED: gettext("The calendar of %(person)s accepted.", person=person),
        Answer.TENTATIVE: gettext(
            "The calendar of %(person)s tentatively accepted.", person=person
        ),
        Answer.DECLINED: gettext("The calendar of %(person)s declined.", person=person),
    }[Answer(line.details["answer"])]


def _mailbox_dead(line: LogLine) -> str:
    """Say whose mailbox takes nothing, in the words of its server as long as they are kept."""
    person, reason = line.person or gettext("Somebody"), line.personal.get("reason", "")
    said = gettext("Emails to %(person)s do not arrive; no more are sent.", person=person)
    return " ".join(filter(None, [said, reason]))


def _of(line: LogLine) -> str:
    return str(line.details.get("subject") or mail_words.kind(line.details["kind"]))


def _mailing_sent(line: LogLine) -> str:
    return ngettext(
        "Info mail sent to %(num)d person: “%(mail)s”.",
        "Info mail sent to %(num)d people: “%(mail)s”.",
        line.details.get("count", 0),
        mail=line.details["subject"],
    )


def _opening_told(line: LogLine) -> str:
    return ngettext(
        "Told %(num)d person that registration is open.",
        "Told %(num)d people that registration is open.",
        line.details.get("count", 0),
    )


def _mailing_stopped(line: LogLine) -> str:
    return ngettext(
        "Info mail stopped, %(num)d email was not sent: “%(mail)s”.",
        "Info mail stopped, %(num)d emails were not sent: “%(mail)s”.",
        line.details.get("count", 0),
        mail=line.details["subject"],
    )


def _mailing_scheduled(line: LogLine) -> str:
    return gettext(
        "Info mail scheduled for %(moment)s: “%(mail)s”.",
        moment=frame.dates().moment(datetime.fromisoformat(line.details["at"])),
        mail=line.details["subject"],
    )


def _about(sentence: LazyString) -> Callable[[LogLine], str]:
    """Say something of an info mail, and of its attachment where it is about one."""

    def said(line: LogLine) -> str:
        named = {"mail": line.details["subject"], "file": line.details.get("file", "")}
        return str(sentence) % named

    return said


def _template_edited(line: LogLine) -> str:
    name = mail_words.kind(line.details["kind"])
    if not line.details.get("is_own", True):
        return gettext("The email “%(name)s” is again as the program writes it.", name=name)
    return gettext("The words of the email “%(name)s” were changed.", name=name)


def _reminders_set(line: LogLine) -> str:
    """Say which reminders are on and off now, as far as they changed, and which came and went."""
    on, off, added, removed = (
        ", ".join(map(reminder_words.name, line.details.get(which, ())))
        for which in ("on", "off", "added", "removed")
    )
    said = (
        gettext("on: %(names)s", names=on) if on else "",
        gettext("off: %(names)s", names=off) if off else "",
        gettext("added: %(names)s", names=added) if added else "",
        gettext("removed: %(names)s", names=removed) if removed else "",
        *(
            f"{reminder_words.name(which)}: {_moment(*before)} → {_moment(*after)}"
            for which, (before, after) in line.details.get("moments", {}).items()
        ),
    )
    return gettext("Reminders set; %(what)s.", what="; ".join(filter(None, said)))


def _moment(days: int, hour: int) -> str:
    """Say when a reminder goes out, counted from its day."""
    return ngettext("%(num)d day, %(hour)d:00", "%(num)d days, %(hour)d:00", days, hour=hour)


def reminded_anew(line: LogLine) -> str:
    """Say which reminders go out again, as a date was moved; nothing where none does."""
    names = ", ".join(map(reminder_words.name, line.details.get("reminders", ())))
    said = gettext("Goes out again for the new date: %(names)s.", names=names) if names else ""
    return f" {said}" if said else ""


def _reminder_sent(line: LogLine) -> str:
    return ngettext(
        "Reminder “%(name)s” sent to %(num)d person.",
        "Reminder “%(name)s” sent to %(num)d people.",
        line.details.get("count", 0),
        name=reminder_words.name(line.details["reminder"]),
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "mail_sent_again": _sent_again,
    "mails_sent_again": _failed_sent_again,
    "mail_settled": _settled,
    "mail_unsettled": _unsettled,
    "calendar_answered": _answered,
    "calendar_answer_settled": _("The no in the calendar of %(person)s was ticked off."),
    "mailbox_dead": _mailbox_dead,
    "mailbox_tried_again": _("Emails are sent to %(person)s again."),
    "mail_template_edited": _template_edited,
    "reminders_set": _reminders_set,
    "reminder_sent": _reminder_sent,
    "mailing_saved": _about(_("Info mail saved: “%(mail)s”.")),
    "mailing_file_added": _about(_("“%(file)s” attached to the info mail “%(mail)s”.")),
    "mailing_file_removed": _about(_("“%(file)s” removed from the info mail “%(mail)s”.")),
    "mailing_sent": _mailing_sent,
    "mailing_scheduled": _mailing_scheduled,
    "mailing_unscheduled": _about(_("Info mail no longer scheduled: “%(mail)s”.")),
    "mailing_not_sent": _about(_("Info mail not sent at its time: “%(mail)s”.")),
    "mailing_paused": _about(_("Info mail paused: “%(mail)s”.")),
    "mailing_resumed": _about(_("Info mail resumed: “%(mail)s”.")),
    "mailing_stopped": _mailing_stopped,
    "mailing_copied": _about(_("Info mail copied: “%(mail)s”.")),
    "mailing_removed": _about(_("Draft of an info mail deleted: “%(mail)s”.")),
    "newsletter_offered": _("The public page offers the newsletter."),
    "newsletter_not_offered": _("The public page no longer offers the newsletter."),
    "newsletter_confirmed": _("Somebody confirmed the newsletter."),
    "newsletter_left": _("Somebody unsubscribed from the newsletter."),
    "opening_confirmed": _("Somebody wants to know when registration opens."),
    "opening_left": _("Somebody no longer wants to know when registration opens."),
    "opening_told": _opening_told,
    "mailing_tested": _("A test of an info mail was sent."),
    "received_mail_done": _("A reply was ticked off."),
    "received_mail_open": _("A reply is to be read again."),
}
