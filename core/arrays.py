"""Arrays inside frozen values."""

import numpy as np


def sealed(array: np.ndarray, dtype: type[np.generic], ndim: int, name: str) -> np.ndarray:
    """The same numbers as a C-contiguous, read-only array; raises ValueError on a wrong shape."""
    out = np.ascontiguousarray(array, dtype=dtype)
    if out.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimensions, not shape {out.shape}")
    if out is array and out.flags.writeable:
        out = out.view()
    out.flags.writeable = False
    return out
