"""Finished answers that took long, as the processes of one launcher share them."""

import json
from collections.abc import Hashable

from congress.shared_folder import SharedFolder
from congress.web.page_cache import Page


class SharedPages:
    """Answers by key; what is not whole is rendered instead."""

    def __init__(self, folder: SharedFolder) -> None:
        self._folder = folder

    def find(self, key: tuple[Hashable, ...]) -> Page | None:
        """Return what another process has finished."""
        head, _, rest = (self._folder.find(key) or b"").partition(b"\n")
        try:
            facts = json.loads(head)
        except ValueError:
            return None
        body, zipped = rest[: facts["length"]], rest[facts["length"] :]
        return Page(body, zipped or None, facts["content_type"], facts["etag"])

    def keep(self, key: tuple[Hashable, ...], page: Page) -> None:
        """Let the other processes have an answer."""
        facts = {"content_type": page.content_type, "etag": page.etag, "length": len(page.body)}
        head = json.dumps(facts).encode() + b"\n"
        self._folder.keep(key, head + page.body + (page.zipped or b""))
