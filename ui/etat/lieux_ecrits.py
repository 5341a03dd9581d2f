"""Les lieux que la structure a écrits : en ajouter d'un tableau, en retirer un. Sans Qt ; l'écran et la commande.

Une écriture à chaque fois, pour toute la structure : tout, ou rien. Chaque geste est au journal du poste. À appeler du
fil du coffre.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.dossier.acces import Acces, Geste
from modele.lieux.ecriture import ecrire_lieux
from modele.lieux.lecture import FICHIER, NATURE, lire_lieux
from modele.regles.disque import lire_octets, raison
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche, Fichier
from modele.territoire.import_lieux import OCTETS_AU_PLUS, Essai
from modele.territoire.import_lieux import essayer as essayer_un_tableau

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from modele.lieux.modele import Lieu

TROP: Final = (
    "Trop de lieux pour un seul poste ({} Kio ; {} au plus). Importez-en moins, ou faites-les publier par le registre."
)
PAS_ECRIT: Final = (
    "« {} » n'est pas un lieu que la structure a importé : rien n'a été retiré. Un lieu livré ou publié se retire en "
    "publiant l'annuaire sans lui."
)
ECRIT_AU_PLUS: Final = 768 * 1024
"""Un objet du coffre voyage d'un bloc, et le registre en borne la taille."""


def essayer(chemin: Path, regles: Regles, jour: date) -> Essai:
    """L'essai à blanc de ce tableau, avec les codes et les communes de ces règles. Lève ``ErreurUtilisateur``."""
    try:
        octets = lire_octets(chemin, OCTETS_AU_PLUS)
    except FileNotFoundError:
        raise ErreurUtilisateur(f"{chemin} : ce fichier n'existe pas. Vérifiez son nom et son dossier.") from None
    except OSError as cause:
        raise ErreurUtilisateur(f"{chemin} : ce fichier ne se lit pas, {raison(cause)}.") from None

    def existe(code: str) -> bool:
        commune = regles.communes.get(code)
        return commune is not None and not commune.etranger

    return essayer_un_tableau(octets, regles.national.permis, existe, jour)


def ecrits(coffre: Coffre, territoire: str) -> tuple[Lieu, ...]:
    """Ceux que la structure a écrits pour ce territoire. Lève ``FichierFautif``."""
    siens = [un for un in coffre.modifications() if (un.nature, un.id, un.fichier) == (NATURE, territoire, FICHIER)]
    return lire_lieux(Fichier(FICHIER, Couche.STRUCTURE, octets=siens[-1].contenu)) if siens else ()


def ajouter(coffre: Coffre, territoire: str, lieux: Iterable[Lieu], auteur: Auteur) -> None:
    """Ceux-ci s'ajoutent à ceux d'avant, à la place de ceux de même identifiant. Lève ``ErreurUtilisateur``."""
    reunis = {un.id: un for un in (*ecrits(coffre, territoire), *lieux)}
    contenu = ecrire_lieux(reunis.values())
    if len(contenu) > ECRIT_AU_PLUS:
        raise ErreurUtilisateur(TROP.format(len(contenu) // 1024, ECRIT_AU_PLUS // 1024))
    coffre.modifier_fichier(NATURE, territoire, FICHIER, contenu, auteur, Geste(Acces.IMPORTER_DES_LIEUX))


def retirer(coffre: Coffre, territoire: str, lieu: str, auteur: Auteur) -> None:
    """La structure n'écrit plus ce lieu ; celui qui est livré ou publié sous son nom sert de nouveau, s'il y en a un.

    Lève ``ErreurUtilisateur`` : elle ne l'a pas écrit, ou l'auteur n'en a pas le droit.
    """
    avant = ecrits(coffre, territoire)
    restent = [un for un in avant if un.id != lieu]
    if len(restent) == len(avant):
        raise ErreurUtilisateur(PAS_ECRIT.format(lieu))
    ou = NATURE, territoire, FICHIER
    if restent:
        coffre.modifier_fichier(*ou, ecrire_lieux(restent), auteur, Geste(Acces.RETIRER_UN_LIEU, lieu))
    else:
        coffre.revenir_a_l_original(*ou, auteur, Geste(Acces.RETIRER_UN_LIEU, lieu))
