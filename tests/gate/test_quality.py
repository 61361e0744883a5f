"""Quality on the project's own fixtures neither falls nor rises unseen: ``quality.json`` is what was measured last."""

from __future__ import annotations

import json

from gate import quality


def test_the_figures_are_those_committed() -> None:
    """To accept a change: ``python tests/gate/quality.py``, read the difference, and add a changelog fragment that says it."""
    committed = json.loads(quality.FILE.read_text(encoding="utf-8"))
    measured = json.loads(quality.dumps(quality.measure()))
    changed = [
        f"{group}: {name}: {committed.get(group, {}).get(name)} -> {figures.get(name)}"
        for group, figures in measured.items()
        for name in sorted(figures.keys() | committed.get(group, {}).keys())
        if committed.get(group, {}).get(name) != figures.get(name)
    ]
    assert not changed, "quality changed; see the docstring of this test:\n  " + "\n  ".join(changed)
    assert committed.keys() == measured.keys()
