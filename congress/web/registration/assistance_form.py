"""What somebody needs to take part, as a part of a form: voluntary, with a consent of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress.domain.assistance import LONGEST, NOTHING_NEEDED, Need, Needs
from congress.formats.assistance_words import need_words
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_text, told
from congress.web.languages import gettext as _

BOX, TEXT, CONSENT = "need_", "assistance_text", "assistance_consent"


@dataclass
class AssistanceForm:
    """One box for each need, words, and the consent, which is never ticked beforehand.

    Where it `is_asked` no longer, what was typed is still shown, so that nothing gets lost.
    """

    boxes: dict[Need, Entry]
    text: Entry
    consent: Entry
    is_asked: bool = True
    for_another: bool = False
    needs: Needs = field(default=NOTHING_NEEDED)

    def read(self, posted: Mapping[str, str]) -> Needs:
        """Take over what was sent; what is wrong stands at the entries."""
        for entry in self.boxes.values():
            entry.value = TICKED if posted.get(entry.name) == TICKED else ""
        text = read_text(self.text, posted.get(TEXT, ""), most=LONGEST)
        self.consent.value = TICKED if posted.get(CONSENT) == TICKED else ""
        ticked = [need for need, entry in self.boxes.items() if entry.value]
        self.needs = Needs.of(ticked, text)
        if not self.needs.is_empty:
            self._check()
        return self.needs

    def _check(self) -> None:
        if not self.is_asked:
            self.text.errors.append(
                _(
                    "This event no longer asks for it. Please clear what you entered here, and "
                    "write to the organisers if you need something."
                )
            )
            return
        if self.needs.lacks_words and not self.text.errors:
            self.text.errors.append(_("Please say in a few words what it is."))
        if not self.consent.value:
            self.consent.errors.append(self._missing())

    def _missing(self) -> str:
        if self.for_another:
            return _("Please tick this once they have agreed, or clear what you entered.")
        return _(
            "Please agree that we may keep this, or clear what you entered. Without your consent "
            "we may not keep it."
        )

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded: something stands in it or is wrong with it."""
        return not self.needs.is_empty or bool(self.errors)

    @property
    def is_shown(self) -> bool:
        return self.is_asked or self.is_open

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the entries."""
        return told(self.text) + told(self.consent)


def assistance_form(
    before: Needs = NOTHING_NEEDED, *, is_asked: bool = True, for_another: bool = False
) -> AssistanceForm:
    """Return the part of a form, with what somebody said before."""
    words = need_words(languages.current())
    return AssistanceForm(
        {
            need: Entry(f"{BOX}{need}", words[need], TICKED if need in before.kinds else "")
            for need in Need
        },
        Entry(TEXT, _("In a few words"), before.text),
        Entry(CONSENT, _("Consent to your assistance needs")),
        is_asked,
        for_another,
        before,
    )
