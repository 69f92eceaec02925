import json
from importlib.resources import files
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.catalogue.about import Section
from precedent.catalogue.document import SCHEMA, EntryDocument, fields
from precedent.catalogue.parts import Lesson
from precedent.catalogue.stored import read
from precedent.kernel.languages import LANGUAGES
from tests import given

STORED = Path(__file__).parent / "documents"


def test_a_document_never_changes() -> None:
    with pytest.raises(ValueError, match="frozen"):
        given.document().title = "Another title"  # type: ignore[misc]


def test_parts_get_ids_that_stay() -> None:
    document = given.document(lessons=["First of them.", "Second of them."])
    assert [lesson.id for lesson in document.lessons] == ["l1", "l2"]
    told = document.model_dump(mode="json")
    told["lessons"] = [told["lessons"][1], {"text": "Third of them."}]
    again = EntryDocument.model_validate(told)
    assert [(lesson.id, lesson.text) for lesson in again.lessons] == [
        ("l2", "Second of them."),
        ("l3", "Third of them."),
    ]


def test_two_parts_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        given.document(lessons=[{"id": "l1", "text": "One of them."}, {"id": "l1", "text": "Other one."}])


@drawn(
    st.lists(
        st.text(alphabet="abc ×é移", min_size=5, max_size=20).filter(lambda t: len(t.split()) > 1), max_size=8
    )
)
def test_a_record_read_and_written_is_the_same(lessons: list[str]) -> None:
    told = [f"lesson {lesson} end" for lesson in lessons]
    document = given.document(lessons=told)
    assert EntryDocument.model_validate(document.as_record()) == document
    assert read(json.loads(document.canonical())) == document


@pytest.mark.parametrize("stored", sorted(STORED.glob("schema-*.json")), ids=lambda path: path.stem)
def test_every_stored_version_of_the_document_can_be_read(stored: Path) -> None:
    document = read(json.loads(stored.read_text()))
    assert document.schema_number == SCHEMA
    assert document.title and document.barriers


def test_there_is_a_stored_document_of_each_schema_number() -> None:
    assert [path.stem for path in sorted(STORED.glob("*.json"))] == [f"schema-{n}" for n in range(1, SCHEMA + 1)]


def test_every_field_of_the_bulk_file_is_a_field_of_the_document() -> None:
    line = (files("precedent.catalogue") / "data" / "area-a.jsonl").read_text("utf-8").split("\n")[0]
    assert set(json.loads(line)) - {"id", "doubt"} <= set(EntryDocument.model_fields)


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_field_says_what_it_is_and_what_to_put_there_in_every_language(language: str) -> None:
    named = [field for field in fields() if field.about.shown is not Section.NOWHERE]
    assert len(named) > 20
    english = {str(field): (str(field.about.label), str(field.about.help)) for field in fields()}
    with override(language):
        for field in fields():
            told = (str(field.about.label), str(field.about.help))
            assert all(told)
            assert language == "en" or told[1] != english[str(field)][1], field


def test_what_a_field_holds_is_found_by_its_path() -> None:
    document = given.document()
    held = {str(field): field.values(document) for field in fields()}
    assert held["barriers.code"] == ["language"]
    assert held["countries.code"] == ["PH", "JO"]
    assert held["year_end"] == [] and held["region_note"] == []
    assert held["lessons"] == [Lesson(id="l1", text="Pay the interpreters, or they leave.")]
