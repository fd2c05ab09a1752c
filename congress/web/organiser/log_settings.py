"""The words of the log about what a congress says of itself: from what to what."""

from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import settings_words


def edited(line: LogLine) -> str:
    """Say what was changed in the settings; what is long is only named."""
    named = (_from_to(line, name) for name in line.fields)
    return gettext("The settings were changed: %(fields)s.", fields="; ".join(named))


def _from_to(line: LogLine, name: str) -> str:
    """A translation of what the reader does not see is only named as well."""
    label, values = settings_words.label(name), line.details.get("changes", {}).get(name)
    if values is None:
        return label
    before, after = (settings_words.said(name, each) for each in values)
    return label if before == after else f"{label} {before} → {after}"
