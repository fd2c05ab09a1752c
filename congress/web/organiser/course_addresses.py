"""The addresses of applications for a course at the office, and the right that each needs."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import course_applications, course_call, course_matching

APPLICATIONS = "/organiser/<slug:slug>/applications"
ONE = f"{APPLICATIONS}/<int:application_id>"
CHANGE = Right.CHANGE_ATTENDEES

COURSE: tuple[Address, ...] = (
    (f"{APPLICATIONS}/call", BOTH, course_call.edit_course_call, Right.EDIT_PROGRAMME),
    (APPLICATIONS, READ, course_applications.course_applications, CHANGE),
    (f"{APPLICATIONS}/choose", ACT, course_applications.choose_applications, CHANGE),
    (f"{APPLICATIONS}/answer", BOTH, course_applications.answer_applications, CHANGE),
    (ONE, BOTH, course_applications.course_application, CHANGE),
    (f"{ONE}/match", ACT, course_matching.match_course_application, CHANGE),
    (f"{ONE}/register", ACT, course_matching.register_course_applicant, CHANGE),
    (f"{ONE}/accept", ACT, course_applications.accept_next, CHANGE),
)
