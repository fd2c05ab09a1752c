import pytest

from congress.domain.network import keys
from congress.domain.network.keys import Key, KeyFault


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("05566076", Key("05566076")),
        (" 05 5 66 076 ", Key("05566076")),
        ("5566076", Key("05566076", is_repaired=True)),  # seven: a spreadsheet ate the 0
        ("05566", Key("05566")),
        ("5566", Key("05566", is_repaired=True)),
        ("055660076076", Key("055660076076")),
        ("55660076076", Key("055660076076", is_repaired=True)),
        ("16077001", Key("16077001")),
        ("", KeyFault.NOT_FIGURES),
        ("5.57E+06", KeyFault.NOT_FIGURES),
        ("0556607x", KeyFault.NOT_FIGURES),
        ("٠٥٥٦٦٠٧٦", KeyFault.NOT_FIGURES),  # figures, but not ours
        ("556607", KeyFault.LENGTH),
        ("055660761", KeyFault.LENGTH),
        ("17001000", KeyFault.LAND),
        ("00001000", KeyFault.LAND),
        ("9999999", Key("09999999", is_repaired=True)),
        ("0999999", KeyFault.LAND),  # repaired it would be 00
    ],
)
def test_a_key_is_figures_of_a_known_length_and_a_lost_0_is_put_back(written, read):
    assert keys.read_key(written) == read


def test_the_parts_of_a_key():
    assert keys.land_of("05566076") == "05"
    assert keys.government_region_of("05566076") == "055"
    assert keys.district_of("05566076") == "05566"


@pytest.mark.parametrize(
    ("ars", "ags"), [("055660076076", "05566076"), ("010515121001", "01051001")]
)
def test_the_key_of_the_region_holds_that_of_the_municipality(ars, ags):
    assert keys.municipality_of(ars) == ags


@pytest.mark.parametrize(
    ("key", "is_own"), [("05314000", True), ("05566076", False), ("05000", False)]
)
def test_which_town_is_its_own_district(key, is_own):
    assert keys.is_own_district(key) is is_own
