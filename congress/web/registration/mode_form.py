"""How somebody takes part: asked where a congress is hybrid, with places on site and online."""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain.congresses import Congress
from congress.domain.modes import Mode
from congress.domain.workshops import Places
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _

CHOICE = "mode"


@dataclass
class ModeForm:
    """The choice, as typed; shown in a hybrid congress alone."""

    congress: Congress
    choice: Entry
    is_asked: bool = True  # not where it comes with a place that is taken over

    @property
    def is_shown(self) -> bool:
        return self.is_asked and self.congress.rules.is_hybrid

    @property
    def mode(self) -> Mode:
        """What was chosen, or the one way there is."""
        is_chosen = self.is_shown and self.choice.value in set(Mode)
        return Mode(self.choice.value) if is_chosen else self.congress.rules.mode.usual

    @property
    def places(self) -> Places:
        """The places of whoever takes part as chosen."""
        return self.congress.places_in(self.mode)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return told(self.choice)

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was chosen."""
        if not self.is_shown:
            return
        value = posted.get(self.choice.name, "")
        if value in set(Mode):
            self.choice.value = value
        else:
            self.choice.errors.append(_("Please choose whether you take part on site or online."))


def mode_form(congress: Congress) -> ModeForm:
    """Return the choice of a congress, with nothing chosen."""
    return ModeForm(congress, Entry(CHOICE, _("How would you like to take part?"), required=True))
