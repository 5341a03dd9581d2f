"""Ce qui se dit des dossiers qui ressemblent : combien, pourquoi, jamais qui."""

from __future__ import annotations

from ui.mots.semblables import a_comparer, constat


def test_combien_et_pourquoi() -> None:
    """Rien, un, plusieurs."""
    assert constat(0) == a_comparer([]) == ""
    assert constat(1).startswith("Un dossier de ce poste ressemble.")
    assert constat(3).startswith("3 dossiers de ce poste ressemblent.")
    assert a_comparer([("même nom", "date de naissance proche")]) == (
        "Un autre dossier de ce poste ressemble : même nom, date de naissance proche."
    )
    assert a_comparer([(), ("même nom",)]) == "2 autres ressemblent."
