"""Les règles s'éprouvent avec les mêmes tirages et le même oracle que la cotation."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cotation"))
