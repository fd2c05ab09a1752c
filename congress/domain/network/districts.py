"""The 53 districts of North Rhine-Westphalia as a map of equal tiles, and the other Länder."""

from collections.abc import Mapping
from dataclasses import dataclass

LAND = "05"
# By row: the column, the key, the sign of its cars, the name.
_ROWS: tuple[tuple[tuple[int, str, str, str], ...], ...] = (
    ((5, "05566", "ST", "Kreis Steinfurt"), (8, "05770", "MI", "Kreis Minden-Lübbecke")),
    (
        (3, "05554", "BOR", "Kreis Borken"),
        (4, "05558", "COE", "Kreis Coesfeld"),
        (5, "05515", "MS", "Münster"),
        (6, "05570", "WAF", "Kreis Warendorf"),
        (7, "05711", "BI", "Bielefeld"),
        (8, "05758", "HF", "Kreis Herford"),
    ),
    (
        (1, "05154", "KLE", "Kreis Kleve"),
        (2, "05170", "WES", "Kreis Wesel"),
        (3, "05512", "BOT", "Bottrop"),
        (4, "05562", "RE", "Kreis Recklinghausen"),
        (5, "05978", "UN", "Kreis Unna"),
        (6, "05915", "HAM", "Hamm"),
        (7, "05754", "GT", "Kreis Gütersloh"),
        (8, "05766", "LIP", "Kreis Lippe"),
    ),
    (
        (0, "05166", "VIE", "Kreis Viersen"),
        (1, "05114", "KR", "Krefeld"),
        (2, "05112", "DU", "Duisburg"),
        (3, "05119", "OB", "Oberhausen"),
        (4, "05513", "GE", "Gelsenkirchen"),
        (5, "05916", "HER", "Herne"),
        (6, "05913", "DO", "Dortmund"),
        (7, "05974", "SO", "Kreis Soest"),
        (8, "05774", "PB", "Kreis Paderborn"),
        (9, "05762", "HX", "Kreis Höxter"),
    ),
    (
        (0, "05116", "MG", "Mönchengladbach"),
        (1, "05162", "NE", "Rhein-Kreis Neuss"),
        (2, "05111", "D", "Düsseldorf"),
        (3, "05117", "MH", "Mülheim an der Ruhr"),
        (4, "05113", "E", "Essen"),
        (5, "05911", "BO", "Bochum"),
        (6, "05914", "HA", "Hagen"),
        (7, "05958", "HSK", "Hochsauerlandkreis"),
    ),
    (
        (0, "05370", "HS", "Kreis Heinsberg"),
        (1, "05362", "BM", "Rhein-Erft-Kreis"),
        (2, "05316", "LEV", "Leverkusen"),
        (3, "05158", "ME", "Kreis Mettmann"),
        (4, "05124", "W", "Wuppertal"),
        (5, "05954", "EN", "Ennepe-Ruhr-Kreis"),
        (6, "05962", "MK", "Märkischer Kreis"),
        (7, "05966", "OE", "Kreis Olpe"),
    ),
    (
        (0, "05334", "AC", "Städteregion Aachen"),
        (1, "05358", "DN", "Kreis Düren"),
        (2, "05315", "K", "Köln"),
        (3, "05122", "SG", "Solingen"),
        (4, "05120", "RS", "Remscheid"),
        (5, "05374", "GM", "Oberbergischer Kreis"),
        (6, "05970", "SI", "Kreis Siegen-Wittgenstein"),
    ),
    (
        (1, "05366", "EU", "Kreis Euskirchen"),
        (2, "05314", "BN", "Bonn"),
        (3, "05378", "GL", "Rheinisch-Bergischer Kreis"),
        (4, "05382", "SU", "Rhein-Sieg-Kreis"),
    ),
)


@dataclass(frozen=True)
class District:
    """A Kreis or a town that is its own, and where its tile lies."""

    key: str
    name: str
    sign: str
    column: int
    row: int


DISTRICTS: tuple[District, ...] = tuple(
    sorted(
        (
            District(key, name, sign, column, row)
            for row, tiles in enumerate(_ROWS)
            for column, key, sign, name in tiles
        ),
        key=lambda each: each.key,
    )
)
KEYS = frozenset(each.key for each in DISTRICTS)
COLUMNS = 1 + max(each.column for each in DISTRICTS)
ROWS = len(_ROWS)

# The government regions (Regierungsbezirke) of the Land, by the first three figures of a key.
REGIONS: Mapping[str, str] = {
    "051": "Düsseldorf",
    "053": "Köln",
    "055": "Münster",
    "057": "Detmold",
    "059": "Arnsberg",
}
LANDS: Mapping[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
