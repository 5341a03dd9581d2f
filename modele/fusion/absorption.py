"""Fondre un dossier dans un autre : la même personne avait deux dossiers. Les deux histoires restent."""

from __future__ import annotations

from msgspec import structs

from modele.fusion.etat import EtatDossier


def absorber(survivant: EtatDossier, absorbe: EtatDossier) -> EtatDossier:
    """L'état du survivant une fois l'autre fondu en lui.

    Ce que seul l'absorbé disait y entre ; là où ils diffèrent, la valeur du survivant reste en vigueur et une personne
    tranche. Une opération tardive de l'absorbé trouvera ses propres têtes parmi celles du survivant.
    """
    unites = dict(survivant.unites)
    for cle, tetes in absorbe.unites.items():
        connues = {tete.operation for tete in unites.get(cle, ())}
        unites[cle] = [*unites.get(cle, ()), *(tete for tete in tetes if tete.operation not in connues)]
    return structs.replace(
        survivant,
        version=survivant.version + absorbe.version,
        unites=unites,
        auteurs={**absorbe.auteurs, **survivant.auteurs},
        absorbes=(*survivant.absorbes, absorbe.dossier, *absorbe.absorbes),
    )
