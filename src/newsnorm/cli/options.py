"""
Options that several commands share, each converted to an argument of the library.

Each decorator adds its options to a command, and passes their values as one argument: `metadata_options` as ``metadata``,
`parser_option` as ``parser``, and so on.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from newsnorm.errors import InputError
from newsnorm.records import Metadata

if TYPE_CHECKING:
    from newsnorm.catalogue import Catalogue
    from newsnorm.corpus.sources.options import Format
    from newsnorm.keeping import Keep
    from newsnorm.parser import Parser

Command: TypeAlias = Callable[..., None]

KEEPS = ("report", "most", "all")
"""Settings of --keep, the default first; `newsnorm.keeping` has them as a type."""

READ_AS = ("text", "jsonl", "json", "csv", "tsv", "parquet", "warc", "nexis", "factiva", "office")
"""Input formats; `newsnorm.corpus.sources.options` has them as a type."""

MOST_MEMORY = 2**40
"""The largest memory limit, in megabytes: operating systems count its bytes in 64 bits."""

FINISHED_WITH_ERRORS = 3
"""Exit status of a job that finished although some records could not be read."""


class NamedPath(click.Path):
    """A path that must not be empty: an unset shell variable does not mean the current folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if value == "":
            self.fail("the path is empty; write . for the current folder", param, ctx)
        return super().convert(value, param, ctx)


inputs_argument = click.argument(
    "inputs", nargs=-1, required=True, type=NamedPath(path_type=Path, allow_dash=True), metavar="IN..."
)
color_option = click.option("--color/--no-color", "color", default=None, help="Use colours; by default only on a terminal.")
ledger_option = click.option("--ledger", is_flag=True, help="Add the ledger: the fate of every stretch of the raw text.")
index_option = click.option(
    "--index",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Add the texts to this index, and relate them to everything in it; created if missing.",
)
media_type_option = click.option(
    "--media-type",
    help="text/html or text/plain, for texts that don't state one; detected from file endings and content by default.",
)


def _names(_: click.Context, __: click.Parameter, value: object) -> tuple[str, ...] | None:
    """Split comma-separated names; the list of a --config file is returned as it is."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    return tuple(name.strip() for name in str(value).split(",") if name.strip())


columns_option = click.option(
    "--columns",
    type=click.UNPROCESSED,
    callback=_names,
    metavar="NAME,NAME...",
    help="Write a flat table with these columns, one row per article; for example id,url,title,published,text.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace the results of an earlier run.")


def json_option(what: str) -> Callable[[Command], Command]:
    """Add --json, passed as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print {what} as JSON.")


def file_argument(command: Command) -> Command:
    """Add the argument FILE, which may be - for standard input; passed as ``file``."""
    return click.argument("file", type=click.Path(allow_dash=True, path_type=Path))(command)


def metadata_options(command: Command) -> Command:
    """Add --url, --title, --site, --media-type and --encoding; passed as a `Metadata` without an id."""

    @click.option("--url", help="Where the text was found; its host selects the rules of its site.")
    @click.option("--title", help="The title, if you know it.")
    @click.option("--site", help="The name of the site, if you know it.")
    @media_type_option
    @click.option("--encoding", help="The declared encoding of the bytes.")
    @wraps(command)
    def with_metadata(
        *args: object,
        url: str | None,
        title: str | None,
        site: str | None,
        media_type: str | None,
        encoding: str | None,
        **kwargs: object,
    ) -> None:
        known = Metadata(url=url, title=title, site=site, media_type=media_type, encoding=encoding)
        command(*args, metadata=known, **kwargs)

    return with_metadata


_catalogues_option = click.option(
    "--catalogue",
    "catalogues",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Add your own rules: a TOML file, or a folder of them. May be repeated.",
)


def catalogue_option(command: Command) -> Command:
    """Add --catalogue, which may be repeated, without --keep; passed as a `Parser`."""

    @_catalogues_option
    @wraps(command)
    def with_parser(*args: object, catalogues: Sequence[Path], **kwargs: object) -> None:
        command(*args, parser=_parser(catalogues), **kwargs)

    return with_parser


def parser_option(command: Command) -> Command:
    """Add --catalogue, which may be repeated, and --keep; passed as a `Parser`."""

    @_catalogues_option
    @click.option(
        "--keep",
        type=click.Choice(KEEPS),
        default=KEEPS[0],
        show_default=True,
        help="What stays in the text: only the report, everything that is not clearly boilerplate, or every word.",
    )
    @wraps(command)
    def with_parser(*args: object, catalogues: Sequence[Path], keep: Keep, **kwargs: object) -> None:
        command(*args, parser=_parser(catalogues, keep), **kwargs)

    return with_parser


def _load_config(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    """
    Read defaults of options from a TOML file.

    Raises:
        InputError: the file can't be read, or names an option that the command does not have.

    """
    if path is None:
        return
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is not TOML: {error}") from error
    parameters = {
        option.removeprefix("--"): parameter
        for parameter in ctx.command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--config"
    }
    if unknown := sorted(given.keys() - parameters.keys()):
        raise InputError(f"{path}: {ctx.info_name} has no option {unknown[0]!r}; it has {', '.join(sorted(parameters))}")
    for key, value in given.items():
        if wanted := _misfit(parameters[key], value):
            raise InputError(f"{path}: {key} must be {wanted}")
    ctx.default_map = {str(parameters[key].name): value for key, value in given.items()}


def _misfit(parameter: click.Parameter, value: object) -> str:
    """Return what kind of value an option needs in a --config file; empty if `value` is of that kind."""
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(value, list) and (parameter.multiple or parameter.type is click.UNPROCESSED):
        return "" if all(isinstance(item, str) for item in value) else "a list of strings"
    if parameter.multiple:
        return 'a list of strings, such as ["…"]'
    if isinstance(parameter.type, (click.types.IntParamType, click.types.FloatParamType)):
        return "" if isinstance(value, (int, float)) and not isinstance(value, bool) else "a number"
    return "" if isinstance(value, str) else "a string in quotation marks"


config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_load_config,
    help="Read options from this TOML file, under their long names; the command line overrides it.",
)


def worker_options(command: Command) -> Command:
    """Add --jobs, --timeout and --max-memory; passed as ``workers``, a `WorkerOptions`."""

    @click.option(
        "--jobs",
        type=click.IntRange(0),
        help="Number of worker processes; by default one per core. 0 parses in this process.",
    )
    @click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        default=60.0,
        show_default=True,
        help="Time limit for one text, in seconds.",
    )
    @click.option("--max-memory", type=click.IntRange(1, MOST_MEMORY), metavar="MB", help="Memory limit of each worker process.")
    @wraps(command)
    def with_workers(*args: object, jobs: int | None, timeout: float, max_memory: int | None, **kwargs: object) -> None:
        from newsnorm.corpus.workers import WorkerOptions

        memory = None if max_memory is None else max_memory * 1024 * 1024
        command(*args, workers=WorkerOptions(jobs=jobs, seconds=timeout, memory=memory), **kwargs)

    return with_workers


def reading_options(command: Command) -> Command:
    """Add --field, --format, --media-type, --language and --name-pattern; passed as ``options``, a `ReadOptions`."""

    @click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="OURS=THEIRS",
        help="The field or column that holds id, text, url, title, site, fetched, media_type, encoding or language, if it has "
        "another name; a path such as content.0.html leads into objects and lists. May be repeated.",
    )
    @click.option(
        "--format",
        "read_as",
        type=click.Choice(READ_AS),
        help="The format of all inputs; by default, detected from the ending and the beginning of each file.",
    )
    @media_type_option
    @click.option("--language", help="The language of texts that don't state one, such as en or pt-BR; identified by default.")
    @click.option(
        "--name-pattern",
        metavar="PATTERN",
        help="Read fields from the names of text files, such as {site}/{fetched}_{id}; {} matches anything.",
    )
    @wraps(command)
    def with_options(
        *args: object,
        fields: Sequence[str],
        read_as: Format | None,
        media_type: str | None,
        language: str | None,
        name_pattern: str | None,
        **kwargs: object,
    ) -> None:
        from newsnorm.corpus.sources.options import ReadOptions

        options = ReadOptions(
            fields=_mapping(fields), format=read_as, media_type=media_type, language=language, name_pattern=name_pattern
        )
        command(*args, options=options, **kwargs)

    return with_options


def out_options(command: Command) -> Command:
    """Add --out FOLDER and --dry-run; passed as ``out``, which is None in a dry run."""

    @click.option("--out", type=NamedPath(file_okay=False, path_type=Path), help="The folder to write to; created if missing.")
    @click.option("--dry-run", is_flag=True, help="Read and count, but write nothing, not even to an index.")
    @wraps(command)
    def with_out(*args: object, out: Path | None, dry_run: bool, **kwargs: object) -> None:
        if out is None and not dry_run:
            raise click.UsageError("pass --out FOLDER, or --dry-run")
        command(*args, out=None if dry_run else out, **kwargs)

    return with_out


def _parser(catalogues: Sequence[Path], keep: Keep = "report") -> Parser:
    """Return the default parser, or one with an extended catalogue."""
    from newsnorm.parser import Parser

    return Parser(catalogue=catalogue_with(catalogues), keep=keep)


def catalogue_with(paths: Iterable[Path]) -> Catalogue:
    """Return the shipped rules extended by files of rules; later files override earlier ones."""
    from newsnorm.catalogue import Catalogue

    catalogue = Catalogue.default()
    for path in paths:
        catalogue |= Catalogue.load(path)
    return catalogue


def _mapping(fields: Sequence[str]) -> dict[str, str]:
    from newsnorm.corpus.sources.fields import FIELDS

    mapping: dict[str, str] = {}
    for field in fields:
        ours, equals, theirs = field.partition("=")
        if not equals or ours not in FIELDS or not theirs:
            raise click.UsageError(f"--field {field}: write OURS=THEIRS, where OURS is one of {', '.join(FIELDS)}")
        mapping[ours] = theirs
    return mapping
