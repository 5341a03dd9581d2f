"""Chercher une commune par son nom, sans accents, ou par son code postal : celles du territoire d'abord. Sans Qt.

Essais : ``tests/ui/mots/test_communes.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from modele.territoire.communes import Commune, Communes, nu


def chercher(saisie: str, communes: Communes, limite: int = 6) -> list[Commune]:
    """Les communes qui répondent à ``saisie`` : celles du territoire, puis de France ; les noms courts d'abord."""
    cherche = nu(saisie)
    if len(cherche) < 2:
        return []
    trouvees = _retenir(cherche, [(nu(commune.nom), commune) for commune in communes.proches.values()])
    if len(trouvees) < limite:
        trouvees += [c for c in _retenir(cherche, communes.france.noms) if c.code not in communes.proches]
    return trouvees[:limite]


def _retenir(cherche: str, noms: Iterable[tuple[str, Commune]]) -> list[Commune]:
    if cherche.isdigit():
        trouves = [(nom, c) for nom, c in noms if any(postal.startswith(cherche) for postal in c.codes_postaux)]
    else:
        trouves = [(nom, c) for nom, c in noms if nom.startswith(cherche) or f" {cherche}" in nom]
    trouves.sort(key=lambda paire: (not paire[0].startswith(cherche), len(paire[0]), paire[0]))
    return [commune for _, commune in trouves]
