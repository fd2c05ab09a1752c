"""The words for every "no" about what people are asked afterwards."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.feedback import survey

HEADINGS: dict[type[Refused], LazyString] = {
    survey.NothingAnswered: _("Nothing has been answered yet"),
    survey.FeedbackNotOpen: _("Feedback is closed"),
    survey.AnsweredAlready: _("You have answered already"),
    survey.SurveyEditedMeanwhile: _("Someone else saved the survey after you opened the form"),
    survey.SurveyHasBegun: _("People have been asked"),
    survey.SurveyIsOver: _("The survey is over"),
    survey.TooManySurveyQuestions: _("There are too many questions"),
    survey.NothingIsAsked: _("The survey has no questions yet"),
}
WORDS: dict[type[Refused], LazyString] = {
    survey.NothingAnswered: _("Please answer at least one question."),
    survey.FeedbackNotOpen: _("Answers are not taken now."),
    survey.AnsweredAlready: _("Everyone can answer once."),
    survey.SurveyEditedMeanwhile: _(
        "So nothing has been saved. Please compare the form with what is stored; if you save "
        "again, what the form says counts."
    ),
    survey.SurveyHasBegun: _("So the questions stay as they are."),
    survey.SurveyIsOver: _("The answers are counted, so nothing can be set any more."),
    survey.TooManySurveyQuestions: _(
        "Long surveys are not filled in: at most 20 questions. Please delete one first."
    ),
    survey.NothingIsAsked: _("Please add a question first, or start with the ready-made ones."),
}
