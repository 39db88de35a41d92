"""Documents in rows, what is superior or earlier above: nodes and arrows in, places out. Pure.

After Sugiyama, Tagawa and Toda (1981): rows, then the order inside each row by barycenters, then places. Lengths are
in widths of a node. The same graph always gives the same drawing; arrows may run in circles.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import accumulate, count, pairwise
from math import isqrt

BEND = 0.16  # how wide a place is where an arrow passes a row
ROUNDS = 2  # of sorting down and up again; more change little
NARROWEST = 5  # nodes that a row may always hold


@dataclass(frozen=True)
class Node:
    """One document; of two the one of smaller ``age`` (then ``key``) was issued first."""

    key: int
    age: int


@dataclass(frozen=True)
class Arrow:
    """One link from a document to one that stands above it; those of one ``kind`` share their way to a target."""

    key: int
    source: int
    target: int
    kind: str = ""


@dataclass(frozen=True)
class Place:
    """The middle of a node or of a bend: how far from the left, in which row from above."""

    x: float
    row: int


@dataclass(frozen=True)
class Layout:
    """Where everything stands; ``bends`` are the places that an arrow passes between its source and its target."""

    places: Mapping[int, Place]
    bends: Mapping[int, tuple[Place, ...]]
    width: float
    rows: int


Rows = list[list[int]]
Near = Mapping[int, Sequence[int]]


def lay_out(nodes: Iterable[Node], arrows: Iterable[Arrow]) -> Layout:
    """Rows and places of all *nodes*; arrows to or from what is no node, or to itself, are left out."""
    known = {node.key: node for node in nodes}
    drawn = [one for one in arrows if one.source != one.target and {one.source, one.target} <= known.keys()]
    row_of = _rows(sorted(known.values(), key=lambda node: (node.age, node.key)), drawn)
    rows: Rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for node in sorted(known.values(), key=lambda node: (node.age, node.key)):
        rows[row_of[node.key]].append(node.key)
    trails = _bend(rows, row_of, drawn)
    above, below = _neighbours(trails.values(), row_of)
    _sort(rows, above, below)
    x = _spread(rows, above, below, bends=min(known, default=0) - 1)
    return _finished(rows, row_of, trails, x, known)


def _rows(nodes: Sequence[Node], arrows: Iterable[Arrow]) -> dict[int, int]:
    """The row of each node: below all it points at, unless arrows run in a circle; no row much fuller than others."""
    up: dict[int, set[int]] = defaultdict(set)
    down: dict[int, set[int]] = defaultdict(set)
    for one in arrows:
        up[one.source].add(one.target)
        down[one.target].add(one.source)
    widest = max(NARROWEST, isqrt(len(nodes)), len(nodes) // 12)
    height, held = _heights(nodes, up, down, widest)
    for node in nodes:
        if up[node.key] and not down[node.key]:
            _lift(node.key, min(height[other] for other in up[node.key]) - 1, height, held, widest)
    levels = {level: row for row, level in enumerate(sorted(set(height.values()), reverse=True))}
    return {key: levels[level] for key, level in height.items()}


def _heights(
    nodes: Sequence[Node], up: Mapping[int, set[int]], down: Mapping[int, set[int]], widest: int
) -> tuple[dict[int, int], Counter[int]]:
    """How high each node stands and how many stand so high; the latest, at which nothing points, stand lowest.

    Where a circle lets no node be the next, the latest one is.
    """
    place = {node.key: -number for number, node in enumerate(nodes)}
    waits = {node.key: len(down[node.key]) for node in nodes}
    ready = [(place[key], key) for key, number in waits.items() if not number]
    left = [(place[key], key) for key in waits]
    heapify(ready)
    heapify(left)
    height: dict[int, int] = {}
    held: Counter[int] = Counter()
    while left:
        key = heappop(ready or left)[1]
        if key in height:
            continue
        level = max((height[other] + 1 for other in up[key] | down[key] if other in height), default=0)
        while held[level] >= widest:
            level += 1
        height[key] = level
        held[level] += 1
        for other in up[key]:
            waits[other] -= 1
            if not waits[other]:
                heappush(ready, (place[other], other))
    return height, held


def _lift(key: int, wanted: int, height: dict[int, int], held: Counter[int], widest: int) -> None:
    """Move a node at which nothing points up to just below what it points at, or as near as there is room."""
    for level in range(wanted, height[key], -1):
        if held[level] < widest:
            held[height[key]] -= 1
            height[key] = level
            held[level] += 1
            return


def _bend(rows: Rows, row_of: dict[int, int], arrows: Iterable[Arrow]) -> dict[int, list[int]]:
    """The trail of each arrow from source to target, through a bend in every row between."""
    fresh = count(min(row_of, default=0) - 1, -1)
    made: dict[tuple[int, str, int, int], int] = {}
    trails: dict[int, list[int]] = {}
    for one in sorted(arrows, key=lambda one: one.key):
        start, end = row_of[one.source], row_of[one.target]
        step = 1 if end > start else -1
        trails[one.key] = [one.source]
        for row in range(start + step, end, step):
            way = (one.target, one.kind, step, row)
            if way not in made:
                made[way] = next(fresh)
                row_of[made[way]] = row
                rows[row].append(made[way])
            trails[one.key].append(made[way])
        trails[one.key].append(one.target)
    return trails


def _neighbours(trails: Iterable[Sequence[int]], row_of: Mapping[int, int]) -> tuple[Near, Near]:
    """What each node or bend is joined to in the row above, and in the row below."""
    above: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    pairs = dict.fromkeys(pair for trail in trails for pair in pairwise(trail))
    for one, other in pairs:
        low, high = (one, other) if row_of[one] > row_of[other] else (other, one)
        above[low].append(high)
        below[high].append(low)
    return above, below


def _sort(rows: Rows, above: Near, below: Near) -> None:
    """Order every row so that few arrows cross: the best of some rounds of sorting down and up."""
    best, fewest = [list(row) for row in rows], crossings(rows, above)
    for _ in range(ROUNDS):
        if not fewest:
            break
        for number in range(1, len(rows)):
            _by_barycenter(rows[number], rows[number - 1], above)
        for number in range(len(rows) - 2, -1, -1):
            _by_barycenter(rows[number], rows[number + 1], below)
        if (now := crossings(rows, above)) < fewest:
            best, fewest = [list(row) for row in rows], now
    rows[:] = best


def _by_barycenter(row: list[int], fixed: Sequence[int], near: Near) -> None:
    """Sort *row* by the mean place of what each is joined to in the *fixed* row; who is joined to nothing stays."""
    at = {key: number for number, key in enumerate(fixed)}
    scale = len(fixed) / max(1, len(row))
    middle = {
        key: sum(at[other] for other in near[key]) / len(near[key]) if near.get(key) else number * scale
        for number, key in enumerate(row)
    }
    row.sort(key=middle.__getitem__)


def crossings(rows: Rows, above: Near) -> int:
    """How many pairs of arrows cross between neighbouring rows."""
    total = 0
    for upper, lower in pairwise(rows):
        at = {key: number for number, key in enumerate(upper)}
        met: list[int] = []
        for key in lower:
            ends = sorted(at[other] for other in above.get(key, ()))
            total += sum(len(met) - bisect_right(met, end) for end in ends)
            for end in ends:
                insort(met, end)
    return total


def _spread(rows: Rows, above: Near, below: Near, *, bends: int) -> dict[int, float]:
    """How far from the left each stands: near the middle of what it is joined to, none over its neighbour.

    Keys up to *bends* are bends.
    """
    half = {key: (BEND if key <= bends else 1.0) / 2 for row in rows for key in row}
    x: dict[int, float] = {}
    for row in rows:
        starts = accumulate((half[one] + half[other] for one, other in pairwise(row)), initial=0.0)
        x |= dict(zip(row, starts, strict=False))
    for near, order in ((above, rows), (below, rows[::-1])) * 2:
        for row in order:
            wanted = [
                sum(x[o] for o in near[key]) / len(near[key]) if near.get(key) else x[key] for key in row
            ]
            x |= dict(zip(row, _apart(wanted, [half[key] for key in row]), strict=True))
    left = min((x[key] - half[key] for key in x), default=0.0)
    return {key: value - left for key, value in x.items()}


def _apart(wanted: Sequence[float], half: Sequence[float]) -> list[float]:
    """The places nearest to those *wanted* that keep the order and let none overlap (pool adjacent violators)."""
    offset = list(accumulate((one + other for one, other in pairwise(half)), initial=0.0))
    pools: list[tuple[float, int]] = []  # sum and count of what shares one place
    for value, off in zip(wanted, offset, strict=False):
        total, size = value - off, 1
        while pools and pools[-1][0] / pools[-1][1] > total / size:
            before = pools.pop()
            total, size = total + before[0], size + before[1]
        pools.append((total, size))
    level = [total / size for total, size in pools for _ in range(size)]
    return [one + off for one, off in zip(level, offset, strict=False)]


def _finished(
    rows: Rows,
    row_of: Mapping[int, int],
    trails: Mapping[int, Sequence[int]],
    x: Mapping[int, float],
    known: Mapping[int, Node],
) -> Layout:
    places = {key: Place(value, row_of[key]) for key, value in x.items()}
    return Layout(
        places={key: places[key] for key in known},
        bends={key: tuple(places[one] for one in trail[1:-1]) for key, trail in trails.items()},
        width=max(
            (place.x + (0.5 if key in known else BEND / 2) for key, place in places.items()), default=0.0
        ),
        rows=len(rows),
    )
