"""The words for every "no" about topics of network meetings (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import topics

HEADINGS: dict[type[Refused], LazyString] = {
    topics.RoundEditedMeanwhile: _("Someone else saved these days after you opened the form"),
    topics.TopicEditedMeanwhile: _("Someone else saved this topic after you opened the form"),
    topics.PointsInUse: _("Municipalities have voted already"),
    topics.NoMemberToday: _("Your organisation is not a member of the network today"),
    topics.NotInTime: _("This is not possible today"),
    topics.TooManyTopics: _("Your municipality has proposed as many topics as it may"),
    topics.TopicSettled: _("This is not possible any more"),
    topics.TopicReleased: _("The public knows this programme item already"),
    topics.BallotChanged: _("Someone else has voted for your municipality in the meantime"),
    topics.TooManyPoints: _("These are more points than your municipality has"),
}
WORDS: dict[type[Refused], LazyString] = {
    topics.RoundEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    topics.TopicEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    topics.PointsInUse: _("So their number of points stays as it is; the days can be changed."),
    topics.NoMemberToday: _(
        "Members and partners propose topics and vote on them. If this is wrong, please tell the "
        "office of the network."
    ),
    topics.NotInTime: _("Please look at the days: this page shows what is possible today."),
    topics.TooManyTopics: _("Please withdraw or correct one of them first."),
    topics.TopicSettled: _(
        "The topic has been withdrawn, merged, declined or taken into the programme in the "
        "meantime. This page shows how it stands now."
    ),
    topics.TopicReleased: _(
        "So it can only be cancelled or removed in the programme itself, where those who have a "
        "place are told."
    ),
    topics.BallotChanged: _(
        "So your vote has not been saved yet. Please compare it with the vote that counts now, "
        "and save what should apply."
    ),
    topics.TooManyPoints: _("You have given %(given)s points, and there are %(most)s to give."),
}
