"""La note se dit sur les mêmes grilles écrites que la cotation."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cotation"))
