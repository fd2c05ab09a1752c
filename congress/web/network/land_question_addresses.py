"""The addresses of questions to the Land: of the office, of municipalities, and for everybody."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import land_questions, own_questions, public_questions
from congress.web.network.municipality import MUNICIPALITY

LIST = land_questions.ADDRESS
ONE = f"{LIST}/<int:question_id>"
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
OWN = f"{MUNICIPALITY}/questions"

LAND_QUESTIONS: tuple[Address, ...] = (
    (LIST, READ, land_questions.land_questions, SEE),
    (f"{LIST}/new", BOTH, land_questions.note_question, EDIT),
    (ONE, READ, land_questions.land_question, SEE),
    (f"{ONE}/edit", BOTH, land_questions.edit_question, EDIT),
    (f"{ONE}/answer", BOTH, land_questions.answer_question, EDIT),
    (f"{ONE}/decline", BOTH, land_questions.decline_question, EDIT),
    (f"{ONE}/take-back", ACT, land_questions.take_answer_back, EDIT),
    ("/network/questions", READ, public_questions.public_questions, Who.PUBLIC),
    (OWN, READ, own_questions.own_questions, Who.TOKEN),
    (f"{OWN}/new", BOTH, own_questions.ask_land, Who.TOKEN),
    (f"{OWN}/<int:question_id>", BOTH, own_questions.correct_question, Who.TOKEN),
    (f"{OWN}/<int:question_id>/withdraw", ACT, own_questions.withdraw_question, Who.TOKEN),
    (f"{OWN}/<int:question_id>/share", ACT, own_questions.share_question, Who.TOKEN),
    (
        f"{OWN}/<int:question_id>/share-no-longer",
        ACT,
        own_questions.no_longer_share_question,
        Who.TOKEN,
    ),
)
