"""A list of organisations as CSV, for the register that is suggested as one types."""

import csv
import io

from congress.domain.congress_file.plan import OrganisationPlan


def read_register(text: str) -> list[OrganisationPlan]:
    """Return the organisations of a list with the columns ags, kind, name and short_name."""
    rows = csv.DictReader(io.StringIO(text), delimiter=";", strict=True)
    return [
        OrganisationPlan(
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            ags=row["ags"] or None,
        )
        for row in rows
    ]
