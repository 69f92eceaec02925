"""What keeps the house, beside the layers in pyproject.toml."""

import ast
import importlib
import pkgutil
from pathlib import Path

import grimp
import pytest
from django.core.management import call_command
from django.db import connection
from jinja2 import meta

import precedent
from precedent.audit.verbs import Verb
from precedent.kernel.acting import ACTIONS
from precedent.kernel.refusals import Refusal
from precedent.people.permissions import MAY, Permission, Role
from precedent.project.environment import Environment
from precedent.web.jinja import environment

PACKAGE = Path(precedent.__file__).parent
ROOT = PACKAGE.parent.parent

STARTS = ("precedent.__main__", "precedent.project.wsgi")
"""Modules that start something when they are imported."""

for module in pkgutil.walk_packages(precedent.__path__, "precedent."):
    if module.name not in STARTS:
        importlib.import_module(module.name)


def test_a_write_outside_actions_is_caught(db: None) -> None:
    with connection.cursor() as cursor, pytest.raises(AssertionError, match="outside an action"):
        cursor.execute("UPDATE catalogue_entryrow SET slug = 'x'")


def test_a_model_is_seen_only_by_its_own_queries_and_actions() -> None:
    graph = grimp.build_graph("precedent", cache_dir=None)
    homes = [module.removesuffix("models") for module in graph.modules if module.endswith(".models")]
    seen = [(home, by) for home in homes for by in graph.find_modules_that_directly_import(f"{home}models")]
    assert seen and not [by for home, by in seen if by not in (f"{home}queries", f"{home}actions")]


NO_ACTIONS = {
    "precedent.audit.actions.record",
    "precedent.audit.actions.hold",
    "precedent.notices.actions.tell",
    "precedent.notices.actions.forget",
    "precedent.notices.actions.redirect",
}
"""Functions that are part of another action: they write its event or its notices, in its transaction."""


def test_every_public_function_of_an_actions_module_is_an_action() -> None:
    found = set()
    for file in PACKAGE.rglob("actions.py"):
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        tree = ast.parse(file.read_text())
        found |= {f"{name}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    public = {name for name in found if not name.rpartition(".")[2].startswith("_")}
    assert public - NO_ACTIONS == set(ACTIONS)


def test_every_action_needs_a_permission_that_some_role_grants() -> None:
    needed = {entry.needs for entry in ACTIONS.values()}
    assert needed <= set(Permission)
    assert set().union(*MAY.values()) == set(Permission)
    assert MAY[Role.READER] == {Permission.ASK_FOR_ACCOUNT}


def kinds(of: type[Refusal]) -> list[type[Refusal]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


def test_every_refusal_is_explained() -> None:
    refusals = [kind for kind in kinds(Refusal) if "code" in vars(kind)]
    assert len({refusal.code for refusal in refusals}) == len(refusals) > 10
    assert all(str(refusal.message) and str(refusal.hint) for refusal in refusals)
    assert all(refusal.status in (401, 403, 404, 409, 410, 422, 503) for refusal in refusals)


def test_every_verb_of_the_trail_has_a_code_of_its_own() -> None:
    assert len({verb.code for verb in Verb}) == len(Verb)


def test_migrations_are_in_step(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


TEMPLATES = [str(file.relative_to(PACKAGE / "web")) for file in sorted((PACKAGE / "web").rglob("*.html"))]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_compiles_and_a_component_takes_all_it_needs(template: str) -> None:
    made = environment(autoescape=True)
    source = (PACKAGE / "web" / template).read_text()
    names = meta.find_undeclared_variables(made.parse(source)) - set(made.globals)
    if template.startswith("components/"):
        assert names == set()
    assert "|safe" not in source and "autoescape" not in source


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "settings.md").read_text()
    for name, field in Environment.model_fields.items():
        row = f"| `PRECEDENT_{name.upper()}` |"
        assert row in told
        assert field.description and field.description in told


def test_the_product_reads_nothing_outside_itself() -> None:
    for file in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        assert "shared" + "/" not in file.read_text(), file


def test_functions_stay_small() -> None:
    for file in PACKAGE.rglob("*.py"):
        if "migrations" in file.parts:
            continue
        text = file.read_text()
        assert text.count("\n") <= 400, file
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 45, f"{file}: {node.name}"
