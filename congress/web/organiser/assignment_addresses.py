"""The addresses of the assignment by wishes, and the right that each of them asks for."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import (
    assignment,
    assignment_people,
    assignment_person,
    assignment_release,
    assignment_run,
)

HERE = "/organiser/<slug:slug>/assignment"
RUN, PERSON = f"{HERE}/runs/<int:run_id>", f"{HERE}/people/<int:registration_id>"

ASSIGNMENT: tuple[Address, ...] = (
    (HERE, READ, assignment.assignment, Right.SEE_ATTENDEES),
    (f"{HERE}/ask", ACT, assignment.ask_for_run, Right.CHANGE_ATTENDEES),
    (f"{RUN}/stop", ACT, assignment.stop_run, Right.CHANGE_ATTENDEES),
    (f"{RUN}/one-more", ACT, assignment.compare_run, Right.CHANGE_ATTENDEES),
    (f"{RUN}/release", BOTH, assignment_release.release_run, Right.CHANGE_ATTENDEES),
    (RUN, READ, assignment_run.one_run, Right.SEE_ATTENDEES),
    (f"{RUN}/without", READ, assignment_people.without, Right.SEE_ATTENDEES),
    (f"{RUN}/workshops/<code:code>", READ, assignment_people.in_workshop, Right.SEE_ATTENDEES),
    (f"{RUN}.json", READ, assignment.export_run, Right.EXPORT_ATTENDEES),
    (f"{HERE}/without", READ, assignment_people.without, Right.SEE_ATTENDEES),
    (f"{HERE}/decisions", READ, assignment_people.decisions, Right.SEE_ATTENDEES),
    (f"{HERE}/workshops/<code:code>", READ, assignment_people.in_workshop, Right.SEE_ATTENDEES),
    (PERSON, READ, assignment_person.one_person, Right.SEE_ATTENDEES),
    (f"{PERSON}/decide", ACT, assignment_person.decide, Right.CHANGE_ATTENDEES),
)
