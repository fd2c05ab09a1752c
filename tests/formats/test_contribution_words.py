"""What people of a programme do: usual roles, and those that organisers write themselves."""

import pytest

from congress.domain.programme import LONGEST_ROLE, is_role
from congress.formats.contribution_words import role_name


@pytest.mark.parametrize(
    ("role", "german", "english"),
    [
        ("moderator", "Moderation", "Moderator"),
        ("Schirmherrschaft / Patronage", "Schirmherrschaft", "Patronage"),
        ("Grußwort", "Grußwort", "Grußwort"),
        ("Ton/Licht", "Ton/Licht", "Ton/Licht"),
        ("facilitator", "facilitator", "facilitator"),  # of a file from before
    ],
)
def test_a_role_is_called_what_the_language_calls_it(role, german, english):
    assert is_role(role)
    assert (role_name(role, "de"), role_name(role, "en")) == (german, english)


@pytest.mark.parametrize(
    "role",
    ["", " Leitung", "Leitung  B", "a\nb", "a\u202eb", "x" * (LONGEST_ROLE + 1)],
)
def test_what_is_no_line_is_no_role(role):
    assert not is_role(role)
