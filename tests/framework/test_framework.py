from pathlib import Path

import pytest

from precedent.framework import actions, queries
from precedent.framework import files as shipped
from precedent.framework.files import first_edition, first_vocabularies
from precedent.framework.refusals import FrameworkFileInvalid, NoSuchEdition, NoSuchTerm, NoSuchVocabulary
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.refusals import NotAllowed
from precedent.people.actors import STARTER
from tests import given

pytestmark = pytest.mark.django_db
SIX = {language.code for language in LANGUAGES}


def test_the_first_edition_is_whole_in_six_languages() -> None:
    edition = queries.current_edition()
    assert edition == first_edition() == queries.edition(1)
    assert (len(edition.issue_areas), len(edition.questions), len(edition.headings)) == (3, 73, 18)
    texts = [edition.title, edition.aim, edition.expected_outcome, *edition.perspectives.values()]
    texts += [question.text for question in edition.questions.values()]
    texts += [heading.text for heading in edition.headings.values()]
    texts += [text for area in edition.issue_areas for text in (area.title, area.short_title, area.scope)]
    texts += [text for roundtable in edition.related_roundtables for text in (roundtable.title, roundtable.covers)]
    assert all(set(text) == SIX and all(text.values()) for text in texts)


def test_every_term_is_named_in_six_languages() -> None:
    vocabularies = queries.vocabularies()
    assert list(vocabularies.values()) == first_vocabularies()
    for vocabulary in vocabularies.values():
        assert set(vocabulary.title) == SIX
        for term in vocabulary.terms:
            assert set(term.label) == SIX and (term.note is None or set(term.note) == SIX)
            assert term.broader is None or term.broader in vocabulary.by_code


def test_broader_terms_are_followed_to_the_top_and_never_round_in_a_circle() -> None:
    group = queries.vocabulary("group")
    assert list(group.with_broader("domestic-workers")) == ["domestic-workers", "migrant-workers"]
    assert list(group.with_broader("no-such-code")) == ["no-such-code"]
    circle = group.model_copy(
        update={"terms": tuple(t.model_copy(update={"broader": t.code}) for t in group.terms[:2])}
    )
    assert len(list(circle.with_broader(group.terms[0].code))) == 1


def test_what_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NoSuchEdition, match="9"):
        queries.edition(9)
    with pytest.raises(NoSuchVocabulary, match="nothing"):
        queries.vocabulary("nothing")
    with pytest.raises(NoSuchTerm, match="nothing"):
        queries.term("topic", "nothing")


def test_loading_again_changes_nothing_and_a_reader_may_not() -> None:
    assert actions.load_edition(first_edition(), by=STARTER) is False
    assert actions.load_vocabularies(first_vocabularies(), by=STARTER) == 0
    with pytest.raises(NotAllowed):
        actions.load_edition(first_edition(), by=given.READER)


@pytest.mark.parametrize("text", ["[", "code: 1", "a: &a [*a]", "\x00", "title: {}"])
def test_a_broken_file_is_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "edition-1.yaml").write_text(text)
    monkeypatch.setattr(shipped, "SHIPPED", tmp_path)
    with pytest.raises(FrameworkFileInvalid, match=r"edition-1\.yaml"):
        first_edition()
