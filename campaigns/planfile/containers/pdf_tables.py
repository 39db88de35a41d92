"""Ruled tables of a printed page: the grid that rules draw, and the words in its cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.planfile.containers.pdf_lines import join_texts, make_lines
from campaigns.planfile.containers.pdf_pages import Page, Rule, Word
from campaigns.planfile.containers.rows import Cell

_NEAR = 3.0  # points within which rules are one
_MOST_CELLS = 20_000
_ABOVE_BASELINE = 0.3  # of the size of its letters: the middle of a word


@dataclass(frozen=True)
class PrintedTable:
    """A table as it stands on its pages: where its columns begin, from which to which height, its rows."""

    columns: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[tuple[Cell, ...], ...]
    pages: tuple[int, ...] = ()
    """The page of each row."""


@dataclass(frozen=True)
class _Grid:
    """Where the rules of a table lie, and whether one parts two neighbouring cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: dict[int, list[Rule]]
    level: dict[int, list[Rule]]

    def parts_columns(self, row: int, column: int) -> bool:
        """Tell whether a rule stands left of a cell."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(rule.y0 - _NEAR <= middle <= rule.y1 + _NEAR for rule in self.upright.get(column, ()))

    def parts_rows(self, row: int, column: int) -> bool:
        """Tell whether a rule lies above a cell."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(rule.x0 - _NEAR <= middle <= rule.x1 + _NEAR for rule in self.level.get(row, ()))


def find_tables(page: Page) -> tuple[list[PrintedTable], list[Word]]:
    """Return the ruled tables of a page from top to bottom, and the words that stand in none."""
    tables: list[PrintedTable] = []
    free = page.words
    for top, bottom in _bands([rule for rule in page.rules if rule.is_upright]):
        grid = _grid([rule for rule in page.rules if top - _NEAR <= rule.y0 and rule.y1 <= bottom + _NEAR])
        if grid is None:
            continue
        inside = [word for word in free if _lies_in(word, grid)]
        if inside:
            taken = set(map(id, inside))
            free = [word for word in free if id(word) not in taken]
            tables.append(PrintedTable(grid.xs, grid.ys[0], grid.ys[-1], _rows(grid, inside)))
    return tables, free


def _lies_in(word: Word, grid: _Grid) -> bool:
    middle = word.y - _ABOVE_BASELINE * word.size
    return grid.ys[0] <= middle <= grid.ys[-1] and grid.xs[0] <= (word.x0 + word.x1) / 2 <= grid.xs[-1]


def _bands(upright: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return the stretches of the page's height that upright rules cover without a gap."""
    bands: list[tuple[float, float]] = []
    for rule in sorted(upright, key=lambda one: one.y0):
        if bands and rule.y0 <= bands[-1][1] + _NEAR:
            bands[-1] = (bands[-1][0], max(bands[-1][1], rule.y1))
        else:
            bands.append((rule.y0, rule.y1))
    return bands


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Return the distinct places of *values*, those within a few points taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def _by_place(rules: Iterable[Rule], places: Sequence[float], *, upright: bool) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = {}
    for rule in rules:
        at = bisect_right(places, (rule.x0 if upright else rule.y0) + 0.01) - 1
        found.setdefault(at, []).append(rule)
    return found


def _grid(rules: Sequence[Rule]) -> _Grid | None:
    """Return the grid of the rules of one band; None where they make no table."""
    upright = [rule for rule in rules if rule.is_upright]
    level = [rule for rule in rules if not rule.is_upright]
    xs = _places(rule.x0 for rule in upright)
    # A table that goes on overleaf may lack its last rule; the upright ones show where it ends.
    ends = (min(rule.y0 for rule in upright), max(rule.y1 for rule in upright)) if upright else ()
    ys = _places([*(rule.y0 for rule in level), *ends])
    if len(xs) < 2 or len(ys) < 2 or not level or len(xs) * len(ys) > _MOST_CELLS:
        return None
    return _Grid(xs, ys, _by_place(upright, xs, upright=True), _by_place(level, ys, upright=False))


def _rows(grid: _Grid, words: Sequence[Word]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows; a cell over rows is repeated in each, one over columns leaves the others empty."""
    held: dict[tuple[int, int], list[Word]] = {}
    owners = _owners(grid)
    for word in words:
        row = min(bisect_right(grid.ys, word.y - _ABOVE_BASELINE * word.size), len(grid.ys) - 1) - 1
        column = min(bisect_right(grid.xs, (word.x0 + word.x1) / 2), len(grid.xs) - 1) - 1
        held.setdefault(owners[row][column], []).append(word)
    cells: dict[tuple[int, int], Cell] = {
        owner: [join_texts(make_lines(inside))] for owner, inside in held.items()
    }
    empty: Cell = []
    rows = (
        tuple(cells.get(owner, empty) if owner[1] == column else empty for column, owner in enumerate(row))
        for row in owners
    )
    return tuple(row for row in rows if any(row))


def _owners(grid: _Grid) -> list[list[tuple[int, int]]]:
    """Return, for each field of the grid, the first field of the cell that it belongs to."""
    owners: list[list[tuple[int, int]]] = []
    for row in range(len(grid.ys) - 1):
        owners.append([])
        for column in range(len(grid.xs) - 1):
            if column and not grid.parts_columns(row, column):
                owner = owners[row][column - 1]
            elif row and not grid.parts_rows(row, column):
                owner = owners[row - 1][column]
            else:
                owner = (row, column)
            owners[row].append(owner)
    return owners
