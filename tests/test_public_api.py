"""The public names and signatures, against a committed list: a change here is a change for everybody."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import attrs
import pytest
from folders import DOCS

import newsnorm
import newsnorm.dedup
import newsnorm.export
import newsnorm.fields
import newsnorm.frames
import newsnorm.spark
import newsnorm.testing

LISTED = Path(__file__).parent / "public_api.txt"
SOURCE = Path(newsnorm.__file__).parents[1]
MODULES = (newsnorm, newsnorm.dedup, newsnorm.export, newsnorm.fields, newsnorm.frames, newsnorm.testing)
NAMES = [(module, name) for module in MODULES for name in module.__all__]


def annotation(record: type, name: str) -> str:
    """The type of a field as it is written: attrs may have resolved its own copy."""
    written = (inspect.get_annotations(parent) for parent in record.__mro__)
    return next(str(types[name]) for types in written if name in types)


def surface() -> list[str]:
    lines = []
    for module in MODULES:
        for name in sorted(module.__all__):
            value = getattr(module, name)
            full = f"{module.__name__}.{name}"
            if inspect.isclass(value):
                public = (base.__name__ for base in value.__bases__ if base is not object)
                parents = ", ".join(name for name in public if not name.startswith("_"))
                lines.append(f"class {full}({parents})")
                fields = (
                    [field for field in attrs.fields(value) if field.init and not field.name.startswith("_")]
                    if attrs.has(value)
                    else []
                )
                lines.extend(f"    {field.name}: {annotation(value, field.name)}" for field in fields)
                members = inspect.getmembers(value, lambda member: inspect.isfunction(member) or isinstance(member, property))
                for member_name, member in members:
                    if not member_name.startswith("_") and member_name in value.__dict__:
                        call = "" if isinstance(member, property) else str(inspect.signature(member))
                        lines.append(f"    .{member_name}{call}")
            elif inspect.isfunction(value):
                lines.append(f"def {full}{inspect.signature(value)}")
            else:
                lines.append(full)
    return lines


def test_the_public_surface_is_as_listed() -> None:
    """To accept a change: ``python tests/test_public_api.py``, then read the difference."""
    assert surface() == LISTED.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("module", "name"), NAMES, ids=[f"{module.__name__}.{name}" for module, name in NAMES])
def test_a_public_name_is_documented(module: ModuleType, name: str) -> None:
    value = getattr(module, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert inspect.getdoc(value), f"{name} has no docstring"
    assert name in (DOCS / "api.md").read_text(encoding="utf-8"), f"docs/api.md does not mention {name}"


def test_the_name_of_a_class_has_one_meaning() -> None:
    """A class of Spark is compared by name, since Spark may not be here; calls have the names of one machine on purpose."""
    classes = {getattr(module, name) for module, name in NAMES if inspect.isclass(getattr(module, name))}
    names = [each.__name__ for each in classes]
    assert len(names) == len(set(names))
    assert set(names).isdisjoint(newsnorm.spark.__all__)


def test_importing_is_light() -> None:
    program = (
        "import sys, newsnorm\n"
        "heavy = {'numpy', 'ftfy', 'langdetect', 'cattrs', 'chardetng_py', 'click', 'tqdm', 'pytest'}\n"
        "heavy &= set(sys.modules)\n"
        "raise SystemExit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, env={"PYTHONPATH": str(SOURCE)}
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_modules_that_are_imported_later_work_in_a_fresh_interpreter() -> None:
    program = (
        "import newsnorm\n"
        "assert newsnorm.fields.parse_credit('Photo: Jane Doe').kind == 'photo'\n"
        "assert newsnorm.dedup.compare is newsnorm.compare\n"
        "assert newsnorm.learn([]).rules == () and callable(newsnorm.learn)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, env={"PYTHONPATH": str(SOURCE)}
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_errors_are_one_tree() -> None:
    errors = [getattr(newsnorm, name) for name in newsnorm.__all__ if name.endswith("Error")]
    assert all(issubclass(error, newsnorm.NewsnormError) for error in errors)


def test_records_are_frozen() -> None:
    article = newsnorm.parse("It rained.")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        article.title = "x"  # type: ignore[misc]


if __name__ == "__main__":
    LISTED.write_text("\n".join(surface()) + "\n", encoding="utf-8")
