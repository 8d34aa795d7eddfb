"""Reads the straight lines that are drawn on a page: the rules of tables, and whether a picture covers it."""

import itertools
from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int
from typing import Any

import msgspec
from pypdfium2 import raw as pdfium

from cchc_flow.plan_import.readers.pdf.page import Rule
from cchc_flow.plan_import.readers.pdf.turning import Box, turn_box

MOST_OBJECTS, MOST_SEGMENTS, DEEPEST = 20_000, 2_000, 4
THIN, SHORT = 2.6, 6.0
"""In points: a shape not thicker than this is a line, one shorter than that is none of a table."""
MOST_OF_A_PAGE = 0.5
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


class Drawing(msgspec.Struct):
    """What is drawn on a page: thin shapes as boxes (left, bottom, right, top), and the area of pictures."""

    lines: list[Box]
    pictures: float = 0.0
    objects: int = 0


def read_drawing(page: Any) -> Drawing:
    """Return the lines and pictures of a page, those in nested forms too; a page of too many has no lines."""
    drawing = Drawing([])
    count = pdfium.FPDFPage_CountObjects(page)
    read_objects(
        (pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, MOST_OBJECTS))),
        drawing,
        UNMOVED,
        0,
    )
    return drawing


def read_objects(objects: Iterable[Any], drawing: Drawing, matrix: Matrix, depth: int) -> None:
    """Add what some objects draw; `matrix` places them on the page."""
    for item in objects:
        drawing.objects += 1
        if drawing.objects > MOST_OBJECTS:
            return
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                read_path(item, drawing, matrix)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = move_box(bounds_of(item), matrix)
                drawing.pictures += (right - left) * (top - bottom)
            case pdfium.FPDF_PAGEOBJ_FORM if depth < DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(item)
                inner = (pdfium.FPDFFormObj_GetObject(item, n) for n in range(min(count, MOST_OBJECTS)))
                read_objects(inner, drawing, combine(matrix_of(item), matrix), depth + 1)


def read_path(path: Any, drawing: Drawing, matrix: Matrix) -> None:
    """Add the lines of a path: the path itself if it is thin, else its thin parts and stroked edges."""
    box = move_box(bounds_of(path), matrix)
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not fill.value and not stroke.value:
        return
    if is_thin(box):
        drawing.lines.append(box)
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= MOST_SEGMENTS:
        return
    placed = combine(matrix_of(path), matrix)
    for points in subpaths(path, count, placed):
        if is_thin(whole := box_around(points)):
            drawing.lines.append(whole)
        elif stroke.value:
            edges = (box_around(pair) for pair in itertools.pairwise(points))
            drawing.lines.extend(edge for edge in edges if is_thin(edge))


def subpaths(path: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of a path that is drawn without lifting the pen; curves are skipped."""
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            continue
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        points.append(move_point(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points


def is_thin(box: Box) -> bool:
    """Return whether a box is a line: thin one way, long enough the other."""
    width, height = box[2] - box[0], box[3] - box[1]
    return (height <= THIN and width >= SHORT) or (width <= THIN and height >= SHORT)


def box_around(points: Iterable[tuple[float, float]]) -> Box:
    """Return the smallest box around points."""
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def bounds_of(item: Any) -> Box:
    """Return the box of an object, in the coordinates of what it is part of."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def matrix_of(item: Any) -> Matrix:
    """Return the matrix of an object."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def combine(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that moves as the first and then as the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def move_point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """Return a point where the matrix moves it."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def move_box(box: Box, matrix: Matrix) -> Box:
    """Return the box around a box that was moved."""
    if matrix is UNMOVED:
        return box
    left, bottom, right, top = box
    return box_around(move_point(x, y, matrix) for x in (left, right) for y in (bottom, top))


def sort_rules(lines: Iterable[Box], turn: int) -> tuple[list[Rule], list[Rule]]:
    """Return lines that lie and lines that stand, on the page as it is turned for reading."""
    across: list[Rule] = []
    upright: list[Rule] = []
    for box in lines:
        left, bottom, right, top = turn_box(box, turn)
        if right - left >= top - bottom:
            across.append(Rule((bottom + top) / 2, left, right))
        else:
            upright.append(Rule((left + right) / 2, bottom, top))
    return across, upright
