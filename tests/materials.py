"""What remains of workshops, for tests: a document, a photo, and the rows of them."""

from io import BytesIO

from PIL import Image

from congress.models import Congress, Material, Recommendation
from tests.builders import OPEN, add

PAPER = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def a_material(congress: Congress, **values: object) -> Material:
    """A link that nobody has published."""
    said = {"kind": "link", "title": {"de": "Präsentation"}, "url": "https://example.org/"}
    return add(Material(congress_id=congress.id, **said | {"added_at": OPEN} | values))


def a_recommendation(congress: Congress, **values: object) -> Recommendation:
    """One that nobody has answered and nobody may read."""
    said = {"text": {"de": "Mehr Zeit."}, "addressee": {"de": "Land"}, "answer": {}}
    how = {"state": "open", "is_published": False}
    return add(Recommendation(congress_id=congress.id, **said | how | values))


def a_picture(size: tuple[int, int] = (60, 40), kind: str = "PNG", colour: str = "red") -> bytes:
    """The bytes of a picture of one colour."""
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, kind)
    return kept.getvalue()


def a_paper(**values: object) -> dict[str, object]:
    """What makes a material a published PDF."""
    said = {"kind": "document", "is_published": True, "url": "", "name": "protokoll.pdf"}
    kept = {
        "content": PAPER,
        "media_type": "application/pdf",
        "size": len(PAPER),
        "digest": "d" * 64,
    }
    return said | kept | values
