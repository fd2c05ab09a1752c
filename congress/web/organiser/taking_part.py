"""How somebody takes part, as organisers see it: on site or online."""

from congress.domain.congresses import Congress
from congress.domain.modes import Mode
from congress.domain.standing import Standing
from congress.formats.attendee_list import kinds
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.mode_words import MODES


def of_person(congress: Congress, standing: Standing) -> dict[str, object]:
    """Return as what somebody can come, and the way and the other one where it is hybrid."""
    called = {"kinds": kinds(languages.current())}
    if not congress.rules.is_hybrid:
        return {**called, "mode": ""}
    other = standing.mode.other
    return {**called, "mode": str(MODES[standing.mode]), "other_mode": other}


def done(mode: Mode, name: str) -> str:
    """Say how somebody takes part from now on."""
    if mode is Mode.ONLINE:
        return _("%(person)s takes part online.", person=name)
    return _("%(person)s takes part on site.", person=name)
