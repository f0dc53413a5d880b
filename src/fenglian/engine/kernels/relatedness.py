"""Which columns of a matrix are found in the same rows, and what does that say of both?

A matrix of amounts (places by products) becomes a matrix of presence; from it come the proximity
of two products, the density of a place around a product, and the complexity of both sides. The
convention is that of the Stata programme of the Growth Lab: the proximity of a product to itself
does not count, and the complexity of products is put on the scale of the places.

References
----------
Balassa, B. (1965): Trade liberalisation and “revealed” comparative advantage. The Manchester
School 33, 99–123. doi:10.1111/j.1467-9957.1965.tb00050.x
Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007): The product space conditions
the development of nations. Science 317, 482–487. doi:10.1126/science.1144581
Hidalgo, C. A., Hausmann, R. (2009): The building blocks of economic complexity. PNAS 106,
10570–10575. doi:10.1073/pnas.0900943106
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh  # type: ignore[import-untyped]  # scipy has no stubs

from fenglian.engine.errors import BadCoefficient, WrongShape
from fenglian.engine.kernels.explosion import Flags, Floats
from fenglian.engine.kernels.faults import TooFewLeft

FEWEST = 3  # rows and columns; below that a second eigenvector says nothing
ALIKE = 1e-12  # spread of the index, over its size, below which all rows are alike


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """The index of the places and of the products; NaN where a row or column is left out."""

    places: Floats  # (places,), mean 0 and standard deviation 1
    products: Floats  # (products,), on the scale of the places
    unit: Floats  # (products,), the same direction with length 1
    spread: float  # standard deviation of the places before they were put on their scale
    second: float  # second eigenvalue; the first is 1
    third: float


def comparative_advantage(amounts: Floats) -> Floats:
    """Return how much more than average a place does of a product: (X_cp / X_c) / (X_p / X).

    Parameters
    ----------
    amounts
        (places, products), not negative.

    Returns
    -------
    numpy.ndarray
        (places, products), dimensionless; NaN in an empty row or column.

    Raises
    ------
    BadCoefficient
        Where an amount is negative, infinite or no number.

    Examples
    --------
    >>> comparative_advantage(np.array([[3.0, 1.0], [1.0, 3.0]])).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    if amounts.ndim != 2:
        raise WrongShape(name="amounts", found=amounts.shape, wanted="(places, products)")
    if amounts.size and not (amounts.min() >= 0 and amounts.max() < np.inf):
        bad = int(np.argmax(~(np.isfinite(amounts) & (amounts >= 0))))
        raise BadCoefficient(place=bad, value=float(amounts.flat[bad]))
    # By the greatest amount first, so that no sum and no product of two sums is too large.
    scaled = amounts / (amounts.max() if amounts.size and amounts.max() > 0 else 1.0)
    rows, columns = scaled.sum(axis=1), scaled.sum(axis=0)
    rows[rows == 0], columns[columns == 0] = np.nan, np.nan
    advantage: Floats = scaled * (scaled.sum() / rows)[:, np.newaxis]
    advantage /= columns
    return advantage


def core(presence: Flags, fewest_products: int = 1, fewest_places: int = 1) -> tuple[Flags, Flags]:
    """Return which places and products stay when thin ones are taken out until none is thin.

    Parameters
    ----------
    presence
        (places, products).
    fewest_products, fewest_places
        A place must have that many products, a product that many places, among those that stay.

    Returns
    -------
    tuple
        (places,) and (products,) of bool.

    Examples
    --------
    >>> stays, _ = core(np.array([[True, True], [True, True], [True, False]]), 2, 2)
    >>> stays.tolist()
    [True, True, False]
    """
    counts = presence.astype(np.float64)
    places, products = np.ones(presence.shape[0], np.bool_), np.ones(presence.shape[1], np.bool_)
    while True:
        left = places & (counts @ products >= max(fewest_products, 1))
        kept = products & (left @ counts >= max(fewest_places, 1))
        if np.array_equal(left, places) and np.array_equal(kept, products):
            return places, products
        places, products = left, kept


def proximity(presence: Floats, *, include_self: bool = False) -> Floats:
    """Return the least chance that who has one of two products has the other as well.

    Parameters
    ----------
    presence
        (places, products) of 0 and 1.
    include_self
        Whether a product is near to itself (1 on the diagonal), as in some programmes.

    Returns
    -------
    numpy.ndarray
        (products, products), symmetric, 0–1; 0 for a product that no place has.
    """
    # Counts are whole numbers below 2²⁴, which the shorter floats hold exactly, twice as fast.
    short = presence.astype(np.float32)
    together: Floats = (short.T @ short).astype(np.float64)
    ubiquity = np.diagonal(together).copy()
    ubiquity[ubiquity == 0] = 1.0
    together /= np.maximum(ubiquity[:, np.newaxis], ubiquity)
    if not include_self:
        np.fill_diagonal(together, 0.0)
    return together


def nearest_only(near: Floats, count: int) -> Floats:
    """Return proximities with all but the nearest of each row at 0.

    Parameters
    ----------
    near
        (products, products).
    count
        How many of each row stay; those as near as the last of them stay too, so that the answer
        does not hang on the order of the products.

    Returns
    -------
    numpy.ndarray
        (products, products), as a rule not symmetric.
    """
    size = near.shape[1]
    if count >= size:
        return near
    least = np.partition(near, size - count, axis=1)[:, size - count]
    kept: Floats = near * (near >= least[:, np.newaxis])
    return kept


def density(presence: Floats, near: Floats) -> Floats:
    """Return which share of the proximity around each product a place has.

    Parameters
    ----------
    presence
        (places, products) of 0 and 1.
    near
        (products, products), row: of the product; all proximities, or the nearest only.

    Returns
    -------
    numpy.ndarray
        (places, products), 0–1; NaN where nothing is near.
    """
    around = near.sum(axis=1)
    around[around == 0] = np.nan
    shares: Floats = presence @ near.T
    shares /= around
    return shares


def complexity(presence: Floats) -> Complexity:
    """Return the complexity of places and products.

    Parameters
    ----------
    presence
        (places, products) of 0 and 1; empty rows and columns are left out and come back as NaN.

    Returns
    -------
    Complexity
        The second eigenvector of D⁻¹ M U⁻¹ Mᵀ, on the smaller of both sides and in its symmetric
        form; its sign is that of the correlation with the number of products of a place.

    Raises
    ------
    TooFewLeft
        Where fewer than three rows or columns are not empty, or all rows are alike.
    """
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    rows, columns = diversity > 0, ubiquity > 0
    if rows.sum() < FEWEST or columns.sum() < FEWEST:
        raise TooFewLeft(places=int(rows.sum()), products=int(columns.sum()), fewest=FEWEST)
    full = rows.all() and columns.all()
    matrix = presence if full else presence[np.ix_(rows, columns)]
    of_rows, of_columns = diversity[rows], ubiquity[columns]
    direction, second, third = _second_vector(matrix, of_rows, of_columns)
    unit = direction / (float(np.linalg.norm(direction)) or 1.0)
    index = (matrix @ unit) / of_rows
    spread = float(index.std())
    if second <= ALIKE or spread <= ALIKE * float(np.abs(index).max()):
        raise TooFewLeft(places=1, products=int(columns.sum()), fewest=FEWEST)
    if np.sum((index - index.mean()) * (of_rows - of_rows.mean())) < 0:
        unit, index = -unit, -index
    return Complexity(
        places=_put_back((index - index.mean()) / spread, rows),
        products=_put_back((unit - index.mean()) / spread, columns),
        unit=_put_back(unit, columns),
        spread=spread,
        second=second,
        third=third,
    )


def outlook(
    presence: Floats, near: Floats, shares: Floats, found: Complexity
) -> tuple[Floats, Floats]:
    """Return how well placed each place is, and what one more product would gain it.

    Parameters
    ----------
    presence
        (places, products) of 0 and 1.
    near
        (products, products), from ``proximity``.
    shares
        (places, products), from ``density`` over all of ``near``.
    found
        From ``complexity`` of the same presence.

    Returns
    -------
    tuple
        (places,) the complexity outlook index, mean 0 and standard deviation 1; (places,
        products) the gain, 0 for what a place has already. NaN for what is left out.
    """
    unit, absent = np.nan_to_num(found.unit), 1.0 - presence
    around = near.sum(axis=0)
    lonely = around == 0
    around[lonely] = 1.0
    held = ~np.isnan(found.places)
    reach = (np.nan_to_num(shares) * absent) @ unit
    index = np.where(held, reach, np.nan)
    index = (index - np.nanmean(index)) / np.nanstd(index)
    # In the order that needs two products of matrices with a diagonal, and none of three.
    gain: Floats = (absent * (unit / around)) @ near
    gain *= absent / found.spread
    gain[:, np.isnan(found.unit)] = np.nan
    gain[~held] = np.nan
    return index, gain


def _second_vector(matrix: Floats, rows: Floats, columns: Floats) -> tuple[Floats, float, float]:
    """Return the direction of the products, and the second and third eigenvalue."""
    narrow = matrix / np.sqrt(rows)[:, np.newaxis] / np.sqrt(columns)
    by_rows = matrix.shape[0] <= matrix.shape[1]
    square = narrow @ narrow.T if by_rows else narrow.T @ narrow
    size = len(square)
    values, vectors = eigh(square, subset_by_index=[size - 3, size - 2], driver="evr")
    vector = vectors[:, 1]
    if by_rows:
        direction = (matrix.T @ (vector / np.sqrt(rows))) / columns
    else:
        direction = vector / np.sqrt(columns)
    return direction, float(values[1]), float(values[0])


def _put_back(values: Floats, kept: Flags) -> Floats:
    whole = np.full(len(kept), np.nan)
    whole[kept] = values
    return whole
