"""The tables: columns, keys and constraints, and no decisions."""

from congress.models import revisions  # listens to every session
from congress.models.accounts import (
    AccountLink,
    AccountSession,
    CongressRole,
    Passkey,
    Role,
    User,
)
from congress.models.announcements import Announcement
from congress.models.attempts import Attempt
from congress.models.attendances import (
    Attendance,
    ContributorAttendance,
    DoorScan,
    SignedPaper,
    SignInSheet,
)
from congress.models.attendee_views import AttendeeView
from congress.models.audit import AuditLine
from congress.models.badges import PrintedBadge
from congress.models.calls import Call, Proposal, ProposalRating
from congress.models.certificates import Certificate, CertificateSignature
from congress.models.change_requests import ChangeRequest
from congress.models.congresses import Congress, CongressDay, CongressOrganisation, Room
from congress.models.contact_notes import ContactNote
from congress.models.course_applications import CourseApplication, CourseCall, CoursePerson
from congress.models.feedback import FeedbackBallot, FeedbackBox, FeedbackSurvey
from congress.models.groups import RegistrationGroup
from congress.models.hosts import ItemHost
from congress.models.invitations import Invitation
from congress.models.land_questions import LandQuestion, SameQuestion
from congress.models.list_mails import ListMail
from congress.models.mail_templates import MailTemplate
from congress.models.mailings import ArchivedMail, Mailing, MailingFile
from congress.models.market import Market, MarketAgreement, MarketEntry, MarketParty
from congress.models.materials import Material
from congress.models.membership import (
    ConditionCheck,
    MembershipApplication,
    MembershipDocument,
)
from congress.models.module_tasks import HandIn, ModuleTask
from congress.models.network import (
    ContactLogin,
    ContactPerson,
    Membership,
    OrganisationAlias,
    OrganisationDomain,
)
from congress.models.network_projects import NetworkProject, ProjectDocument, ProjectPart
from congress.models.network_texts import (
    NetworkText,
    NetworkTextComment,
    NetworkTextVersion,
)
from congress.models.newsletters import Newsletter, NewsletterReader
from congress.models.openings import OpeningReader
from congress.models.organisations import Organisation
from congress.models.outbox import OutboxControl, OutboxDomain, OutboxMessage
from congress.models.programme import (
    Contribution,
    Contributor,
    ContributorLogin,
    Person,
    Portrait,
    ProgrammeItem,
    SpeakerSheet,
    WorkshopReport,
)
from congress.models.quotas import QuotaDomain, QuotaException, QuotaSpelling
from congress.models.received import CalendarReply, DeadMailbox, ReceivedMail
from congress.models.recommendations import Recommendation
from congress.models.registrations import (
    AccessToken,
    AddressChange,
    Answer,
    AnswerFile,
    AssistanceNeeds,
    Booking,
    CalendarEntry,
    Consent,
    HandOver,
    Registration,
    ToldApart,
)
from congress.models.released_figures import ReleasedFigures
from congress.models.reminders import ReminderSetting
from congress.models.topics import MeetingTopic, TopicBallot, TopicCall, TopicRound, TopicVote
from congress.models.wishes import (
    AssignmentOutcome,
    AssignmentRun,
    FormerWish,
    WishDecision,
    WorkshopWish,
)
