"""Does a sentence say whose words it prints?"""

from __future__ import annotations

import pytest

import newsnorm
from newsnorm.grammar import Grammar
from newsnorm.text.folding import fold

ATTRIBUTION = Grammar.default().attribution


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies, said the baker.",
        "Wir verwenden Cookies, teilte die Stadt mit.",
        "Nous utilisons des cookies, a annoncé la mairie.",
        "Мы используем файлы cookie, сообщил завод.",
        "当社はクッキーを使用していると発表した。",
        "हम कुकीज़ का उपयोग करते हैं, मंत्री ने कहा।",
        "Kami menggunakan cookie, ujar wali kota.",
    ],
)
def test_a_report_says_who_said_so(text: str) -> None:
    assert ATTRIBUTION.stands_in(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies and similar technologies.",
        "Dit artikel is alleen voor abonnees.",
        "点击即表示您同意我们使用Cookie。",
        "Vui lòng bật thông báo.",
        "Masukkan kata sandi Anda.",
        "En savoir plus selon vos préférences.",
    ],
)
def test_a_notice_does_not(text: str) -> None:
    assert not ATTRIBUTION.stands_in(fold(text))


def test_a_family_of_phrases_removes_no_reported_words() -> None:
    text = "Wir verwenden Cookies nur noch mit Einwilligung, teilte die Stadt Ulm am Montag mit."
    assert newsnorm.parse(text).text == text
