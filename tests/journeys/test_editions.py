"""The exercise of a second edition in the browser: prepared, judged, published, read, and taken back."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from precedent.framework.files import first_edition
from precedent.people.permissions import Role
from tests.journeys.conftest import follow
from tests.journeys.people import Somebody, data_of, somebody
from tests.journeys.rules import assert_accessible, assert_narrow

DRAFT = "/framework/draft"
REWORDED = ("A01", "A02", "B01", "B02", "C01")
MERGED = {"A06": "A04", "B05": "B04"}
SPLIT, PARTS = "A05", ("Which policies open schools to migrants?", "Which policies open health care to migrants?")
RETIRED = ("A07", "C02")
NEW = {"A": "How are migrants heard?", "B": "What helps families that stay?", "C-O": "Receiving those who return"}
MOVED = "A03"

Found = dict[str, frozenset[str]]
"""The entries of each question."""


@pytest.fixture
def editor(browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somebody]:
    made = somebody(browser, service, data_of(tmp_path_factory), "Whoever keeps the framework", Role.EDITOR)
    yield made
    made.page.context.close()


def test_a_second_edition_from_draft_to_take_back(editor: Somebody, browser: Browser) -> None:
    questions = [*first_edition().questions]
    before = entries_of(editor, questions)
    matrix = framework(editor)
    _prepared(editor)
    parts = _compared(editor)
    _decided(editor, parts)
    _looked_at(editor, browser)
    foretold = _foretold(editor)
    _published(editor)
    _accounted_for(editor, before, parts, foretold)
    _read(editor, parts)
    _taken_back(editor)
    settled(editor, lambda: entries_of(editor, ["A06"])["A06"] == before["A06"])
    assert entries_of(editor, questions) == before and framework(editor) == matrix
    editor.go(f"/en{DRAFT}/effects")
    assert "No decision is open." in editor.said()


def entries_of(editor: Somebody, questions: list[str], edition: int | None = None) -> Found:
    """The published entries of each question, as the API lists them."""
    found = {}
    for code in questions:
        asked = f"question={code}&size=100" + (f"&edition={edition}" if edition else "")
        answer = editor.page.request.get(f"{editor.service}/api/v1/entries?{asked}")
        items = answer.json()["items"] if answer.ok else []
        assert len(items) < 100
        found[code] = frozenset(item["id"] for item in items)
    return found


def framework(editor: Somebody) -> list[str]:
    """Every number of the framework's matrix."""
    return editor.go("/en/framework").locator("table.matrix td").all_inner_texts()


def settled(editor: Somebody, is_so: object) -> None:
    """The index follows within seconds."""
    end = time.monotonic() + 30
    while not (callable(is_so) and is_so()):
        assert time.monotonic() < end
        time.sleep(0.2)


def _press(editor: Somebody, do: str) -> None:
    follow(editor.page.locator(f"main button[name=do][value={do}]").first)


def _prepared(editor: Somebody) -> None:
    page = editor.go(f"/en{DRAFT}")
    editor.press("Begin edition 2")
    editor.link("Name, title and aim")
    page.get_by_label("Name of the edition").fill("Second iteration")
    editor.press("Save")
    for code in REWORDED:
        editor.go(f"/en{DRAFT}/items/{code}").fill("[name=text-en]", f"What was learnt about {code} since?")
        _press(editor, "reword")
    for code, into in MERGED.items():
        editor.go(f"/en{DRAFT}/items/{code}").select_option("[name=into]", into)
        _press(editor, "merge")
    editor.go(f"/en{DRAFT}/items/{SPLIT}")
    for number, text in enumerate(PARTS, start=1):
        page.fill(f"[name=part-{number}]", text)
    _press(editor, "split")
    for code in RETIRED:
        editor.go(f"/en{DRAFT}/items/{code}")
        _press(editor, "retire")
    for place, text in NEW.items():
        editor.go(f"/en{DRAFT}/add/{place}").fill("[name=text-en]", text)
        editor.press("Save")
    for _ in range(2):
        follow(page.locator(f"tr#{MOVED}").get_by_role("button", name="Up"))


def _compared(editor: Somebody) -> list[str]:
    """The draft beside the edition in force; the codes of the parts."""
    page = editor.go(f"/en{DRAFT}?show=changes")
    lead = page.locator("main .lead").inner_text()
    # The parts of what is split are new, too.
    for said in ("Reworded 5", "Merged 2", "Split 1", "Retired 2", "New 5", "Moved 1"):
        assert said in lead
    assert int(re.findall(r"Kept (\d+)", lead)[0]) >= 10
    assert page.locator("tr#A01 del").count() and page.locator("tr#A01 ins").count()
    expect(page.locator("tr#A06")).to_contain_text("goes over into A04")
    expect(page.locator("tr#A07")).to_contain_text("ends here")
    expect(page.locator(f"tr#{MOVED}")).to_contain_text("moved")
    return [text.strip() for text in page.locator(f"tr#{SPLIT} a.code").all_inner_texts()]


def _decided(editor: Somebody, parts: list[str]) -> None:
    """One entry speaks to both parts, two to the second, all others to the first."""
    page = editor.go(f"/en{DRAFT}/publish")
    assert "decisions are still open" in editor.said()
    page.fill("[name=reason]", "After the round.")
    editor.press("Publish edition 2")
    expect(page.locator(".sum")).to_contain_text("decisions are still open")
    editor.go(f"/en{DRAFT}/effects?code={SPLIT}")
    for part in parts:
        page.locator("ol.waiting > li").first.locator(f"input[value={part}]").check()
    _press(editor, "each")
    expect(page.locator("main [role=status]").first).to_have_text("1 decision is saved.")
    for row in (0, 1):
        page.locator("ol.waiting > li").nth(row).locator("[name=tick]").check()
    page.locator(f"[name=same][value={parts[1]}]").check()
    _press(editor, "ticked")
    expect(page.locator("main [role=status]").first).to_have_text("2 decisions are saved.")
    page.locator(f"[name=same][value={parts[0]}]").check()
    _press(editor, "every")
    editor.go(f"/en{DRAFT}/effects")
    while page.locator("ol.waiting select").count():
        for entry in page.locator("ol.waiting > li").all():
            entry.locator("select").first.select_option("A08")
        _press(editor, "each")
    assert "No decision is open." in editor.said()


def _looked_at(editor: Somebody, browser: Browser) -> None:
    """The rules are read by a script; the pages need none."""
    context = browser.new_context(storage_state=editor.page.context.storage_state())
    page = context.new_page()
    for language in ("en", "ar"):
        for path in ("", "/items/A01", f"/effects?code={SPLIT}&show=all", "/publish"):
            page.goto(f"{editor.service}/{language}{DRAFT}{path}")
            assert_accessible(page, 1280 if language == "en" else 375)
            assert_narrow(page, 320)
    context.close()


def _foretold(editor: Somebody) -> dict[str, int]:
    """How many entries each question is to have, of those where that changes; the totals add up."""
    page = editor.go(f"/en{DRAFT}/effects")
    totals = page.locator("table").first.locator("tbody tr")
    numbers = [[int(n.replace(",", "")) for n in row.locator("td").all_inner_texts()] for row in totals.all()]
    *lines, whole = numbers
    assert [sum(column) for column in zip(*lines, strict=True)] == whole and whole[0] > 100
    told = {}
    for row in page.locator("table").nth(1).locator("tbody tr").all():
        code = row.locator(".code").first.inner_text()
        last = row.locator("td").last.inner_text().split()[-1]
        told[code] = 0 if last == "–" else int(last)
    assert told[RETIRED[0]] == 0 and {*MERGED, *MERGED.values(), SPLIT} <= told.keys()
    return told


def _published(editor: Somebody) -> None:
    page = editor.go(f"/en{DRAFT}/publish")
    assert "No decision is open." in editor.said()
    page.fill("[name=reason]", "After the round.")
    editor.press("Publish edition 2")
    expect(page.locator("main [role=status]").first).to_have_text("Edition 2 is in force.")
    said = editor.said()
    assert "Edition 2: Second iteration" in said and "In force since" in said and "Take it back" in said


def _accounted_for(editor: Somebody, before: Found, parts: list[str], foretold: dict[str, int]) -> None:
    """Entry by entry: nobody lost an answer that goes on, nobody has one that they were not given."""
    settled(editor, lambda: bool(entries_of(editor, [parts[0]])[parts[0]]))
    gone = {*MERGED, SPLIT, *RETIRED}
    kept = [code for code in before if code not in gone]
    after = entries_of(editor, [*kept, *parts])
    for code in kept:
        came = {old for old, into in MERGED.items() if into == code}
        due = before[code].union(*(before[old] for old in came))
        # Those left without any question were given A08.
        assert after[code] == due or (code == "A08" and after[code] > due), code
    assert after[parts[0]] | after[parts[1]] == before[SPLIT]
    assert len(after[parts[0]] & after[parts[1]]) == 1 and len(after[parts[1]]) == 3
    for old, into in MERGED.items():
        assert entries_of(editor, [old])[old] == after[into]
    everybody = frozenset[str]().union(*before.values())
    new = [code for code in foretold if code not in before and code not in parts]
    assert len(new) == 2 and not any(entries_of(editor, new).values())
    assert frozenset[str]().union(*after.values()) == everybody
    counted = {code: len(after[code]) for code in foretold if code in after}
    assert counted == {code: count for code, count in foretold.items() if code in after}
    assert entries_of(editor, [*gone], edition=1) == {code: before[code] for code in gone}


def _read(editor: Somebody, parts: list[str]) -> None:
    """What readers see of the past: the old edition, and what became of its codes."""
    editor.go("/en/framework/editions/1")
    said = editor.said()
    assert "Superseded by edition 2." in said and "Split into" in said and "What stops migrants" in said
    page = editor.go(f"/en/framework/questions/{SPLIT}")
    assert page.locator("main .cards .code").all_inner_texts() == parts
    editor.go(f"/en/search?question={SPLIT}")
    assert "“A05” is now" in editor.said()


def _taken_back(editor: Somebody) -> None:
    page = editor.go("/en/framework")
    editor.link("Take it back")
    assert "No published entry was given a question that edition 2 alone has." in editor.said()
    page.fill("[name=reason]", "For an exercise.")
    editor.press("Take edition 2 back")
    assert "Edition 2 is taken back." in editor.said() and "was in force before" in editor.said()
    assert editor.page.request.get(f"{editor.service}/en/framework/editions/2").status == 404
