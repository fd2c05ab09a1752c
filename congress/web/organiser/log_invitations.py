"""The words of the log about invitations, by their numbers: the log outlives who was invited."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.formats.field_words import field_words
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext, ngettext
from congress.web.organiser.field_names import field_name

Said = Callable[[LogLine], str]


def _of(words: LazyString) -> Said:
    """Say what happened to an invitation."""
    return lambda line: str(words) % {"number": line.details.get("invitation", "")}


def _edited(line: LogLine) -> str:
    words = {name: each.label for name, each in field_words(languages.current()).items()}
    words["kind"] = gettext("Attending as")
    names = (words.get(each) or field_name(each) for each in line.fields)
    return gettext(
        "Invitation %(number)s was changed: %(fields)s.",
        number=line.details.get("invitation", ""),
        fields=", ".join(names),
    )


def _sent(line: LogLine) -> str:
    number = line.details.get("invitation", "")
    if line.details.get("again"):
        return gettext("Invitation %(number)s was sent again.", number=number)
    return gettext("Invitation %(number)s was sent.", number=number)


def _all_sent(line: LogLine) -> str:
    if line.details.get("again"):
        return ngettext(
            "%(num)d invitation without an answer was sent again.",
            "%(num)d invitations without an answer were sent again.",
            line.details["count"],
        )
    return ngettext(
        "%(num)d invitation was sent.", "%(num)d invitations were sent.", line.details["count"]
    )


def _called_off(line: LogLine) -> str:
    return ngettext(
        "%(num)d invited person who had not answered was told that the event is cancelled.",
        "%(num)d invited people who had not answered were told that the event is cancelled.",
        line.details["count"],
    )


def _taken_over(line: LogLine) -> str:
    return gettext(
        "A table of invited people was taken over: %(added)d added, %(changed)d changed.",
        added=line.details["added"],
        changed=line.details["changed"],
    )


def _delegates_invited(line: LogLine) -> str:
    return ngettext(
        "An invitation was entered for %(num)d representative of members.",
        "Invitations were entered for %(num)d representatives of members.",
        line.details["count"],
    )


def _exported(line: LogLine) -> str:
    return ngettext(
        "The list of invitations was exported: %(num)d.",
        "The list of invitations was exported: %(num)d.",
        line.details["count"],
    )


def by_invitation(line: LogLine) -> str:
    """Add by which invitation somebody registered, where it was by one."""
    number = line.details.get("invitation")
    return " " + gettext("By invitation %(number)s.", number=number) if number else ""


WORDS: dict[str, LazyString | Said] = {
    "invitation_added": _of(_("Invitation %(number)s was entered.")),
    "partner_named": _of(_("Invitation %(number)s was entered and sent by a municipality.")),
    "invitation_edited": _edited,
    "invitation_withdrawn": _of(_("Invitation %(number)s was withdrawn.")),
    "invitation_sent": _sent,
    "invitations_sent": _all_sent,
    "invitation_declined": _of(_("Invitation %(number)s was declined.")),
    "invitation_represented": _of(
        _("Invitation %(number)s was declined, and someone else was named.")
    ),
    "invitations_called_off": _called_off,
    "invitations_taken_over": _taken_over,
    "delegates_invited": _delegates_invited,
    "invitations_exported": _exported,
}
