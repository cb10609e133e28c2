"""The report as a page that people look at: plots, tables, every miss. No outside resource."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from evaluation import plots
from evaluation.report import (
    CAVEAT,
    CEILING,
    COMPARED,
    LABELS,
    OF_REAL_TEXTS,
    READERS,
    SLICED,
    SPLITS,
    Report,
    agreement_rows,
    interval,
    number,
)
from pipeline.analysis import INNOVATION_TYPES
from pipeline.text import plural

_STATUSES = {"present": "présent", "thin": "insuffisant", "absent": "absent", "not-applicable": "sans objet"}
_TYPES = {kind: kind for kind in INNOVATION_TYPES}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number, interval=interval, plural=plural)
    return environment


def to_html(report: Report) -> bytes:
    """The bytes of the page (UTF-8)."""
    content = (
        _environment()
        .get_template("rapport.html.j2")
        .render(
            report=report,
            split=SPLITS[report.split],
            labels=LABELS,
            compared=COMPARED,
            sliced=SLICED,
            of_real_texts=OF_REAL_TEXTS,
            drawings=_drawings(report),
            agreed=agreement_rows(report.agreement) if report.agreement else (),
            caveat=CAVEAT,
            ceiling=CEILING,
            readers=READERS,
        )
    )
    return content.encode()


def _drawings(report: Report) -> dict[str, str]:
    """SVG by name; for each subject of `COMPARED`, its first measure beside the simple methods."""
    suite = report.suite
    notions = [part for part in suite.slices if part.kind == "repère"]
    ceiling = report.agreement.by_notion if report.agreement else {}
    return {
        "statuses": plots.confusion(suite.statuses, _STATUSES),
        "types": plots.confusion(suite.types, _TYPES),
        "reliability": plots.reliability(suite.reliability),
        "coverage": plots.coverage(suite.coverage),
        "notions": plots.by_notion(notions, ceiling),
        **{
            f"compared-{subject}": plots.compared(suite.systems, measures[0], LABELS[measures[0]])
            for subject, measures in COMPARED.items()
        },
    }
