"""Names of municipalities: as the official list writes them, and as people say them."""

from congress.domain.folding import fold_for_order
from congress.domain.organisation_names import likeness

KREIS = "43"  # the text mark of the official list; 44 is a Landkreis
LANDKREIS = "44"
TITLES = {"stadt", "hansestadt", "landeshauptstadt", "kreisstadt", "universitatsstadt"}
TITLES |= {"bundesstadt", "gemeinde", "flecken", "markt"}
DISTRICTS = ("kreis", "region", "verband")  # what a name with one of these is already says


def municipality_name(official: str) -> str:
    """Return "Stadt Rheine" for "Rheine, Stadt"; a title of several words stays behind."""
    name, comma, title = official.rpartition(", ")
    if comma and fold_for_order(title) in TITLES:
        return f"{title} {name}"
    return official


def district_name(official: str, mark: str) -> str:
    """Return "Kreis Steinfurt" for "Steinfurt", by the text mark of the official list."""
    folded = fold_for_order(official)
    if any(each in folded for each in DISTRICTS):
        return official
    title = {KREIS: "Kreis", LANDKREIS: "Landkreis"}.get(mark, "")
    return f"{title} {official}".strip()


def short_district(name: str) -> str:
    """Return the name of a district for brackets: "Steinfurt" for "Kreis Steinfurt"."""
    first, _space, rest = name.partition(" ")
    return rest if rest and fold_for_order(first) in {"kreis", "landkreis", "stadt"} else name


def is_same_name(known: str, other: str) -> bool:
    """Return whether another name only has or lacks a title, or the district in brackets."""
    if known == other:
        return True
    bare, bracket, _rest = known.rpartition(" (")
    return likeness(bare if bracket else known) == likeness(other) != ""
