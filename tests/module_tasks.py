"""Tasks of modules, for tests."""

from datetime import date

from congress.models import Congress, HandIn, ModuleTask, Registration
from tests.builders import OPEN, add

DAY, DUE = date(2015, 10, 21), date(2015, 10, 19)


def a_task(congress: Congress, **values: object) -> ModuleTask:
    """One for each participant, due two days before the module of the usual congress."""
    said = {"title": {"de": "Profil der Kommune"}, "text": {}, "whose": "person"}
    when = {"day": DAY, "due_on": DUE, "created_at": OPEN}
    return add(ModuleTask(congress_id=congress.id, **said | when | values))


def a_hand_in(task: ModuleTask, person: Registration, **values: object) -> HandIn:
    """That somebody has done a task."""
    said = {"text": "Fertig.", "url": "", "done_at": OPEN}
    return add(HandIn(task_id=task.id, registration_id=person.id, **said | values))
