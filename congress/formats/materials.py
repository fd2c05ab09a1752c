"""Documents and photos as they are kept: photos are written anew, documents stay what they are."""

from congress.domain.answer_files import PDF, clean_name
from congress.domain.images import JPEG
from congress.domain.planning.materials import (
    LONGEST_MATERIAL_SIDE,
    MaterialFile,
    MaterialKind,
    material_type,
    require_few_enough_pixels,
)
from congress.formats.portraits import as_jpeg


def read_material(name: str, content: bytes) -> MaterialFile:
    """Return a file as it is kept; place and camera stay behind where it is a photo.

    Raises what `material_type` does and, for photos, `portraits.opened` and
    `require_few_enough_pixels`.
    """
    if material_type(content) == PDF:
        return MaterialFile(MaterialKind.DOCUMENT, clean_name(name, PDF), PDF, content)
    photo = as_jpeg(content, LONGEST_MATERIAL_SIDE, require_few_enough_pixels)
    return MaterialFile(
        MaterialKind.PHOTO,
        clean_name(name, JPEG),
        JPEG,
        photo.content,
        photo.width,
        photo.height,
    )
