"""Separate the names in a byline where one link ends and the next begins."""

from __future__ import annotations

from newsnorm.grammar.byline import BylineReader, BylineReading
from newsnorm.records import Line
from newsnorm.records.markup import Markup
from newsnorm.text.folding import fold


def part_at_links(reading: BylineReading | None, markup: Markup, line: Line, reader: BylineReader) -> BylineReading | None:
    """
    Return the reading of a line with its names separated between adjoining links, if that yields more people.

    Args:
        reading: the reading of the line as one text.
        markup: the markup of the page.
        line: of the page.
        reader: reads the separated text.

    """
    mark = markup.of_line(line.number)
    if reading is None or not reading.people or mark is None or not mark.joints:
        return reading
    text = mark.parted(line.text)
    parted = reader.read(text, fold(text).split())
    return parted if parted is not None and len(parted.people) > len(reading.people) else reading
