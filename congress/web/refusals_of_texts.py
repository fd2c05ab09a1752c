"""The words for every "no" about texts of the network (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import network_texts as texts

HEADINGS: dict[type[Refused], LazyString] = {
    texts.VersionStepNotPossible: _("This is not possible any more"),
    texts.VersionEditedMeanwhile: _("Someone else saved this draft after you opened the form"),
    texts.CommentsStillOpen: _("Municipalities can still comment"),
    texts.VersionOpenAlready: _("There is a draft already"),
    texts.NextHasBegun: _("The next version has begun"),
    texts.CommentsOver: _("Comments are no longer possible"),
    texts.TooManyComments: _("Your organisation has made as many comments as it can"),
    texts.CommentEditedMeanwhile: _("This comment or its answer was changed meanwhile"),
    texts.AnswersMissing: _("Some comments have no answer yet"),
}
WORDS: dict[type[Refused], LazyString] = {
    texts.VersionStepNotPossible: _(
        "The version has been taken further in the meantime. Please open its page again."
    ),
    texts.VersionEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    texts.CommentsStillOpen: _(
        "Please wait until the last day for comments is over, or choose an earlier last day."
    ),
    texts.VersionOpenAlready: _("Please go on with that one."),
    texts.NextHasBegun: _(
        "Comments on this one would come too late. Please put the next version up for comments."
    ),
    texts.CommentsOver: _(
        "The last day for comments is over. Please write to the office of the network."
    ),
    texts.TooManyComments: _("Please correct or withdraw one of them."),
    texts.CommentEditedMeanwhile: _(
        "So nothing has been saved yet. Please read it again, and save what should apply."
    ),
    texts.AnswersMissing: _(
        "Everybody sees the answers with the adopted version. Please answer all comments first."
    ),
}
