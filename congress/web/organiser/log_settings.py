"""The words of the log about what a congress says of itself: from what to what."""

from typing import Any

from congress.domain.texts import in_one_line, shortened
from congress.queries.audit import LogLine
from congress.web import legal_words
from congress.web.languages import gettext
from congress.web.organiser import paper_words, rules_words, settings_words
from congress.web.organiser.settings_words import LETTERS

WRITTEN = frozenset({"title", "town", "venue", "address", "cost"})  # in the words of organisers
LONGEST = 100  # characters


def edited(line: LogLine) -> str:
    """Say what was changed in the settings; what is long is only named."""
    named = (_from_to(line, name) for name in line.fields)
    return gettext("The settings were changed: %(fields)s.", fields="; ".join(named))


def legal_texts_edited(line: LogLine) -> str:
    """Say what was changed of the texts of a host: from what to what, each on one line."""
    named = (
        f"{legal_words.label(name)} {_quoted(before)} → {_quoted(after)}"
        for name, (before, after) in line.details.get("changes", {}).items()
    )
    return gettext(
        "The legal texts of %(host)s were changed: %(fields)s.",
        host=line.details.get("host", ""),
        fields="; ".join(named),
    )


def letter_texts_edited(line: LogLine) -> str:
    """Say which of the texts in mails were changed, and from what to what."""
    changes = line.details.get("changes", {})
    named = (
        f"{label} {_quoted(changes[name][0])} → {_quoted(changes[name][1])}"
        if name in changes
        else label
        for name, label in ((name, str(LETTERS[name])) for name in line.fields)
    )
    return gettext("The texts of the emails were changed: %(fields)s.", fields="; ".join(named))


def logo_shown(line: LogLine) -> str:
    """Say whose logo was changed."""
    return gettext("Another logo of %(host)s is shown.", host=line.details.get("host", ""))


def logo_removed(line: LogLine) -> str:
    """Say whose logo was removed."""
    return gettext("The logo of %(host)s was removed.", host=line.details.get("host", ""))


def look_edited(line: LogLine) -> str:
    """Say from which colours to which; none are those of the house."""
    named = (
        f"{settings_words.LOOK[name]} {before or '–'} → {after or '–'}"
        for name, (before, after) in line.details.get("changes", {}).items()
    )
    return gettext("The colours were changed: %(fields)s.", fields="; ".join(named))


def paper_edited(line: LogLine) -> str:
    """Say what was changed of what stands on printed sheets, and from what to what."""
    named = (
        f"{paper_words.label(name)} {_quoted(paper_words.said(name, before))} → "
        f"{_quoted(paper_words.said(name, after))}"
        for name, (before, after) in line.details.get("changes", {}).items()
    )
    return gettext("The words on printed sheets were changed: %(fields)s.", fields="; ".join(named))


def rules_edited(line: LogLine) -> str:
    """Say which rules of registration were changed, and from what to what."""
    named = (
        f"{rules_words.LABELS[name]} {rules_words.said(name, before)} → "
        f"{rules_words.said(name, after)}"
        for name, (before, after) in line.details.get("changes", {}).items()
    )
    return gettext("The rules of registration were changed: %(fields)s.", fields="; ".join(named))


def _quoted(text: str) -> str:
    said = shortened(in_one_line(text), LONGEST)
    return gettext("“%(title)s”", title=said) if said else "–"


def _from_to(line: LogLine, name: str) -> str:
    """A translation of what the reader does not see is only named as well."""
    label, values = settings_words.label(name), line.details.get("changes", {}).get(name)
    if values is None:
        return label
    before, after = (_said(name, each) for each in values)
    return label if before == after else f"{label} {before} → {after}"


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - as the log has it
    if name not in WRITTEN:
        return settings_words.said(name, value)
    return _quoted(settings_words.text_of(value))
