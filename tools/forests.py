"""Turn fitted trees of scikit-learn into a `Forest`, and write it as shipped data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from newsnorm.evidence.forest import UNIT, Forest

MODELS = Path(__file__).parents[1] / "src" / "newsnorm" / "evidence" / "models"


def packed(model: HistGradientBoostingClassifier, names: tuple[str, ...], depth: int, digits: int = 4) -> Forest:
    """
    Convert a model to a forest of complete trees with rounded leaves, and thresholds of so many decimal places.

    Features that no tree asks for are left out.
    """
    inner, leaves = 2**depth - 1, 2**depth
    features, limits, values = [], [], []
    for (tree,) in model._predictors:
        feature, limit, leaf = [0] * inner, [0.0] * inner, [0] * leaves
        _fill(tree.nodes, 0, 0, digits, feature, limit, leaf)
        features.append(feature)
        limits.append(limit)
        values.append(leaf)
    asked, columns = np.unique(np.array(features), return_inverse=True)
    return Forest(
        names=tuple(names[column] for column in asked.tolist()),
        feature=columns.reshape(len(features), inner),
        threshold=np.array(limits),
        leaf=np.array(values),
        base=round(float(model._baseline_prediction.ravel()[0]) / UNIT),
    )


def _fill(
    nodes: npt.NDArray[np.void], node: int, place: int, digits: int, feature: list[int], limit: list[float], leaf: list[int]
) -> None:
    """Write one node and what is below it, in place; a leaf above the lowest level is copied to all leaves below it."""
    row = nodes[node]
    if place >= len(feature):
        leaf[place - len(feature)] = round(float(row["value"]) / UNIT)
    elif row["is_leaf"]:
        _fill(nodes, node, 2 * place + 1, digits, feature, limit, leaf)
        _fill(nodes, node, 2 * place + 2, digits, feature, limit, leaf)
    else:
        feature[place], limit[place] = int(row["feature_idx"]), round(float(row["num_threshold"]), digits)
        _fill(nodes, int(row["left"]), 2 * place + 1, digits, feature, limit, leaf)
        _fill(nodes, int(row["right"]), 2 * place + 2, digits, feature, limit, leaf)


def gains(model: HistGradientBoostingClassifier, names: tuple[str, ...]) -> dict[str, float]:
    """Return the share of the total gain that the splits on each feature bring, the greatest first."""
    total = np.zeros(len(names))
    for (tree,) in model._predictors:
        inner = tree.nodes[tree.nodes["is_leaf"] == 0]
        np.add.at(total, inner["feature_idx"], inner["gain"])
    shares = (total / total.sum()).tolist()
    return dict(sorted(zip(names, shares, strict=True), key=lambda each: -each[1]))


def write(forest: Forest, path: Path) -> None:
    """Write a forest as shipped data, one tree per line."""
    data = {
        "names": forest.names,
        "feature": forest.feature.tolist(),
        "threshold": forest.threshold.tolist(),
        "leaf": forest.leaf.tolist(),
        "base": forest.base,
    }
    path.write_text(json.dumps(data, separators=(",", ":")).replace('],"', '],\n"') + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")
