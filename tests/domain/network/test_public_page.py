from collections import Counter

from congress.domain.network.public_page import InDistrict, by_district, numbers


def test_members_stand_by_district_then_by_land_then_where_neither_is_known():
    names = [(1, "Stadt Essen"), (2, "Stadt Rheine"), (3, "Stadt Greven"), (4, "Stadt Lingen")]
    names += [(5, "Alt"), (6, "Ohne")]
    districts = {1: "05113", 2: "05566", 3: "05566", 4: "03454", 5: "05354"}
    found = by_district(names, districts)

    assert found == [
        InDistrict("05113", "Essen", ("Stadt Essen",)),
        InDistrict("05566", "Kreis Steinfurt", ("Stadt Rheine", "Stadt Greven")),
        InDistrict("03", "Niedersachsen", ("Stadt Lingen",)),
        InDistrict("", "", ("Alt", "Ohne")),
    ]
    assert numbers(found) == Counter({"05566": 2, "": 2, "05113": 1, "03": 1})
