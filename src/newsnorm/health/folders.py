"""Check whether the results in a folder are complete and unchanged, and whether a job is writing there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsnorm.corpus.output.folder import LOG, MOVES, PLAN, WORK
from newsnorm.corpus.output.lock import holder_of
from newsnorm.corpus.output.manifest import NAME, Manifest, load_manifest
from newsnorm.errors import InputError
from newsnorm.records.health import Diagnosis, Value
from newsnorm.version import __version__


def examine_folder(out: Path) -> Iterator[Diagnosis]:
    """Check a folder of results: its lock, unfinished work, its manifest, and every file that the manifest lists."""
    topic = str(out)
    if not out.is_dir():
        yield Diagnosis(topic=topic, code="folder-missing", is_problem=True)
        return
    holder = holder_of(out / WORK / "lock")
    if holder is not None:
        yield Diagnosis(topic=topic, code="folder-locked", values={"holder": holder})
    elif (out / WORK / MOVES).exists():
        yield Diagnosis(topic=topic, code="folder-publishing", is_problem=True)
    elif (out / WORK / PLAN).exists():
        yield Diagnosis(topic=topic, code="folder-unfinished", is_problem=True)
    try:
        manifest = load_manifest(out)
    except InputError as error:
        yield Diagnosis(topic=topic, code="manifest-damaged", is_problem=True, values={"error": str(error)})
        return
    if manifest is not None:
        yield from _sealed(out, manifest)
    elif holder is None and not (out / WORK).exists():
        yield Diagnosis(topic=topic, code="folder-unsealed", is_problem=True)


def _sealed(out: Path, manifest: Manifest) -> Iterator[Diagnosis]:
    """Check complete results."""
    topic = str(out)
    changed = [file.name for file in manifest.files if not file.is_intact_in(out)]
    if changed:
        yield Diagnosis(topic=topic, code="files-changed", is_problem=True, values={"count": len(changed), "first": changed[0]})
    else:
        rows = sum(file.rows for file in manifest.files)
        values: dict[str, Value] = {"kind": manifest.kind, "files": len(manifest.files), "rows": rows}
        yield Diagnosis(topic=topic, code="folder-sealed", values=values)
    failed = manifest.counts.get("failed")
    if isinstance(failed, int) and failed:
        yield Diagnosis(topic=topic, code="records-failed", values={"failed": failed, "folder": topic})
    made_by = str(manifest.settings.get("newsnorm", __version__))
    if made_by != __version__:
        yield Diagnosis(topic=topic, code="other-version", values={"made": made_by, "here": __version__})
    foreign = sorted(_foreign(out, manifest))
    if foreign:
        yield Diagnosis(topic=topic, code="files-foreign", values={"count": len(foreign), "first": foreign[0]})


def _foreign(out: Path, manifest: Manifest) -> Iterator[str]:
    """Yield the files that no job wrote, as paths below the folder."""
    known = {NAME, *(file.name for file in manifest.files)}
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in known and name.partition("/")[0] not in (WORK, LOG):
            yield name
