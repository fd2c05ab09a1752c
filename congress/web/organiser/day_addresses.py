"""The addresses of the day itself, doors and paper, and the right that each needs."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import (
    attendance,
    check_in,
    door_device,
    evidence,
    module_attendance,
    prints,
    signing,
    ticking_off,
    walking_in,
)

ONE = "/organiser/<slug:slug>"
EVIDENCE = f"{ONE}/attendance/evidence"
CHECK_IN = f"{ONE}/check-in/<int:registration_id>"
CONTRIBUTOR = f"{ONE}/check-in/contributors/<int:person_id>"
CONFIRMATION = f"{ONE}/attendees/<int:registration_id>/confirmation.pdf"

DAY: tuple[Address, ...] = (
    (f"{ONE}/check-in", READ, check_in.door, Right.CHECK_IN),
    (f"{ONE}/check-in/counts", READ, check_in.door_counts, Right.CHECK_IN),
    (f"{ONE}/check-in/code", ACT, ticking_off.check_in_by_code, Right.CHECK_IN),
    (f"{ONE}/check-in/walk-in", BOTH, walking_in.walk_in, Right.CHECK_IN),
    (f"{ONE}/check-in/device", READ, door_device.door_device, Right.CHECK_IN),
    (f"{ONE}/check-in/device.js", READ, door_device.door_worker, Right.CHECK_IN),
    (f"{ONE}/check-in/device/list", ACT, door_device.take_door_list, Right.CHECK_IN),
    (f"{ONE}/check-in/device/scans", ACT, door_device.send_door_scans, Right.CHECK_IN),
    (f"{ONE}/check-in/reports", READ, door_device.door_reports, Right.CHECK_IN),
    (f"{ONE}/check-in/reports/done", ACT, door_device.finish_door_reports, Right.CHECK_IN),
    (CHECK_IN, ACT, ticking_off.check_in, Right.CHECK_IN),
    (CONTRIBUTOR, ACT, ticking_off.check_in_contributor, Right.CHECK_IN),
    (f"{CONTRIBUTOR}/take-back", ACT, ticking_off.take_back_contributor, Right.CHECK_IN),
    (f"{CHECK_IN}/take-back", ACT, ticking_off.take_back_check_in, Right.CHECK_IN),
    (f"{ONE}/attendance", READ, attendance.attendance, Right.CHECK_IN),
    (f"{ONE}/attendance/modules", READ, module_attendance.matrix, Right.SEE_ATTENDEES),
    (
        f"{ONE}/attendance/modules.xlsx",
        READ,
        module_attendance.matrix_file,
        Right.EXPORT_ATTENDEES,
    ),
    (EVIDENCE, BOTH, evidence.evidence, Right.SEE_EVIDENCE),
    (f"{EVIDENCE}/file", ACT, evidence.file_paper, Right.SEE_EVIDENCE),
    (f"{EVIDENCE}/<int:paper_id>", READ, evidence.evidence_file, Right.SEE_EVIDENCE),
    (f"{EVIDENCE}/<int:paper_id>/remove", BOTH, evidence.remove_evidence, Right.SEE_EVIDENCE),
    (f"{ONE}/attendance/<day>", BOTH, signing.enter_day, Right.CHECK_IN),
    (f"{ONE}/attendance/workshops/<code:code>", BOTH, signing.enter_workshop, Right.CHECK_IN),
    (f"{ONE}/print", READ, prints.prints, Right.SEE_CONGRESS),
    (f"{ONE}/print/sign-in.pdf", READ, prints.sign_in_sheets, Right.EXPORT_ATTENDEES),
    (f"{ONE}/print/door-signs.pdf", READ, prints.door_signs, Right.SEE_CONGRESS),
    (f"{ONE}/print/table-signs.pdf", READ, prints.table_signs, Right.SEE_CONGRESS),
    (f"{ONE}/print/places/<code:code>.pdf", READ, prints.places_list, Right.EXPORT_ATTENDEES),
    (CONFIRMATION, READ, prints.attendee_confirmation, Right.EXPORT_ATTENDEES),
)
