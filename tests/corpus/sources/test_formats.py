"""Formats and compressions: each kind of file gives its records, with what is known of them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from containers import Outcome, gzip_members, jsonl, page, read_bytes, table, texts, warc_record, warc_records, zstd

from newsnorm.corpus.sources.compression import zst
from newsnorm.corpus.sources.formats.http import HttpError, read_response
from newsnorm.corpus.sources.options import Limits
from newsnorm.corpus.sources.recognise import format_of
from newsnorm.export import arrow
from newsnorm.records import Metadata

needs_zstd = pytest.mark.skipif(not zst.is_installed(), reason="needs the extra zstd")
needs_arrow = pytest.mark.skipif(not arrow.is_installed(), reason="needs the extra arrow")


PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
    "": bytes,
}


@pytest.mark.parametrize("ending", [pytest.param(each, marks=needs_zstd) if each == ".zst" else each for each in PACK])
def test_every_format_is_read_in_every_compression(tmp_path: Path, ending: str) -> None:
    array = b"[" + b",\n".join(jsonl().splitlines()) + b"]\n"
    files = {
        "a.jsonl": jsonl(),
        "a.json": array,
        "a.csv": table(),
        "a.tsv": table(delimiter="\t"),
        "a.warc": b"".join(warc_records()),
    }
    for name, data in files.items():
        outcome = read_bytes(tmp_path, name + ending, PACK[ending](data))
        raw = [text.removeprefix("<!DOCTYPE") and text for text in outcome.raw]
        wanted = [page(text).decode() for text in texts()] if name == "a.warc" else texts()
        assert (raw, outcome.codes) == (wanted, [])
        assert outcome.counter.read == len(PACK[ending](data))
    text = read_bytes(tmp_path, "rain.txt" + ending, PACK[ending](b"It rained."))
    assert (text.ids, text.raw) == (["rain"], ["It rained."])


@pytest.mark.parametrize("name", ["feed", "feed.jsonl", "feed.txt.gz", "feed.dat"])
def test_compression_shows_in_the_content(tmp_path: Path, name: str) -> None:
    lines = gzip_members([line + b"\n" for line in jsonl().splitlines()])
    outcome = read_bytes(tmp_path, name, lines)
    assert len(outcome.records) == (1 if ".txt" in name else 8)


def test_a_file_that_lost_its_compression_keeps_its_records(tmp_path: Path) -> None:
    assert len(read_bytes(tmp_path, "feed.jsonl.gz", jsonl()).records) == 8


def test_too_many_layers_are_refused(tmp_path: Path) -> None:
    data = jsonl()
    for _ in range(3):
        data = gzip.compress(data)
    assert len(read_bytes(tmp_path, "feed.jsonl", data).records) == 8
    assert read_bytes(tmp_path, "feed.jsonl", gzip.compress(data)).codes == ["unsupported"]


# JSON


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["feed.jsonl", "feed.json", "table.csv"])
def test_wide_encodings_of_files_of_records_are_read(tmp_path: Path, name: str, codec: str) -> None:
    data = table() if name == "table.csv" else jsonl()
    outcome = read_bytes(tmp_path, name, data.decode().encode(codec))
    assert (outcome.raw, outcome.codes) == (texts(), [])


def test_line_ends_of_old_macintoshes_are_read(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "feed.jsonl", jsonl().replace(b"\n", b"\r")).raw == texts()
    assert read_bytes(tmp_path, "feed.jsonl", jsonl().replace(b"\n", b"\r\n")).raw == texts()


@pytest.mark.parametrize(
    ("data", "places", "ids"),
    [
        (b'{\n "text": "Rain."\n}\n', [None], ["2024/rain"]),
        (b'[{"text": "Rain."}]', [1], ["2024/rain.json:1"]),
        (b'{"text": "Rain."}\n{"text": "Snow."}\n', [1, 2], ["2024/rain.json:1", "2024/rain.json:2"]),
        (b'{\n"text": "Rain."}{"text":\n"Snow."}', [1, 2], ["2024/rain.json:1", "2024/rain.json:2"]),
        (b"[]", [], []),
        (b"", [], []),
    ],
)
def test_json_is_an_array_objects_or_lines(tmp_path: Path, data: bytes, places: list[object], ids: list[str]) -> None:
    from newsnorm.corpus.sources.read import read_file
    from newsnorm.corpus.sources.record import SourceFile, SourceRecord

    (tmp_path / "rain.json").write_bytes(data)
    records = [each for each in read_file(SourceFile(tmp_path / "rain.json", "2024/rain.json")) if isinstance(each, SourceRecord)]
    assert ([record.place for record in records], [record.id for record in records]) == (places, ids)


def test_brackets_and_quotes_in_texts_do_not_end_a_value(tmp_path: Path) -> None:
    tricky = ['a "]} quote', 'back\\slash \\" }', "[[[{{{", "x" * 200_000 + '"}']
    array = json.dumps([{"text": text} for text in tricky], indent=1).encode()
    assert read_bytes(tmp_path, "feed.json", array).raw == tricky


def test_an_array_is_read_in_flat_memory(tmp_path: Path) -> None:
    outcome = read_bytes(
        tmp_path, "feed.json", b'[{"text": "' + b"x" * 3_000 + b'"},{"text": "Rain."}]', limits=Limits(record=2_000)
    )
    assert (outcome.raw, outcome.codes) == (["Rain."], ["too-long"])


def test_garbage_after_an_array_is_told(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "feed.json", b'[{"text": "Rain."}] and more').codes == ["bad-json"]
    assert read_bytes(tmp_path, "feed.json", b'[{"text": "Rain."}, 5, "x"]').codes == ["not-an-object"] * 2
    assert read_bytes(tmp_path, "feed.json", b'[{"text": "Rain."},').codes == ["cut"]


# fields


def rows_of(tmp_path: Path, row: dict[str, object], **options: object) -> Outcome:
    return read_bytes(tmp_path, "feed.jsonl", json.dumps(row).encode() + b"\n", **options)


def test_fields_are_found_by_path(tmp_path: Path) -> None:
    row: dict[str, object] = {"content": [{"html": "Rain."}], "meta": {"link": "https://example.com/a"}, "a.b": "Title"}
    fields = {"text": "content.0.html", "url": "meta.link", "title": "a.b", "site": "meta.none", "id": "content.7.x"}
    (record,) = rows_of(tmp_path, row, fields=fields).records
    assert (record.raw, record.metadata) == ("Rain.", Metadata(id="feed.jsonl:1", url="https://example.com/a", title="Title"))


@pytest.mark.parametrize("odd", [5, ["a"], {"a": 1}, True])
def test_an_odd_optional_field_costs_that_field(tmp_path: Path, odd: object) -> None:
    (record,) = rows_of(tmp_path, {"text": "It rained in Ulm.", "title": odd, "url": "https://example.com"}).records
    assert (record.metadata.title, record.metadata.url) == (None, "https://example.com")
    article = record.parse()
    assert [note.partition(":")[0] for note in article.notes if note.startswith("metadata")] == ["metadata-unreadable"]


def test_missing_values_are_no_values(tmp_path: Path) -> None:
    data = b'{"text": "Rain.", "title": NaN, "url": null, "id": 7.0, "site": ""}\n'
    (record,) = read_bytes(tmp_path, "feed.jsonl", data).records
    assert (record.metadata, record.notes) == (Metadata(id="7"), ())
    (record,) = read_bytes(tmp_path, "t.csv", b"text,title,url\nRain.,nan,\n").records
    assert record.metadata == Metadata(id="t.csv:2")


def test_the_encoding_of_a_text_is_told_to_be_unneeded(tmp_path: Path) -> None:
    (record,) = rows_of(tmp_path, {"text": "It rained in Ulm.", "encoding": "cp1252"}).records
    assert [note.partition(":")[0] for note in record.notes] == ["encoding-unneeded"]


@pytest.mark.parametrize(("given", "code", "method"), [("pt-BR", "pt", "given"), ("English", "en", "langdetect")])
def test_a_language_is_honoured_if_it_is_a_code(tmp_path: Path, given: str, code: str, method: str) -> None:
    row: dict[str, object] = {"text": "The harbour was closed on Monday because of a storm, the port said."}
    for outcome in (rows_of(tmp_path, row | {"language": given}), rows_of(tmp_path, row, language=given)):
        article = outcome.records[0].parse()
        assert (article.language.code, article.language.method) == (code, method)
        assert any(note.startswith("language-unreadable") for note in article.notes) == (method != "given")


# tables


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"id;text\n1;Rain, snow\n"),
        ("a.csv", b"sep=|\nid|text\n1|Rain, snow\n"),
        ("a.csv", b'\xef\xbb\xbfid,text\r\n1,"Rain, snow"\r\n\r\n'),
        ("a.csv", b'"id" ,"text"\n1,"Rain, snow"\n'.replace(b'" ,', b'",')),
        ("a.tsv", b"id\ttext\n1\tRain, snow\n"),
        ("a.csv", b"id\ttext\n1\tRain, snow\n"),
        ("a.csv", b'id,text,\n1,"Rain, snow",\n'),
        ("a.csv", b'id,text\n1,"Rain, snow",,\n'),
    ],
)
def test_the_dialect_of_a_table_shows_in_its_header(tmp_path: Path, name: str, data: bytes) -> None:
    outcome = read_bytes(tmp_path, name, data)
    assert (outcome.ids, outcome.raw, outcome.codes) == (["1"], ["Rain, snow"], [])


def test_quotes_without_meaning_in_tabs_are_text(tmp_path: Path) -> None:
    outcome = read_bytes(tmp_path, "a.tsv", b'text\tid\n"We will close," he said.\t1\n5" pipe\t2\n')
    assert outcome.raw == ['"We will close," he said.', '5" pipe']


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"id,text,text\n1,a,b\n", "bad-header"), (b'id,"text\n', "bad-header"), (b"id,body\n1,a\n2,b\n", "no-text")],
)
def test_a_table_without_a_header_is_one_failure(tmp_path: Path, data: bytes, code: str) -> None:
    assert read_bytes(tmp_path, "a.csv", data).codes == [code]


def test_the_last_row_may_be_cut(tmp_path: Path) -> None:
    (record,) = read_bytes(tmp_path, "a.csv", b"id,text\n1,It rained in Ul").records
    assert [note.partition(":")[0] for note in record.notes] == ["source-unended"]
    assert read_bytes(tmp_path, "a.csv", b"id,text,url\n1,It rained").codes == ["cut"]


def test_a_text_that_is_not_utf_8_is_guessed_as_a_whole(tmp_path: Path) -> None:
    (record,) = read_bytes(tmp_path, "a.csv", "text,title\nÉté à Zürich,Été\n".encode("cp1252")).records
    assert (record.raw, record.metadata.title) == ("Été à Zürich".encode("cp1252"), "Été")


def test_a_field_may_be_longer_than_the_standard_library_allows(tmp_path: Path) -> None:
    (record,) = read_bytes(tmp_path, "a.csv", b'text\n"' + b"It rained.\n" * 50_000 + b'"\n').records
    assert len(record.raw) == 550_000
    assert read_bytes(tmp_path, "a.csv", b"text\n" + b"x" * 5_000 + b"\ny\n", limits=Limits(record=4_000)).codes == ["bad-row"]


def test_open_quotes_everywhere_take_no_longer_than_the_limit(tmp_path: Path) -> None:
    rows = b"".join(b'%d,"It rained.\n' % number for number in range(20_000))
    outcome = read_bytes(tmp_path, "a.csv", b"id,text\n" + rows)
    assert outcome.failures


# Parquet


@needs_arrow
def test_parquet_gives_rows_with_typed_columns(tmp_path: Path) -> None:
    from datetime import datetime

    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "id": pa.array([7, None, 9]),
        "text": pa.array([b"Caf\xe9 au lait.", None, b"Rain."], pa.binary()),
        "fetched": pa.array([datetime(2024, 6, 20, 8, 30), None, None]),
        "meta": pa.array([{"link": "https://example.com/a"}, None, None]),
        "title": pa.array([["a"], None, None]),
        "unused": pa.array([[1.5] * 10] * 3),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet", row_group_size=2)
    outcome = read_bytes(tmp_path, "b.dat", (tmp_path / "a.parquet").read_bytes(), fields={"url": "meta.link"})
    assert [(failure.place, failure.code) for failure in outcome.failures] == [(2, "no-text")]
    first, last = outcome.records
    assert first.metadata == Metadata(id="7", url="https://example.com/a", fetched="2024-06-20T08:30:00")
    assert [note.partition(":")[0] for note in first.notes] == ["metadata-unreadable"]
    assert outcome.counter.read == (tmp_path / "a.parquet").stat().st_size
    assert (first.raw, last.id, last.place) == (b"Caf\xe9 au lait.", "9", 3)
    packed = read_bytes(tmp_path, "a.parquet.gz", gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert len(packed.records) == 2


@needs_arrow
def test_a_damaged_parquet_file_is_one_failure(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"text": texts()}), file, write_page_checksum=True)
    data = file.getvalue()
    for place in range(4, len(data), 13):
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        for outcome in (read_bytes(tmp_path, "a.parquet", bytes(flipped)), read_bytes(tmp_path, "a.parquet", data[:place])):
            assert len(outcome.failures) <= 1
            assert outcome.raw == texts() or outcome.failures
    pq.write_table(pa.table({"body": texts()}), tmp_path / "b.parquet")
    (failure,) = read_bytes(tmp_path, "c.parquet", (tmp_path / "b.parquet").read_bytes()).failures
    assert (failure.code, "the columns are: body" in failure.message) == ("no-text", True)


# crawls


def test_a_record_of_a_crawl_knows_where_and_when(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n"
    (record,) = read_bytes(tmp_path, "a.warc", warc_record(1, b"<p>Caf\xe9</p>", http=http)).records
    assert record.place == "urn:uuid:1"
    assert record.metadata == Metadata(
        id="urn:uuid:1",
        url="https://example.com/1",
        fetched="2024-05-14T08:30:00Z",
        media_type="text/html",
        encoding="ISO-8859-1",
    )


def test_records_that_are_no_articles_are_counted(tmp_path: Path) -> None:
    data = [
        warc_record(1, b"software: x", http=b"", kind="warcinfo"),
        warc_record(2, b"GET /", http=b"", kind="request"),
        warc_record(3, b"\x89PNG", http=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
        warc_record(4, page("gone"), http=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"),
        warc_record(5, b"Plain text.", http=b"", kind="conversion"),
        warc_record(6, page("Rain."), http=b"HTTP/1.0 200\r\n\r\n"),
    ]
    outcome = read_bytes(tmp_path, "a.warc.gz", gzip_members(data))
    assert outcome.ids == ["urn:uuid:5", "urn:uuid:6"]
    assert outcome.records[0].metadata.media_type == "text/plain"
    assert outcome.counter.skipped == {"warcinfo": 1, "request": 1, "image/png": 1, "status 404": 1}


def test_what_a_record_says_of_its_damage_is_noted(tmp_path: Path) -> None:
    data = [
        warc_record(1, b"x", headers="WARC-Truncated: length\r\n"),
        warc_record(2, b"x", headers="WARC-Block-Digest: sha1:AAAA\r\n"),
        warc_record(3, b"", http=b"", kind="conversion", headers="WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"),
    ]
    outcome = read_bytes(tmp_path, "a.warc", b"".join(data))
    notes = [[note.partition(":")[0] for note in record.notes] for record in outcome.records]
    assert notes == [["source-truncated"], ["source-digest"], []]


def test_line_ends_of_other_programs_are_accepted(tmp_path: Path) -> None:
    whole = b"".join(warc_records(2))
    head, _, _ = whole.partition(b"\r\n\r\n")
    assert len(read_bytes(tmp_path, "a.warc", whole.replace(head, head.replace(b"\r\n", b"\n"))).records) == 2
    assert len(read_bytes(tmp_path, "a.warc", whole.replace(b"</html>\r\n\r\n", b"</html>\r\n")).records) == 2


RAIN = b"<p>Rain.</p>"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Transfer-Encoding: chunked", b"4\r\n<p>R\r\n8;x=y\r\nain.</p>\r\n0\r\n\r\n"),
        (b"Transfer-Encoding: chunked", RAIN),
        (b"Content-Encoding: gzip", gzip.compress(RAIN, mtime=0)),
        (b"Content-Encoding: gzip", RAIN),
        (b"Content-Encoding: deflate", __import__("zlib").compress(RAIN)),
        (b"Content-Encoding: deflate", __import__("zlib").compress(RAIN)[2:-4]),
        (b"Content-Encoding: identity", RAIN),
        (
            b"Transfer-Encoding: chunked\r\nContent-Encoding: x-gzip",
            b"%x\r\n" % len(gzip.compress(RAIN, mtime=0)) + gzip.compress(RAIN, mtime=0) + b"\r\n0\r\n\r\n",
        ),
    ],
)
def test_a_body_loses_chunks_and_compression(headers: bytes, body: bytes) -> None:
    assert read_response(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n" + body, Limits()).body == RAIN


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        (b"Transfer-Encoding: chunked", b"4\r\n<p>R\r\n8\r\nain.", "cut"),
        (b"Transfer-Encoding: chunked", b"4\r\n<p>Rain.</p>", "damaged"),
        (b"Content-Encoding: gzip", gzip.compress(RAIN, mtime=0)[:-9], "cut"),
        (b"Content-Encoding: br", b"\x0b\x02", "unsupported"),
        (b"no colon <p>\xff", RAIN, "damaged"),
    ],
)
def test_a_broken_body_is_refused(headers: bytes, body: bytes, code: str) -> None:
    with pytest.raises(HttpError) as told:
        read_response(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n" + body, Limits())
    assert told.value.code == code


def test_formats_are_told_by_content_where_names_lie() -> None:
    assert format_of(".txt", b"WARC/1.0\r\n") == "warc"
    assert format_of(".csv", b"PAR1") == "parquet"
    assert format_of(".jsonl", b'[{"text"') == "json"
    assert format_of(".jsonl", b"[1]\n") == "jsonl"
    assert format_of("", b'{"text": "a"}\n{"text": "b"}\n') == "jsonl"
    assert format_of(".md", b"{not json}\n") == "text"


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.parquet"])
def test_a_missing_extra_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from command_line import invoke

    monkeypatch.setattr(zst, "is_installed", lambda: False)
    monkeypatch.setattr(arrow, "is_installed", lambda: False)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"")
    result = invoke("run", tmp_path, "--dry-run")
    assert result.exit_code == 2
    assert "pip install 'newsnorm[" in result.output
    assert result.output.count("Error") == 1
    assert sys.version_info >= (3, 11)
