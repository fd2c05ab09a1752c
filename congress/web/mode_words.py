"""The words for how one takes part."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.congresses import Congress
from congress.domain.modes import ItemMode, Mode
from congress.domain.workshops import Places

MODES: Mapping[Mode, LazyString] = {Mode.ONSITE: _("On site"), Mode.ONLINE: _("Online")}
IN_SENTENCES: Mapping[Mode, LazyString] = {Mode.ONSITE: _("on site"), Mode.ONLINE: _("online")}
ITEM_MODES: Mapping[ItemMode, LazyString] = {
    ItemMode.BOTH: _("on site and online"),
    ItemMode.ONSITE: _("on site only"),
    ItemMode.ONLINE: _("online only"),
}


def ways(congress: Congress) -> list[tuple[str, Places]]:
    """Return both ways of taking part with their places, where an event is hybrid."""
    if not congress.rules.is_hybrid:
        return []
    return [(str(MODES[mode]), congress.places_in(mode)) for mode in Mode]
