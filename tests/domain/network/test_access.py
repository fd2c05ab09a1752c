import pytest

from congress.domain.network.access import NetworkRight, NetworkRole, may_in_network

SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
LOG, REPORT = NetworkRight.SEE_CONTACT_LOG, NetworkRight.SEE_REPORT


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (NetworkRole.COORDINATION, {SEE, EDIT, LOG, REPORT}),
        (NetworkRole.READER, {SEE, REPORT}),
        (NetworkRole.FUNDER, {REPORT}),
        (None, set()),
    ],
)
def test_what_a_role_brings(role, rights):
    assert {each for each in NetworkRight if may_in_network(role, each)} == rights


def test_an_administrator_may_everything():
    assert all(may_in_network(None, each, is_administrator=True) for each in NetworkRight)
