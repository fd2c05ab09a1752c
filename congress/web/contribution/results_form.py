"""The fields of what came of a workshop or a congress, for who carries it and for organisers."""

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from congress.domain.planning.workshop_reports import (
    LONGEST_LINK,
    LONGEST_RESULTS,
    Results,
    is_web_address,
)
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of


@dataclass
class ResultsForm:
    """What came of it, what happens next, where there is more."""

    text_de: Entry
    text_en: Entry
    next_de: Entry
    next_en: Entry
    link: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.text_de, self.text_en, self.next_de, self.next_en, self.link)
        return [error for entry in entries for error in told(entry)]

    def read(self, sent: MultiDict[str, str], before: Results) -> Results | None:
        """Take over what was sent; return the results, or None when something is to correct."""
        for entry in (self.text_de, self.text_en, self.next_de, self.next_en):
            read_text(entry, sent.get(entry.name, ""), most=LONGEST_RESULTS)
        read_link(self.link, sent.get("link", ""))
        for german, english in ((self.text_de, self.text_en), (self.next_de, self.next_en)):
            if english.value and not german.value:
                german.errors.append(_("Please fill this in in German as well."))
        if self.errors:
            return None
        return replace(
            before,
            text=texts_of(before.text, self.text_de, self.text_en),
            link=self.link.value,
            next_steps=texts_of(before.next_steps, self.next_de, self.next_en),
        )


def results_form(results: Results) -> ResultsForm:
    """Return the form with these results in it."""
    text, after = results.text, results.next_steps
    return ResultsForm(
        text_de=Entry("text_de", _("Results (German)"), value=text.get("de", "")),
        text_en=Entry("text_en", _("Results (English)"), value=text.get("en", "")),
        next_de=Entry("next_de", _("What happens next (German)"), value=after.get("de", "")),
        next_en=Entry("next_en", _("What happens next (English)"), value=after.get("en", "")),
        link=Entry("link", _("Link to more"), value=results.link),
    )


def read_link(entry: Entry, typed: str) -> None:
    """Take over the address of a page; empty for none."""
    read_line(entry, typed, most=LONGEST_LINK)
    if entry.value and not entry.errors and not is_web_address(entry.value):
        entry.errors.append(_("Please enter the whole address of a page, beginning with https://."))
