"""The questions that can be asked: one file a question, in this order everywhere.

``CATALOGUE`` are questions to a chain, ``TABLE_CATALOGUE`` those to a user's own table.
"""

from fenglian.engine.analysis import (
    adjacency,
    carbon,
    concentration,
    coverage,
    exposure,
    extension,
    linkages,
    relatedness,
    requirement,
    synchrony,
    throughput,
)
from fenglian.engine.analysis.question import Analysis, TableAnalysis

CATALOGUE: tuple[Analysis, ...] = (
    requirement.ANALYSIS,
    coverage.ANALYSIS,
    concentration.ANALYSIS,
    adjacency.ANALYSIS,
    extension.ANALYSIS,
    throughput.ANALYSIS,
    synchrony.ANALYSIS,
    exposure.ANALYSIS,
    carbon.ANALYSIS,
)
TABLE_CATALOGUE: tuple[TableAnalysis, ...] = (
    relatedness.TABLE_ANALYSIS,
    linkages.TABLE_ANALYSIS,
)
