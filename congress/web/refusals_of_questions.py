"""The words for every "no" about what an event asks on its own."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import answer_files, own_questions, question_changes
from congress.domain.attendee_import import answering
from congress.domain.errors import Refused
from congress.web import languages

HEADINGS: dict[type[Refused], LazyString] = {
    own_questions.OptionUsedUp: _("Please choose another answer"),
    answering.OptionNotOffered: _("Please choose another answer"),
    own_questions.AnswersOutdated: _("The questions have changed"),
    question_changes.QuestionsEditedMeanwhile: _(
        "Someone else changed this question after you opened the form"
    ),
    question_changes.KindIsFixed: _("The kind of answer cannot be changed any more"),
    question_changes.OthersHangOnIt: _("Another question depends on this"),
    question_changes.TooManyQuestions: _("There are too many questions"),
    answer_files.FilesOnlyInvited: _("A file can only be asked of people who are invited"),
}
WORDS: dict[type[Refused], LazyString] = {
    own_questions.OptionUsedUp: _(
        "“%(option)s” is no longer available (“%(question)s”). Please choose something else there."
    ),
    answering.OptionNotOffered: _(
        "“%(option)s” is no longer offered (“%(question)s”). Please choose something else there."
    ),
    own_questions.AnswersOutdated: _(
        "The organisers have changed “%(question)s” in the meantime. Please check your answer and "
        "submit the form again."
    ),
    question_changes.QuestionsEditedMeanwhile: _(
        "So nothing has been saved. Please compare the form with the list of questions; if you "
        "save again, what the form says counts."
    ),
    question_changes.KindIsFixed: _(
        "People have already answered, and their answers would no longer make sense. Please stop "
        "asking this question and add a new one."
    ),
    question_changes.OthersHangOnIt: _(
        "“%(question)s” is only asked of those who give a certain answer here. Please change that "
        "question first."
    ),
    question_changes.TooManyQuestions: _(
        "Long forms are not filled in. Please delete a question that is no longer asked first."
    ),
    answer_files.AnswerFileTooLarge: _("The file is too large: at most 5 MB, please."),
    answer_files.WrongKindOfAnswer: _("Please choose a PDF, JPEG or PNG file."),
    answer_files.FilesOnlyInvited: _(
        "Questions that ask for a file need registration by invitation only. Please set that "
        "under “Rules”, or stop asking for the file."
    ),
    question_changes.OtherAnswersNow: _(
        "Someone has answered or changed their answer in the meantime, so nothing has been "
        "deleted. The number above is the one of now."
    ),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names."""
    match refusal:
        case own_questions.OptionUsedUp(question, option) | answering.OptionNotOffered(
            question, option
        ):
            return {"question": languages.text(question), "option": languages.text(option)}
        case own_questions.AnswersOutdated(question) | question_changes.OthersHangOnIt(question):
            return {"question": languages.text(question)}
    return {}
