"""The form of a recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from congress.domain.planning.recommendations import (
    LONGEST_ADDRESSEE,
    LONGEST_ANSWER,
    LONGEST_RECOMMENDATION,
    Recommendation,
    RecommendationState,
    Said,
)
from congress.web.entries import TICKED, Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of

LONGEST_CODE = 64


@dataclass
class RecommendationForm:
    """Everything on the page, as typed."""

    text_de: Entry
    text_en: Entry
    addressee_de: Entry
    addressee_en: Entry
    item: Entry
    state: Entry
    answer_de: Entry
    answer_en: Entry
    is_published: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.text_de, self.text_en, self.addressee_de, self.addressee_en, self.item)
        answer = (self.state, self.answer_de, self.answer_en)
        return [error for entry in (*entries, *answer) for error in told(entry)]

    def read(
        self, sent: MultiDict[str, str], items: Mapping[str, int], before: Said | None
    ) -> Said | None:
        """Return what was sent, or None when something is to correct; items: ids by code."""
        for entry in (self.text_de, self.text_en):
            read_text(entry, sent.get(entry.name, ""), most=LONGEST_RECOMMENDATION)
        for entry in (self.answer_de, self.answer_en):
            read_text(entry, sent.get(entry.name, ""), most=LONGEST_ANSWER)
        missing = _("Please enter to whom it goes.")
        said = sent.get("addressee_de", "")
        read_line(self.addressee_de, said, most=LONGEST_ADDRESSEE, missing=missing)
        read_line(self.addressee_en, sent.get("addressee_en", ""), most=LONGEST_ADDRESSEE)
        if not self.text_de.value and not self.text_de.errors:
            self.text_de.errors.append(_("Please write what is recommended."))
        self.item.value = sent.get("item", "")[:LONGEST_CODE]
        if self.item.value and self.item.value not in items:
            self.item.errors.append(_("Please choose one of these."))
        self.state.value = sent.get("state", "")[:LONGEST_CODE]
        if self.state.value not in set(RecommendationState):
            self.state.errors.append(_("Please choose one of these."))
        self.is_published.value = TICKED if sent.get("is_published") else ""
        if self.errors:
            return None
        text, addressee, answer = (
            (before.text, before.addressee, before.answer) if before else ({}, {}, {})
        )
        return Said(
            texts_of(text, self.text_de, self.text_en),
            texts_of(addressee, self.addressee_de, self.addressee_en),
            RecommendationState(self.state.value),
            texts_of(answer, self.answer_de, self.answer_en),
            items.get(self.item.value),
            bool(self.is_published.value),
        )


def recommendation_form(
    found: Recommendation | None, codes: Mapping[int, str]
) -> RecommendationForm:
    """Return the form, with what a recommendation says; codes: of the items by their ids."""
    said = found.said if found else Said({}, {})
    return RecommendationForm(
        text_de=_entry("text_de", _("Recommendation (German)"), said.text.get("de"), must=True),
        text_en=_entry("text_en", _("Recommendation (English)"), said.text.get("en")),
        addressee_de=_entry(
            "addressee_de", _("To whom (German)"), said.addressee.get("de"), must=True
        ),
        addressee_en=_entry("addressee_en", _("To whom (English)"), said.addressee.get("en")),
        item=_entry("item", _("From which item"), codes.get(said.item_id or 0)),
        state=_entry("state", _("What became of it"), said.state, must=True),
        answer_de=_entry("answer_de", _("Answer (German)"), said.answer.get("de")),
        answer_en=_entry("answer_en", _("Answer (English)"), said.answer.get("en")),
        is_published=_entry(
            "is_published",
            _("Show it on the public page of results"),
            TICKED if said.is_published else "",
        ),
    )


def _entry(name: str, label: str, value: str | None, *, must: bool = False) -> Entry:
    return Entry(name, label, value=value or "", required=must)
