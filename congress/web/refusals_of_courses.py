"""The words for every "no" about applications for training courses."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import course_applications as courses

WORDS: dict[type[Refused], LazyString] = {
    courses.NotATraining: _("Applications can be opened for training courses only."),
    courses.CourseCallEdited: _(
        "Someone else saved this page after you opened it, so nothing has been saved yet. If you "
        "save again, what you entered applies."
    ),
    courses.CourseCallClosed: _(
        "Applications are not accepted at present: the deadline has passed, or the office has "
        "closed them."
    ),
    courses.CourseApplicationSettled: _(
        "This can no longer be changed: the application was answered or withdrawn, or the deadline "
        "has passed."
    ),
    courses.CourseIsOver: _(
        "This course is over or called off. Applications for it can no longer be answered."
    ),
    courses.CourseApplicationsUnseen: _(
        "Something has changed since you opened the page, so nothing has been saved or sent. The "
        "page shows the applications as they are now."
    ),
    courses.NothingChosen: _("No answer is chosen yet, so there is nothing to send."),
    courses.NotEnoughPlaces: _(
        "%(wanted)s people would be registered, but only %(free)s places are free. So nothing "
        "was changed, and no email is sent. Please put some of the applications on the reserve "
        "list."
    ),
    courses.NamedTwice: _("The same person is named twice. Please name different people."),
    courses.OtherPeople: _("By now %(people)s people are to be named. Please open the form again."),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names."""
    match refusal:
        case courses.NotEnoughPlaces():
            return {"wanted": str(refusal.wanted), "free": str(refusal.free)}
        case courses.OtherPeople():
            return {"people": str(refusal.people)}
    return {}
