"""Composer un document : de la fiche et des données aux octets d'un PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from impressions.discretion import a_taire, donnees_permises, exiger_permise
from impressions.donnees import Donnees
from impressions.papier import Papier
from impressions.typographie import nom_de_fichier as _nom_portable
from modele.dossier.codes import reference_courte
from modele.fiches import Fiche
from modele.mots.ecriture import FRANCAIS

if TYPE_CHECKING:
    from impressions.assemblage import Assemblage


def composer(
    fiche: str,
    donnees: Donnees,
    langue: str = "fr",
    *,
    grands_caracteres: bool = False,
    francais: Donnees | None = None,
) -> Papier:
    """Le PDF de ``fiche`` pour ``donnees``, le même octet pour octet pour les mêmes données.

    ``francais`` : les mêmes données, en français, à mettre à côté de cette langue.
    ``grands_caracteres`` : le corps fait dix-huit points. Un dossier discret est caviardé d'office.
    Ce qu'aucune police n'écrit y laisse un blanc, et se dit (``Papier.avertissement``).
    Lève ``ErreurUtilisateur`` : fiche ou langue inconnue, fiche non prévue pour un dossier discret, gabarit fautif,
    note absente ; ``FichierFautif`` : en-tête fautif.
    """
    trouvee = donnees.fiches.trouver(fiche, langue)
    exiger_permise(trouvee, donnees)
    papier = _assembler(trouvee, donnees_permises(trouvee, donnees), grands_caracteres=grands_caracteres)
    if francais is not None and langue != FRANCAIS:
        from impressions.bilingue import cote_a_cote, ensemble

        a_cote = donnees.fiches.trouver(fiche, FRANCAIS)
        # La table des recours n'a pas de pendant dans l'autre langue : elle ne se met pas à côté de rien.
        permis = replace(donnees_permises(a_cote, francais), recours=())
        dit = _assembler(a_cote, permis, grands_caracteres=grands_caracteres)
        papier = replace(
            papier,
            blocs=cote_a_cote(papier.blocs, dit.blocs),
            racine=ensemble(papier.racine, dit.racine),
            manques=tuple(dict.fromkeys((*papier.manques, *dit.manques))),
        )
    return _dessiner(papier)


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


def _assembler(fiche: Fiche, donnees: Donnees, *, grands_caracteres: bool) -> Assemblage:
    from impressions.assemblage import assembler

    titre = _titre(fiche, discret=donnees.discret)
    return assembler(replace(fiche, titre=titre), donnees, grands_caracteres=grands_caracteres)


def _dessiner(papier: Assemblage) -> Papier:
    from impressions.pages import dessiner, paginer

    return Papier(dessiner(paginer(papier.blocs), papier.racine, papier.identite), papier.manques, papier.alertes)
