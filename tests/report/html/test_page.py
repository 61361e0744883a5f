"""The page is one file whose policy lets nothing in, and what strangers wrote is no markup in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib

from hypothesis import given
from hypothesis import strategies as st

from newsnorm.report.html.page import Pack, render

HOSTILE = "</script></template><script>alert(1)</script><!-- \u2028"


def page(title: str = "corpus", lead: str = "") -> str:
    return render(title=title, lead=lead, charts=[], index={"articles": []}, articles=[], clusters=[])


def test_the_policy_names_the_style_and_the_script_and_forbids_the_rest() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert len(inside) == 1
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]


def test_nothing_of_the_page_lies_elsewhere() -> None:
    assert not re.findall(r"""(?:src|href|action|data|poster)\s*=\s*["']?(?:https?:)?//|url\(|@import|<link|<iframe""", page())


def test_a_title_and_a_sentence_are_text() -> None:
    text = page(title=HOSTILE, lead=HOSTILE)
    assert text.count("<script>") == 1
    assert text.count("<template") == 1


@given(st.text())
def test_packed_data_is_what_was_packed_and_never_markup(text: str) -> None:
    pack = Pack.of([text, HOSTILE])
    assert re.fullmatch(r"[A-Za-z0-9+/]*=*", pack.text)
    assert json.loads(zlib.decompress(base64.b64decode(pack.text))) == [text.encode("utf-8", "replace").decode(), HOSTILE]
