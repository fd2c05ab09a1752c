"""The words of the network's log: lines hold ids and verbs, the office reads sentences."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.queries.network.log import NetworkLine
from congress.web.languages import gettext, ngettext
from congress.web.network import register_words
from congress.web.organiser.log_words import ACTORS

# Whom the office was in contact with is for those alone who may read the contact log.
OF_CONTACT_LOG: dict[str, LazyString] = {
    "contact_noted": _("%(organisation)s: a contact was noted."),
    "contact_note_corrected": _("%(organisation)s: a note of the contact log was corrected."),
    "contact_note_deleted": _("%(organisation)s: a note of the contact log was deleted."),
    "follow_up_done": _("%(organisation)s: a follow-up is done."),
    "follow_up_postponed": _("%(organisation)s: a follow-up was postponed."),
    "contact_log_exported": _("The contact log was exported: %(count)s notes."),
}
RENAMED = "organisation_renamed"  # a changed one that had another name before
WORDS: dict[str, LazyString] = {
    **OF_CONTACT_LOG,
    "organisation_added": _("%(organisation)s was added to the register."),
    "organisation_changed": _("%(organisation)s was changed: %(fields)s."),
    RENAMED: _("%(before)s is called %(organisation)s now."),
    "organisations_united": _("%(other)s and %(organisation)s were merged into one entry."),
    "organisations_imported": _(
        "A table was taken over: %(added)s organisations added, %(changed)s changed."
    ),
    "organisations_registered": _("Organisations were added to the register: %(count)s."),
    "alias_added": _("%(organisation)s is also found as “%(alias)s”."),
    "alias_removed": _("%(organisation)s is no longer found as “%(alias)s”."),
    "domain_confirmed": _("The mail domain %(domain)s was confirmed for %(organisation)s."),
    "domain_removed": _("The mail domain %(domain)s was taken from %(organisation)s."),
    "membership_recorded": _("%(organisation)s: the membership was recorded."),
    "membership_corrected": _("%(organisation)s: the membership was corrected."),
    "membership_taken_back": _("%(organisation)s: a record of the membership was taken back."),
    "condition_checked": _("%(organisation)s: a condition of membership was checked."),
    "meetings_exported": _("The table of network meetings was exported: %(count)s rows."),
    "members_exported": _("The list of members was exported: %(count)s."),
    "membership_document_read": _("%(organisation)s: a document was opened."),
    "membership_documents_deleted": _("Documents were deleted as their time is over: %(count)s."),
    "application_made": _("%(organisation)s: membership was applied for."),
    "application_matched": _("%(organisation)s: an application was assigned to it."),
    "application_corrected": _("%(organisation)s: an application was corrected."),
    "application_withdrawn": _("%(organisation)s: an application was withdrawn."),
    "application_accepted": _("%(organisation)s: an application was accepted."),
    "application_declined": _("%(organisation)s: an application was declined."),
    "application_document_read": _("%(organisation)s: a document of an application was opened."),
    "network_role_given": _("An account was given a role in the network."),
    "network_role_changed": _("An account’s role in the network was changed."),
    "network_role_taken": _("An account’s role in the network was taken."),
    "network_invited_again": _("An invitation to the network was sent again."),
    "contact_named": _("%(organisation)s: someone was named to speak for it."),
    "contact_changed": _("%(organisation)s: the details of someone who speaks for it changed."),
    "contact_ended": _("%(organisation)s: a term was ended."),
    "contact_handed_over": _("%(organisation)s: a term was handed over."),
    "contact_taken_back": _("%(organisation)s: a handover was taken back."),
    "contact_link_sent": _("%(organisation)s: the personal link was sent."),
    "contact_links_sent": _("Personal links were sent: %(count)s."),
    "funder_report_exported": _(
        "The report to the funder was handed out: %(from)s to %(until)s, %(format)s."
    ),
    "funder_report_released": _("The figures of %(from)s to %(until)s were published."),
    "funder_report_taken_back": _("The figures of %(from)s to %(until)s are no longer public."),
    "project_added": _("The project “%(title)s” was added."),
    "project_proposed": _("The project “%(title)s” was proposed."),
    "project_changed": _("The project “%(title)s” was described differently."),
    "project_accept": _("The project “%(title)s” was taken on."),
    "project_decline": _("The project “%(title)s” was declined."),
    "project_finish": _("The project “%(title)s” was finished."),
    "project_resume": _("The project “%(title)s” was resumed."),
    "project_published": _("The project “%(title)s” was published."),
    "project_withdrawn": _("The project “%(title)s” is no longer public."),
    "project_joined": _("%(organisation)s takes part in the project “%(title)s”."),
    "project_left": _("%(organisation)s no longer takes part in the project “%(title)s”."),
    "project_document_added": _("The project “%(title)s” has a further document, photo or link."),
    "project_document_changed": _("A document of the project “%(title)s” was described anew."),
    "text_added": _("The text “%(title)s” was added."),
    "text_described": _("The text “%(title)s” was given another title or kind."),
    "text_version_begun": _("“%(title)s”: version %(number)s was begun."),
    "text_version_changed": _("“%(title)s”: version %(number)s was changed."),
    "text_comments_opened": _("“%(title)s”: version %(number)s was put up for comments."),
    "text_comments_prolonged": _(
        "“%(title)s”: version %(number)s has another last day for comments."
    ),
    "text_adopted": _("“%(title)s”: version %(number)s was adopted."),
    "text_told": _("“%(title)s”, version %(number)s: contact persons were written to: %(count)s."),
    "text_commented": _("%(organisation)s commented on “%(title)s”."),
    "text_comment_corrected": _("%(organisation)s corrected a comment on “%(title)s”."),
    "text_comment_withdrawn": _("%(organisation)s withdrew a comment on “%(title)s”."),
    "text_comment_answered": _("%(organisation)s: a comment on “%(title)s” was answered."),
    "project_document_removed": _("A document of the project “%(title)s” was deleted."),
    "land_question_asked": _("%(organisation)s asks the Land: “%(title)s”."),
    "land_question_changed": _("The question “%(title)s” to the Land was put differently."),
    "land_question_withdrawn": _("%(organisation)s no longer asks the Land: “%(title)s”."),
    "land_question_joined": _("%(organisation)s has the question “%(title)s” too."),
    "land_question_left": _("%(organisation)s no longer has the question “%(title)s”."),
    "land_question_answered": _("The question “%(title)s” to the Land was answered."),
    "land_answer_changed": _("The answer to the question “%(title)s” was corrected."),
    "land_question_declined": _("The question “%(title)s” to the Land was declined."),
    "land_question_reopened": _("The question “%(title)s” to the Land is open again."),
    "topics_opened": _("%(meeting)s: topics can be proposed and voted on."),
    "topics_changed": _("%(meeting)s: the days or points for topics were changed."),
    "topics_called_propose": _("%(meeting)s: topics were asked for: %(count)s emails."),
    "topics_called_vote": _("%(meeting)s: votes on topics were asked for: %(count)s emails."),
    "topics_voted": _("%(meeting)s: %(organisation)s voted on the topics."),
    "topic_proposed": _("%(meeting)s: %(organisation)s proposed the topic “%(topic)s”."),
    "topic_corrected": _("%(meeting)s: %(organisation)s corrected the topic “%(topic)s”."),
    "topic_withdrawn": _("%(meeting)s: %(organisation)s withdrew the topic “%(topic)s”."),
    "topic_edited": _("%(meeting)s: the topic “%(topic)s” was put in other words."),
    "topic_merged": _("%(meeting)s: the topic “%(topic)s” was merged into “%(into)s”."),
    "topic_declined": _("%(meeting)s: the topic “%(topic)s” was declined."),
    "topic_reopened": _("%(meeting)s: the topic “%(topic)s” is open again."),
    "topic_taken": _("%(meeting)s: the topic “%(topic)s” was taken into the programme."),
    "topic_taken_out": _("%(meeting)s: the topic “%(topic)s” was taken out of the programme."),
    "topic_named": _("%(meeting)s: who proposed the topic “%(topic)s” is named in public."),
    "topic_unnamed": _("%(meeting)s: who proposed the topic “%(topic)s” is no longer named."),
    "mailing_saved": _("The info mail “%(subject)s” was saved."),
    "mailing_file_added": _("“%(file)s” was attached to the info mail “%(subject)s”."),
    "mailing_file_removed": _("“%(file)s” was removed from the info mail “%(subject)s”."),
    "mailing_tested": _("A test of an info mail was sent."),
    "mailing_sent": _("The info mail “%(subject)s” was sent; readers: %(count)s."),
    "mailing_scheduled": _("The info mail “%(subject)s” was scheduled."),
    "mailing_unscheduled": _("The info mail “%(subject)s” is no longer scheduled."),
    "mailing_not_sent": _("The info mail “%(subject)s” was not sent at its time."),
    "mailing_paused": _("The info mail “%(subject)s” was paused."),
    "mailing_resumed": _("The info mail “%(subject)s” was resumed."),
    "mailing_stopped": _("The info mail “%(subject)s” was stopped; emails not sent: %(count)s."),
    "mailing_copied": _("The info mail “%(subject)s” was copied."),
    "mailing_removed": _("The draft “%(subject)s” of an info mail was deleted."),
    "mail_archived_members": _("The info mail “%(subject)s” is in the archive for members."),
    "mail_archived_public": _("The info mail “%(subject)s” is in the public archive."),
    "mail_not_archived": _("The info mail “%(subject)s” was taken out of the archive."),
    "newsletter_confirmed": _("Someone confirmed that they want the newsletter."),
    "newsletter_left": _("Someone unsubscribed from the newsletter."),
    "municipality_opened": _("%(organisation)s: the own view was opened with a code."),
}


def sentence(line: NetworkLine) -> str:
    """Return what a line says."""
    verb = RENAMED if "before" in line.details else line.verb
    names = [str(register_words.FIELDS.get(each, each)) for each in line.fields]
    facts = {
        **line.details,
        "organisation": line.organisation or _gone(),
        "fields": ", ".join(names),
    }
    said = str(WORDS[verb]) % facts
    others = [each for each in line.fields if verb == RENAMED and each != "name"]
    if others:
        words = ngettext(
            "%(num)d other entry changed as well.",
            "%(num)d other entries changed as well.",
            len(others),
        )
        return f"{said} {words}"
    return said


def actor(line: NetworkLine) -> str:
    """Return who did it."""
    if line.actor is ActorKind.ORGANISER and line.account:
        return line.account
    return str(ACTORS.get(line.actor, ""))


def _gone() -> str:
    return gettext("An organisation")
