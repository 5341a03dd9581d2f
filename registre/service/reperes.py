"""Les repères d'un territoire : notes et délais observés, par commune, typologie et population, publiés signés.

Ils viennent d'une extraction nommée et datée du système officiel (voir ``reperes_csv``). Un petit effectif désignerait
des personnes : sous le seuil déclaré, ni l'effectif ni les valeurs ne sortent du serveur ; les quantiles extrêmes non
plus, jamais.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from modele.chiffres import petit
from modele.dossier.documents import encoder
from modele.protocole.messages import Referentiel
from modele.regles.disque import lire
from modele.territoire.reperes import NOM, QUANTILES, Distribution, Repere, Reperes
from registre.service.referentiels import publier
from registre.service.reperes_csv import Entete, Extraction, Observation, lire_extraction

_LE_PLUS_TOT: Final = timedelta(hours=12)
"""De combien le jour commence avant UTC dans le territoire de France où il commence le premier (Wallis-et-Futuna)."""
_PRECISION: Final = Decimal("0.1")
"""Une moyenne de tableur a quinze décimales, qui ne se lisent pas à voix haute."""


def publier_reperes(
    moteur: Engine, ou: str, fichier: Path, maintenant: datetime, donnes: Entete | None = None
) -> Referentiel:
    """Lit, masque et publie. ``donnes`` : le nom, la date ou le seuil que le fichier ne dit pas.

    Lève ``FichierFautif`` (toutes les fautes du fichier à la fois) ou ``ErreurUtilisateur``.
    """
    # Le matin à Nouméa, le registre est encore à hier : une extraction du jour n'est pas dans le futur.
    jour = (maintenant.astimezone(UTC) + _LE_PLUS_TOT).date()
    extraction = lire_extraction(lire(fichier), fichier.name, jour, donnes or Entete())
    return publier(moteur, ou, NOM, encoder(reperes(extraction)), maintenant)


def reperes(extraction: Extraction) -> Reperes:
    """Les repères à publier, petits effectifs masqués."""
    return Reperes(
        extraction.nom,
        extraction.date,
        extraction.seuil,
        extraction.delais,
        extraction.notes,
        [
            Repere(*cle, _distribution(notes, extraction.seuil), _distribution(delais, extraction.seuil))
            for cle, (notes, delais) in sorted(extraction.lignes.items())
        ],
    )


def _distribution(observee: Observation | None, seuil: int) -> Distribution | None:
    if observee is None:
        return None
    if petit(observee.effectif, seuil):
        return Distribution(masque=True)
    return Distribution(observee.effectif, {nom: _arrondi(observee.quantiles[nom]) for nom in QUANTILES})


def _arrondi(valeur: Decimal) -> Decimal:
    arrondie = valeur.quantize(_PRECISION, ROUND_HALF_UP)
    # Ni « 30,0 », ni « -0 ».
    return arrondie if arrondie % 1 else arrondie.quantize(Decimal(1)) + 0
