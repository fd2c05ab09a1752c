import pytest

from congress.domain.network import official_names


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("Rheine, Stadt", "Stadt Rheine"),
        ("Lübeck, Hansestadt", "Hansestadt Lübeck"),
        ("Tübingen, Universitätsstadt", "Universitätsstadt Tübingen"),
        ("Altenberge", "Altenberge"),
        ("Bonn, Wissenschaftsstadt im Grünen", "Bonn, Wissenschaftsstadt im Grünen"),
    ],
)
def test_the_title_of_a_town_stands_before_its_name(official, name):
    assert official_names.municipality_name(official) == name


@pytest.mark.parametrize(
    ("official", "mark", "name"),
    [
        ("Steinfurt", "43", "Kreis Steinfurt"),
        ("Gifhorn", "44", "Landkreis Gifhorn"),
        ("Rhein-Sieg-Kreis", "43", "Rhein-Sieg-Kreis"),
        ("Städteregion Aachen", "43", "Städteregion Aachen"),
        ("Regionalverband Saarbrücken", "45", "Regionalverband Saarbrücken"),
        ("Anderswo", "", "Anderswo"),
    ],
)
def test_a_district_is_called_what_it_is(official, mark, name):
    assert official_names.district_name(official, mark) == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kreis Nordfriesland", "Nordfriesland"),
        ("Landkreis Gifhorn", "Gifhorn"),
        ("Stadt Bonn", "Bonn"),
        ("Rhein-Sieg-Kreis", "Rhein-Sieg-Kreis"),
        ("Kreis", "Kreis"),
    ],
)
def test_what_stands_in_brackets(name, short):
    assert official_names.short_district(name) == short


@pytest.mark.parametrize(
    ("known", "other", "is_same"),
    [
        ("Stadt Rheine", "Rheine, Stadt", True),
        ("Stadt Rheine", "Rheine", True),
        ("Neukirchen (Nordfriesland)", "Neukirchen", True),
        ("Stadt Rheine", "Stadt Rheine an der Ems", False),
        ("Kreis Unna", "Stadt Unna", False),
        ("???", "!!!", False),
    ],
)
def test_which_names_differ_by_a_title_alone(known, other, is_same):
    assert official_names.is_same_name(known, other) is is_same
