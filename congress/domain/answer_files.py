"""Files as answers to what a congress asks on its own: what they may be, and who is asked.

Only people who were invited are asked for one: whoever can reach an open form could fill the
database with it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from congress.domain.errors import Refused
from congress.domain.images import JPEG, PNG, image_type
from congress.domain.own_questions import Given, OwnQuestion, QuestionKind
from congress.domain.rules import Access

LARGEST_ANSWER = 5 * 1024 * 1024  # bytes
LONGEST_STEM = 80  # characters of a name, without its ending
PDF = "application/pdf"
ENDINGS: Mapping[str, str] = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
_ODD = re.compile(r"[^\w .()-]+")  # what no name of a file needs, control characters among it


class AnswerFileTooLarge(Refused):
    """A file has more bytes than an answer may have."""


class WrongKindOfAnswer(Refused):
    """A file that is no PDF, JPEG or PNG, by its first bytes."""


class FilesOnlyInvited(Refused):
    """A question asks for a file where people register without having been invited."""


@dataclass(frozen=True)
class AnswerFile:
    """A file that somebody answers with, as it is kept."""

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @property
    def renamed(self) -> "AnswerFile":
        """The same under a name by which one tells it from what stood there before."""
        stem, _dot, ending = self.name.rpartition(".")
        return replace(self, name=f"{stem} (2).{ending}")


def answer_type(content: bytes) -> str:
    """Return the media type that the bytes show, whatever the file is called.

    Raises AnswerFileTooLarge and WrongKindOfAnswer.
    """
    if len(content) > LARGEST_ANSWER:
        raise AnswerFileTooLarge
    found = PDF if content.startswith(b"%PDF-") else image_type(content)
    if found is None or found not in ENDINGS:
        raise WrongKindOfAnswer
    return found


def clean_name(sent: str, media_type: str) -> str:
    """Return what a file is called from now on: no folder, nothing odd, the ending of its kind."""
    last = re.split(r"[/\\]", sent)[-1]
    stem = last.rpartition(".")[0] or last
    stem = " ".join(_ODD.sub(" ", stem).split()).strip(".")[:LONGEST_STEM].strip()
    return f"{stem or 'file'}.{ENDINGS[media_type]}"


def is_file(question: OwnQuestion) -> bool:
    """Return whether a question asks for a file."""
    return question.kind is QuestionKind.FILE


def with_bytes(
    questions: Iterable[OwnQuestion],
    given: Given,
    before: Given,
    files: Mapping[str, AnswerFile],
) -> dict[str, tuple[str, ...]]:
    """Return answers without any file that neither was there before nor comes with them."""
    asked = {each.key for each in questions if is_file(each)}
    return {
        key: (files[key].name,) if key in asked and key in files else answer
        for key, answer in given.items()
        if key not in asked or key in files or before.get(key) == answer
    }


def require_invited(questions: Iterable[OwnQuestion], access: Access) -> None:
    """Refuse to ask for files where anybody can register. Raises FilesOnlyInvited."""
    asks = any(is_file(each) and not each.is_retired for each in questions)
    if asks and access is not Access.INVITED:
        raise FilesOnlyInvited
