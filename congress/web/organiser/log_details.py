"""What a line of the log says of somebody's details, before and after, and who told them."""

from congress.formats.field_words import field_words
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext
from congress.web.organiser.field_names import field_name


def from_to(line: LogLine) -> str:
    """Say what each field said before and says now; once this has been deleted, which they were."""
    labels = field_words(languages.current())
    before, after = line.personal.get("before", {}), line.personal.get("after", {})
    said = []
    for name in line.fields:
        label = labels[name].label if name in labels else field_name(name)
        if name in after:
            label = f"{label} {_said_to_be(before.get(name))} → {_said_to_be(after[name])}"
        said.append(label)
    return ", ".join(said)


def told_by(line: LogLine) -> list[str]:
    """Say which consents organisers were told of and by whom, and that nobody got a mail of it."""
    said = []
    if line.fields:
        purposes = ", ".join(field_name(field) for field in line.fields)
        who = line.personal.get("said_by") or gettext("deleted")
        said.append(
            gettext("Consent: %(purposes)s (told by: %(who)s).", purposes=purposes, who=who)
        )
    if not line.details.get("told", True):
        said.append(gettext("No email was sent."))
    return said


def _said_to_be(value: str | None) -> str:
    return gettext("“%(title)s”", title=value) if value else gettext("empty")
