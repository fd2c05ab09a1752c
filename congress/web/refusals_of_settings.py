"""The words for every "no" about the settings of a congress beside its particulars."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import legal, letter_texts, look
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    legal.LegalTextsEditedMeanwhile: _(
        "Someone else saved the legal texts after you opened the form"
    ),
    letter_texts.LetterTextsEditedMeanwhile: _(
        "Someone else saved these texts after you opened the form"
    ),
    look.LogoEditedMeanwhile: _("Someone else saved a logo after you opened the form"),
    look.LookEditedMeanwhile: _("Someone else saved the colours after you opened the form"),
}
WORDS: dict[type[Refused], LazyString] = {
    legal.LegalTextsEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    look.LookEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    letter_texts.LetterTextsEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    look.LogoEditedMeanwhile: _(
        "So nothing has been saved yet. The logo that is shown now stands below, and yours after "
        "it: save it again if it should take its place."
    ),
    legal.NoHost: _("No host is named for this event, so there is no one whose texts these are."),
}
