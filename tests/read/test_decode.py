"""Bytes: which encoding, and why."""

from __future__ import annotations

import codecs
import gzip
import marshal
import tomllib
import unicodedata
import zlib

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from newsnorm import InputError
from newsnorm.read.charmaps import charmaps
from newsnorm.read.decode import Decoded, decode
from newsnorm.read.forms import codec_by_form
from newsnorm.records import Encoding

TEXT = "Zürich – „Straße“ in Łódź"


@pytest.mark.parametrize(
    ("bom", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(bom: bytes, name: str) -> None:
    read = decode(bom + TEXT.encode(name), declared="latin-1")
    assert (read.text, read.encoding.name, read.encoding.reason, read.notes) == (TEXT, name, "bom", ())


def test_what_was_declared_comes_before_a_guess() -> None:
    read = decode("Привет, мир".encode("cp1251"), "windows-1251")
    assert (read.text, read.encoding.name, read.encoding.reason, read.notes) == ("Привет, мир", "cp1251", "declared", ())


def test_latin_1_means_cp1252_as_it_does_to_browsers() -> None:
    assert decode("„Zürich“ – 5 €".encode("cp1252"), "iso-8859-1").text == "„Zürich“ – 5 €"


def test_a_declared_single_byte_encoding_is_not_believed_about_valid_utf_8() -> None:
    read = decode(TEXT.encode(), "iso-8859-1")
    assert (read.text, read.encoding.reason) == (TEXT, "valid-utf-8")
    assert read.notes == ("encoding-overruled: declared as iso-8859-1, but the bytes are valid UTF-8",)


@pytest.mark.parametrize(
    "declared", ["utf-8", "shift_jis", "no-such-encoding", "rot13", "base64", "punycode", "idna", "undefined", "\x00", ""]
)
def test_a_wrong_declaration_is_noted_and_never_an_error(declared: str) -> None:
    read = decode(b"caf\xe9 cr\xe8me \xe0 la carte, tr\xe8s bien", declared)
    assert "caf" in read.text
    assert read.encoding.reason != "declared" or not read.notes
    if read.encoding.reason != "declared":
        assert read.notes[0].startswith(("encoding-unknown:", "encoding-invalid:"))


def test_single_bad_bytes_in_utf_8_are_read_as_cp1252() -> None:
    data = ("naïve café " * 40).encode() + b"\x93quoted\x94 text"
    read = decode(data)
    assert read.text.endswith("“quoted” text")
    assert (read.encoding.name, read.encoding.reason, read.encoding.repaired) == ("utf-8", "nearly-utf-8", 2)
    assert read.notes == ("encoding-repaired: bytes that are not valid UTF-8 were repaired: 2",)


def test_a_text_cut_inside_its_last_character_stays_utf_8() -> None:
    data = ("Grüße aus Zürich. " * 50 + "ä").encode()[:-1]
    read = decode(data)
    assert read.text == "Grüße aus Zürich. " * 50 + "\ufffd"
    assert read.encoding.reason == "nearly-utf-8"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Straße über den Fluss bleibt für größere Fahrzeuge gesperrt, wie die Behörde ankündigte. " * 4, "cp1252"),
        ("Порт закроет восточный причал на ремонт до конца года, сообщили в администрации. " * 4, "cp1251"),
        ("港湾局は修理のため東埠頭を年末まで閉鎖すると発表した。" * 8, "shift_jis"),
        ("港务局宣布东码头因维修将关闭至年底，货船须改道。" * 8, "gb18030"),
    ],
)
def test_old_encodings_are_guessed_and_said_so(text: str, name: str) -> None:
    read = decode(text.encode(name))
    assert read.text == text
    assert read.encoding.reason == "guessed"
    assert read.notes[0].startswith("encoding-guessed:")


def test_an_image_is_no_text() -> None:
    with pytest.raises(InputError, match="not text"):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20 + b"\xff\xfe\xfd\x81\x8d" * 60)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    plain = text.lstrip("\ufeff")
    assert decode(plain.encode()).text == plain


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_our_error(data: bytes) -> None:
    try:
        read = decode(data)
    except InputError:
        return
    read.text.encode()
    assert read.encoding.reason in ("bom", "valid-utf-8", "nearly-utf-8", "guessed")


def test_a_few_bytes_are_not_taken_for_chinese() -> None:
    assert decode(b"Caf\xe9").text == "Café"


ROWS = tomllib.loads((FIXTURES / "bytes.toml").read_text(encoding="utf-8"))["row"]
SAME = str.maketrans("şţŞŢ", "șțȘȚ")  # Romanian: old code pages have the cedilla alone


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}-{row['encoding']}")
def test_news_in_the_encodings_of_its_time_is_read_letter_for_letter(row: dict[str, str]) -> None:
    read = decode(encoded(row["text"], row["encoding"]))
    assert unicodedata.normalize("NFC", read.text).translate(SAME) == row["text"].translate(SAME)
    assert read.encoding.reason == "guessed"


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text; what cp1258 lacks is decomposed, its tone mark behind the letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in unicodedata.normalize("NFD", text):
        if letter in tones or not unicodedata.combining(letter):
            letters.append(letter)
        else:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + letter)
    return "".join(letters).encode(encoding)


def test_a_pound_sign_makes_no_polish() -> None:
    read = decode(b"The ferry cost the town \xa3300 a day, then \xa35m a year, the council\x92s own figures show.")
    assert (read.text.count("£"), read.encoding.name) == (2, "cp1252")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Quay closed until Friday, the port authority said.",
        "Порт закрыт до пятницы, 3 мая.",
        "港务局5月3日宣布：东码头关闭。\n2024",
    ],
    ids=["en", "ru", "zh"],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "cp1252"])
def test_text_in_wide_units_needs_no_mark(text: str, codec: str, declared: str | None) -> None:
    read = decode(text.encode(codec), declared)
    assert (read.text, read.encoding.name, read.encoding.reason) == (text, codec, "guessed")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (gzip.compress(b"Quay closed", mtime=0), "are gzip, not text; decompress"),
        (b"PK\x03\x04" + bytes(40), "ZIP archive, not text; unpack"),
        (b"%PDF-1.7\n", "PDF document"),
        (b"\x7fELF\x02\x01\x01" + bytes(80), "executable"),
        (b"\x93NUMPY\x01\x00v\x00", "numpy.load"),
        (zlib.compress(bytes(range(256)) * 40, 9)[2:], "not text in any known encoding"),
        (marshal.dumps(compile("def f(x):\n    return [y * 2 for y in x]\n", "f", "exec")), "not text in any known encoding"),
    ],
)  # fmt: skip
def test_files_of_other_kinds_are_refused_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("港の古い灯台が三十年ぶりに点灯した。子どもたちは花火を楽しんだ", "utf-16-le"),
        ("渔村的老灯塔昨晚重新亮起，守塔人说这是三十年来第一次", "utf-16-be"),
        ("항구의 오래된 등대가 삼십 년 만에 다시 불을 밝혔다. 등대지기는 꿈만 같다고 말했다.", "utf-16-le"),
        ("ชาวบ้านริมคลองช่วยกันซ่อมสะพานไม้ที่พังเพราะน้ำหลาก", "utf-16-be"),
    ],
    ids=["ja", "zh", "ko", "th"],
)
@pytest.mark.parametrize("cut", [None, -1, -2])
def test_wide_units_need_neither_a_mark_nor_zeros(text: str, codec: str, cut: int | None) -> None:
    read = decode(text.encode(codec)[:cut])
    assert (read.text.rstrip("\ufffd"), read.encoding.name) == (text[: cut and -1], codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("渔村的老灯塔昨晚重新亮起，守塔人说这是三十年来第一次。", "gb18030"),
        ("漁村的老燈塔昨晚重新亮起，守塔人說這是三十年來第一次。", "big5"),
        ("港の古い灯台が三十年ぶりに点灯した。子どもたちは花火を楽しんだ。", "shift_jis"),
        ("港の古い灯台が三十年ぶりに点灯した。子どもたちは花火を楽しんだ。", "euc-jp"),
        ("항구의 오래된 등대가 삼십 년 만에 다시 불을 밝혔다", "euc-kr"),
        ("항구의 오래된 등대가 삼십 년 만에 다시 불을 밝혔다", "iso2022_kr"),
    ],
)
@pytest.mark.parametrize("ending", ["", "cut", "padded"])
def test_text_of_a_field_of_fixed_length_is_read(text: str, codec: str, ending: str) -> None:
    data = text.encode(codec)
    data = data[:-1] if ending == "cut" else data + bytes(40) if ending == "padded" else data
    read = decode(data).text
    assert read.startswith(text[:-2])
    assert len(read) <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The captain said the “long winter” hadn’t ended – at least not up north.", "mac_roman"),
        ("Le boulanger de Saint-Étienne a reçu hier la médaille du mérite à l’hôtel.", "mac_roman"),
        ("Die Müllabfuhr in Übersee fährt künftig wieder größere Wagen über Land.", "cp850"),
        ("Mieszkańcy Świętochłowic zbudowali własnymi siłami kładkę nad torami.", "cp852"),
        ("A tűzoltók három órán át dolgoztak, míg a gőzölgő kéményből kihúzták.", "cp852"),
        ("Ο δάσκαλος του χωριού έφτιαξε με τους μαθητές ένα ηλιακό ρολόι στην αυλή.", "cp737"),
    ],
)
def test_encodings_of_old_computers_are_told_by_odd_letters(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["viscii", "tcvn"])
def test_old_vietnamese_encodings_are_guessed_and_may_be_declared(codec: str) -> None:
    text = "Người dân đảo Phú Quý tự góp tiền sửa ngọn hải đăng bị bão làm hỏng."
    table = {letter: byte for byte, letter in reversed(list(enumerate(charmaps()[codec])))}
    data = bytes(table[letter] for letter in text)
    assert decode(data).text == text
    assert decode(data, codec.upper()) == Decoded(text, Encoding(name=codec, reason="declared"))


def test_lines_in_another_encoding_amid_utf_8_are_read() -> None:
    text = ["Пекарня на вокзале открывается в пять утра.", "Машинисты покупают булки, не выходя из кабины."]
    read = decode("\n".join(text * 3).encode() + b"\n" + text[1].encode("cp1251"))
    assert read.text == "\n".join([*text * 3, text[1]])
    assert read.notes == ("encoding-mixed: lines that are not UTF-8 were read as cp1251: 1",)


@pytest.mark.parametrize("data", [b"The ferry \x1b$left at nine, the captain said.", b"Prices \x1b$B5 and up.\nIt was late."])
def test_ascii_with_a_stray_escape_is_read_with_a_note(data: bytes) -> None:
    read = decode(data)
    assert read.text == data.decode()
    assert read.notes[0].startswith("encoding-escapes:")


def test_text_with_a_few_zero_bytes_is_not_taken_for_wide_units() -> None:
    assert decode(b"abc\0def\0ghi").text == "abc\0def\0ghi"


@given(st.binary(min_size=1, max_size=200))
def test_bytes_without_zeros_are_never_taken_for_wide_units(data: bytes) -> None:
    assert codec_by_form(data.replace(b"\0", b"a")) in (None, "iso2022_jp", "iso2022_jp_ext", "iso2022_kr", "hz")


def test_a_declared_wide_encoding_is_not_believed_about_bytes_without_zeros() -> None:
    read = decode(b"The bridge in Ulm was closed on Monday, the city said, after a fire.", "utf-16")
    assert (read.text[:10], read.encoding.reason) == ("The bridge", "valid-utf-8")
    assert "without zero bytes" in read.notes[0]
