"""The drawing of a graph of documents: boxes, lines and the places of their words, in pixels. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.text import excerpt
from content.references.graph import Arrow, Layout, Node, Place, lay_out
from content.references.graphs.queries import DocumentGraph, age
from content.references.models import Document, DocumentLink, LinkKind

SLOT, ROW = 196, 136  # from node to node, and from row to row
WIDTH, HEIGHT = 176, 74  # of a node
PORTS = 120  # the part of a node's edge at which lines begin and end
MARGIN = 12
HEAD = 9  # how long the head of an arrow is
WORD = (84, 18)  # the room that the word of a line takes
ALONG = (
    0.5,
    0.36,
    0.64,
    0.24,
    0.76,
)  # where on the first stretch of a line its word may stand, the best first
LETTERS = 24  # that fit on a line of a node
SHORT_ISSUERS = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Ban Thường vụ", "BTV"),
    ("Ban Chấp hành Trung ương", "BCH Trung ương"),
    ("Thủ tướng Chính phủ", "Thủ tướng"),
)

Point = tuple[float, float]
Side = tuple[int, bool]  # a document, and whether its upper edge is meant
Way = tuple[float, str]  # where the next point of a line lies, and the kind of its link


@dataclass(frozen=True)
class Box:
    """One document; ``x`` and ``y`` are its upper left corner."""

    document: Document
    x: float
    y: float
    number: str
    issuer: str


@dataclass(frozen=True)
class Line:
    """One link: the path of its line, the head of its arrow, and the middle of its word."""

    kind: LinkKind
    source: Document
    target: Document
    path: str
    head: str
    word: Point


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(graph: DocumentGraph) -> Picture:
    """The drawing of *graph*, what is superior or earlier above."""
    known = {document.id: document for document in graph.documents}
    layout = lay_out(
        [Node(document.id, age(document)[0]) for document in graph.documents],
        [Arrow(link.id, link.source_id, link.target_id, link.kind.value) for link in graph.links],
    )
    trails = _trails(graph, layout)
    lines, words = [], set[Point]()
    for link in graph.links:
        points = trails[link.id]
        word = _word_place(points, words)
        words.add(word)
        source, target = known[link.source_id], known[link.target_id]
        lines.append(Line(link.kind, source, target, _path(points), _head(points), word))
    return Picture(
        width=round(layout.width * SLOT) + 2 * MARGIN,
        height=max(0, layout.rows - 1) * ROW + HEIGHT + 2 * MARGIN,
        boxes=tuple(_box(document, layout.places[document.id]) for document in graph.documents),
        lines=tuple(lines),
    )


def short_issuer(name: str) -> str:
    """The issuer as it fits on a node: "UBND tỉnh Quảng Ngãi"."""
    for long, short in SHORT_ISSUERS:
        if name.lower().startswith(long.lower()):
            name = short + name[len(long) :]
    return excerpt(name, longest=LETTERS)


def _box(document: Document, place: Place) -> Box:
    number = document.number or document.subject or document.doc_type
    return Box(
        document,
        round(_middle(place) - WIDTH / 2, 1),
        place.row * ROW + MARGIN,
        excerpt(number, longest=LETTERS - 3),
        short_issuer(document.issuer),
    )


def _middle(place: Place) -> float:
    return place.x * SLOT + MARGIN


def _trails(graph: DocumentGraph, layout: Layout) -> dict[int, list[Point]]:
    """The points that each line passes, first and last on the edges of its nodes; lines share no more than they must."""
    stops = {
        link.id: (layout.places[link.source_id], *layout.bends[link.id], layout.places[link.target_id])
        for link in graph.links
    }
    ends = {link.id: _ends(link, stops[link.id]) for link in graph.links}
    met: dict[Side, set[Way]] = defaultdict(set)
    for side, way in (end for pair in ends.values() for end in pair):
        met[side].add(way)
    ports = {
        (side, way): port
        for side, ways in met.items()
        for way, port in zip(sorted(ways), _ports(_middle(layout.places[side[0]]), len(ways)), strict=True)
    }
    trails = {}
    for key, (begin, end) in ends.items():
        trail, goes_up = stops[key], begin[0][1]
        first = (ports[begin], _edge(trail[0], is_upper=goes_up))
        last = (ports[end], _edge(trail[-1], is_upper=not goes_up))
        trails[key] = [first, *_passed(trail[1:-1], goes_up=goes_up), last]
    return trails


def _ends(link: DocumentLink, trail: Sequence[Place]) -> tuple[tuple[Side, Way], tuple[Side, Way]]:
    """At both ends of a line: the edge of the node that it meets, and which way it goes from there."""
    goes_up = trail[1].row < trail[0].row
    return (
        ((link.source_id, goes_up), (_middle(trail[1]), link.kind.value)),
        ((link.target_id, not goes_up), (_middle(trail[-2]), link.kind.value)),
    )


def _ports(middle: float, count: int) -> list[float]:
    """So many places along a node's edge, about its middle."""
    return [middle + PORTS * ((number + 1) / (count + 1) - 0.5) for number in range(count)]


def _edge(place: Place, *, is_upper: bool) -> float:
    return place.row * ROW + MARGIN + (0 if is_upper else HEIGHT)


def _passed(bends: Iterable[Place], *, goes_up: bool) -> Iterable[Point]:
    """The two points at which a line passes each row between its ends."""
    for bend in bends:
        yield _middle(bend), _edge(bend, is_upper=not goes_up)
        yield _middle(bend), _edge(bend, is_upper=goes_up)


def _path(points: Sequence[Point]) -> str:
    """Curves between rows, straight lines through them; the last one ends where the head begins."""
    (last_x, last_y), before = points[-1], points[-2]
    stop = last_y + (HEAD if before[1] > last_y else -HEAD)
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise([*points[:-1], (last_x, stop)]):
        if x0 == x1:
            parts.append(f"V{y1:.1f}")
        else:
            half = (y0 + y1) / 2
            parts.append(f"C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {y1:.1f}")
    return "".join(parts)


def _head(points: Sequence[Point]) -> str:
    """A triangle whose tip touches the target."""
    (x, y), before = points[-1], points[-2]
    base = y + (HEAD if before[1] > y else -HEAD)
    return f"M{x:.1f} {y:.1f}L{x - 5:.1f} {base:.1f}H{x + 5:.1f}Z"


def _word_place(points: Sequence[Point], taken: set[Point]) -> Point:
    """Where the word of a line stands: on its first stretch, free of other words if it can be."""
    (x0, y0), (x1, y1) = points[0], points[1]
    places = []
    for t in ALONG:
        # the curve leaves and arrives upright, so its controls lie at half height
        x = x0 * (1 - t) ** 2 * (1 + 2 * t) + x1 * t**2 * (3 - 2 * t)
        y = y0 + (y1 - y0) * (1.5 * t * (1 - t) + t**3) if x0 != x1 else y0 + (y1 - y0) * t
        places.append((round(x, 1), round(y, 1)))
    free = [place for place in places if not any(_touch(place, other) for other in taken)]
    return (free or places)[0]


def _touch(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < WORD[0] and abs(one[1] - other[1]) < WORD[1]
