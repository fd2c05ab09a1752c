"""Lots: who comes first where all else is equal, drawn so that everybody can check it."""

from collections.abc import Iterable
from hashlib import sha256


def lots(seed: str, ids: Iterable[int]) -> dict[int, int]:
    """Return the lot number, from 1, of everybody, by the published seed.

    The order is that of the SHA-256 of "seed:number of the registration": nobody who knows the
    seed can choose it, and everybody can work it out.
    """
    in_order = sorted(ids, key=lambda each: sha256(f"{seed}:{each}".encode()).hexdigest())
    return {each: number for number, each in enumerate(in_order, start=1)}
