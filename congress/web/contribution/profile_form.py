"""The form in which people of a programme, or organisers for them, say who they are."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from congress.domain.planning.profiles import LONGEST_BIO, Profile
from congress.domain.programme import LONGEST_LINE
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of


@dataclass
class ProfileForm:
    """The fields of a profile."""

    name: Entry
    affiliation_de: Entry
    affiliation_en: Entry
    bio_de: Entry
    bio_en: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.name, self.affiliation_de, self.affiliation_en, self.bio_de, self.bio_en)
        return [error for entry in entries for error in told(entry)]

    def read(self, sent: MultiDict[str, str], before: Profile) -> Profile | None:
        """Return what was sent, or None when something in it has to be corrected."""
        missing = _("Please enter the name as it is to be printed.")
        read_line(self.name, sent.get("name", ""), most=LONGEST_LINE, missing=missing)
        for entry in (self.affiliation_de, self.affiliation_en):
            read_line(entry, sent.get(entry.name, ""), most=LONGEST_LINE)
        for entry in (self.bio_de, self.bio_en):
            read_text(entry, sent.get(entry.name, ""), most=LONGEST_BIO)
        for german, english in (
            (self.affiliation_de, self.affiliation_en),
            (self.bio_de, self.bio_en),
        ):
            if english.value and not german.value:
                german.errors.append(_("Please fill this in in German as well."))
        if self.errors:
            return None
        return Profile(
            name=self.name.value,
            affiliation=texts_of(before.affiliation, self.affiliation_de, self.affiliation_en),
            bio=texts_of(before.bio, self.bio_de, self.bio_en),
        )


def profile_form(profile: Profile) -> ProfileForm:
    """Return the form with what is said of somebody."""
    affiliation, bio = profile.affiliation, profile.bio
    return ProfileForm(
        name=Entry("name", _("Name as printed"), value=profile.name, required=True),
        affiliation_de=Entry(
            "affiliation_de", _("Organisation (German)"), value=affiliation.get("de", "")
        ),
        affiliation_en=Entry(
            "affiliation_en", _("Organisation (English)"), value=affiliation.get("en", "")
        ),
        bio_de=Entry("bio_de", _("About the person (German)"), value=bio.get("de", "")),
        bio_en=Entry("bio_en", _("About the person (English)"), value=bio.get("en", "")),
    )
