"""Everything that came of a congress as one file: texts, photos, recommendations, links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.planning.materials import Material
from congress.domain.planning.outcomes import Outcome
from congress.domain.planning.recommendations import Recommendation
from congress.domain.texts import Texts, in_language, language_of
from congress.formats.catalogue import catalogue
from congress.formats.portraits import as_jpeg
from congress.formats.printing import Data, Printed, Value, pdf
from congress.formats.recommendation_words import state_words

MOST_PHOTOS = 24  # of a dossier; the page has all of them
LONGEST_SIDE = 1000  # pixels, which 80 mm of paper show
TEMPLATE = "dossier.typ"


@dataclass(frozen=True)
class Dossier:
    """What stands in it, and what its pages call things."""

    title: Texts
    occasion: str  # "Conference on …, in …"
    hosts: Sequence[str]
    page: str  # the address of the page of results
    overall: Outcome
    by_item: Sequence[Outcome]
    recommended: Sequence[Recommendation]
    over: Mapping[int, str]  # what stands above the title of an item, by its id

    @property
    def photos(self) -> tuple[Material, ...]:
        """Return the photos that find room in it, in the order of the page."""
        found = [photo for each in (self.overall, *self.by_item) for photo in each.photos]
        return tuple(found[:MOST_PHOTOS])


def dossier(told: Dossier, contents: Mapping[str, bytes], language: str, *, now: datetime) -> bytes:
    """Return the file; `contents` has the bytes of its photos by their digests."""
    _ = catalogue(language).gettext
    title = in_language(told.title, language)
    shown = [each for each in told.photos if each.digest in contents]
    names = {each.digest: f"photo-{number}.jpg" for number, each in enumerate(shown, 1)}
    left = sum(len(each.photos) for each in (told.overall, *told.by_item)) - len(shown)
    data: Data = {
        "title": title,
        "title_lang": language_of(told.title, language),
        "occasion": told.occasion,
        "hosts": ", ".join(told.hosts),
        "page": told.page,
        "more": _("More photos are on the page of results.") if left > 0 else "",
        "overall": _outcome(told.overall, "", names, language),
        "items": [_of_item(each, told.over, names, language) for each in told.by_item],
        "recommended": [_recommendation(each, told, language) for each in told.recommended],
        "words": {
            "results": _("Results"),
            "contents": _("Contents"),
            "overall": _("Of the event as a whole"),
            "next": _("What happens next"),
            "recommendations": _("Recommendations"),
            "answer": _("Answer"),
            "to": _("To:"),
            "from": _("From:"),
            "papers": _("Documents and links"),
            "read": _("To be read on this page, with all documents and photos:"),
        },
    }
    pictures = {
        name: as_jpeg(contents[digest], LONGEST_SIDE).content for digest, name in names.items()
    }
    heading = _("Results: %(title)s") % {"title": title}
    return pdf(Printed(TEMPLATE, heading, language, now, data, pictures))


def _of_item(
    outcome: Outcome, over: Mapping[int, str], names: Mapping[str, str], language: str
) -> Data:
    item = outcome.item
    said = _outcome(outcome, over.get(item.id, "") if item else "", names, language)
    title = item.face.title if item else {}
    return {**said, **_said("title", title, language)}


def _outcome(outcome: Outcome, over: str, names: Mapping[str, str], language: str) -> Data:
    results = outcome.results
    return {
        "over": over,
        "is_empty": outcome.is_empty,
        "text": _paragraphs(results.text, language),
        "lang": language_of(results.text, language),
        "link": results.link,
        "next": _paragraphs(results.next_steps, language),
        "next_lang": language_of(results.next_steps, language),
        "papers": [_paper(each, language) for each in outcome.papers],
        "photos": [
            _photo(each, names[each.digest], language)
            for each in outcome.photos
            if each.digest in names
        ],
    }


def _paper(material: Material, language: str) -> Data:
    """Return a document or a link; only what is a page already has an address to print."""
    said = material.described
    return {**_said("title", said.title, language), "credit": said.credit, "url": said.url}


def _photo(material: Material, name: str, language: str) -> Data:
    said = material.described
    credit = catalogue(language).gettext("Photo: %(credit)s") % {"credit": said.credit}
    return {"file": name, **_said("alt", said.title, language), "credit": credit}


def _recommendation(each: Recommendation, told: Dossier, language: str) -> Data:
    said = each.said
    items: Iterable[Outcome] = told.by_item
    titles = {one.item.id: one.item.face.title for one in items if one.item}
    return {
        "text": _paragraphs(said.text, language),
        "lang": language_of(said.text, language),
        **_said("to", said.addressee, language),
        **_said("from", titles.get(said.item_id or 0, {}), language),
        "state": state_words(language)[said.state],
        "answer": _paragraphs(said.answer, language),
        "answer_lang": language_of(said.answer, language),
    }


def _said(name: str, texts: Texts, language: str) -> dict[str, Value]:
    """Return a text, and the language it is in."""
    return {name: in_language(texts, language), f"{name}_lang": language_of(texts, language)}


def _paragraphs(texts: Texts, language: str) -> list[list[str]]:
    """Return the paragraphs of a text, each with its lines."""
    blocks = in_language(texts, language).split("\n\n")
    return [each.split("\n") for each in blocks if each.strip()]
