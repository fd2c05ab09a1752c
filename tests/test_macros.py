"""The macros wire labels, hints and errors together (A11Y-03, SEC-07, SEC-20)."""

import re
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

TEMPLATES = Path(__file__).parent.parent / "templates"
PLACES = [SelectChoice("1", "One"), SelectChoice("2", "Two & more")]


class PersonForm(Form):  # type: ignore[misc]  # WTForms ships no types
    first = StringField("First name", [InputRequired("Please enter your first name.")])
    role = StringField("Role", description="As on your badge.")
    note = TextAreaField("Note")
    workshop = RadioField("Workshop", choices=PLACES, validators=[InputRequired("Choose one.")])
    safe = SelectField("Safe place", choices=PLACES)
    needs = SelectMultipleField("Needs", choices=PLACES)
    privacy = BooleanField("I have read it.", [InputRequired("Please confirm.")])


def _ngettext(one: str, many: str, number: int, /, **facts: object) -> str:
    return (one if number == 1 else many) % {"num": number, **facts}


def _gettext(text: str, **facts: object) -> str:
    return text % facts if facts else text


@pytest.fixture
def macros() -> dict[str, Any]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals.update(
        _=_gettext,
        ngettext=_ngettext,
        csrf_token=lambda: "token",
        labelled="{}: {}".format,
        kept=lambda *_key, caller: caller(),
    )
    environment.filters["soft"] = str
    environment.filters["in_words"] = str
    found: dict[str, Any] = {}
    for name in ("forms", "programme", "icons"):
        found |= vars(environment.get_template(f"macros/{name}.html").module)
    return found


def refused(**values: str) -> PersonForm:
    form = PersonForm(MultiDict(values))
    assert not form.validate()
    return form


def test_a_field_in_error_names_its_message_and_keeps_the_input(macros: dict[str, Any]) -> None:
    page = macros["text_field"](refused().first, hint="As you like.", autocomplete="given-name")
    assert 'aria-describedby="first-hint first-err" aria-invalid="true" required' in page
    assert 'id="first-err"' in page
    assert 'autocomplete="given-name"' in page
    assert "(optional)" not in page


def test_what_was_typed_is_shown_and_never_run(macros: dict[str, Any]) -> None:
    payload = '"><script>alert(1)</script>'
    form = refused(role=payload, note=f"</textarea>{payload}", safe="2")
    for page in (
        macros["text_field"](form.role, suggestions=[payload]),
        macros["textarea"](form.note, maxlength=200),
        macros["error_summary"]({"role": [payload]}, form=form),
        macros["workshop_card"]("1", payload, payload, payload, payload, 3, 5),
    ):
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert page.count("</textarea>") <= 1


def test_a_field_that_may_stay_empty_says_so_and_takes_its_hint_from_the_form(
    macros: dict[str, Any],
) -> None:
    page = macros["text_field"](PersonForm().role)
    assert "(optional)" in page
    assert 'aria-describedby="role-hint"' in page
    assert "required" not in page


def test_a_mapping_serves_where_no_form_class_exists(macros: dict[str, Any]) -> None:
    page = macros["text_field"]({"name": "q", "label": "Search", "value": "Lünen"}, type="search")
    assert 'id="q" name="q" type="search" value="Lünen"' in page


def test_the_chosen_option_and_the_ticked_box_stay(macros: dict[str, Any]) -> None:
    form = refused(safe="2", privacy="y", needs="2")
    assert '<option value="2" selected>Two &amp; more</option>' in macros["select"](form.safe)
    pairs = macros["select"](form.safe, choices=[(1, "One"), (2, "Two")])
    assert '<option value="2" selected>' in pairs
    boxes = macros["checkboxes"](form.needs, "Needs")
    assert 'id="needs-2" name="needs" type="checkbox" value="2" checked' in boxes
    assert boxes.count("checked") == 1
    assert " checked required" in macros["checkbox"](form.privacy)


def test_the_error_link_leads_to_the_first_card_that_can_be_chosen(macros: dict[str, Any]) -> None:
    cards = [
        {"value": 1, "label": "Full", "closed": True, "state": ("full", "Fully booked")},
        {"value": 2, "label": "Free", "more": "Room 2", "state": ("free", "3 places available")},
    ]
    form = refused(safe="1")
    page = macros["radio_cards"](form.workshop, "Your workshop", cards)
    first = re.search(r'<input[^>]* id="workshop"[^>]*>', page)
    assert first is not None
    assert 'value="2"' in first.group()
    assert "disabled" not in first.group()
    assert 'aria-describedby="workshop-s workshop-m"' in first.group()
    summary = macros["error_summary"](form.errors, form=form)
    assert '<a href="#workshop">Workshop: Choose one.</a>' in summary
    assert "3 entries need your attention" in summary


def test_the_summary_takes_pairs_and_errors_of_the_whole_form(macros: dict[str, Any]) -> None:
    page = macros["error_summary"]([("safe", "Choose a safe place."), (None, "Too late.")])
    assert '<a href="#safe">Choose a safe place.</a>' in page
    assert "<li>Too late.</li>" in page
    assert 'tabindex="-1" id="fehlerliste" autofocus' in page
    assert macros["error_summary"]({}).strip() == ""


@pytest.mark.parametrize(
    ("free", "places", "waiting_open", "kind", "words"),
    [
        (9, 25, True, "free", "9 places available"),
        (2, 25, True, "few", "Only 2 places left"),
        (1, 25, True, "few", "Only 1 place left"),
        (0, 30, True, "wait", "Waiting list (4)"),
        (0, 30, False, "full", "Fully booked"),
        (None, None, True, "free", "Places available"),
    ],
)
def test_the_state_of_a_workshop_is_a_word_beside_its_circle(
    macros: dict[str, Any],
    free: int | None,
    places: int | None,
    waiting_open: bool,
    kind: str,
    words: str,
) -> None:
    page = macros["places_state"](free, places, 4, waiting_open)
    assert page == f'<span class="state state--{kind}">{words}</span>'


def test_the_bar_is_drawn_without_inline_style_and_never_overflows(macros: dict[str, Any]) -> None:
    assert 'width="64.0"' in macros["fill_bar"](16, 25)
    assert 'width="100"' in macros["fill_bar"](27, 25)
    assert 'width="0"' in macros["fill_bar"](0, 0)


def test_no_macro_of_a_frame_takes_the_name_of_what_a_page_sets():
    """A page's `set here` would be the frame's macro `here` in all blocks, in silence."""
    reader = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    parsed = {
        path.relative_to(TEMPLATES).as_posix(): reader.parse(path.read_text())
        for path in TEMPLATES.rglob("*.html")
    }
    for name, page in parsed.items():
        given = {each.name for each in page.find_all(nodes.Name) if each.ctx == "store"}
        frames = [page]
        while frames:
            macros = {each.name for each in frames[-1].find_all(nodes.Macro)}
            assert frames[-1] is page or given & macros == set(), name
            frames += [parsed[each] for each in _frames_above(frames.pop())]


def _frames_above(page: nodes.Template) -> list[str]:
    """Return what a page extends: more than one where it depends."""
    above = (each.template for each in page.find_all(nodes.Extends))
    named = (
        [each] if isinstance(each, nodes.Const) else each.find_all(nodes.Const) for each in above
    )
    return [each.value for of_one in named for each in of_one]
