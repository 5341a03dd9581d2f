"""Composer un document : de la fiche et des données aux octets d'un PDF."""

from __future__ import annotations

from dataclasses import replace

from impressions.discretion import a_taire, donnees_permises, exiger_permise
from impressions.donnees import Donnees
from impressions.papier import Papier
from impressions.typographie import nom_de_fichier as _nom_portable
from modele.dossier.codes import reference_courte
from modele.fiches import Fiche


def composer(fiche: str, donnees: Donnees, langue: str = "fr", *, grands_caracteres: bool = False) -> Papier:
    """Le PDF de ``fiche`` pour ``donnees``, le même octet pour octet pour les mêmes données.

    ``grands_caracteres`` : le corps fait dix-huit points. Un dossier discret est caviardé d'office.
    Ce qu'aucune police n'écrit y laisse un blanc, et se dit (``Papier.avertissement``).
    Lève ``ErreurUtilisateur`` : fiche ou langue inconnue, fiche non prévue pour un dossier discret, gabarit fautif,
    note absente ; ``FichierFautif`` : en-tête fautif.
    """
    trouvee = donnees.fiches.trouver(fiche, langue)
    exiger_permise(trouvee, donnees)
    return _imprimer(trouvee, donnees_permises(trouvee, donnees), grands_caracteres=grands_caracteres)


def nom_de_fichier(fiche: str, donnees: Donnees, langue: str = "fr") -> str:
    """La référence du dossier, seule ; un nom constant pour une fiche réservée, neutre pour un dossier discret.

    Un dossier sans identifiant n'a pas de référence : le titre de la fiche et la date, sans nom de personne.
    """
    trouvee = donnees.fiches.trouver(fiche, langue)
    if trouvee.surete.reservee or a_taire(donnees):
        return f"{_nom_portable(trouvee.fichier or trouvee.titre_neutre) or 'document'}.pdf"
    identifiant = donnees.document.get("id")
    if isinstance(identifiant, str) and identifiant:
        return f"{reference_courte(identifiant)}.pdf"
    return f"{_nom_portable(trouvee.titre)}-{donnees.date_impression.isoformat()}.pdf"


def titre_de_travail(fiche: str, donnees: Donnees, langue: str = "fr") -> str:
    """Le nom du travail d'impression, visible dans la file de l'imprimante : neutre si lui ou le papier est discret."""
    return _titre(donnees.fiches.trouver(fiche, langue), discret=a_taire(donnees))


def _titre(fiche: Fiche, *, discret: bool) -> str:
    return fiche.titre_neutre if discret or fiche.surete.reservee else fiche.titre


def _imprimer(fiche: Fiche, donnees: Donnees, *, grands_caracteres: bool) -> Papier:
    from impressions.assemblage import assembler
    from impressions.pages import dessiner, paginer

    titre = _titre(fiche, discret=donnees.discret)
    assemblage = assembler(replace(fiche, titre=titre), donnees, grands_caracteres=grands_caracteres)
    pdf = dessiner(paginer(assemblage.blocs), assemblage.racine, assemblage.identite)
    return Papier(pdf, assemblage.manques, assemblage.alertes)
