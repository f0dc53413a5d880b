"""The questions that a supply network can be asked, in this order everywhere.

Apart from those of a chain: what pages of a chain load need not load the kernel of cascades.
"""

from fenglian.engine.analysis import (
    disruption,
    location_risk,
    reinforcement,
    sourcing,
    systemic_risk,
)
from fenglian.engine.analysis.question import LinkAnalysis

CATALOGUE: tuple[LinkAnalysis, ...] = (
    systemic_risk.ANALYSIS,
    sourcing.ANALYSIS,
    location_risk.ANALYSIS,
    reinforcement.ANALYSIS,
    disruption.ANALYSIS,
)
