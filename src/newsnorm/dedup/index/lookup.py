"""Look up texts in an index: find their exact duplicates and their candidates, and classify the candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from newsnorm.dedup.array_ops import Indices, is_member
from newsnorm.dedup.index.postings import Postings, Query
from newsnorm.dedup.index.store import ArticleName, Store
from newsnorm.dedup.index.token_cache import TokenCache
from newsnorm.dedup.index.verdict_rows import pack_verdicts
from newsnorm.dedup.pair_pipeline import RelatedPairs, compare_pairs, text_extents
from newsnorm.dedup.params import Params
from newsnorm.dedup.propose.features import sample_features
from newsnorm.dedup.relation_records import TextEnd, exact_relation, pair_relation, relate_known_pairs
from newsnorm.dedup.text.tokens import TokenBatch, concatenate, tokenize
from newsnorm.records import Relation


@attrs.frozen(eq=False, kw_only=True)
class LookUp:
    """
    The result of looking up some texts.

    Texts are numbered: first the texts that were looked up, then the canonical articles that were found for them.
    """

    looked_up: int
    """Number of texts that were looked up."""
    ids: Sequence[str]
    keys: Sequence[int]
    tokens: TokenBatch
    canonical: Mapping[int, int]
    """Looked-up text → key of the earlier article with the same tokens, if there is one."""
    pairs: RelatedPairs
    """Related pairs of a looked-up text (left) and an earlier text (right)."""
    rows_of: Mapping[int, Sequence[int]]
    """Looked-up text → its rows in `pairs`, except rows with a text of its own id."""

    def relation(self, row: int) -> Relation:
        """Make the relation of a row of `pairs`."""
        left, right = self.pairs.pairs[row].tolist()
        return pair_relation(self.ids[left], self.ids[right], self.pairs, row)

    def partner(self, row: int) -> int:
        """Return the number of the text that a row relates a looked-up text to."""
        return int(self.pairs.pairs[row, 1])

    def packed_relations(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield the two keys and the packed verdict of each related pair, for the store."""
        packed = pack_verdicts(self.pairs, self.tokens.sizes)
        for (left, right), data in zip(self.pairs.pairs.tolist(), packed, strict=True):
            yield self.keys[left], self.keys[right], data


def look_up(
    store: Store,
    postings: Postings,
    cache: TokenCache,
    params: Params,
    texts: Sequence[tuple[str, str]],
    first_key: int | None,
) -> LookUp:
    """
    Relate some texts to the articles in the index, and to each other if they are to be added.

    Args:
        store: the file.
        postings: its postings.
        cache: tokens of some of its articles.
        params: how candidates are found.
        texts: ids and texts.
        first_key: the key of the first text if the texts are to be added to the postings in memory, else None.

    """
    count = len(texts)
    tokens = tokenize(text for _, text in texts)
    features = sample_features(tokens, params)
    if first_key is None:
        keys = np.full(count, np.iinfo(np.int64).max)
    else:
        keys = np.arange(first_key, first_key + count)
        postings.memtable.add(keys, features, tokens)
    articles = _Articles(store, cache, [name for name, _ in texts], tokens, first_key)
    query = postings.query(features, tokens, are_added=first_key is not None)
    canonical = _find_canonical(store, articles, keys, query)
    if first_key is not None:
        postings.memtable.drop([first_key + text for text in canonical])
    included = np.array([text not in canonical for text in range(count)], np.bool_)
    text, key = query.candidates(params, included)
    is_earlier = key < keys[text]
    text, key = text[is_earlier], key[is_earlier]
    known = articles.numbered(np.unique(np.append(key, np.array([*canonical.values()], np.int64))))
    number_of = known.number_of
    proposed = [(left, number_of[right]) for left, right in zip(text.tolist(), key.tolist(), strict=True) if right in number_of]
    _, pairs = compare_pairs(known.tokens, np.array(proposed, np.int64).reshape(-1, 2))
    if first_key is not None:
        cache.put(keys.tolist(), tokens)
    return LookUp(
        looked_up=count,
        ids=known.ids,
        keys=[*keys.tolist(), *known.keys],
        tokens=known.tokens,
        canonical=canonical,
        pairs=pairs,
        rows_of=_group_by_left(pairs, known.ids),
    )


def _group_by_left(pairs: RelatedPairs, ids: Sequence[str]) -> dict[int, list[int]]:
    """Group the rows of related pairs by their left text, without pairs of texts with the same id."""
    rows_of: dict[int, list[int]] = {}
    for row, (left, right) in enumerate(pairs.pairs.tolist()):
        if ids[left] != ids[right]:
            rows_of.setdefault(left, []).append(row)
    return rows_of


@attrs.frozen(eq=False)
class _Numbered:
    """Looked-up texts, and canonical articles of the store after them, numbered in this order."""

    ids: Sequence[str]
    keys: Sequence[int]
    """The keys of the articles of the store."""
    tokens: TokenBatch
    number_of: Mapping[int, int]
    """Key → number, for the articles of the store and for texts that are to be added."""


class _Articles:
    """Articles by key, both new ones and those in the store."""

    def __init__(self, store: Store, cache: TokenCache, ids: Sequence[str], tokens: TokenBatch, first_key: int | None) -> None:
        self._store = store
        self._cache = cache
        self.ids = ids
        self.tokens = tokens
        self._new = {} if first_key is None else {first_key + number: number for number in range(len(ids))}

    def numbered(self, keys: Indices) -> _Numbered:
        """Number the texts and the canonical ones among some articles, given their ascending keys; removed ones are left out."""
        stored = [key for key in keys.tolist() if key not in self._new]
        parts = [self._with_cached_tokens(stored), self._with_read_tokens(stored)]
        others = [each for part, _ in parts for each in part]
        number_of = {each.key: number for number, each in enumerate(others, len(self.ids))}
        return _Numbered(
            ids=[*self.ids, *(each.id for each in others)],
            keys=[each.key for each in others],
            tokens=concatenate([self.tokens, *(tokens for part, tokens in parts if part)]),
            number_of=self._new | number_of,
        )

    def _with_cached_tokens(self, keys: Sequence[int]) -> tuple[Sequence[ArticleName], TokenBatch]:
        """Return the canonical ones among some articles whose tokens are in the cache, and their tokens."""
        found = [each for each in self._store.names([key for key in keys if key in self._cache]) if each.canonical is None]
        return found, self._cache.get([each.key for each in found]) if found else self.tokens

    def _with_read_tokens(self, keys: Sequence[int]) -> tuple[Sequence[ArticleName], TokenBatch]:
        """Read the texts of the canonical ones among some articles that are not in the cache, and tokenize them."""
        found = [row for row in self._store.rows([key for key in keys if key not in self._cache]) if row.canonical is None]
        if not found:
            return found, self.tokens
        tokens = tokenize(row.text for row in found)
        self._cache.put([row.key for row in found], tokens)
        return found, tokens


def _find_canonical(store: Store, articles: _Articles, keys: Indices, query: Query) -> dict[int, int]:
    """Map each looked-up text that has the tokens of an earlier article to the key of that article."""
    text, other = query.possible_duplicates()
    if not len(other):
        return {}
    _, first = np.unique(articles.tokens.text_hash, return_index=True)
    # of several new texts with the same hash, only the first can be canonical
    possible = (other < keys[text]) & ((other < keys[0]) | is_member(other, np.sort(keys[first])))
    text, other = text[possible], other[possible]
    if not len(other):
        return {}
    known = articles.numbered(np.unique(other))
    canonical: dict[int, int] = {}
    for left, key in sorted(zip(text.tolist(), other.tolist(), strict=True)):
        number = known.number_of.get(key)
        if left in canonical or number is None:
            continue
        if not np.array_equal(known.tokens.hashes_of(left), known.tokens.hashes_of(number)):
            continue
        # a queried text may itself be in the index; then it is a duplicate only if there is another article like it
        if known.ids[number] != articles.ids[left] or store.exact_duplicates([key]):
            canonical[left] = key
    return canonical


class RelationNaming:
    """
    Make the relations of looked-up texts, with the ids that `deduplicate` would use.

    Of several articles with the same tokens, relations name the one with the smallest id, whichever of them is canonical.
    """

    def __init__(self, store: Store, found: LookUp) -> None:
        self._store = store
        self._found = found
        self._id_of = dict(zip(found.keys, found.ids, strict=True))
        self._extent = text_extents(found.tokens)
        self._number_of = {key: number for number, key in enumerate(found.keys)}
        others = {found.keys[found.partner(row)] for rows in found.rows_of.values() for row in rows}
        asked = others.union(found.canonical.values())
        self._duplicates = store.smallest_duplicates(asked, found.keys[0]) if found.looked_up else {}

    def relations(self) -> list[tuple[Relation, ...]]:
        """Return the relations of each looked-up text, by the ids of left and right."""
        found = []
        for text in range(self._found.looked_up):
            relations = [*self._exact_relations(text), *self._other_relations(text)]
            found.append(tuple(sorted(relations, key=lambda relation: (relation.left, relation.right))))
            if text in self._found.canonical:  # relations of later texts in the batch may name this one
                self._duplicates.setdefault(self._found.canonical[text], []).append(self._found.ids[text])
        return found

    def _exact_relations(self, text: int) -> list[Relation]:
        if text not in self._found.canonical:
            return []
        key = self._found.canonical[text]
        name = self._smallest_id(key, self._found.ids[text])
        if name != self._id_of[key]:
            return self._relation_to(name, text)
        return [exact_relation(self._end(text), self._end(self._number_of[key]))]

    def _other_relations(self, text: int) -> list[Relation]:
        relations = []
        for row in self._found.rows_of.get(text, ()):
            partner = self._found.partner(row)
            name = self._smallest_id(self._found.keys[partner], self._found.ids[text])
            relations += [self._found.relation(row)] if name == self._found.ids[partner] else self._relation_to(name, text)
        return relations

    def _smallest_id(self, key: int, own: str) -> str | None:
        """Return the smallest id among an article and its duplicates, other than `own`."""
        return min((name for name in (self._id_of[key], *self._duplicates.get(key, ())) if name != own), default=None)

    def _end(self, text: int) -> TextEnd:
        return TextEnd(self._found.ids[text], self._extent[text])

    def _relation_to(self, name: str | None, text: int) -> list[Relation]:
        """Relate a looked-up text to the article with the id `name`, whose spans differ from those of its canonical article."""
        row = None if name is None else self._store.row_of(name)
        if row is None:
            return []
        tokens = concatenate((self._found.tokens.only(text), tokenize([row.text])))
        return relate_known_pairs([self._found.ids[text], row.id], tokens, np.array([[0, 1]]))
