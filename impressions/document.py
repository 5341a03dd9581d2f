"""Composer un document : de la fiche et des données aux octets d'un PDF."""

from __future__ import annotations

from dataclasses import replace

from impressions.discretion import a_taire, caviarder, exiger_fiche_permise, sans_dossier
from impressions.donnees import Contact, Donnees, Lieu, Piece, Territoire
from impressions.fiches import Fiche, FicheDisponible, fiches_disponibles, trouver
from impressions.typographie import nom_de_fichier as _nom_portable
from modele.regles.fautes import ErreurUtilisateur

__all__ = [
    "Contact", "Donnees", "FicheDisponible", "Lieu", "Piece", "Territoire",
    "composer", "fiches_disponibles", "nom_de_fichier", "titre_de_travail",
]  # fmt: skip


def composer(fiche: str, donnees: Donnees, langue: str = "fr", *, grands_caracteres: bool = False) -> bytes:
    """Le PDF de ``fiche`` pour ``donnees``, le même octet pour octet pour les mêmes données.

    ``grands_caracteres`` : texte agrandi (16 points environ). Un dossier discret est caviardé d'office.
    Lève ``ErreurUtilisateur`` : fiche ou langue inconnue, fiche non prévue pour un dossier discret, gabarit fautif,
    note absente ; ``FichierFautif`` : en-tête fautif.
    """
    trouvee = trouver(fiche, langue, donnees.territoire.fiches)
    exiger_fiche_permise(trouvee, donnees)
    if trouvee.exige_cotation and donnees.cotation is None:
        raise ErreurUtilisateur(
            f"La fiche « {fiche} » explique une note, et aucune n’a été calculée : le territoire n’a pas de grille en"
            " vigueur. Demandez à la collectivité de la saisir."
        )
    return _imprimer(trouvee, _donnees_permises(trouvee, donnees), grands_caracteres=grands_caracteres)


def nom_de_fichier(fiche: str, donnees: Donnees, langue: str = "fr") -> str:
    """Un nom de fichier sans nom de personne ; pour une fiche neutre ou un dossier discret, sans date ni sujet."""
    trouvee = trouver(fiche, langue, donnees.territoire.fiches)
    if a_taire(donnees) or trouvee.sans_dossier:
        return f"{_nom_portable(trouvee.titre_neutre) or 'document'}.pdf"
    base = _nom_portable(trouvee.fichier or trouvee.titre)
    return f"{base}-{donnees.date_impression.isoformat()}.pdf"


def titre_de_travail(fiche: str, donnees: Donnees, langue: str = "fr") -> str:
    """Le nom du travail d'impression, visible dans la file de l'imprimante : neutre si le dossier est discret."""
    return _titre(trouver(fiche, langue, donnees.territoire.fiches), discret=a_taire(donnees))


def _titre(fiche: Fiche, *, discret: bool) -> str:
    return (fiche.titre_neutre or "Document") if discret or fiche.sans_dossier else fiche.titre


def _donnees_permises(fiche: Fiche, donnees: Donnees) -> Donnees:
    if fiche.sans_dossier:
        return sans_dossier(fiche, donnees)
    return caviarder(donnees) if a_taire(donnees) else donnees


def _imprimer(fiche: Fiche, donnees: Donnees, *, grands_caracteres: bool) -> bytes:
    from impressions.assemblage import assembler
    from impressions.pages import dessiner, paginer

    titre = _titre(fiche, discret=donnees.discret)
    assemblage = assembler(replace(fiche, titre=titre), donnees, grands_caracteres=grands_caracteres)
    return dessiner(paginer(assemblage.blocs), assemblage.racine, assemblage.identite)
