"""Photos of people in a programme: which files are taken, and what stands beside them."""

from dataclasses import dataclass

from congress.domain.errors import Refused
from congress.domain.images import JPEG, Size, image_size, image_type
from congress.domain.texts import Texts

LARGEST_PHOTO = 8 * 1024 * 1024  # bytes
MOST_PIXELS = 12_000_000  # each takes four bytes once it is decoded, several times over
MOST_PIXELS_OF_JPEG = 50_000_000  # more than usual cameras make; they are decoded small
LONGEST_SIDE = 640  # pixels of what is kept
SHORTEST_SIDE = 200  # pixels of what is sent
MOST_TIMES_AS_LONG = 3  # one side of the other
LONGEST_WORDS = 200  # characters of description and credit


class PhotoTooLarge(Refused):
    """A file of more bytes than are taken."""


class NotAPhoto(Refused):
    """A file that is no JPEG, PNG or WebP, whatever it is called."""


class TooManyPixels(Refused):
    """A picture that would take too much memory to open."""


class PhotoTooSmall(Refused):
    """A picture with too few pixels to show somebody."""


class PhotoTooNarrow(Refused):
    """A picture that is a strip: nobody is to be seen once it is made small."""


class PhotoBroken(Refused):
    """A picture that cannot be read to its end."""


@dataclass(frozen=True)
class Photo:
    """A picture made small and free of everything but itself."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Beside:
    """What stands beside a photo: for who does not see it, and whose it is."""

    alt: Texts
    credit: str


@dataclass(frozen=True)
class Portrait:
    """A photo as pages show it; its address holds the digest."""

    digest: str
    width: int
    height: int
    alt: Texts
    credit: str


def require_photo(content: bytes) -> None:
    """Refuse, by the first bytes alone, what is not to be opened.

    Raises PhotoTooLarge, NotAPhoto, TooManyPixels and PhotoBroken.
    """
    if len(content) > LARGEST_PHOTO:
        raise PhotoTooLarge
    if image_type(content) is None:
        raise NotAPhoto
    size = image_size(content)
    if size is None:
        raise PhotoBroken
    require_few_pixels(size, is_jpeg=image_type(content) == JPEG)


def require_few_pixels(size: Size, *, is_jpeg: bool) -> None:
    """Refuse what would fill the memory. Raises TooManyPixels."""
    if size[0] * size[1] > (MOST_PIXELS_OF_JPEG if is_jpeg else MOST_PIXELS):
        raise TooManyPixels


def require_shape(size: Size) -> None:
    """Refuse what shows nobody. Raises PhotoTooSmall and PhotoTooNarrow."""
    if min(size) < SHORTEST_SIDE:
        raise PhotoTooSmall
    if max(size) > MOST_TIMES_AS_LONG * min(size):
        raise PhotoTooNarrow
