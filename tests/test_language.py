"""Languages: deterministic, honest about too little text, right from many threads at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsnorm
from newsnorm import identify_language

SOURCE = Path(newsnorm.__file__).parents[1]

SENTENCES = {
    "ar": "أعلنت إدارة الميناء إغلاق الرصيف الشرقي حتى نهاية العام بسبب أعمال الترميم.",
    "cs": "Přístav uzavře východní nábřeží až do konce roku kvůli opravám.",
    "de": "Die Hafenverwaltung schließt den östlichen Kai wegen Bauarbeiten bis zum Jahresende.",
    "el": "Το λιμάνι κλείνει την ανατολική προβλήτα έως το τέλος του έτους.",
    "en": "The harbour office will close the eastern quay for repairs until the end of the year.",
    "es": "La autoridad portuaria cerrará el muelle oriental por obras hasta finales de año.",
    "fi": "Satama sulkee itäisen laiturin korjaustöiden vuoksi vuoden loppuun asti.",
    "fr": "Le port fermera le quai oriental pour travaux jusqu’à la fin de l’année.",
    "he": "הנמל יסגור את הרציף המזרחי לשיפוצים עד סוף השנה.",
    "hy": "Նավահանգիստը կփակի արևելյան կառամատույցը մինչև տարեվերջ։",
    "id": "Pelabuhan akan menutup dermaga timur untuk perbaikan sampai akhir tahun.",
    "ja": "港湾局は修理のため東埠頭を年末まで閉鎖すると発表した。",
    "ka": "პორტი აღმოსავლეთ ნავმისადგომს წლის ბოლომდე დახურავს.",
    "ko": "항만청은 보수 공사를 위해 동쪽 부두를 연말까지 폐쇄한다고 밝혔다.",
    "pl": "Port zamknie wschodnie nabrzeże z powodu remontu do końca roku.",
    "ru": "Порт закроет восточный причал на ремонт до конца года.",
    "th": "ท่าเรือจะปิดท่าเทียบเรือด้านตะวันออกเพื่อซ่อมแซมจนถึงสิ้นปี",
    "tr": "Liman idaresi onarım çalışmaları nedeniyle doğu rıhtımını yıl sonuna kadar kapatacak.",
    "vi": "Cảng sẽ đóng cửa cầu cảng phía đông để sửa chữa cho đến cuối năm.",
    "zh-Hans": "港务局宣布东码头因维修将关闭至年底，货船须改道。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_told(code: str) -> None:
    assert identify_language(SENTENCES[code]).code == code


@pytest.mark.parametrize("code", [code for code, text in SENTENCES.items() if text.upper() != text])
def test_so_is_a_sentence_in_capitals(code: str) -> None:
    assert identify_language(SENTENCES[code].upper()).code == code


TABLES = tomllib.loads((resources.files("newsnorm") / "language.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", TABLES)
def test_function_words_are_told_by_their_examples(code: str) -> None:
    table = TABLES[code]
    assert set(table) <= {"words", "examples", "never"}
    for example in table["examples"]:
        assert identify_language(example).code == identify_language(example.upper()).code == code
    for example in table.get("never", ()):
        assert identify_language(example).code != code


@pytest.mark.parametrize("code", TABLES)
def test_function_words_are_whole_lower_case_words_each_once(code: str) -> None:
    words = TABLES[code]["words"].split()
    assert len(set(words)) == len(words)
    assert all(word == word.lower() and len(word) > 1 and "-" not in word and "'" not in word for word in words)


def test_a_few_latin_names_do_not_hide_the_script() -> None:
    assert identify_language("Harbour Cup 결승전 연기, 날짜는 미정").code == "ko"
    assert identify_language("Harbour Cup 港の天気予報").code == "ja"


def test_ideographs_alone_are_never_korean() -> None:
    assert identify_language("港口管理局延期开放").code == "zh-Hans"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1234 5678 90",
        "!!! ??? ...",
        "\U0001f600\U0001f525",
        "a@b.example",
        "a",
        "Minister",
        "Minister resigns",
        "並查看更",
    ],
)
def test_too_little_text_is_undetermined(text: str) -> None:
    language = identify_language(text)
    assert (language.code, language.confidence) == ("und", 0.0)


@given(st.text(max_size=400))
def test_any_text_has_an_answer_and_always_the_same(text: str) -> None:
    language = identify_language(text)
    assert 0 <= language.confidence <= 1
    assert identify_language(text) == language


def test_addresses_and_soft_hyphens_do_not_count() -> None:
    plain = identify_language(SENTENCES["de"])
    assert identify_language(SENTENCES["de"].replace("verwaltung", "ver\u00adwaltung")) == plain
    assert identify_language("https://www.example.com/a-very-long-english-path/with/words " + SENTENCES["de"]).code == "de"


@pytest.mark.slow
def test_threads_that_start_at_once_agree() -> None:
    program = (
        "import threading, newsnorm\n"
        f"texts = {list(SENTENCES.items())!r}\n"
        "wrong = []\n"
        "gate = threading.Barrier(16)\n"
        "def ask(number):\n"
        "    gate.wait()\n"
        "    code, text = texts[number % len(texts)]\n"
        "    if newsnorm.identify_language(text).code != code: wrong.append(code)\n"
        "threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
        "raise SystemExit(len(wrong))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    assert done.returncode == 0


FOREIGN = {
    "mn": """Улаанбаатар хотын захиргаанаас мэдэгдсэнээр ирэх даваа гарагаас эхлэн төв талбайн эргэн тойронд автомашины
        хөдөлгөөнийг хязгаарлана. Энэ нь замын засварын ажилтай холбоотой бөгөөд нэг сар үргэлжилнэ.""",
    "kk": """Астана қаласының әкімдігі дүйсенбіден бастап орталық көшеде жөндеу жұмыстары жүргізілетінін және көлік
        қозғалысы шектелетінін хабарлады.""",
    "ckb": """بەڕێوەبەرایەتی گشتی هاتوچۆی هەولێر ڕایگەیاند کە لە ڕۆژی دووشەممەوە شەقامی سەرەکی شار دادەخرێت""",
    "yo": """Ìjọba ìpínlẹ̀ Èkó ti kéde pé àwọn yóò ti ọ̀nà pàtàkì kan pa láti ọjọ́ Ajé títí di ìparí oṣù yìí
        nítorí àtúnṣe tí wọ́n fẹ́ ṣe sí i.""",
}


@pytest.mark.parametrize("text", [" ".join(text.split()) for text in FOREIGN.values()], ids=list(FOREIGN))
def test_a_language_without_a_profile_is_not_taken_for_a_related_one(text: str) -> None:
    found = newsnorm.identify_language(text)
    assert (found.code, found.confidence, found.method) == ("und", 0.0, "langdetect")
    assert "language-unknown: not a language that newsnorm can identify" in newsnorm.parse(text).notes


def test_a_menu_of_names_is_not_taken_for_a_foreign_language() -> None:
    menu = "\n".join(
        ("Manchester United", "Everton", "Leeds", "Football", "Cricket", "The Weather", "News of the day", "Sign in")
    )
    assert newsnorm.identify_language(menu).code == "en"


LOOK_ALIKES = {
    "ha": "Masunta a bakin kogin sun gyara tsohuwar gadar da ruwa ya lalata a bara. Shugaban kauyen ya ce yara ba za su sake.",
    "gl": "Os veciños da aldea arranxaron pola súa conta a ponte de madeira. O alcalde dixo que os nenos xa non irán en barca.",
    "lb": "D'Awunner vum Duerf hunn d'Holzbréck selwer gefléckt. De Buergermeeschter sot, datt d'Kanner net méi mam Boot musse.",
    "eo": "La loĝantoj de la vilaĝo mem riparis la lignan ponton. La vilaĝestro diris, ke la infanoj ne plu devos veturi per.",
    "mt": "Ir-residenti tar-raħal sewwew huma stess il-pont tal-injam li kien ġarraf l-għargħar. Is-Sibt ikun hemm festa.",
    "ga": "Dheisigh muintir an tsráidbhaile an droichead agus dúirt an cathaoirleach nach mbeadh ar na páistí dul ar scoil i.",
    "ig": "Ndị obodo ahụ ejirila aka ha rụzie akwa mmiri osisi nke idei mmiri mebiri. Onye isi obodo kwuru na ụmụaka agaghị eji.",
    "jv": "Warga desa ndandani dhewe kreteg kayu lawas sing rusak amarga banjir. Lurah kandha yen bocah ora perlu numpak prau.",
    "be": "Жыхары вёскі самі адрамантавалі драўляны мост. Стараста сказаў, што дзеці больш не будуць плаваць у школу на чоўне.",
    "yi": "די איינוואוינער פון דארף האבן אליין פארראכטן די הילצערנע בריק. די קינדער וועלן מער נישט פארן אין שול מיט א שיפל.",
    "ti": "ነበርቲ እታ ዓዲ ብውሕጅ ዝፈረሰ ናይ ዕንጨይቲ ድልድል ባዕሎም ኣዐርዮምዎ። ቆልዑ ናብ ቤት ትምህርቲ ኣይክኸዱን እዮም።",
    "as": "গাঁৱৰ মানুহে বানপানীয়ে ভঙা পুৰণি কাঠৰ দলংখন নিজে মেৰামতি কৰিলে। ল'ৰা-ছোৱালীয়ে আৰু নাৱেৰে স্কুললৈ যাব নালাগিব।",
}


@pytest.mark.parametrize("language", LOOK_ALIKES)
def test_a_language_without_a_profile_is_not_taken_for_its_look_alike(language: str) -> None:
    assert identify_language(LOOK_ALIKES[language]).code == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Os moradores da aldeia arranjaram por sua conta a ponte de madeira que a cheia estragara, e no sábado haverá festa.",
            "pt",
        ),
        (
            "The Taoiseach, Micheál Martin, told the Dáil that Sinn Féin and Fianna Fáil agree on the bridge near Dún Laoghaire.",
            "en",
        ),
        ("Citroën baut in Überherrn keine Wagen mehr, und die Arbeiter aus Luxemburg sagen, dass sie es nicht glauben.", "de"),
        (
            "Warga desa memperbaiki sendiri jembatan kayu tua yang rusak akibat banjir, dan anak-anak tidak perlu naik perahu.",
            "id",
        ),
    ],
)
def test_a_look_alike_with_a_profile_is_still_identified(text: str, code: str) -> None:
    assert identify_language(text).code == code
