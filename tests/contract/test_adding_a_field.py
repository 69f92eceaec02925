"""The docs show how a field is added by adding one. Here it is done, in a copy of the package."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import precedent

PACKAGE = Path(precedent.__file__).parent
GUIDE = PACKAGE.parent.parent / "docs" / "adding-a-field.md"

SEEN = """
import json, sys
import django; django.setup()
from django.core.management import call_command
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
call_command("migrate", verbosity=0)
from precedent.framework import actions as framework
from precedent.framework.files import first_edition, first_vocabularies
from precedent.places import actions as places
from precedent.places.files import shipped_places
from precedent.people.actors import STARTER
framework.load_edition(first_edition(), by=STARTER)
framework.load_vocabularies(first_vocabularies(), by=STARTER)
places.load_places(shipped_places(), by=STARTER)
from tests import given
from precedent.catalogue.about import Step
from precedent.forms import asks
from precedent.forms.word.reading import read
from precedent.forms.word.sheet import Origin
from precedent.forms.word.writing import write
given.entry(funding=["business"]); given.entry()
from precedent.search import keeper
keeper.rebuild()
from precedent.catalogue import rules
from django.test import Client
client = Client()
def text(address): return client.get(address, follow=True).content.decode()
print(json.dumps({
    "page": text("/en/entries/PPD-000001"),
    "search": text("/en/search?funding=business"),
    "entry": client.get("/api/v1/entries/PPD-000001").json(),
    "list": client.get("/api/v1/entries?funding=business").json(),
    "facets": client.get("/api/v1/facets").json()["facets"]["funding"],
    "openapi": client.get("/api/v1/openapi.json").json(),
    "words": client.get("/api/v1/entries?q=employeurs+entreprises").json()["count"],
    "form": [ask.kind for ask in asks.asked_in(Step.ABOUT) if ask.name == "funding"],
    "word": read(write({"funding": ["business"]}, "en", Origin())).draft,
    "findings": [f.field for f in rules.findings(given.document(funding=["nobody"]))],
}))
"""


def test_a_field_declared_once_is_in_page_search_api_and_rules(tmp_path: Path) -> None:
    added, anchor = _lines_of_the_guide()
    shutil.copytree(PACKAGE, tmp_path / "src" / "precedent", ignore=shutil.ignore_patterns("__pycache__"))
    document = tmp_path / "src" / "precedent" / "catalogue" / "document.py"
    before = document.read_text()
    assert before.count(anchor) == 1
    document.write_text(before.replace(anchor, added + anchor))
    told = _seen(tmp_path)
    assert "Who pays for it" in told["page"] and "?funding=business" in told["page"]
    assert 'name="funding" value="business" checked' in told["search"]
    assert told["entry"]["funding"] == ["business"]
    assert [item["id"] for item in told["list"]["items"]] == ["PPD-000001"]
    assert told["facets"] == [{"code": "business", "label": "Business or employers", "count": 1}]
    named = {p["name"] for p in told["openapi"]["paths"]["/api/v1/entries"]["get"]["parameters"]}
    assert "funding" in named and "funding" in told["openapi"]["components"]["schemas"]["WholeEntry"]["properties"]
    assert told["words"] == 1
    assert told["findings"] == ["funding"]
    assert told["form"] == ["several"] and told["word"] == {"funding": ["business"]}


def _lines_of_the_guide() -> tuple[str, str]:
    """What the guide adds, and the line before which it stands."""
    shown = re.search(r"```diff\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert shown is not None
    lines = shown[1].splitlines()
    added = "".join(f"{line[1:]}\n" for line in lines if line.startswith("+"))
    (anchor,) = (line[1:] for line in lines if not line.startswith("+"))
    return added, f"{anchor}\n"


def _seen(root: Path) -> dict[str, Any]:
    told = {
        **os.environ,
        "PRECEDENT_DATA": str(root / "data"),
        "DJANGO_SETTINGS_MODULE": "precedent.project.settings",
        "PRECEDENT_HOSTS": "testserver",
        "PYTHONPATH": os.pathsep.join((str(root / "src"), str(PACKAGE.parent.parent))),
    }
    (root / "data").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SEEN], env=told, capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
