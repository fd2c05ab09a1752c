"""Results as organisers write them: those of a workshop may be a practice example."""

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from congress.domain.planning.workshop_reports import LONGEST_NAME, Results
from congress.web.contribution.results_form import ResultsForm, results_form
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _


@dataclass
class OutcomeForm:
    """The results, and whose practice example of what they are."""

    results: ResultsForm
    municipality: Entry
    topic: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [*self.results.errors, *told(self.municipality), *told(self.topic)]

    def read(self, sent: MultiDict[str, str], before: Results) -> Results | None:
        """Take over what was sent; return the results, or None when something is to correct."""
        results = self.results.read(sent, before)
        for entry in (self.municipality, self.topic):
            read_line(entry, sent.get(entry.name, ""), most=LONGEST_NAME)
        for entry, other in ((self.municipality, self.topic), (self.topic, self.municipality)):
            if other.value and not entry.value and not entry.errors:
                entry.errors.append(_("A practice example needs both, municipality and topic."))
        if self.errors or results is None:
            return None
        return replace(results, municipality=self.municipality.value, topic=self.topic.value)


def outcome_form(results: Results) -> OutcomeForm:
    """Return the form with these results in it."""
    return OutcomeForm(
        results=results_form(results),
        municipality=Entry("municipality", _("Municipality"), value=results.municipality),
        topic=Entry("topic", _("Topic"), value=results.topic),
    )
