"""What remains of a workshop or of a congress beside words: documents, photos, links."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from congress.domain.answer_files import PDF
from congress.domain.errors import Refused
from congress.domain.images import Size, image_type
from congress.domain.planning.portraits import TooManyPixels
from congress.domain.texts import Texts

LARGEST_MATERIAL = 5 * 1024 * 1024  # bytes
MOST_MATERIAL_PIXELS = 25_000_000
LONGEST_MATERIAL_SIDE = 1600  # pixels of what is kept of a photo
LONGEST_TITLE, LONGEST_CREDIT = 200, 200  # characters
PRINTED = ("editors", "publisher", "year")  # what is said of a publication
MOST_MATERIALS = 40  # of one workshop, or of the congress itself
_PDF_END, _ZIP_END = b"%%EOF", b"PK\x05\x06"
_END_WITHIN = 1024  # bytes; ISO 32000-1, annex H.3
_ZIP_WITHIN = 66_000  # bytes: a ZIP ends with at most 65,557 of its own


class MaterialKind(StrEnum):
    """What something is."""

    DOCUMENT = "document"
    MINUTES = "minutes"  # a document as well
    PHOTO = "photo"
    LINK = "link"


class MaterialAudience(StrEnum):
    """Who sees something once it is published."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"  # who has a place or came, on the page of their own
    MEMBERS = "members"  # contact persons of members of the network, in their own view


class MaterialTooLarge(Refused):
    """A file of more bytes than are taken."""


class WrongKindOfMaterial(Refused):
    """A file that is neither a PDF nor a photo, or something else at the same time."""


class TooManyPixelsInMaterial(TooManyPixels):
    """A photo that would take too much memory to open."""


class TooManyMaterials(Refused):
    """There are as many of one workshop as there may be."""


class MaterialGone(Refused):
    """It was removed, published or withdrawn after the page was opened."""


@dataclass(frozen=True)
class MaterialFile:
    """A file as it is kept; width and height are those of a photo."""

    kind: MaterialKind
    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Described:
    """What is said of a document, photo or link: its title, which describes a photo; whose it is.

    Whoever sends a file has said that it may be published.
    """

    title: Texts
    credit: str = ""
    url: str = ""
    editors: str = ""  # of a publication, with who published it and when
    publisher: str = ""
    year: str = ""
    day: date | None = None  # of the module of a course that it is of
    audience: MaterialAudience = MaterialAudience.PUBLIC
    is_minutes: bool = False  # of a document

    @property
    def is_publication(self) -> bool:
        """Whether somebody edited it, so that it can be cited."""
        return bool(self.editors)

    @property
    def imprint(self) -> str:
        """Who published it, and when."""
        return ", ".join(filter(None, (self.publisher, self.year)))


@dataclass(frozen=True)
class Material:
    """A document, photo or link as pages show it; the address of a file holds its digest."""

    id: int
    item_id: int | None  # None: of the congress itself
    kind: MaterialKind
    described: Described
    name: str
    size: int  # bytes
    width: int
    height: int
    digest: str
    is_sent: bool  # by whoever carries the workshop, and not by organisers
    is_published: bool
    added_at: datetime

    @property
    def is_public(self) -> bool:
        return self.is_published and self.described.audience is MaterialAudience.PUBLIC

    @property
    def is_minutes(self) -> bool:
        return self.kind is MaterialKind.MINUTES

    @property
    def is_photo(self) -> bool:
        return self.kind is MaterialKind.PHOTO

    @property
    def is_link(self) -> bool:
        return self.kind is MaterialKind.LINK


def material_type(content: bytes) -> str:
    """Return the media type that the bytes show, whatever the file is called.

    Only PDF and photos: office files can carry macros and what is fetched from elsewhere, and
    nobody can be sure to open them in ten years. Raises MaterialTooLarge and WrongKindOfMaterial.
    """
    if len(content) > LARGEST_MATERIAL:
        raise MaterialTooLarge
    found = PDF if _is_a_pdf_alone(content) else image_type(content)
    if found is None:
        raise WrongKindOfMaterial
    return found


def require_few_enough_pixels(size: Size) -> None:
    """Refuse what would fill the memory. Raises TooManyPixelsInMaterial."""
    if size[0] * size[1] > MOST_MATERIAL_PIXELS:
        raise TooManyPixelsInMaterial


def require_room(already: int) -> None:
    """Refuse more than one workshop may have. Raises TooManyMaterials."""
    if already >= MOST_MATERIALS:
        raise TooManyMaterials


def _is_a_pdf_alone(content: bytes) -> bool:
    """Whether it is a PDF from its first byte to its last, and no archive as well."""
    return (
        content.startswith(b"%PDF-")
        and _PDF_END in content[-_END_WITHIN:]
        and _ZIP_END not in content[-_ZIP_WITHIN:]
    )
