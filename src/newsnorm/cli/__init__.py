"""The command line: a shell around the library, which decides nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsnorm.errors import InputError, NewsnormError
from newsnorm.version import __version__

if TYPE_CHECKING:
    from newsnorm.corpus.jobs.learn import Account
    from newsnorm.corpus.jobs.normalise import Summary
    from newsnorm.corpus.jobs.relate import RelationCounts
    from newsnorm.parser import Parser
    from newsnorm.records import Article, Difference, Relation
    from newsnorm.report.explain import Row

FINISHED_WITH_ERRORS = 3
"""Exit status of a run that finished, but could not read every record. 0: all well; 1: it could not finish; 2: wrong use."""

_COLOURS: Mapping[str, str] = {
    "title": "bright_cyan",
    "byline": "cyan",
    "date": "cyan",
    "dateline": "cyan",
    "credit": "cyan",
    "standfirst": "cyan",
    "correction": "yellow",
    "removal": "red",
    "blank": "bright_black",
    "body": "green",
}


class _Group(click.Group):
    """Turns newsnorm's errors into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise click.UsageError(str(error)) from error
        except NewsnormError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise click.ClickException(f"{error.filename or 'input'}: {error.strerror or error}") from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsnorm")
def main() -> None:
    """
    News text that is already scraped in; the report, and a named reason for every other stretch, out.

    Example: newsnorm run scraped/ --out corpus
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # whatever the locale: articles are UTF-8
            reconfigure(encoding="utf-8", errors="backslashreplace")


_FILE = click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
_URL = click.option("--url", help="Where the text was found; its host chooses the rules of a site.")
_TITLE = click.option("--title", help="The title, if you know it.")
_SITE = click.option("--site", help="The name of the site, if you know it.")
_ENCODING = click.option("--encoding", help="The encoding that was declared for the bytes.")
_CATALOGUE = click.option(
    "--catalogue",
    "catalogues",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Rules of your own, a TOML file or a folder; may be given more than once.",
)


@main.command(epilog="Example: newsnorm parse article.txt --text")
@_FILE
@click.option("--text", "text_only", is_flag=True, help="Print the clean text only.")
@click.option("--ledger", is_flag=True, help="Add the ledger: the fate of every stretch of the raw text.")
@click.option("--indent", type=click.IntRange(0, 8), default=2, show_default=True, help="Blanks a level; 0: one line.")
@_URL
@_TITLE
@_SITE
@_ENCODING
@_CATALOGUE
def parse(
    file: Path,
    text_only: bool,
    ledger: bool,
    indent: int,
    url: str | None,
    title: str | None,
    site: str | None,
    encoding: str | None,
    catalogues: Sequence[Path],
) -> None:
    """Print the article that FILE (or - for standard input) holds, as JSON."""
    from newsnorm.records.schema import to_dict

    article = _parser(catalogues).parse(_read(file), id=_name(file), url=url, title=title, site=site, encoding=encoding)
    if text_only:
        click.echo(article.text)
    else:
        click.echo(json.dumps(to_dict(article, ledger=ledger), ensure_ascii=False, indent=indent or None))


@main.command(epilog="Example: newsnorm explain article.txt | less -R")
@_FILE
@click.option("--color/--no-color", "color", default=None, help="Colours; on a terminal unless told otherwise.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a stretch.")
@_URL
@_TITLE
@_SITE
@_ENCODING
@_CATALOGUE
def explain(
    file: Path,
    color: bool | None,
    as_json: bool,
    url: str | None,
    title: str | None,
    site: str | None,
    encoding: str | None,
    catalogues: Sequence[Path],
) -> None:
    """Show the raw text of FILE (or -) line by line: its fate, the rule that decided, and why."""
    from newsnorm.report.explain import explain as rows_of

    parser = _parser(catalogues)
    data = _read(file)
    page = parser.page(data, url=url, title=title, site=site, encoding=encoding)
    article = parser.parse(data, id=_name(file), url=url, title=title, site=site, encoding=encoding)
    rows = list(rows_of(article, page.raw.text, _says(parser)))
    if as_json:
        for row in rows:
            fixes = [{"before": fix.before, "after": fix.after, "steps": list(fix.steps)} for fix in row.fixes]
            click.echo(
                json.dumps(
                    {
                        "line": row.line,
                        "fate": row.fate,
                        "rule": row.rule or None,
                        "text": row.text,
                        "why": row.why or None,
                        "fixes": fixes,
                    },
                    ensure_ascii=False,
                )
            )
        return
    _show(article, rows, color)


def _show(article: Article, rows: list[Row], color: bool | None) -> None:
    width = min(48, max((len(row.rule) for row in rows), default=0))
    digits = len(str(rows[-1].line)) if rows else 1
    for row in rows:
        head = f"{row.line:>{digits}}  {row.fate:<10}  {row.rule:<{width}}  "
        text = row.text if len(row.text) <= 120 else row.text[:117] + "…"
        click.secho(head + text, fg=_COLOURS.get(row.fate), color=color)
        for fix in row.fixes:
            after = fix.after or "(nothing)"
            click.secho(
                " " * (digits + 2) + f"fixed       {fix.before} → {after}  ({', '.join(fix.steps)})", fg="yellow", color=color
            )
    click.echo()
    for rule, why in sorted({(row.rule, row.why) for row in rows if row.why}):
        click.echo(f"{rule}: {why}")
    click.echo(f"language: {article.language.code} ({article.language.confidence:.2f}, {article.language.method})")
    for note in article.notes:
        click.echo(f"note: {note}")


_FIELD = click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="OURS=THEIRS",
    help="What JSON records call a field of ours: id, text, url, title, site, fetched, encoding.",
)
_INDEX = click.option(
    "--index", type=click.Path(dir_okay=False, path_type=Path), help="Relate to everything in this index too, and add to it."
)
_OUT = click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; created if missing.")
_OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace the results of an earlier run in the folder.")
_INPUTS = click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="IN...")


@main.command(epilog="Example: newsnorm run scraped/ feed.jsonl --out corpus --field text=body")
@_INPUTS
@_OUT
@_FIELD
@click.option("--ledger", is_flag=True, help="Write each article with its ledger.")
@_INDEX
@click.option("--no-relations", is_flag=True, help="Don't relate the articles to each other; that keeps their texts in memory.")
@_OVERWRITE
@click.option("--dry-run", is_flag=True, help="Read and count, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@_CATALOGUE
@click.pass_context
def run(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    fields: Sequence[str],
    ledger: bool,
    index: Path | None,
    no_relations: bool,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
    catalogues: Sequence[Path],
) -> None:
    """
    Normalise folders, .txt and .jsonl files into a corpus.

    Writes articles.jsonl, errors.jsonl (each bad record with its place and reason), relations.jsonl and clusters.jsonl (which
    articles tell the same report, see dedup) and summary.json. Exit status 0: all well; 3: finished, but some records could not
    be read; 2: wrong use; 1: could not finish.
    """
    from newsnorm.corpus.jobs.normalise import run as run_corpus

    if out is None and not dry_run:
        raise click.UsageError("name a folder with --out, or pass --dry-run")
    parser = _parser(catalogues)
    with _bar() as update:
        summary = run_corpus(
            inputs,
            None if dry_run else out,
            parser=parser,
            mapping=_mapping(fields),
            ledger=ledger,
            overwrite=overwrite,
            compare=not no_relations,
            index=index,
            progress=update,
        )
    if as_json:
        import attrs

        click.echo(json.dumps(attrs.asdict(summary), ensure_ascii=False, indent=2))
    else:
        _tell(summary, None if dry_run else out)
    if summary.failed:
        ctx.exit(FINISHED_WITH_ERRORS)


@main.command(epilog="Example: newsnorm dedup corpus/articles.jsonl --out related --index news.db")
@_INPUTS
@_OUT
@_INDEX
@_FIELD
@click.option("--as-is", is_flag=True, help="Compare texts as they are, titles and boilerplate included.")
@_OVERWRITE
@click.option("--dry-run", is_flag=True, help="Compare and count, write nothing, and leave the index alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@_CATALOGUE
@click.pass_context
def dedup(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    index: Path | None,
    fields: Sequence[str],
    as_is: bool,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
    catalogues: Sequence[Path],
) -> None:
    """
    Find the articles that tell the same report.

    Reads what `run` reads, and what it wrote: its articles are compared as they are, everything else is parsed first. Writes
    relations.jsonl (two articles, the kind of their relation, its passages), clusters.jsonl (articles that tell one report, and
    which of them stands for the others) and errors.jsonl. Exit status as of run.
    """
    from newsnorm.corpus.jobs.relate import dedup_files

    if out is None and not dry_run:
        raise click.UsageError("name a folder with --out, or pass --dry-run")
    with _bar() as update:
        account = dedup_files(
            inputs,
            None if dry_run else out,
            index=index,
            as_is=as_is,
            parser=_parser(catalogues),
            mapping=_mapping(fields),
            overwrite=overwrite,
            progress=update,
        )
    if as_json:
        import attrs

        click.echo(json.dumps(attrs.asdict(account), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"read {account.read:,}: {account.compared:,} compared, {account.failed:,} errors"
            + (f" → {out}" if out and not dry_run else " (dry run)")
        )
        if account.skipped:
            click.echo(
                f"skipped {len(account.skipped):,} file(s) that are neither .txt nor .jsonl: {', '.join(account.skipped[:3])}"
            )
        _tell_related(account.found)
        if account.errors:
            click.echo("errors: " + ", ".join(f"{code} {count:,}" for code, count in account.errors.items()))
    if account.failed:
        ctx.exit(FINISHED_WITH_ERRORS)


def _tell_related(found: RelationCounts) -> None:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in found.relations.items())
    click.echo(f"relations: {kinds or 'none'}")
    click.echo(f"clusters: {found.clusters:,}, of {found.clustered:,} articles; relations they cut: {found.bridges:,}")
    if found.repeated_ids:
        click.echo(f"not compared, since another text has their id: {found.repeated_ids:,}")
    for note in found.notes:
        click.echo(f"note: {note}")


@main.command(epilog="Example: newsnorm diff monday.txt tuesday.txt")
@click.argument("left", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("right", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-is", is_flag=True, help="Compare the texts as they are, without parsing them first.")
@click.option("--color/--no-color", "color", default=None, help="Colours; on a terminal unless told otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print relation and differences as JSON.")
@_CATALOGUE
def diff(left: Path, right: Path, as_is: bool, color: bool | None, as_json: bool, catalogues: Sequence[Path]) -> None:
    """
    Show two reports aligned: how they are related, why, and where they differ.

    Exit status 0: they are related; 1: they are not.
    """
    from newsnorm.corpus.jobs.relate import read_text
    from newsnorm.dedup import compare, differences

    parser = _parser(catalogues)
    texts = [read_text(path, as_is=as_is, parser=parser) for path in (left, right)]
    relation = compare(*texts)
    found = differences(*texts)
    if as_json:
        import attrs

        row = {"relation": attrs.asdict(relation) if relation else None, "differences": [attrs.asdict(each) for each in found]}
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
    elif relation is None:
        click.echo("not related")
    else:
        _show_relation(relation, texts, found, color)
    if relation is None:
        raise click.exceptions.Exit(1)


def _show_relation(relation: Relation, texts: Sequence[str], found: Sequence[Difference], color: bool | None) -> None:
    left, right = (f"{int(100 * cover)} %" for cover in (relation.left_cover, relation.right_cover))
    many = len(relation.passages)
    click.echo(f"{relation.kind}: {left} of the left text and {right} of the right one lie in {many:,} passage(s)")
    for each in found:
        left, right = each.left.of(texts[0]), each.right.of(texts[1])
        click.secho(f"{each.kind:<9} {each.left.start:>6}–{each.left.end:<6} {each.right.start:>6}–{each.right.end}", color=color)
        for sign, text, colour in (("-", left, "red"), ("+", right, "green")):
            if text:
                click.secho(f"  {sign} {_one_line(text)}", fg=colour, color=color)


def _one_line(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= 200 else plain[:150] + " … " + plain[-45:]


@main.command(epilog="Example: newsnorm learn feed.jsonl --out sites.toml --field text=body")
@_INPUTS
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write: rules as TOML.")
@_FIELD
@click.option(
    "--min-documents", type=click.IntRange(2), default=3, show_default=True, help="On how many documents a line must stand."
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.2,
    show_default=True,
    help="On what share of the documents of its host.",
)
@click.option("--overwrite", "--force", "overwrite", is_flag=True, help="Replace the file, and what was pruned in it.")
@click.option("--dry-run", is_flag=True, help="Read and count, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@_CATALOGUE
@click.pass_context
def learn(
    ctx: click.Context,
    inputs: Sequence[Path],
    out: Path | None,
    fields: Sequence[str],
    min_documents: int,
    share: float,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
    catalogues: Sequence[Path],
) -> None:
    """
    Learn from a corpus which lines its sites print around their reports.

    Reads what `run` reads; only records with a URL teach, since lines are counted by host. Writes one TOML file to read, to
    prune, and to pass to run, parse and explain with --catalogue. Exit status as of run.
    """
    from newsnorm.corpus.jobs.learn import learn_files

    if out is None and not dry_run:
        raise click.UsageError("name a file with --out, or pass --dry-run")
    if out is not None and out.exists() and not (overwrite or dry_run):
        raise click.UsageError(f"{out} exists, and somebody may have pruned it: name another file, or pass --overwrite")
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"{out.parent} is no directory")
    parser = _parser(catalogues)
    with _bar() as update:
        catalogue, account = learn_files(
            inputs, min_documents=min_documents, share=share, parser=parser, mapping=_mapping(fields), progress=update
        )
    if out is not None and not dry_run:
        catalogue.save(out)
    for failure in account.failures:
        click.echo(f"{failure.source}:{failure.line or 1}: {failure.code}: {failure.message}", err=True)
    if as_json:
        import attrs

        click.echo(json.dumps(attrs.asdict(account), ensure_ascii=False, indent=2))
    else:
        _tell_learned(account, None if dry_run else out)
    if account.failed:
        ctx.exit(FINISHED_WITH_ERRORS)


def _tell_learned(account: Account, out: Path | None) -> None:
    click.echo(
        f"read {account.read:,} from {account.hosts:,} hosts, {account.failed:,} errors: "
        f"{account.rules:,} lines of {account.hosts_learned:,} hosts learned" + (f" → {out}" if out else " (dry run)")
    )
    if account.without_host:
        click.echo(f"without a URL, so of no known host: {account.without_host:,}; --field url=NAME says where it stands")
    if account.hosts_sampled:
        click.echo(f"of {account.hosts_sampled:,} large hosts a sample of {account.sample:,} documents each was counted")
    if account.skipped:
        click.echo(f"skipped {len(account.skipped):,} file(s) that are neither .txt nor .jsonl: {', '.join(account.skipped[:3])}")
    if account.errors:
        click.echo("errors: " + ", ".join(f"{code} {count:,}" for code, count in account.errors.items()))


class _bar:  # noqa: N801  (a context manager that reads as a verb's object)
    """A progress bar on a terminal, silent in a pipe."""

    def __enter__(self) -> _bar:
        from tqdm import tqdm

        self._bar = tqdm(
            unit="", unit_scale=True, unit_divisor=1000, disable=not sys.stderr.isatty(), file=sys.stderr, leave=False
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def __call__(self, done: int, whole: int) -> None:
        if self._bar.total != whole:
            self._bar.reset(whole)
        self._bar.update(done - self._bar.n)


def _tell(summary: Summary, out: Path | None) -> None:
    click.echo(
        f"read {summary.read:,}: {summary.written:,} articles, {summary.failed:,} errors" + (f" → {out}" if out else " (dry run)")
    )
    if summary.skipped:
        click.echo(f"skipped {len(summary.skipped):,} file(s) that are neither .txt nor .jsonl: {', '.join(summary.skipped[:3])}")
    click.echo(
        f"without a report {summary.empty:,}; exact duplicates {summary.duplicates:,}; with repaired characters {summary.fixed:,}"
    )
    if summary.related is not None:
        _tell_related(summary.related)
    if summary.repeated_ids:
        click.echo(f"ids that stand more than once: {summary.repeated_ids:,}")
    for name, counts in (("languages", summary.languages), ("removed for", summary.reasons), ("errors", summary.errors)):
        if counts:
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            click.echo(
                f"{name}: " + ", ".join(f"{key} {count:,}" for key, count in ranked[:12]) + (" …" if len(ranked) > 12 else "")
            )


@main.group()
def cases() -> None:
    """Regression cases: directories with raw.txt, about.toml and expected.json."""


@cases.command(name="check", epilog="Example: newsnorm cases check tests/our-articles")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_CATALOGUE
def check_cases(directory: Path, catalogues: Sequence[Path]) -> None:
    """Parse every case of DIRECTORY and compare it with what it expects."""
    from newsnorm.testing import cases as cases_of
    from newsnorm.testing import check

    parser = _parser(catalogues)
    wrong = 0
    every = cases_of(directory)
    for case in every:
        try:
            check(case, parser)
        except AssertionError as error:
            wrong += 1
            click.echo(str(error))
    click.echo(f"{len(every) - wrong} passed, {wrong} failed")
    if wrong:
        raise click.exceptions.Exit(1)


@cases.command(epilog="Example: newsnorm cases accept tests/our-articles --dry-run")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Name the cases that differ, write nothing.")
@_CATALOGUE
def accept(directory: Path, dry_run: bool, catalogues: Sequence[Path]) -> None:
    """Write what is produced now into the cases of DIRECTORY; read the difference before you commit it."""
    from newsnorm.testing import accept as accept_case
    from newsnorm.testing import cases as cases_of
    from newsnorm.testing import check

    parser = _parser(catalogues)
    for case in cases_of(directory):
        try:
            check(case, parser)
        except AssertionError as error:
            if dry_run:
                click.echo(f"differs: {error}")
            elif accept_case(case, parser):
                click.echo(f"rewritten: {case}")


def _read(file: Path) -> bytes:
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def _name(file: Path) -> str | None:
    return None if str(file) == "-" else file.stem


def _parser(catalogues: Sequence[Path]) -> Parser:
    from newsnorm.catalogue import Catalogue
    from newsnorm.parser import Parser

    catalogue = Catalogue.default()
    for path in catalogues:
        catalogue |= Catalogue.load(path)
    return Parser(catalogue=catalogue)


def _says(parser: Parser) -> dict[str, str]:
    """For each rule, what `explain` says of it."""
    from newsnorm.passes import CODE_RULES

    says = {rule.id: rule.says for rule in CODE_RULES}
    for rule in parser.catalogue.rules:
        seen = rule.seen
        how = f"learned from {seen.documents} of {seen.of} documents of {rule.host}" if seen else rule.kind
        says[rule.id] = (
            f"{how}, {rule.reason or rule.table}: {', '.join(rule.phrases[:2])}{' …' if len(rule.phrases) > 2 else ''}"
        )
    return says


def _mapping(fields: Sequence[str]) -> dict[str, str]:
    from newsnorm.corpus.sources import FIELDS

    mapping: dict[str, str] = {}
    for field in fields:
        ours, equals, theirs = field.partition("=")
        if not equals or ours not in FIELDS or not theirs:
            raise click.UsageError(f"--field {field}: write OURS=THEIRS, with OURS one of {', '.join(FIELDS)}")
        mapping[ours] = theirs
    return mapping


if __name__ == "__main__":
    main()
