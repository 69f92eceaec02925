from pathlib import Path

from tools import messages

ROOT = Path(__file__).parent.parent.parent


def tree(root: Path, text: str) -> Path:
    package = root / "src" / "precedent"
    package.mkdir(parents=True)
    (package / "said.py").write_text(f"from django.utils.translation import gettext as _\n_({text!r})\n")
    return root


def test_a_text_without_translation_is_a_fault(tmp_path: Path) -> None:
    tree(tmp_path, "Hello {name}")
    messages.extract(tmp_path)
    messages.compile(tmp_path)
    assert len([fault for fault in messages.check(tmp_path) if "is not translated" in fault]) == 5


def test_a_translation_with_another_placeholder_is_a_fault(tmp_path: Path) -> None:
    tree(tmp_path, "Hello {name}")
    messages.extract(tmp_path)
    for file in tmp_path.rglob("*.po"):
        text = file.read_text().replace(
            'msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "Salut {nom}"'
        )
        file.write_text(text)
    messages.compile(tmp_path)
    assert len([fault for fault in messages.check(tmp_path) if "other placeholders" in fault]) == 5


def test_a_compiled_file_out_of_step_is_a_fault(tmp_path: Path) -> None:
    tree(tmp_path, "Hello")
    messages.extract(tmp_path)
    messages.compile(tmp_path)
    next(tmp_path.rglob("*.mo")).write_bytes(b"old")
    assert any("was compiled from" in fault for fault in messages.check(tmp_path))


def test_every_text_of_the_product_is_translated() -> None:
    assert messages.check(ROOT) == []
