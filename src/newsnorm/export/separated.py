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
"""Separates the items of a list in a cell."""

_BREAKS = r"\n\v\f\r\x1c-\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_BLANKS = (  # and what can't be seen
    rf"(?:(?![{_BREAKS}])[\s\x00-\x1f\x7f-\x9f\N{{SOFT HYPHEN}}\N{{ARABIC LETTER MARK}}\N{{MONGOLIAN VOWEL SEPARATOR}}"
    r"\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    r"\N{WORD JOINER}-\N{NOMINAL DIGIT SHAPES}\N{ZERO WIDTH NO-BREAK SPACE}])*"
)
_SIGNS = (  # in all their widths: what Unicode takes for the same signs
    r"[=+\-@|\t\x00\N{SUPERSCRIPT PLUS SIGN}\N{SUPERSCRIPT EQUALS SIGN}\N{SUBSCRIPT PLUS SIGN}\N{SUBSCRIPT EQUALS SIGN}"
    r"\N{TWO CONSECUTIVE EQUALS SIGNS}\N{THREE CONSECUTIVE EQUALS SIGNS}\N{HEBREW LETTER ALTERNATIVE PLUS SIGN}"
    r"\N{SMALL PLUS SIGN}\N{SMALL HYPHEN-MINUS}\N{SMALL EQUALS SIGN}\N{SMALL COMMERCIAL AT}"
    r"\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH COMMERCIAL AT}"
    r"\N{FULLWIDTH VERTICAL LINE}]"
)
_FORMULA = rf"'*{_BLANKS}{_SIGNS}"
_FIRST_LINE = lazy_regex(rf"{_FORMULA}|'*{_BLANKS}[{_BREAKS}]")
_LATER_LINE = lazy_regex(rf"[{_BREAKS}](?={_FORMULA})")
_GUARDED_LINE = lazy_regex(rf"([{_BREAKS}])'(?={_FORMULA})")
"""The beginning of a line that a spreadsheet may take for a formula, including apostrophes, so that those added by `guard` can be
told apart."""


def guard(cell: str) -> str:
    """
    Put an apostrophe before each line of a text that a spreadsheet could take for a formula.

    These are lines whose first character, after blanks and what can't be seen, is ``=``, ``+``, ``-``, ``@`` or ``|`` (of any
    width), and the first line if it is empty. Later lines count since a program that does not know quotes takes them for rows.

    >>> guard("=1+1"), guard("  @rain"), guard("'-5"), guard("Rain\\n- and wind")
    ("'=1+1", "'  @rain", "''-5", "Rain\\n'- and wind")

    """
    later = _LATER_LINE.sub(r"\g<0>'", cell)
    return f"'{later}" if _FIRST_LINE.match(cell) else later


def unguard(cell: str) -> str:
    """
    Undo `guard`.

    >>> unguard("'=1+1"), unguard("''-5"), unguard("'Twas rain"), unguard("Rain\\n'- and wind")
    ('=1+1', "'-5", "'Twas rain", 'Rain\\n- and wind')

    """
    later = _GUARDED_LINE.sub(r"\1", cell)
    return later[1:] if later.startswith("'") and _FIRST_LINE.match(later) else later


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
    return '""' if cells == [""] else delimiter.join(cells)  # an unquoted row of one empty cell would be an empty line


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return guard(value if isinstance(value, str) else SEPARATOR.join(value))


def _quoted(cell: str, delimiter: str) -> str:
    """Quote a cell if it contains a delimiter, a quotation mark or a line break, or begins or ends with a space."""
    if any(mark in cell for mark in (delimiter, '"', "\n", "\r")) or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell
