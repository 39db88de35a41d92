"""Documents in rows: what a link points at stands above, nothing overlaps, circles end, the same twice."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.references.graph import BEND, Arrow, Layout, Node, crossings, lay_out


def laid_out(*pairs: tuple[int, int], nodes: int = 0) -> Layout:
    """A layout of arrows given as (source, target); of two nodes the one of the smaller key is older."""
    keys = {key for pair in pairs for key in pair} | set(range(1, nodes + 1))
    arrows = [Arrow(number, *pair) for number, pair in enumerate(pairs)]
    return lay_out([Node(key, key) for key in keys], arrows)


def rows(layout: Layout) -> dict[int, int]:
    return {key: place.row for key, place in layout.places.items()}


def test_what_is_implemented_stands_above_what_implements_it() -> None:
    assert rows(laid_out((2, 1), (3, 2))) == {1: 0, 2: 1, 3: 2}


def test_a_superior_document_stands_just_above_the_one_that_names_it() -> None:
    """A law that only the last of a chain is based on does not move to the top of the drawing."""
    assert rows(laid_out((2, 1), (3, 2), (4, 3), (4, 9)))[9] == 2


def test_a_document_that_nothing_points_at_stands_just_below_what_it_points_at() -> None:
    assert rows(laid_out((2, 1), (3, 2), (4, 3), (5, 1)))[5] == 1


def test_an_arrow_bends_in_every_row_between() -> None:
    layout = laid_out((2, 1), (3, 2), (3, 1))
    assert [bend.row for bend in layout.bends[2]] == [1]
    assert abs(layout.bends[2][0].x - layout.places[2].x) >= (1 + BEND) / 2 - 1e-9


def test_arrows_of_one_kind_share_their_way_to_a_target() -> None:
    arrows = [
        Arrow(1, 2, 1),
        Arrow(2, 3, 2),
        Arrow(3, 4, 2),
        Arrow(4, 3, 1, "cites"),
        Arrow(5, 4, 1, "cites"),
    ]
    layout = lay_out([Node(key, key) for key in range(1, 5)], arrows)
    assert layout.bends[4] == layout.bends[5] != ()


@pytest.mark.parametrize("circle", [((1, 2), (2, 1)), ((1, 2), (2, 3), (3, 1)), ((1, 1), (1, 2))])
def test_a_circle_is_laid_out_all_the_same(circle: tuple[tuple[int, int], ...]) -> None:
    layout = laid_out(*circle)
    drawn = [pair for pair in circle if pair[0] != pair[1]]
    assert all(layout.places[one].row != layout.places[other].row for one, other in drawn)


def test_arrows_without_a_node_are_left_out() -> None:
    layout = lay_out([Node(1, 1)], [Arrow(1, 1, 2)])
    assert (set(layout.places), layout.bends) == ({1}, {})


def test_nothing_is_an_empty_drawing() -> None:
    assert lay_out([], []) == Layout({}, {}, 0.0, 0)


def test_two_pairs_that_need_not_cross_do_not() -> None:
    layout = laid_out((3, 2), (4, 1))
    by_row = [[key for key, place in layout.places.items() if place.row == row] for row in (0, 1)]
    ordered = [sorted(row, key=lambda key: layout.places[key].x) for row in by_row]
    assert crossings(ordered, {3: [2], 4: [1]}) == 0


def test_crossings_are_counted() -> None:
    assert crossings([[1, 2], [3, 4]], {3: [2], 4: [1]}) == 1
    assert crossings([[1, 2], [3, 4]], {3: [1, 2], 4: [1, 2]}) == 1
    assert crossings([[1, 2], [3, 4]], {3: [1], 4: [2]}) == 0


graphs = st.tuples(
    st.lists(st.tuples(st.integers(1, 25), st.integers(0, 4)), max_size=25, unique_by=lambda node: node[0]),
    st.lists(st.tuples(st.integers(1, 27), st.integers(1, 27), st.sampled_from(["", "cites"])), max_size=50),
)


def built(graph: tuple[list[tuple[int, int]], list[tuple[int, int, str]]]) -> tuple[list[Node], list[Arrow]]:
    nodes, pairs = graph
    arrows = [Arrow(number, source, target, kind) for number, (source, target, kind) in enumerate(pairs)]
    return [Node(*node) for node in nodes], arrows


@given(graphs)
def test_whatever_the_links_all_documents_have_a_place_of_their_own(
    graph: tuple[list[tuple[int, int]], list[tuple[int, int, str]]],
) -> None:
    nodes, arrows = built(graph)
    layout = lay_out(nodes, arrows)
    assert set(layout.places) == {node.key for node in nodes}
    assert {place.row for place in layout.places.values()} == set(range(layout.rows))
    for row in range(layout.rows):
        xs = sorted(place.x for place in layout.places.values() if place.row == row)
        assert all(right - left >= 1 - 1e-9 for left, right in pairwise(xs))
        assert xs[0] >= 0.5 - 1e-9
        assert xs[-1] <= layout.width - 0.5 + 1e-9


@given(graphs)
def test_a_line_passes_each_row_once_and_never_through_a_document(
    graph: tuple[list[tuple[int, int]], list[tuple[int, int, str]]],
) -> None:
    nodes, arrows = built(graph)
    layout = lay_out(nodes, arrows)
    for arrow in arrows:
        if arrow.key not in layout.bends:
            continue
        start, end = layout.places[arrow.source].row, layout.places[arrow.target].row
        passed = [bend.row for bend in layout.bends[arrow.key]]
        assert passed == list(range(start - 1, end, -1) if start > end else range(start + 1, end))
        for bend in layout.bends[arrow.key]:
            near = [abs(bend.x - at.x) for at in layout.places.values() if at.row == bend.row]
            assert min(near, default=1) >= (1 + BEND) / 2 - 1e-9


@given(graphs, st.randoms(use_true_random=False))
def test_the_same_graph_is_drawn_the_same_way_in_whatever_order_it_comes(
    graph: tuple[list[tuple[int, int]], list[tuple[int, int, str]]], mixed: random.Random
) -> None:
    nodes, arrows = built(graph)
    first = lay_out(nodes, arrows)
    mixed.shuffle(nodes)
    mixed.shuffle(arrows)
    assert lay_out(nodes, arrows) == first


@given(graphs)
def test_without_circles_every_line_goes_up(
    graph: tuple[list[tuple[int, int]], list[tuple[int, int, str]]],
) -> None:
    nodes, arrows = built(graph)
    earlier = [one for one in arrows if one.target < one.source]
    layout = lay_out(nodes, earlier)
    drawn = [one for one in earlier if one.key in layout.bends]
    assert all(layout.places[one.target].row < layout.places[one.source].row for one in drawn)


def test_three_hundred_documents_are_laid_out_at_once() -> None:
    """Measured at 17 ms; the limit leaves room for a slow machine that is busy."""
    chance = random.Random(3)
    pairs = [(key, chance.randrange(1, 13 if key < 80 else 80)) for key in range(13, 301)]
    pairs += [(key, chance.randrange(1, key)) for key in range(13, 301, 2)]
    nodes = [Node(key, key) for key in range(1, 301)]
    arrows = [Arrow(number, *pair) for number, pair in enumerate(pairs)]
    spent = []
    for _ in range(5):
        begun = time.process_time()
        lay_out(nodes, arrows)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.05
