"""The framework and the vocabularies as they ship: files of the same form as those that editors export."""

from importlib.resources import files

from precedent.framework import edition_file, vocabulary_file
from precedent.framework.records import Edition, Vocabulary

SHIPPED = files("precedent.framework") / "data"


def first_edition() -> Edition:
    """The framework's first edition with all its translations. Raises FrameworkFileInvalid."""
    file = SHIPPED / "edition-1.yaml"
    return edition_file.read(file.name, file.read_bytes())


def first_vocabularies() -> list[Vocabulary]:
    """The vocabularies' first edition with all its translations. Raises FrameworkFileInvalid."""
    file = SHIPPED / "vocabularies.yaml"
    return list(vocabulary_file.read(file.name, file.read_bytes()).vocabularies)
