from __future__ import annotations

import pytest

from newsnorm.dedup import Params


def test_the_digest_stands_for_the_values_and_stays() -> None:
    assert Params().digest == Params(sample=2, share=0.11, least=3).digest
    assert len({Params().digest, Params(sample=3).digest, Params(share=0.2).digest, Params(least=5).digest}) == 4


@pytest.mark.parametrize("wrong", [{"sample": 0}, {"share": 0.0}, {"share": 1.1}, {"share": -0.1}, {"least": 0}])
def test_values_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Params(**wrong)  # type: ignore[arg-type]
