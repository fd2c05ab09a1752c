"""The addresses of what an event asks people afterwards, and the right that each needs."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import survey, survey_results

PAGE = "/organiser/<slug:slug>/survey"
QUESTION = f"{PAGE}/questions/<code:key>"

SURVEY: tuple[Address, ...] = (
    (PAGE, BOTH, survey.edit_survey, Right.EDIT_PROGRAMME),
    (f"{PAGE}/ready-made", ACT, survey.take_ready_made, Right.EDIT_PROGRAMME),
    (
        f"{PAGE}/new-question/<any(event,workshop):part>",
        BOTH,
        survey.new_survey_question,
        Right.EDIT_PROGRAMME,
    ),
    (QUESTION, BOTH, survey.edit_survey_question, Right.EDIT_PROGRAMME),
    (f"{QUESTION}/move", ACT, survey.move_survey_question, Right.EDIT_PROGRAMME),
    (f"{QUESTION}/remove", ACT, survey.remove_survey_question, Right.EDIT_PROGRAMME),
    (f"{PAGE}/results", READ, survey_results.survey_results, Right.SEE_ATTENDEES),
    (f"{PAGE}/share", ACT, survey_results.share_survey, Right.EDIT_PROGRAMME),
    (f"{PAGE}/results.<suffix>", READ, survey_results.survey_file, Right.EXPORT_ATTENDEES),
)
