"""Who counts as the same person, and what is a usable name or address.

The same person is the same address and the same name: small town halls share one mailbox,
so the address alone says nothing.
"""

import unicodedata

from congress.domain.folding import fold_for_order, with_letters


def fold_email(address: str) -> str:
    """Return the form under which addresses are compared: trimmed, without case or Punycode."""
    return with_letters(unicodedata.normalize("NFKC", address).strip()).casefold()


def fold_name(*names: str) -> str:
    """Return the form under which names are compared: as for order, and without spaces."""
    return fold_for_order(*names).replace(" ", "")
