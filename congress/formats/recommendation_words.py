"""What became of a recommendation, in words and as a badge, for pages and files alike."""

from congress.domain.planning.recommendations import RecommendationState
from congress.formats.catalogue import catalogue

BADGES = {
    RecommendationState.OPEN: "off",
    RecommendationState.ANSWERED: "few",
    RecommendationState.TAKEN_UP: "ok",
    RecommendationState.DECLINED: "bad",
}


def state_words(language: str) -> dict[RecommendationState, str]:
    """Return what each state is called."""
    _ = catalogue(language).gettext
    return {
        RecommendationState.OPEN: _("no answer yet"),
        RecommendationState.ANSWERED: _("answered"),
        RecommendationState.TAKEN_UP: _("taken up"),
        RecommendationState.DECLINED: _("not taken up"),
    }
