"""A file that is sent with a form as somebody's answer."""

from werkzeug.datastructures import FileStorage

from congress.domain.answer_files import LARGEST_ANSWER, AnswerFile
from congress.domain.errors import Refused
from congress.formats.answer_files import read_answer
from congress.web import refusals
from congress.web.entries import Entry

INVITED, OWN = "registration.register_invited", "registration.correct_details"
LARGEST_FORM = 6 * LARGEST_ANSWER  # so that one that is too large gets a sentence


def take(entry: Entry, sent: FileStorage | None) -> AnswerFile | None:
    """Return the file that was chosen, if any; what is wrong with it is said beside the field."""
    if sent is None or not sent.filename:
        return None
    content = sent.stream.read(LARGEST_ANSWER + 1)
    sent.close()
    try:
        return read_answer(sent.filename, content)
    except Refused as refusal:
        entry.errors.append(refusals.text(refusal))
        return None
