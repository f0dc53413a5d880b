"""How much hangs on each row of an input–output table? Closed forms, no loop over rows.

References
----------
Leontief, W. (1936): Quantitative input and output relations in the economic systems of the United
States. The Review of Economics and Statistics 18, 105–125. doi:10.2307/1927837
Ghosh, A. (1958): Input-output approach in an allocation system. Economica 25, 58–64.
doi:10.2307/2550694
Miller, R. E., Blair, P. D. (2022): Input–Output Analysis, 3rd edition, chapters 2 and 12.
doi:10.1017/9781108676212
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lu_factor, lu_solve  # type: ignore[import-untyped]  # no stubs

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Floats
from fenglian.engine.kernels.faults import TableNotProductive

LIMIT = 1.0  # inputs to one unit of output must stay below it


@dataclass(frozen=True, slots=True, eq=False)
class Linkages:
    """What hangs on each sector; all (sectors,), in the table's unit where not dimensionless."""

    backward: Floats  # output of all sectors for one more unit of its final demand
    forward: Floats  # output of all sectors for one more unit of its primary inputs
    direct_backward: Floats  # inputs to one unit of its output
    direct_forward: Floats  # share of its output that goes to other sectors as an input
    power: Floats  # backward over the mean of all, Rasmussen's power of dispersion
    sensitivity: Floats  # forward over the mean of all
    loss: Floats  # output lost in all sectors, itself included, where it is taken out


def input_coefficients(flows: Floats, output: Floats) -> Floats:
    """Return A, inputs of each row to one unit of output of each column.

    Parameters
    ----------
    flows
        (sectors, sectors), what each row delivers to each column; not negative.
    output
        (sectors,), total output; a sector without output has neither inputs nor deliveries.

    Raises
    ------
    WrongShape, BadCoefficient
        Where an array is of another shape, or a number is negative or not finite.
    TableNotProductive
        Where the inputs to one unit of output add up to 1 or more.
    """
    size = len(output)
    if flows.shape != (size, size):
        raise WrongShape(name="flows", found=flows.shape, wanted=(size, size))
    for array in (flows, output):
        bad = ~(np.isfinite(array) & (array >= 0))
        if bad.any():
            place = int(np.argmax(bad))
            raise BadCoefficient(place=place, value=float(array.flat[place]))
    coefficients: Floats = flows / np.where(output > 0, output, 1.0)
    sums = coefficients.sum(axis=0)
    if size and sums.max() >= LIMIT:
        worst = int(np.argmax(sums))
        raise TableNotProductive(sector=worst, value=float(sums[worst]), limit=LIMIT)
    return coefficients


def leontief_inverse(coefficients: Floats) -> Floats:
    """Return L = (I − A)⁻¹, the output of each row for one unit of final demand of each column.

    Examples
    --------
    >>> leontief_inverse(np.array([[0.15, 0.25], [0.2, 0.05]])).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    identity = np.eye(len(coefficients))
    inverse: Floats = lu_solve(lu_factor(identity - coefficients), identity)
    return inverse


def linkages(flows: Floats, output: Floats) -> Linkages:
    """Return backward and forward linkages and the loss by hypothetical extraction.

    Parameters
    ----------
    flows, output
        As for ``input_coefficients``.

    Returns
    -------
    Linkages
        Of every sector at once.

    Notes
    -----
    Taking sector j out sets its row and column of A to 0, and its final demand. The output that
    is lost is (Σ_i L_ij) x_j / L_jj, so that one inverse answers for all sectors; the Ghosh
    inverse is x_i⁻¹ L_ij x_j by rows.

    Examples
    --------
    >>> found = linkages(np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0]))
    >>> found.loss.round(3).tolist(), found.forward.round(4).tolist()
    ([1210.526, 2588.235], [1.9142, 1.2541])
    """
    coefficients = input_coefficients(flows, output)
    inverse = leontief_inverse(coefficients)
    backward = inverse.sum(axis=0)
    forward = (inverse @ output) / np.where(output > 0, output, 1.0)
    forward[output == 0] = 1.0  # nothing of it goes anywhere
    return Linkages(
        backward=backward,
        forward=forward,
        direct_backward=coefficients.sum(axis=0),
        direct_forward=flows.sum(axis=1) / np.where(output > 0, output, 1.0),
        power=backward / backward.mean(),
        sensitivity=forward / forward.mean(),
        loss=extraction_loss(inverse, output),
    )


def extraction_loss(inverse: Floats, output: Floats) -> Floats:
    """Return the output that is lost where each sector is taken out by itself.

    Parameters
    ----------
    inverse
        (sectors, sectors), from ``leontief_inverse``.
    output
        (sectors,).
    """
    loss: Floats = inverse.sum(axis=0) * output / np.diagonal(inverse)
    return loss
