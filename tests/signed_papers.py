"""A signed sheet that is filed as evidence."""

from congress.models import Congress, SignedPaper
from tests.builders import BEGUN, add


def a_signed_paper(congress: Congress) -> SignedPaper:
    """Store a scan of one page."""
    content = b"%PDF-1.7 signed"
    row = SignedPaper(
        congress_id=congress.id,
        day=BEGUN.date(),
        name="Liste.pdf",
        media_type="application/pdf",
        size=len(content),
        digest="d",
        content=content,
        filed_at=BEGUN,
    )
    add(row)
    return row
