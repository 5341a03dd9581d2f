"""Des valeurs d'énumérations de Qt en entiers : nommer ``Qt`` fabrique ses 93 énumérations, un dixième du lancement.

Ne sert qu'à ce que la première image emploie. Essais : ``tests/ui/test_lancement.py`` les compare à celles de Qt.
"""

from __future__ import annotations

from typing import Final

TEXTE_NU: Final = 0
"""``Qt.TextFormat.PlainText``, pour la propriété ``textFormat``."""
SANS_FOCUS: Final = 0
"""``Qt.FocusPolicy.NoFocus``, pour la propriété ``focusPolicy``."""
JAMAIS: Final = 1
"""``Qt.ScrollBarPolicy.ScrollBarAlwaysOff``, pour la propriété ``horizontalScrollBarPolicy``."""
CENTRE_V: Final = 0x80
"""``Qt.AlignmentFlag.AlignVCenter``, pour ``drawText``."""
GAUCHE: Final = 0x01
"""``Qt.AlignmentFlag.AlignLeft``, pour ``drawText``."""
A_LA_LIGNE: Final = 0x1000
"""``Qt.TextFlag.TextWordWrap``, pour ``drawText``."""
CE_COMPOSANT: Final = 0
"""``Qt.ShortcutContext.WidgetShortcut``, pour la propriété ``context`` d'un raccourci."""
