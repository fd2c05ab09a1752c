"""The words for every "no" about the settings of a congress, questions, workshops, the call."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import (
    allocation,
    calls,
    contradictions,
    legal,
    letter_texts,
    look,
    module_facts,
    module_tasks,
    online,
    paper,
    rules,
)
from congress.domain.errors import Refused
from congress.domain.planning import days, particulars
from congress.web import languages, refusals_of_questions, refusals_of_workshops

HEADINGS: dict[type[Refused], LazyString] = {
    allocation.AllocationEditedMeanwhile: _(
        "Someone else saved this page, or the programme changed, after you opened the form"
    ),
    allocation.StillWaiting: _("People are waiting for workshops"),
    **refusals_of_questions.HEADINGS,
    calls.CallEditedMeanwhile: _("Someone else saved the call after you opened the form"),
    calls.AuthorsUnseen: _("Something has changed since you opened the page"),
    calls.CallClosed: _("Proposals are not accepted at present"),
    calls.NotProposable: _("This is no longer asked for"),
    calls.ProposedEnough: _("Many proposals have come from this address"),
    calls.ProposalsUnseen: _("Something has changed since you opened the page"),
    calls.ProposalSettled: _("This can no longer be changed"),
    calls.NotAStand: _("This can no longer be changed"),
    calls.TooLateToAccept: _("Nothing more can be accepted for this event"),
    days.DeadlineLeftBehind: _("A deadline would be after the event"),
    legal.LegalTextsEditedMeanwhile: _(
        "Someone else saved the legal texts after you opened the form"
    ),
    letter_texts.LetterTextsEditedMeanwhile: _(
        "Someone else saved these texts after you opened the form"
    ),
    module_facts.ModulesEditedMeanwhile: _(
        "Someone else saved the modules or the days after you opened the form"
    ),
    module_tasks.TaskEditedMeanwhile: _("Someone else saved this task after you opened the form"),
    module_tasks.TaskGone: _("This task or its module no longer exists"),
    module_tasks.TooManyTasks: _("There are many tasks already"),
    module_tasks.NothingTaken: _("Nothing can be handed in any more"),
    paper.PaperEditedMeanwhile: _("Someone else saved this page after you opened the form"),
    look.LogoEditedMeanwhile: _("Someone else saved a logo after you opened the form"),
    look.LookEditedMeanwhile: _("Someone else saved the colours after you opened the form"),
    particulars.EditedMeanwhile: _("Someone else saved these settings after you opened the form"),
    rules.RulesEditedMeanwhile: _("Someone else saved the rules after you opened the form"),
    **refusals_of_workshops.HEADINGS,
}
WORDS: dict[type[Refused], LazyString] = {
    **refusals_of_questions.WORDS,
    allocation.AllocationEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    allocation.StillWaiting: _(
        "Where places are given by wishes, no one waits for one. %(waiting)s Please see to the "
        "waiting lists first."
    ),
    allocation.WishesAfterBeginning: _(
        "The event has started by then. Please enter a day before its first one."
    ),
    allocation.WishesBeforeOpening: _("That is before registration opens."),
    contradictions.ApprovalOfInvited: _(
        "Only people you have invited can register here, and they need no approval. Please switch "
        "approval off, or let everyone register."
    ),
    contradictions.LateWithoutEnd: _(
        "Registration is open until the event begins, so nothing can come late. Please set an "
        "earlier deadline under “Particulars” first, or leave this off."
    ),
    contradictions.QuotaWithoutOrganisation: _(
        "Whoever leaves the organisation out would not be counted. Please require it in the "
        "registration form first, under “Particulars”."
    ),
    contradictions.GroupBeyondQuota: _(
        "More people than one organisation can send could be registered in one form, and would "
        "wait for nothing. Please enter no more than the places per organisation."
    ),
    contradictions.GroupOfOne: _(
        "One person needs no group. Please enter at least 2, or leave the field empty."
    ),
    contradictions.QuotaOfAll: _(
        "So many could take all the places, so the rule would never apply. Please enter fewer, or "
        "leave the field empty."
    ),
    contradictions.PriorityUnclear: _(
        "Please enter two to nine priority groups, one per line, each only once and in 40 "
        "characters at most, or leave the field empty."
    ),
    contradictions.PriorityWithoutQueue: _(
        "There is no waiting list, neither for the event nor for a workshop, so nobody would move "
        "up. Please allow one first, or leave the field empty."
    ),
    contradictions.HeldBackOfAny: _(
        "The event has no limit of places, so none need to be held back. Please enter the places "
        "under “Particulars” first, or leave these fields empty."
    ),
    contradictions.HeldBackBeyond: _(
        "More places would be held back than the event has. Please enter fewer."
    ),
    rules.RulesEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    calls.CallEditedMeanwhile: _(
        "So nothing has been saved. Please compare the form with the page of the call; if you save "
        "again, what the form says counts."
    ),
    calls.AuthorsUnseen: _(
        "So nothing has been saved and no one has been notified. Please read it again."
    ),
    calls.CallClosed: _("The deadline has passed, or the organisers have closed the call."),
    calls.NotProposable: _("Please choose one of the kinds that are offered now."),
    calls.ProposedEnough: _("Please try again in an hour, or write to the organisers."),
    calls.ProposalsUnseen: _(
        "So nothing was sent. The page shows the proposals as they are now, and your letter "
        "as you wrote it; if you send it again, it counts."
    ),
    calls.ProposalSettled: _(
        "The proposal was answered or withdrawn, or the deadline has passed. Nothing was changed."
    ),
    calls.NotAStand: _(
        "Only a stand that has been accepted gets a place. The page shows what became of it."
    ),
    calls.TooLateToAccept: _("It is over or has been cancelled. Nothing was changed or sent."),
    days.DeadlineLeftBehind: _(
        "So nothing has been saved yet. It is %(deadline)s. Please enter an earlier one under "
        "“Settings” first, then move the event."
    ),
    legal.LegalTextsEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    look.LookEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    letter_texts.LetterTextsEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    module_tasks.TaskEditedMeanwhile: _(
        "What you entered is below. Save it again to replace what the other person wrote."
    ),
    module_tasks.TaskGone: _(
        "Someone else deleted it after you opened the page. What you entered is still below: "
        "choose another module, or copy it."
    ),
    module_tasks.TooManyTasks: _("Please put two tasks into one, or delete one first."),
    module_tasks.NothingTaken: _(
        "Tasks are taken from people with a place, until a month after the last module. If "
        "something is still missing, please write to the organisers."
    ),
    module_facts.ModulesEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    paper.PaperEditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    look.LogoEditedMeanwhile: _(
        "So nothing has been saved yet. The logo that is shown now stands below, and yours after "
        "it: save it again if it should take its place."
    ),
    online.NotAnOnlineLink: _(
        "Please paste the whole link from the invitation of the meeting service. It starts with "
        "https:// and has no spaces, for example https://meet.example.org/congress."
    ),
    particulars.EditedMeanwhile: _(
        "So your changes were not saved. Compare both versions below, and save the form again."
    ),
    particulars.OpensAfterDeadline: _("Registration would open after its deadline."),
    particulars.OpenToSomebody: _(
        "People have already registered, and they have been told that they can change their "
        "registration. So it cannot open again later. To end registration earlier, please enter "
        "an earlier deadline; to prolong it, a later one."
    ),
    particulars.EndsBeforeOpening: _("That is before registration opens."),
    particulars.DeadlineAfterEnd: _(
        "The event is over by then: it ends on %(moment)s. Please enter an earlier day."
    ),
    legal.NoHost: _("No host is named for this event, so there is no one whose texts these are."),
    **refusals_of_workshops.WORDS,
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names."""
    if isinstance(refusal, allocation.StillWaiting):
        said = (
            languages.ngettext(
                "In “%(title)s” %(num)d person is waiting.",
                "In “%(title)s” %(num)d people are waiting.",
                many,
                title=languages.short_name(item.number, item),
            )
            for item, many in refusal.workshops
        )
        return {"waiting": " ".join(said)}
    return refusals_of_questions.facts(refusal)
