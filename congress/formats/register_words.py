"""What is said of the rows of a table for the register, for pages and commands."""

from congress.domain.network.register_rows import Fault, Note, Why
from congress.formats.catalogue import catalogue


def fault_words(fault: Fault, language: str) -> str:
    """Return why nothing becomes of a row, and what one can do."""
    _ = catalogue(language).gettext
    words = {
        Why.NO_NAME: _("The name is missing. Please enter it."),
        Why.TOO_LONG: _("“%(text)s …” is too long. Please shorten it to 200 characters."),
        Why.ENCODING: _(
            "“%(text)s” was read in the wrong encoding: its umlauts are broken. Please save the "
            "file as UTF-8 and send it again."
        ),
        Why.CELL: _(
            "The table says “%(text)s”, an error of the spreadsheet. Please enter the value itself."
        ),
        Why.LINE: _(
            "This line does not have the shape of the official list (GV100AD). Please get the file "
            "once more, and do not open it in a spreadsheet before."
        ),
        Why.KEY_FIGURES: _(
            "“%(text)s” is not an official key, which is made of figures only. In a spreadsheet "
            "please set the column to text."
        ),
        Why.KEY_LENGTH: _(
            "“%(text)s” has a wrong number of figures. An official key has eight for a "
            "municipality, five for a district, twelve for a region."
        ),
        Why.KEY_LAND: _(
            "“%(text)s” does not begin with the number of a Land, from 01 to 16. Please compare it."
        ),
        Why.KIND: _(
            "“%(text)s” is no kind of organisation. Please enter municipality, district, ministry, "
            "public agency, association or company."
        ),
        Why.SECTOR: _(
            "“%(text)s” is no sector. Please enter public sector, civil society or business."
        ),
        Why.NUMBER: _("“%(text)s” is not a number of inhabitants. Please enter it in figures."),
        Why.DAY: _("“%(text)s” is not a day. Please enter it like 31.12.2015."),
        Why.WEBSITE: _(
            "“%(text)s” is not the whole address of a website, for example https://example.org."
        ),
        Why.ENDS_BEFORE: _("The last day lies before the first one. Please enter a later day."),
        Why.DISTRICT: _(
            "Neither the register nor this table has the district “%(text)s”. Please enter its key "
            "of five figures, or add the district first."
        ),
        Why.KEY_TWICE: _(
            "The official key stands in row %(text)s already. Please delete one of the two."
        ),
        Why.NAME_TWICE: _(
            "The name stands in row %(text)s already. Please enter the official keys, or delete "
            "one of the two."
        ),
        Why.NAME_TAKEN: _(
            "“%(text)s” is the name of another organisation. Please enter the official key or the "
            "district, or another name."
        ),
        Why.SUCCESSOR: _(
            "“%(text)s”, in which it is to be merged, stands neither in the register nor in this "
            "table. Please compare name or key."
        ),
        Why.SUCCESSOR_WITHOUT_END: _("Please enter the last day before the merger."),
        Why.CIRCLE: _(
            "Merged into “%(text)s” it would be followed by itself. Please compare the mergers."
        ),
    }
    return words[fault.why] % {"text": fault.text}


def note_words(note: Note, language: str) -> str:
    """Return what is worth knowing of a row that is taken over."""
    _ = catalogue(language).gettext
    return {
        Note.KEY_REPAIRED: _("The 0 at the beginning of the official key was put back."),
        Note.KEY_OF_REGION: _("The key of the municipality was taken from that of the region."),
        Note.DISTRICT_UNKNOWN: _("The register does not know the district of this key yet."),
        Note.NAME_COMPLETED: _(
            "Another organisation has this name, so the district stands behind it in brackets."
        ),
    }[note]
