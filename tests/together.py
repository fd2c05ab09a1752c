"""Which tests go to the same process when several share the work."""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# What goes to one process as a whole: what it sets up is dear, and races go one after the other.
# By the beginnings of addresses, as the markers of xdist do nothing under pytest 9.
TOGETHER = {
    "tests/concurrency/": "races",
    "tests/test_launcher.py": "launcher",
    "tests/test_lock.py::test_a": "environments",
    "tests/test_lock.py::test_both": "environments",
    "tests/test_lock.py::test_what_resolving": "environments",
    "tests/journeys/test_accessibility.py": "stage",
    "tests/journeys/test_afterwards.py": "stage",
    "tests/journeys/test_attendee_list.py": "stage",
    "tests/journeys/test_changing_hands.py": "stage",
    "tests/journeys/test_groups.py": "stage",
    "tests/journeys/test_keyboard.py": "stage",
    "tests/journeys/test_look.py": "stage",
    "tests/journeys/test_payloads.py": "stage",
    "tests/journeys/test_room_plan.py": "stage",
}


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Hands single tests to whoever is free, and what belongs together to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """Return what a test is handed out with: its group, or itself alone."""
    return next((name for start, name in TOGETHER.items() if nodeid.startswith(start)), nodeid)
