"""The form with which a photo is sent, and photos as answers."""

from dataclasses import dataclass

from flask import Response
from werkzeug.datastructures import FileStorage, MultiDict

from congress.domain.errors import Refused
from congress.domain.planning.portraits import LARGEST_PHOTO, LONGEST_WORDS, Beside, Photo
from congress.formats.portraits import read_photo
from congress.web import refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _

ENDPOINTS = frozenset({"contribution.send_photo", "organiser.send_photo", "organiser.edit_logo"})
LARGEST_FORM = LARGEST_PHOTO + 4 * 1024 * 1024


@dataclass
class PhotoForm:
    """A file, and what stands beside the picture."""

    file: Entry
    alt_de: Entry
    alt_en: Entry
    credit: Entry
    may_show: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.file, self.alt_de, self.alt_en, self.credit, self.may_show)
        return [error for entry in entries for error in told(entry)]

    def read(
        self, sent: MultiDict[str, str], file: FileStorage | None
    ) -> tuple[Photo, Beside] | None:
        """Return what was sent, or None when something in it has to be corrected."""
        missing = _("Please describe in a few words what the photo shows.")
        read_line(self.alt_de, sent.get("alt_de", ""), most=LONGEST_WORDS, missing=missing)
        read_line(self.alt_en, sent.get("alt_en", ""), most=LONGEST_WORDS)
        missing = _("Please enter who took the photo.")
        read_line(self.credit, sent.get("credit", ""), most=LONGEST_WORDS, missing=missing)
        self.may_show.value = "y" if sent.get("may_show") else ""
        if not self.may_show.value:
            self.may_show.errors.append(_("Without this we cannot take the photo."))
        photo = self._photo(file)
        if self.errors or photo is None:
            return None
        alt = {"de": self.alt_de.value, "en": self.alt_en.value}
        written = {language: text for language, text in alt.items() if text}
        return photo, Beside(written, self.credit.value)

    def _photo(self, file: FileStorage | None) -> Photo | None:
        content = b""
        if file is not None:
            content = file.stream.read(LARGEST_PHOTO + 1)
            file.close()
        if not content:
            self.file.errors.append(_("Please choose a file."))
            return None
        try:
            return read_photo(content)
        except Refused as refusal:
            self.file.errors.append(refusals.text(refusal))
            return None


def photo_form() -> PhotoForm:
    """Return the form with nothing in it."""
    return PhotoForm(
        file=Entry("file", _("Photo"), required=True),
        alt_de=Entry("alt_de", _("What the photo shows (German)"), required=True),
        alt_en=Entry("alt_en", _("What the photo shows (English)")),
        credit=Entry("credit", _("Photo credit"), required=True),
        may_show=Entry(
            "may_show",
            _("The photo may be published here: the person shown and whoever took it agree."),
            required=True,
        ),
    )


def private(content: bytes, media_type: str) -> Response:
    """Answer with a photo that only its person and organisers see, and that no cache keeps."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
