"""
Write rows of tables as CSV or TSV, quoted as RFC 4180 says, so that no cell is a formula to a spreadsheet.

Lines end with ``\\n``. A cell that a spreadsheet could take for a formula gets an apostrophe before it (`guard`), which `unguard`
takes away again.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsnorm.export.flat import Value
from newsnorm.text.lazy_regex import lazy_regex

SEPARATOR = " | "
"""What stands between the items of a list in a cell."""

_FORMULA = lazy_regex(
    r"'*"
    r"[\s\x00-\x1f\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]*"
    r"[=+\-@\t\r\n\x00"
    r"\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)
"""What a cell begins with if a spreadsheet may calculate it; apostrophes before it count, so that `unguard` can tell."""


def guard(cell: str) -> str:
    """
    Put an apostrophe before a text that a spreadsheet could take for a formula.

    These are texts whose first character, after blanks and what can't be seen, is ``=``, ``+``, ``-`` or ``@`` (of either width),
    and texts that begin with a tab, a line break or a NUL.

    >>> guard("=1+1"), guard("  @rain"), guard("'-5"), guard("Rain - and wind")
    ("'=1+1", "'  @rain", "''-5", 'Rain - and wind')

    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """
    Return the text that `guard` was given.

    >>> unguard("'=1+1"), unguard("''-5"), unguard("'Twas rain"), unguard("Rain")
    ('=1+1', "'-5", "'Twas rain", 'Rain')

    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def dumps_row(values: Iterable[Value], delimiter: str) -> str:
    """
    Write a row, without the line break.

    Args:
        values: its values; None is an empty cell, a list one with `SEPARATOR` between the items.
        delimiter: what stands between cells: a comma or a tab.

    >>> print(dumps_row(["quay", None, ["María Pérez", "Jane Miller"], 2, True, 'The "quay", it said'], ","))
    quay,,María Pérez | Jane Miller,2,true,"The ""quay"", it said"

    """
    cells = [_quoted(_cell(value), delimiter) for value in values]
    return '""' if cells == [""] else delimiter.join(cells)  # a row of one empty cell would be an empty line


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return guard(value if isinstance(value, str) else SEPARATOR.join(value))


def _quoted(cell: str, delimiter: str) -> str:
    """Quote a cell if it has a delimiter, a quotation mark or a line break, or a blank at its ends."""
    if any(mark in cell for mark in (delimiter, '"', "\n", "\r")) or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell
