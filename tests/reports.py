"""Random reports that share sentences, cuts and figures, made from a number alone."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

PLACES = ("Ulm", "Hollin", "Vardo", "Oststadt", "Marlow", "Kelm", "Tarsk", "Lund")
SUBJECTS = (
    "The harbour office",
    "A spokeswoman for the council",
    "The fire service",
    "The river authority",
    "Police",
    "The ministry",
)
VERBS = ("closed", "reopened", "inspected", "repaired", "criticised", "announced plans for", "delayed", "paid for")
OBJECTS = (
    "the northern quay",
    "two bridges",
    "the old customs house",
    "a flood barrier",
    "the ferry landing",
    "several warehouses",
)
REASONS = (
    "after a storm",
    "because of cracks in its pillars",
    "during the annual festival",
    "following a long dispute over money",
)


def sentence(number: int) -> str:
    """One of many sentences."""
    digest = hashlib.sha256(str(number).encode()).digest()
    parts = (SUBJECTS, VERBS, OBJECTS, REASONS, PLACES)
    subject, verb, thing, reason, place = (choices[digest[at] % len(choices)] for at, choices in enumerate(parts))
    return f"{subject} {verb} {thing} in {place} {reason}, number {number} of {digest[5]} such cases since the spring."


def report(seed: int, sentences: int = 8) -> str:
    """A report of its own."""
    return "\n\n".join(sentence(seed * 100 + at) for at in range(sentences))


def corpus(seed: int, many: int) -> list[tuple[str, str]]:
    """Reports, and copies of them that are cut, mixed, changed, twins or empty."""
    choice = random.Random(seed)
    texts = [report(seed * 1000 + number) for number in range(max(2, many // 3))]
    while len(texts) < many:
        text = choice.choice(texts)
        parts = text.split("\n\n")
        other = choice.choice(texts).split("\n\n")
        variants: Sequence[str] = (
            text.upper(),
            "\n\n".join(parts[: max(1, len(parts) // 2)]),
            "\n\n".join([sentence(choice.randrange(10**6)), *parts]),
            "\n\n".join([*parts[:4], *other[:4]]),
            text.replace("number", "case"),
            text.replace("such cases", str(choice.randrange(100)) + " cases"),
            "",
            "Hello world",
        )
        texts.append(choice.choice(variants))
    names = [f"{choice.randrange(16**8):08x}" for _ in texts]
    return list(dict(zip(names, texts, strict=True)).items())
