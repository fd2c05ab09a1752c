"""What came of a congress: of itself, and of the items of its programme."""

from dataclasses import dataclass, field

from congress.domain.planning.materials import Material
from congress.domain.planning.workshop_reports import Results
from congress.domain.programme import ProgrammeItem


@dataclass(frozen=True)
class Outcome:
    """What came of the congress itself, or of one item of its programme."""

    item: ProgrammeItem | None
    results: Results = field(default_factory=Results)
    materials: tuple[Material, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.results.is_empty and not self.materials

    @property
    def papers(self) -> tuple[Material, ...]:
        """Return the documents and links."""
        return tuple(each for each in self.materials if not each.is_photo)

    @property
    def photos(self) -> tuple[Material, ...]:
        return tuple(each for each in self.materials if each.is_photo)
