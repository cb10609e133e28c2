"""The report as a page that people look at: plots, tables, every miss. No outside resource."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from evaluation import plots
from evaluation.report import CAVEAT, COMPARED, LABELS, READERS, SPLITS, Report, interval, number

_STATUSES = {"present": "présent", "thin": "insuffisant", "absent": "absent", "not-applicable": "sans objet"}
_TYPES = {"services": "services", "organisationnelle": "organisationnelle", "territoriale": "territoriale"}
_MOST_MISSES_OF = "test"  # a test split's misses are not shown: they would be learned from


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number, interval=interval)
    return environment


def to_html(report: Report) -> bytes:
    """The bytes of the page (UTF-8)."""
    suite = report.suite
    notions = [part for part in suite.slices if part.kind == "repère"]
    ceiling = report.agreement.by_notion if report.agreement else {}
    drawings = {
        "statuses": plots.confusion(suite.statuses, list(_STATUSES), _STATUSES),
        "types": plots.confusion(suite.types, list(_TYPES), _TYPES),
        "reliability": plots.reliability(suite.reliability),
        "coverage": plots.coverage(suite.coverage),
        "notions": plots.by_notion(notions, ceiling),
        **{
            measures[0]: plots.compared(suite.systems, measures[0], LABELS[measures[0]])
            for measures in COMPARED.values()
        },
    }
    content = (
        _environment()
        .get_template("rapport.html.j2")
        .render(
            report=report,
            split=SPLITS[report.split],
            labels=LABELS,
            compared=COMPARED.values(),
            drawings=drawings,
            misses=() if report.split == _MOST_MISSES_OF else suite.misses,
            caveat=CAVEAT,
            readers=READERS,
        )
    )
    return content.encode()
