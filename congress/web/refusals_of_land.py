"""The words for every "no" about questions to the Land (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import land_questions

HEADINGS: dict[type[Refused], LazyString] = {
    land_questions.QuestionStepNotPossible: _("This is not possible any more"),
    land_questions.QuestionEditedMeanwhile: _(
        "Someone else saved this question after you opened the form"
    ),
    land_questions.OwnQuestion: _("Your organisation asked this question"),
}
WORDS: dict[type[Refused], LazyString] = {
    land_questions.QuestionStepNotPossible: _(
        "The question has been answered, declined, withdrawn or opened again in the meantime. "
        "This page shows how it stands now."
    ),
    land_questions.QuestionEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    land_questions.OwnQuestion: _("So it counts already."),
}
