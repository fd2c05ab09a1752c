"""Official lists of municipalities as Destatis shapes them (GV100AD), with made-up names."""

from datetime import date

AS_OF = date(2025, 12, 31)
DISTRICTS_OF_A_LAND, LANDS = 30, 16


def line_of(
    kind: str,
    key: str,
    name: str,
    *,
    as_of: date = AS_OF,
    association: str = "",
    mark: str = "",
    inhabitants: int | None = None,
) -> str:
    """Return a line as the official list has it, padded to its 220 characters."""
    people = f"{inhabitants:011}" if inhabitants is not None else ""
    start = f"{kind}{as_of:%Y%m%d}{key:<{8}}{association:<4}{name:<50}"
    return f"{start:<122}{mark:<2}{'':<4}{'':<11}{people:<11}".ljust(220)


def a_list(count: int, *, renamed: int = 0) -> list[str]:
    """Return the lines of so many municipalities in all Länder; some with another name."""
    lines = [line_of("10", f"{land:02}", f"Land {land}") for land in range(1, LANDS + 1)]
    for number in range(count):
        land, rest = number % LANDS + 1, number // LANDS
        district, place = rest % DISTRICTS_OF_A_LAND + 1, rest // DISTRICTS_OF_A_LAND + 1
        if place == 1:
            name = f"Musterkreis {land}-{district}"
            lines.append(line_of("40", f"{land:02}0{district:02}", name, mark="44"))
        name = f"{'Neu' if number < renamed else 'Ober'}musterdorf {number}, Stadt"
        lines.append(
            line_of(
                "60",
                f"{land:02}0{district:02}{place:03}",
                name,
                association="0000",
                mark="63",
                inhabitants=500 + 7 * number,
            )
        )
    return lines
