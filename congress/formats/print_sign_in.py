"""Sign-in sheets: who has a place, a row each to sign in, and rows for whoever comes as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.on_paper import Named
from congress.domain.sign_in import NumberedSheet
from congress.formats import print_heading, printing
from congress.formats.catalogue import catalogue
from congress.formats.print_places import asks_organisation, called
from congress.formats.printing import Printed

SPARE_ROWS = 5


@dataclass(frozen=True)
class SignIn:
    """One sheet: what it is for in words, its rows, and who of the programme signs as well."""

    name: str
    when: str
    room: str
    sheet: NumberedSheet
    contributing: Sequence[tuple[str, str]] = ()  # name and affiliation


def printed(
    congress: Congress,
    sheets: Sequence[SignIn],
    named: Mapping[int, Named],
    *,
    language: str,
    now: datetime,
) -> Printed:
    """Return the sheets one after the other, each with pages of its own number.

    `named` says who people are, by their registration.
    """
    _ = catalogue(language).gettext
    heading = print_heading.heading(congress, language)
    return Printed(
        "sign_in.typ",
        title=print_heading.titled(_("Sign-in sheet"), heading["congress"]),
        language=language,
        created=now,
        data={
            "heading": heading,
            "organisations": asks_organisation(congress),
            "spare": SPARE_ROWS,
            "words": {
                "number": _("No."),
                "name": _("Name"),
                "organisation": _("Organisation"),
                "signature": _("Signature"),
                "contributing": _("In the programme"),
                "code": _("Sheet"),
                "as_well": _("Also came"),
            },
            "sheets": [_sheet(each, named, language, heading["congress"]) for each in sheets],
        },
    )


def _sheet(
    of: SignIn, named: Mapping[int, Named], language: str, congress: str
) -> dict[str, printing.Value]:
    kind = catalogue(language).gettext("Sign-in sheet")
    # The sheet of the congress itself is called like it, and says so once.
    congresses = [congress] if of.name != congress else []
    return {
        "above": " · ".join([kind, *congresses]),
        "foot": " · ".join(filter(None, [of.sheet.code, of.name, *congresses])),
        "name": of.name,
        "when": of.when,
        "room": of.room,
        "code": of.sheet.code,
        "people": [
            {
                "number": row.number,
                "name": called(named[row.registration_id], language)
                if row.registration_id in named
                else row.name,
                "organisation": row.organisation,
            }
            for row in of.sheet.rows
        ],
        "contributing": [
            {"name": name, "organisation": affiliation} for name, affiliation in of.contributing
        ],
    }
