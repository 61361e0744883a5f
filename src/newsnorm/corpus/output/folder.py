"""
Open the folder that a job writes to, and publish the results in it.

A folder is *sealed* if it has a manifest: its results are complete. It is *unfinished* while it has a work folder.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from newsnorm.corpus.output.checkpoints import checkpoint
from newsnorm.corpus.output.durable import HashedFile, create, rename, sync_folder, write_file
from newsnorm.corpus.output.guards import (
    refuse_enclosing_input,
    refuse_folders,
    refuse_links,
    refuse_lying_among,
    refuse_replacing_edited,
    refuse_replacing_inputs,
    refuse_unwritable_folder,
)
from newsnorm.corpus.output.lock import locked
from newsnorm.corpus.output.manifest import NAME as MANIFEST
from newsnorm.corpus.output.manifest import FileEntry, Json, Manifest, is_below, load_manifest
from newsnorm.errors import InputError

WORK, LOG = ".work", "log"
PLAN, MOVES = "plan.json", "publish.json"


@attrs.frozen(kw_only=True)
class Target:
    """The folder that a job writes to, and what it may do there."""

    out: Path | None
    """The folder; None for a dry run, whose results go to a temporary folder."""
    kind: str
    """The name of the job."""
    settings: Mapping[str, Json] = attrs.field(factory=dict)
    """Everything that determines the results besides the inputs; an unfinished job is continued only with equal settings."""
    advice: Mapping[str, str] = attrs.field(factory=dict)
    """Name of a setting whose values mean nothing to people → what to say about an unfinished job in which it differs."""
    inputs: tuple[Path, ...]
    """The files and folders that the user named."""
    files: tuple[Path, ...]
    """The files to read."""
    index: Path | None = None
    """A file that the job adds to; it may be in the folder, but not among the results."""
    owned: tuple[str, ...]
    """The names that the job writes, besides those in the manifest of an earlier job."""
    folders: tuple[str, ...] = ()
    """Those of them that are folders."""
    edited: tuple[str, ...] = ()
    """The names of files that people may edit; they are replaced only if they are as an earlier job wrote them."""
    overwrite: bool = False
    """Whether earlier results may be replaced."""
    fresh: bool = False
    """Whether to discard an unfinished job instead of continuing it."""


@attrs.frozen(kw_only=True)
class WorkFolder:
    """The work folder of a job in progress."""

    path: Path
    out: Path | None
    resumed: bool
    """Whether an earlier job left work behind."""
    target: Target

    def create(self, name: str) -> HashedFile:
        """Create a file of the results, which may replace one that a killed job left here."""
        path = self.path / name
        path.unlink(missing_ok=True)
        return HashedFile(create(path))

    def publish(self, files: Mapping[str, FileEntry], counts: Mapping[str, Json]) -> None:
        """
        Move the results to their final names, and write the manifest.

        Args:
            files: path below the work folder → path below the output folder.
            counts: the summary for the manifest.

        Raises:
            OSError: a file can't be renamed; the next run continues publishing.

        """
        if self.out is None:
            return
        old = load_manifest(self.out)
        names = {entry.name for entry in files.values()}
        gone = sorted({file.name for file in old.files} - names) if old else []
        manifest = Manifest(kind=self.target.kind, settings=self.target.settings, counts=counts, files=tuple(files.values()))
        write_file(self.path / MANIFEST, manifest.dumps())
        plan = _Moves({work: entry.name for work, entry in files.items()}, tuple(gone))
        write_file(self.path / MOVES, json.dumps(attrs.asdict(plan)).encode())
        checkpoint("publish-planned")
        _move(self.out, plan)


@contextmanager
def open_folder(target: Target) -> Iterator[WorkFolder]:
    """
    Lock the folder of a job and make its work folder; if a job was killed while publishing, finish that first.

    Raises:
        InputError: the folder lies in an input, is used by another job, has results that may not be replaced, holds an input,
            can't be written to, or has an unfinished job with other settings.

    """
    if target.out is None:
        with _temporary() as path:
            yield WorkFolder(path=path, out=None, resumed=False, target=target)
        return
    out = target.out
    check_target(target)
    _make(out)
    _make(out / WORK)
    with locked(out / WORK / "lock"):
        _finish_publishing(target, out)
        resumed = _begin(target)
        try:
            yield WorkFolder(path=out / WORK, out=out, resumed=resumed, target=target)
        finally:
            if not (out / WORK / PLAN).exists():
                shutil.rmtree(out / WORK, ignore_errors=True)


def check_target(target: Target) -> None:
    """
    Check that a job may write to a folder, regardless of its settings; nothing is created.

    Raises:
        InputError: the folder lies in an input, can't be written to, has results that may not be replaced, or holds an input or a
            link, or a folder where a file is to be.

    """
    out = target.out
    if out is None:
        return
    refuse_enclosing_input(out, target.inputs)
    refuse_unwritable_folder(out)
    refuse_links([out / name for name in (WORK, LOG, *target.folders)])
    _check_results(target, nothing_begun=not any((out / WORK / name).exists() for name in (PLAN, MOVES)))


@contextmanager
def _temporary() -> Iterator[Path]:
    """Make a temporary folder, which is removed after use."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="newsnorm-")
    except OSError as error:
        raise InputError(f"can't create a temporary folder: {error.strerror}; pass --out, or set TMPDIR") from error
    with folder as name:
        yield Path(name)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: can't create the folder: {error.strerror}") from error


def _finish_publishing(target: Target, out: Path) -> None:
    """
    Finish publishing if a job was killed while publishing.

    Raises:
        InputError: that job had other settings, so its results must not be replaced, or its plan is damaged.

    """
    if not (out / WORK / MOVES).exists():
        return
    try:
        plan = _Moves.read(out / WORK / MOVES)
    except InputError:
        if target.fresh:  # this empties the work folder
            return
        raise
    _move(out, plan)
    sealed = load_manifest(out)
    if sealed and not target.overwrite and (sealed.kind, sealed.settings) != (target.kind, target.settings):
        raise InputError(f"{out} has results of an earlier run with other options; choose another folder or pass --overwrite")


def _check_results(target: Target, *, nothing_begun: bool) -> None:
    """
    Check that the results in a folder may be replaced.

    Raises:
        InputError: they must not be replaced, or an input is among them.

    """
    assert target.out is not None
    old = load_manifest(target.out)
    names = _result_names(target, old)
    if target.index is not None:
        refuse_lying_among([target.out / name for name in (WORK, LOG, *sorted(names))], target.index)
    refuse_folders(target.out / name for name in sorted(names - {*target.folders}))
    existing = sorted(name for name in names if (target.out / name).exists())
    if existing and nothing_begun and not target.overwrite:
        raise InputError(f"{target.out} has {existing[0]} from an earlier run; choose another folder or pass --overwrite")
    paths = [target.out / name for name in existing]
    within = [path for folder in paths if folder.is_dir() for path in folder.iterdir()]
    refuse_replacing_inputs([*paths, *within], target.files)
    _check_edited(target, old)


def _result_names(target: Target, old: Manifest | None) -> set[str]:
    """Return the names that the job writes or removes below the folder."""
    return {MANIFEST, *target.owned, *(file.name for file in (old.files if old else ()))}


def _check_edited(target: Target, old: Manifest | None) -> None:
    """
    Check that editable files are as an earlier job wrote them.

    Raises:
        InputError: a file was edited.

    """
    assert target.out is not None
    if (target.out / WORK / MOVES).exists():  # the killed job has checked them, and may have moved some
        return
    written: dict[str, str | None] = dict.fromkeys(target.owned)
    written |= {file.name: file.sha256 for file in old.files} if old else {}
    refuse_replacing_edited(target.out, {name: written[name] for name in target.edited if name in written})


def _begin(target: Target) -> bool:
    """
    Write the plan of a job, or compare it with the plan of an unfinished job; return whether there is an unfinished job.

    Raises:
        InputError: the unfinished job has other settings.

    """
    assert target.out is not None
    work = target.out / WORK
    plan: dict[str, Json] = {"kind": target.kind, "settings": dict(target.settings)}
    if target.fresh:
        _empty(work)
    try:
        old = json.loads((work / PLAN).read_bytes())
    except FileNotFoundError:
        _empty(work)
        write_file(work / PLAN, json.dumps(plan, indent=1).encode())
        checkpoint("plan-written")
        return False
    except ValueError as error:
        raise InputError(f"{work / PLAN} is damaged: {error}; pass --fresh to start anew") from error
    if not isinstance(old, dict):
        raise InputError(f"{work / PLAN} is damaged; pass --fresh to start anew")
    for name, was, now in _differences(old, plan):
        if name in target.advice:
            raise InputError(f"{target.out} has an unfinished job with {target.advice[name]}; pass --fresh to start anew")
        raise InputError(
            f"{target.out} has an unfinished job with {name} = {was}, now it is {now}; "
            "continue with the same options, or pass --fresh to start anew"
        )
    return True


def _differences(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[tuple[str, str, str]]:
    """Yield the name and both values of each setting that differs."""
    before, after = ({"job": plan.get("kind"), **_settings(plan)} for plan in (old, new))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name, json.dumps(before.get(name)), json.dumps(after.get(name))


def _settings(plan: Mapping[str, Json]) -> Mapping[str, Json]:
    settings = plan.get("settings")
    return dict(_flat(settings)) if isinstance(settings, dict) else {}


def _flat(settings: Mapping[str, Json], within: str = "") -> Iterator[tuple[str, Json]]:
    """Yield the path and the value of each setting."""
    for name, value in settings.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def _empty(work: Path, *kept: str) -> None:
    """Remove everything in a work folder but its lock, and files with some names."""
    for path in work.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in ("lock", *kept):
            path.unlink()


@attrs.frozen
class _Moves:
    """The plan to publish results."""

    moves: Mapping[str, str]
    """Path below the work folder → name below the output folder."""
    remove: tuple[str, ...]
    """Names of an earlier job's files to remove."""

    @classmethod
    def read(cls, path: Path) -> _Moves:
        """
        Read the plan.

        Raises:
            InputError: the plan is damaged, or contains a path outside the folder.

        """
        try:
            row = json.loads(path.read_bytes())
            plan = cls({str(work): str(name) for work, name in row["moves"].items()}, tuple(map(str, row["remove"])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path} is damaged: {error}; pass --fresh to start anew") from error
        for name in (*plan.moves, *plan.moves.values(), *plan.remove):
            if not is_below(name):
                raise InputError(f"{path} is damaged: {name!r} lies elsewhere; pass --fresh to start anew")
        return plan


def _move(out: Path, plan: _Moves) -> None:
    """Carry out the remaining renames planned by `WorkFolder.publish`, and empty the work folder."""
    work = out / WORK
    if (work / MANIFEST).exists():
        (out / MANIFEST).unlink(missing_ok=True)
        sync_folder(out)
        checkpoint("publish-unsealed")
        _rename_all(out, plan.moves)
        for name in plan.remove:
            _remove(out, name)
        checkpoint("publish-moved")
        rename(work / MANIFEST, out / MANIFEST)
    checkpoint("publish-sealed")
    (work / PLAN).unlink(missing_ok=True)
    _empty(work, MOVES)  # distinguishes a job killed here from one that has not begun
    (work / MOVES).unlink(missing_ok=True)


def _remove(out: Path, name: str) -> None:
    """Remove a file of an earlier job, and its folder below the output folder if nothing else is in it."""
    path = out / name
    path.unlink(missing_ok=True)
    if path.parent != out:
        with suppress(OSError):
            path.parent.rmdir()


def _rename_all(out: Path, moves: Mapping[str, str]) -> None:
    """Rename files of the work folder to their paths below the output folder; missing ones were renamed before."""
    folders: set[Path] = set()
    for before, name in moves.items():
        source, final = out / WORK / before, out / name
        if final.parent not in folders:
            if final.parent != out:
                refuse_links([final.parent])
            _make(final.parent)
            folders.add(final.parent)
        if source.exists():
            source.replace(final)
            checkpoint("publish-renamed")
    for folder in folders:
        sync_folder(folder)
