"""The questions that a chain can be asked: one file a question, in this order everywhere."""

from fenglian.engine.analysis import adjacency, concentration, coverage, requirement
from fenglian.engine.analysis.question import Analysis

CATALOGUE: tuple[Analysis, ...] = (
    requirement.ANALYSIS,
    coverage.ANALYSIS,
    concentration.ANALYSIS,
    adjacency.ANALYSIS,
)
