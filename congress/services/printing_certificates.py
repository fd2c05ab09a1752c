"""Certificates as a file: for organisers, and one's own."""

from datetime import datetime
from io import BytesIO

from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.formats import certificates, print_heading, printing
from congress.formats.catalogue import catalogue
from congress.formats.certificates import Signed
from congress.queries import certificates as queries
from congress.queries import congresses, on_paper
from congress.services import auditing, certifying
from congress.services.exporting import ExportedFile
from congress.transaction import transaction

MOST_IN_A_FILE = 500  # some seconds of a process that prints nothing else meanwhile


def make_file(
    congress_id: int,
    registration_id: int | None = None,
    *,
    part: int = 1,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile | None:
    """Print what was issued and holds now, of all or of one; None where nothing was.

    Of very many, `part` says which: the first `MOST_IN_A_FILE`, the next ones, and so on.
    That organisers have it is noted in the log (GDPR-09); whoever takes their own is asked nothing.
    """
    congress = congresses.get_congress(congress_id)
    before = (part - 1) * MOST_IN_A_FILE
    if registration_id is None:
        people = certifying.holders(congress).having[before : before + MOST_IN_A_FILE]
    else:
        people = (registration_id,)
    papers = certifying.standing(congress, people).papers
    if not papers:
        return None
    signed = queries.signature(congress_id)
    printed = certificates.printed(
        papers,
        congress,
        Signed(signed.name, signed.role, queries.find_signature_picture(congress_id)),
        language=papers[0].language if len(papers) == 1 else language,
        created=now,
    )
    content = printing.pdf(print_heading.with_logo(printed, on_paper.logo_of(congress)))
    if not actor.is_attendee:
        with transaction():
            auditing.record(
                "certificates_exported",
                actor=actor,
                now=now,
                congress_id=congress_id,
                registration_id=registration_id,
                details={"count": len(papers)},
            )
    return ExportedFile(
        BytesIO(content), _named(congress, language), printing.CONTENT_TYPE, len(papers)
    )


def _named(congress: Congress, language: str) -> str:
    called = catalogue(language).gettext("certificate-of-attendance")
    return f"{congress.slug}-{called}.pdf"
