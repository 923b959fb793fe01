"""What the writers of the measured pages share: tables, plots, and the places in a page that they fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
DOCS = ROOT / "docs"
IMAGES = DOCS / "images"

COLOURS = ("#1976d2", "#e65100", "#2e7d32", "#6a1b9a", "#c62828")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """`numbers`: every column but the first is one of numbers."""
    rule = ("---", *(("---:" if numbers else "---") for _ in heads[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])


def plot(
    title: str, lines: Mapping[str, Sequence[tuple[float, float]]], *, x: str, unit: str, limit: float | None = None
) -> str:
    """An SVG of lines from zero. `x`: what the end of the axis is; `limit`: a dashed line across."""
    width, height, left, bottom = 640, 240, 64, 32
    top = 12 + 16 * (len(lines) if len(lines) > 1 else 0)
    points = [point for line in lines.values() for point in line]
    most_x = max(px for px, _ in points)
    most_y = max([py for _, py in points] + [limit or 0]) * 1.1

    def at(px: float, py: float) -> tuple[float, float]:
        return left + px / most_x * (width - left - 12), height - bottom - py / most_y * (height - bottom - top)

    (x0, y0), (x1, y1) = at(0, 0), at(most_x, most_y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12" fill="#666"><title>{title}</title>',
        f'<path d="M{x0} {y1:.1f}V{y0}H{x1}" fill="none" stroke="#999"/>',
    ]
    if limit is not None:
        parts.append(f'<path d="M{x0} {at(0, limit)[1]:.1f}H{x1}" stroke="#c62828" stroke-dasharray="4 4"/>')
    for i, (name, line) in enumerate(lines.items()):
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in (at(*point) for point in line))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[i]}" stroke-width="2"/>')
        if len(lines) > 1:
            parts.append(f'<text x="{left + 8}" y="{16 * (i + 1)}" fill="{COLOURS[i]}">{name}</text>')
    for share in (0, 0.5, 1):
        label = f"{most_y * share:.0f} {unit}"
        parts.append(f'<text x="{left - 6}" y="{at(0, most_y * share)[1] + 4:.1f}" text-anchor="end">{label}</text>')
    parts.append(f'<text x="{x1}" y="{height - 8}" text-anchor="end">{x}</text></svg>\n')
    return "".join(parts)


def fill(page: Path, parts: Mapping[str, Callable[[], str | None]]) -> None:
    """Writes each part between its two marks. One whose reports are not there stays as it is, and this is told."""
    text = page.read_text()
    for name, write in parts.items():
        part = write()
        if part is None:
            print(f"{page.name}: {name} stays as it is, its reports are not all in {REPORTS.relative_to(ROOT)}")
            continue
        block = re.compile(rf"(<!-- written: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not block.search(text):
            raise SystemExit(f"{page.name} has no place for {name}")
        text = block.sub(lambda m, part=part: f"{m[1]}\n{part}\n\n{m[2]}", text)
        print(f"{page.name}: {name} written")
    page.write_text(text)
