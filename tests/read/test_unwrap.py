"""Hard-wrapped text is unwrapped, and nothing else is."""

from __future__ import annotations

import random
import textwrap

import pytest
from pages import LAST, MORE, PROSE

import newsnorm
from newsnorm.testing import check_laws

PARSER = newsnorm.Parser()


def read(text: str) -> list[str]:
    """The lines with text."""
    page = PARSER.page(text)
    check_laws(newsnorm.parse(text), page)
    return [line.text for line in page.lines if line.text]


@pytest.mark.parametrize("ending", ["\n", "\r\n", " \n", "\n  "])
@pytest.mark.parametrize("width", [58, 65, 72, 80])
def test_wrapped_paragraphs_become_one_line_each(width: int, ending: str) -> None:
    paragraphs = [f"{PROSE} {MORE}", f"{MORE} {LAST}", f"{LAST} {PROSE} {MORE}"]
    wrapped = f"{ending}\n".join(ending.join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)
    assert read(wrapped) == paragraphs
    assert any("hard-wrapped" in note for note in newsnorm.parse(wrapped).notes)


def made_up_paragraph(chance: random.Random) -> str:
    """Some sentences of made-up words."""
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(chance.randint(80, 120))]
    starts = {0, *chance.sample(range(3, 80), 8)}
    return " ".join(f"{'. ' * (place > 0)}{word.title()}" if place in starts else word for place, word in enumerate(words))


@pytest.mark.parametrize("width", [64, 70, 76, 80])
@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_wrapped_comes_back(seed: int, width: int) -> None:
    chance = random.Random(seed)
    paragraphs = [made_up_paragraph(chance).replace(" . ", ". ") for _ in range(seed % 3 + 1)]
    assert read("\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in paragraphs)) == paragraphs


def test_a_byline_between_headline_and_report_stays_apart() -> None:
    wrapped = "\n".join(textwrap.wrap(f"{PROSE} {MORE}", 62))
    assert read(f"Quay closed\n\nBy Ana Silva\nStaff writer\n\n{wrapped}\n\n{wrapped}")[:3] == [
        "Quay closed",
        "By Ana Silva",
        "Staff writer",
    ]


def test_spans_stay_exact() -> None:
    wrapped = "\r\n".join(textwrap.wrap(f"BERGEN, Norway (AP) — {PROSE} {MORE} {LAST}", 60))
    article = newsnorm.parse(wrapped)
    assert article.dateline is not None
    assert wrapped[article.dateline.span.start : article.dateline.span.end] == article.dateline.text
    (line,) = PARSER.page(wrapped).lines
    at = line.text.index("diver")
    span = line.raw_span(at, at + len("diver"))
    assert wrapped[span.start : span.end] == "diver"


WRAPPED = {
    "ru": "Жители посёлка за одну ночь расчистили дорогу, чтобы врач успел к роженице. Мальчика назвали Снежаном, хотя бабушка "
    "до последнего была против. Метель не утихала до утра, и обратно врач ехал на санях. Лошадь нашёл сосед.",
    "ar": "أعاد الصيادون في الميناء فتح السوق القديمة بعد أن رمموا سقفها بأيديهم. وقال شيخهم إن السمك يباع هناك منذ مئتي عام، "
    "ولن يتوقف ذلك بسبب المطر. وستفتح السوق أبوابها كل صباح. أما الثلج فيأتي من المصنع المجاور كما كان في الماضي.",
    "hi": "गाँव के लोगों ने मिलकर पुराना पुल फिर से बनाया। सरपंच ने बताया कि अब बच्चों को नाव से स्कूल नहीं जाना पड़ेगा और शनिवार को "
    "उत्सव होगा। पुल पर लकड़ी के नए तख़्ते लगे हैं। उन्हें पास के जंगल से लाया गया था और बढ़ई ने पैसे नहीं लिए।",
}  # fmt: skip


@pytest.mark.parametrize("language", WRAPPED)
def test_prose_in_other_scripts_is_unwrapped(language: str) -> None:
    text = WRAPPED[language]
    assert read("\n\n".join(["\n".join(textwrap.wrap(text, 64))] * 2)) == [text, text]


UNSPACED = {
    "zh": "渔村的老灯塔昨晚重新亮起，守塔人说这是三十年来第一次。村民在码头上放了一夜的鞭炮，孩子们直到天亮才肯回家睡觉。"
    "灯塔的新灯由县里出钱，旧灯送进了学校。今后每逢周六，游客可以登塔。门票钱归村里的老人。",
    "ja": "港の古い灯台が三十年ぶりに点灯した。灯台守の佐藤さんは「夢のようだ」と話し、子どもたちは夜が明けるまで岸壁で花火を"
    "楽しんだ。古い電球は学校に飾られる。来月からは土曜に限り、観光客も階段を上れるようになるという。",
    "th": "ชาวบ้านริมคลองช่วยกันซ่อมสะพานไม้ที่พังเพราะน้ำหลากผู้ใหญ่บ้านบอกว่าเด็กๆจะได้ไม่ต้องพายเรือไปโรงเรียนอีกและจะมีงานฉลอง"
    "ในวันเสาร์นี้โดยมีวงดนตรีของโรงเรียนมาเล่นให้ฟังตั้งแต่เช้าจนถึงค่ำ",
}


@pytest.mark.parametrize("language", UNSPACED)
def test_scripts_without_spaces_are_joined_without_spaces(language: str) -> None:
    text = UNSPACED[language]
    wrapped = "\n".join(text[start : start + 24] for start in range(0, len(text), 24))
    assert read(wrapped) == [text]
    (line,) = PARSER.page(wrapped).lines
    span = line.raw_span(30, 40)
    assert wrapped[span.start : span.end].replace("\n", "") == text[30:40]


HEADLINES = "\n".join(f"Headline number {number} about the harbour and {'very ' * (number % 4)}old cranes" for number in range(9))
POEM = """The tide goes out, the tide comes in,
the gulls are fat, the dogs are thin,
and no one asks the harbour why
it sends its children out to die
or keeps the old ones on the quay
with nothing left to do but see."""


ITEMS = "\n".join(f"{number}. the council agreed to mend the wooden bridge in {number}" for number in range(1, 8))


VERSE = """the tide comes in on borrowed feet and leaves no sign behind
the gulls are shouting what they know to nobody they find
and all the boats that had a name have lost it to the salt
the harbour counts its broken planks and says it is no fault
of wind or rain or any hand that ever tied a knot
the sea has kept the things it took and given what it got
we waited on the quay till dark with lanterns in the rain"""

RECIPE = """two cups of flour, sifted twice and set aside in a bowl
one cup of sugar and a pinch of salt from the jar
three eggs, beaten until pale and quite thick
half a cup of melted butter, cooled for ten minutes
the juice and the grated rind of two unwaxed lemons
one teaspoon of baking powder, level, not heaped up
a handful of poppy seeds, soaked overnight in warm milk"""

ADDRESSES = """gemeentehuis van Oss, afdeling burgerzaken en archieven
postbus 5, 5340 BA Oss, ter attentie van mevrouw De Wit
telefoon 14 0412, op werkdagen van negen tot vijf uur
dierenarts Van den Berg, molenstraat 12, 5341 GC Oss
stichting de oude molen, heuvelstraat 3, 5345 AB Oss
bibliotheek, raadhuislaan 10, geopend tot half zes"""

TRANSCRIPT = """giudice: lei dove si trovava la sera del dodici marzo scorso?
teste: ero al bar con mio fratello e con il parroco nuovo.
giudice: e a che ora è uscito dal bar, più o meno, signore?
teste: verso le undici, perché poi chiudono e spengono tutto.
giudice: ha visto qualcuno sulla strada davanti alla chiesa?
teste: soltanto il cane del farmacista, che dormiva lì fuori."""

TIMETABLE = """måndag: pannkakor med sylt och en skål grönsakssoppa därtill
tisdag: stekt strömming med potatismos och rårörda lingon
onsdag: köttfärssås och spagetti, sallad av morot och kål
torsdag: ärtsoppa med fläsk, därefter pannkakor med grädde
fredag: fiskgratäng med dill, kokt potatis och ärtor till
lördag: stängt, men kaffe serveras vid entrén till klockan tre"""

NOTICES = """افتتاح جسر المشاة الجديد فوق الوادي صباح يوم الأحد المقبل
إغلاق السوق القديمة أسبوعا واحدا لإصلاح شبكة المياه فيها
عودة القطار السياحي إلى الجبل بعد توقف دام ثلاث سنوات
مكتبة الحي تفتح أبوابها ليلا للطلاب طوال شهر الامتحانات
انقطاع الكهرباء عن الضاحية الشرقية من الثامنة حتى الظهر
سباق القوارب الخشبية يعود إلى الميناء في آخر جمعة من الشهر"""

LISTS = [VERSE, RECIPE, ADDRESSES, TRANSCRIPT, TIMETABLE, NOTICES]


@pytest.mark.parametrize("text", [HEADLINES, POEM, ITEMS, *LISTS, f"{PROSE}\n{MORE}\n{LAST}", "Home\nNews\nSport\nWeather"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert read(text) == text.split("\n")
