"""The formats of a network meeting are read from tables by their names, in both languages."""

import pytest

from congress.domain.pasting.kinds import Kind, read_kind
from congress.domain.programme import ItemKind
from congress.formats.kind_words import kind_name

FORMATS = (ItemKind.PEER_EXCHANGE, ItemKind.EXPERT_INPUT, ItemKind.STATE_NEWS)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", FORMATS)
def test_what_a_format_is_called_is_read_as_that(kind, language):
    assert read_kind(kind_name(kind, language)) == Kind(kind)


def test_an_impulse_that_is_no_expert_input_stays_a_talk():
    assert read_kind("Impuls") == Kind(ItemKind.TALK)
