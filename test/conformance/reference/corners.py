"""Where implementations part: strides with zeros in front only, rows without any step that counts, masks with holes."""

import numpy as np

from .cases import case, normal, single
from .sequences import CELLS, cell_weights, recurrence, steps_gathered
from .windows import convolve, dense_sums, depthwise

# Windows end at steps 0, stride, 2·stride, …, also where they do not come out even at the end.
for size, kernel, stride in ((7, 3, 2), (6, 2, 4), (8, 4, 3)):
    weights = {"kernel": normal(kernel, 2, 3), "bias": normal(3)}
    geometry = {"padding": "causal", "stride": stride}
    convolve("conv1d", f"causal, {size} steps, stride {stride}", 1, normal(2, size, 2), weights, dense_sums(1), kernel, geometry, filters=3)
weights = {"kernel": normal(3, 2, 2), "bias": normal(4)}
convolve("depthwise_conv1d", "causal, stride 2", 1, normal(2, 7, 2), weights, lambda seen, v: depthwise(seen, v["kernel"], 1), 3, {"padding": "causal", "stride": 2}, multiplier=2)

# Nothing counts in the last row; the one before has holes, its last step among them.
HOLES = single([[1, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 0]])

for op in CELLS:
    for sequences in (False, True):
        weights = cell_weights(op, 3, 2) | cell_weights(op, 3, 2, "backward_")
        case(
            op,
            f"both ways, holes and an empty row, {'all states' if sequences else 'the last state'}",
            recurrence(op, 2, sequences, True),
            {"in": normal(3, 4, 3), "mask": HOLES},
            weights,
            units=2,
            return_sequences=sequences,
            bidirectional=True,
        )


def last_that_counts(x, mask):
    places = [max(np.flatnonzero(row), default=0) for row in mask]
    return steps_gathered(x, np.array(places))


case("last_step", "holes and an empty row", lambda mask, **v: last_that_counts(v["in"], mask), {"in": normal(3, 4, 2), "mask": HOLES})
