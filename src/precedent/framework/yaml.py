"""YAML as people hand it over: read strictly, each fault with its line; written in one spelling.

Only UTF-8. No anchors, aliases or tags: a text says what it says, and no file grows while it is read.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from precedent.framework.refusals import FrameworkFileInvalid

LARGEST = 2_000_000
"""Bytes of a file. An edition in six languages has 120,000."""
DEEPEST = 12
WIDTH = 110

Shape = TypeVar("Shape", bound=BaseModel)

SHAPES = {
    "extra_forbidden": gettext_lazy("this key is not known here"),
    "missing": gettext_lazy("this key is missing"),
    "string_type": gettext_lazy("this has to be a text"),
    "bool_type": gettext_lazy("this has to be true or false"),
    "bool_parsing": gettext_lazy("this has to be true or false"),
    "int_type": gettext_lazy("this has to be a whole number"),
    "int_parsing": gettext_lazy("this has to be a whole number"),
    "tuple_type": gettext_lazy("this has to be a list"),
    "list_type": gettext_lazy("this has to be a list"),
    "dict_type": gettext_lazy("this has to be a mapping of keys to values"),
    "model_type": gettext_lazy("this has to be a mapping of keys to values"),
    "model_attributes_type": gettext_lazy("this has to be a mapping of keys to values"),
}
"""What is wrong with a value, by the kind of error."""
OTHERWISE = gettext_lazy("this is not what is expected here")


def write(told: dict[str, Any], heading: str) -> str:
    """The text of a file: a heading of comments, then the values in the order they are told."""
    body = yaml.dump(told, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return "".join(f"# {line}".rstrip() + "\n" for line in heading.splitlines()) + "\n" + body


class _Writer(yaml.CSafeDumper):
    """Writes what is said twice twice: no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Page:
    """A file that was read: `told`, and on which line each of its places stands."""

    def __init__(self, name: str, content: bytes) -> None:
        """Raises FrameworkFileInvalid."""
        self.name = name
        self._root = _composed(name, _decoded(name, content))
        self.told = _value(name, self._root, 0)

    def line(self, place: Sequence[str | int]) -> int:
        """The line of a place, or of the nearest one around it that the file has."""
        at = self._root
        for step in place:
            below = _below(at, step)
            if below is None:
                break
            at = below
        return int(at.start_mark.line) + 1

    def wrong(self, place: Sequence[str | int], reason: str) -> FrameworkFileInvalid:
        """The refusal that names a place of this file."""
        return self.wrong_at(self.line(place), ".".join(str(step) for step in place), reason)

    def wrong_at(self, line: int, place: str, reason: str) -> FrameworkFileInvalid:
        """The refusal that names a line, and a place by whatever name it has."""
        if not place:
            return _on(self.name, line, reason)
        told = _("line {line}, {place}: {reason}").format(line=line, place=place, reason=reason)
        return invalid(self.name, told)

    def shaped(self, shape: type[Shape]) -> Shape:
        """What was told, with known keys and right types. Raises FrameworkFileInvalid."""
        try:
            return shape.model_validate(self.told)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.wrong(first["loc"], str(SHAPES.get(first["type"], OTHERWISE))) from error


def invalid(name: str, reason: str) -> FrameworkFileInvalid:
    return FrameworkFileInvalid(file=name, reason=reason)


def _decoded(name: str, content: bytes) -> str:
    if len(content) > LARGEST:
        raise invalid(name, _("it has more than {most} bytes").format(most=LARGEST))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _on(name, line, _("it is not written in UTF-8; save it in that encoding")) from error


def _composed(name: str, text: str) -> Node:
    try:
        # Events come one by one, so a bomb is seen before anything of it is built.
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _at(name, event, _("anchors (&) and aliases (*) are not read; write the text out"))
            if getattr(event, "tag", None):
                raise _at(name, event, _("tags (!) are not read"))
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(name, text, error) from error
    if not isinstance(root, MappingNode):
        raise _on(name, 1, _("it does not begin with a key, such as “code:”"))
    return root


def _at(name: str, what: Any, reason: str) -> FrameworkFileInvalid:
    return _on(name, what.start_mark.line + 1, reason)


def _on(name: str, line: int, reason: str) -> FrameworkFileInvalid:
    return invalid(name, _("line {line}: {reason}").format(line=line, reason=reason))


def _broken(name: str, text: str, error: Exception) -> FrameworkFileInvalid:
    """What the library says of a file that is no YAML; it says it in English alone."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    reason = _("it is no YAML: {problem}").format(problem=problem)
    mark = getattr(error, "problem_mark", None)
    if isinstance(error, yaml.reader.ReaderError):
        # It counts bytes, and knows no lines.
        return _on(name, text.encode()[: error.position].count(b"\n") + 1, reason)
    if problem == "found unexpected end of stream":
        # Where it begins says more than where the file ends.
        mark = getattr(error, "context_mark", None) or mark
    return _on(name, mark.line + 1, reason) if mark else invalid(name, reason)


def _value(name: str, node: Node, depth: int) -> Any:
    """Plain dicts, lists and scalars; a key that is told twice is a fault."""
    if depth > DEEPEST:
        raise _at(name, node, _("it is nested too deeply"))
    if isinstance(node, MappingNode):
        return _mapping(name, node, depth)
    if isinstance(node, SequenceNode):
        return [_value(name, child, depth + 1) for child in node.value]
    try:
        return _scalar(node)
    except (ValueError, yaml.YAMLError) as error:
        raise _at(name, node, str(OTHERWISE)) from error


def _mapping(name: str, node: MappingNode, depth: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _at(name, key, _("a key has to be a word"))
        if key.value in told:
            raise _at(name, key, _("the key “{key}” is there twice").format(key=key.value))
        told[key.value] = _value(name, value, depth + 1)
    return told


def _scalar(node: Node) -> Any:
    """Numbers, yes and no, nothing; a day stays a text."""
    if node.tag.endswith(":timestamp"):
        return node.value
    return yaml.CSafeLoader("").construct_object(node)


def _below(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: Node = node.value[step]
        return child
    return None
