"""Chercher une commune par son nom, sans accents, ou par son code postal : celles du territoire d'abord. Sans Qt.

Essais : ``tests/ui/mots/test_communes.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from modele.territoire.communes import Commune, Communes, nu


def chercher(saisie: str, communes: Communes, limite: int = 6) -> list[Commune]:
    """Les communes qui répondent à ``saisie`` : celles du territoire, puis de France ; les noms courts d'abord.

    Une commune se trouve aussi par un arrondissement, ou par le nom d'une commune fondue en elle.
    """
    cherche = nu(saisie)
    if len(cherche) < 2:
        return []
    trouvees = _retenir(cherche, [(nu(commune.nom), commune) for commune in communes.proches.values()])
    if len(trouvees) < limite:
        de_france = _retenir(cherche, communes.france.noms)
        trouvees += [c for c in de_france if c.autrement or c.code not in communes.proches]
    return trouvees[:limite]


def _retenir(cherche: str, noms: Iterable[tuple[str, Commune]]) -> list[Commune]:
    if cherche.isdigit():
        trouves = [(nom, c) for nom, c in noms if any(postal.startswith(cherche) for postal in c.codes_postaux)]
    else:
        trouves = [(nom, c) for nom, c in noms if nom.startswith(cherche) or f" {cherche}" in nom]
    trouves.sort(key=lambda paire: (not paire[0].startswith(cherche), len(paire[0]), paire[0]))
    return [commune for _, commune in trouves]


def dire_pourquoi(commune: Commune) -> str:
    """Ce qui la situe : le nom sous lequel elle a été cherchée, ou son intercommunalité."""
    if not commune.autrement:
        return commune.epci
    if commune.autrement.startswith(commune.nom):
        return commune.autrement
    return f"pour {commune.autrement}"
