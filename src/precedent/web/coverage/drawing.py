"""Coverage as a drawing: where each dot, number and name of the matrix stands. Lengths in the drawing's units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from precedent.web.coverage.table import Band, Row, Table
from precedent.web.wording import label

WIDE = 1_200
MARGIN = 40
TOP = 110
ROW = 22
BAND = 34
FOOT = 46
UPRIGHT = 130
"""Room for the names of many columns, which are written upwards."""
LEVEL = 40
LETTER = 5.6
"""Width of a letter of a row's name, on average."""
NUMBERED = 40
"""A cell so wide has room for its number beside the dot."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A cell: the middle of it, its radius (0: nothing is recorded) and its number."""

    x: float
    y: float
    radius: float
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """A name: where it begins, at which height, its code, and in whose area's hue."""

    x: float
    y: float
    code: str
    text: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """`width` and `height` of the whole, `cell` the width of a cell; `level`: names of columns stand level."""

    width: float
    height: float
    cell: float
    level: bool
    heads: tuple[Line, ...]
    bands: tuple[Line, ...]
    rows: tuple[Line, ...]
    dots: tuple[Dot, ...]
    begins: float

    @property
    def numbered(self) -> bool:
        return self.cell >= NUMBERED


def drawn(shown: Table, *, rtl: bool) -> Drawing:
    """The drawing of a table: issue areas side by side where there is room; mirrored for right to left."""
    panels = [(band,) for band in shown.bands] if not shown.many else [shown.bands]
    wide = (WIDE - MARGIN * (len(panels) + 1)) / max(1, len(panels))
    pen = _Pen(shown, wide, WIDE if rtl else None)
    for place, bands in enumerate(panels):
        pen.panel(bands, MARGIN + place * (wide + MARGIN))
    return pen.drawing()


class _Pen:
    """Draws panel by panel; `mirror`: the width in which everything is mirrored, if at all."""

    def __init__(self, shown: Table, wide: float, mirror: float | None) -> None:
        self.shown, self.wide, self.mirror = shown, wide, mirror
        self.cell = min(60.0, wide * 0.7 / max(1, len(shown.columns)))
        self.names = wide - self.cell * len(shown.columns)
        self.heads: list[Line] = []
        self.bands: list[Line] = []
        self.rows: list[Line] = []
        self.dots: list[Dot] = []
        self.bottom = 0.0

    def panel(self, bands: Sequence[Band], left: float) -> None:
        at = {code: left + self.names + self.cell * (n + 0.5) for n, code in enumerate(self.shown.columns)}
        y = float(TOP + (UPRIGHT if self.shown.many else LEVEL))
        self.heads += [Line(self._x(at[code]), y - 8, "", name) for code, name in self.shown.columns.items()]
        for band in bands:
            if band.code:
                title = _cut(label("area", band.code), self.wide * (0.7 if not self.shown.many else 1), 8)
                height = TOP + 14 if not self.shown.many else y + BAND / 2
                self.bands.append(Line(self._x(left), height, band.code, title, band.code.lower()))
                y += BAND if self.shown.many else 6
            for row in band.rows:
                code = row.code if band.code else ""
                text = _cut(row.label, self.names - (34 if code else 0) - 10, LETTER)
                self.rows.append(Line(self._x(left), y + ROW / 2, code, text))
                self.dots += self._dots(row, y + ROW / 2, at)
                y += ROW
        self.bottom = max(self.bottom, y)

    def _dots(self, row: Row, y: float, at: dict[str, float]) -> Iterator[Dot]:
        room = min(ROW, self.cell) / 2 - 1
        for square in row.squares:
            size = room * (square.number / self.shown.largest) ** 0.5
            shift = 10 if square.number and self.cell >= NUMBERED else 0
            radius = round(max(1.5, size), 1) if square.number else 0
            yield Dot(self._x(at[square.column] - shift), y, radius, square.number)

    def _x(self, x: float) -> float:
        return round(x if self.mirror is None else self.mirror - x, 1)

    def drawing(self) -> Drawing:
        height = self.bottom + FOOT
        lines = (tuple(self.heads), tuple(self.bands), tuple(self.rows))
        return Drawing(WIDE, height, self.cell, not self.shown.many, *lines, tuple(self.dots), self._x(MARGIN))


def _cut(text: str, room: float, letter: float) -> str:
    most = max(8, int(room / letter))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
