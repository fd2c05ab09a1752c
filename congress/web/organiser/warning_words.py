"""What organisers are warned of, in the language of the page."""

from collections.abc import Mapping, Sequence

from congress.domain.planning import concerns
from congress.domain.planning.concerns import Concern
from congress.formats import concern_words
from congress.web import languages


def by_item(found: Sequence[Concern]) -> Mapping[str, Sequence[str]]:
    """Return what stands at each item, by its code."""
    return {
        code: [concern_words.at_item(concern, spot, languages.current()) for concern, spot in here]
        for code, here in concerns.by_item(found).items()
    }


def in_sum(found: Sequence[Concern]) -> list[str]:
    """Return one sentence for each room, person and kind, for `organiser/_warnings.html`."""
    return [concern_words.summed_up(concern, languages.current()) for concern in found]
