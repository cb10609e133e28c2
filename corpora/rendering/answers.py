"""What a filled-in form shows: each field draws as much of its value as its box holds, as Acrobat does."""

from pathlib import Path

import pikepdf
from reportlab.lib.utils import simpleSplit

_FONT = "Helvetica"
_SIZE = 9.0
_LEADING = 10.4
_PADDING = 2.5
_MULTILINE = 1 << 12


def draw_answers(path: Path) -> None:
    """Gives every field of the form at `path` an appearance, in Helvetica; values that are too long are cut off."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.Root.AcroForm
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name("/" + _FONT),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        form.DR = resources
        form.NeedAppearances = False
        for field in form.Fields:
            _draw(pdf, field, resources)
        pdf.save(path)


def _draw(pdf: pikepdf.Pdf, field: pikepdf.Object, resources: pikepdf.Dictionary) -> None:
    x0, y0, x1, y1 = (float(side) for side in field.Rect)
    field.Rect = pikepdf.Array([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
    width, height = abs(x1 - x0), abs(y1 - y0)
    if str(field.FT) == "/Btn":
        cross = f"q 1.1 w 2 2 m {width - 2:.2f} {height - 2:.2f} l 2 {height - 2:.2f} m {width - 2:.2f} 2 l S Q"
        shapes = pikepdf.Dictionary()
        shapes["/on"] = _shape(pdf, cross.encode(), width, height, pikepdf.Dictionary())
        shapes["/Off"] = _shape(pdf, b"", width, height, pikepdf.Dictionary())
        field.AP = pikepdf.Dictionary(N=shapes)
    else:
        field.DA = pikepdf.String(f"/Helv {_SIZE:g} Tf 0 g")
        lines = _lines(str(field.V), width, several=bool(int(field.get("/Ff", 0)) & _MULTILINE))
        field.AP = pikepdf.Dictionary(N=_shape(pdf, _text(lines, width, height), width, height, resources))


def _shape(
    pdf: pikepdf.Pdf, content: bytes, width: float, height: float, resources: pikepdf.Dictionary
) -> pikepdf.Stream:
    return pdf.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, round(width, 2), round(height, 2)]),
        Resources=resources,
    )


def _lines(value: str, width: float, *, several: bool) -> list[str]:
    if not several:
        return [value]
    return [
        line for part in value.split("\n") for line in simpleSplit(part, _FONT, _SIZE, width - 2 * _PADDING) or [""]
    ]


def _text(lines: list[str], width: float, height: float) -> bytes:
    top = height - _PADDING - _SIZE if len(lines) > 1 or height > 3 * _SIZE else (height - _SIZE) / 2 + 2
    inside = f"{width - 2:.2f} {height - 2:.2f}"
    parts = [
        f"/Tx BMC q 1 1 {inside} re W n BT /Helv {_SIZE:g} Tf 0 g {_LEADING:g} TL {_PADDING:g} {top:.2f} Td".encode()
    ]
    parts += [b"(" + _escape(line) + b") Tj T*" for line in lines]
    return b"\n".join([*parts, b"ET Q EMC"])


def _escape(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
