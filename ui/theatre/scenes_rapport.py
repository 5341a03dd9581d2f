"""Le rapport d'activité : ce qui se compte, ce qui manque, les chiffres de l'année. Dossiers fictifs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from modele.droits import Auteur
from ui.ecrans.rapport.ecran import EcranRapport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Coffre
    from ui.theatre.joueur import Joueur

_MOTIFS: Final = ("trop_cher", "trop_petit", "sans_logement")
COMBIEN: Final = 24


def scenes_du_rapport(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Sans rien choisir, ce qui manque ; puis l'année en cours, provisoire."""
    joueur.session.avec_coffre(_remplir, lambda _: None, pour=joueur.session)
    joueur.attendre()
    joueur.aller("rapport")
    yield "rapport", joueur.fenetre
    joueur.presser("Compter")
    yield "rapport-manque", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranRapport)
    ecran.annee.poser(str(date.today().year))
    ecran.pour.poser("partenaires")
    joueur.presser("Compter")
    joueur.attendre()
    yield "rapport-compte", joueur.fenetre


def _remplir(coffre: Coffre) -> None:
    """De quoi compter : trois motifs, tous assez dits pour se publier."""
    auteur, territoire = Auteur(coffre.agent), coffre.echanges.chaine().territoire
    for rang in range(COMBIEN):
        dossier: dict[str, Any] = {
            "territoire": territoire,
            "demandeur": {"nom": f"FICTIF{rang}"},
            "demande": {"motifs": {"coches": [_MOTIFS[rang % 3]]}},
        }
        coffre.creer_dossier(dossier, auteur)
