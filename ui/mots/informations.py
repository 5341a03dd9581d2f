"""L'information, en mots : ce qui est dû et ce qui a été donné, ce que le registre a publié, qui prévenir. Sans Qt.

Essais : ``tests/ui/mots/test_informations.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from modele.dossier.information import Moment
from modele.mots.ecriture import dire_date, dire_montant, dire_nombre

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre.listes import InformationTenue, Parti
    from modele.dossier.information import Etat, Information
    from modele.sources import Surcharge
    from modele.territoire.vacants import Vacant

# Ce qui est dû à une personne.

TITRE_DU: Final = "Ce qui lui est dû en information"
SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
MOMENTS: Final = {
    Moment.AVANT: "Avant de déposer une demande",
    Moment.DEPOT: "Au dépôt de la demande",
    Moment.APRES: "Ensuite, quand elle le demande",
}
PAS_ENCORE: Final = "Rien n'a encore été donné."
DIRE: Final = "Dit ce jour"
IMPRIMER: Final = "Imprimer"
NOTE: Final = "Noté : dit ce jour."
JAMAIS: Final = "Une fiche de sûreté remise n'est notée nulle part."


def dire_l_etat(etat: Etat, regles: Regles) -> str:
    """« Donné le 03/12/2026 : « Votre note expliquée », en arabe. » ; ou que rien ne l'a été."""
    donnee = etat.donnee
    if donnee is None:
        return PAS_ENCORE
    jour = dire_date(donnee.le)
    if not donnee.fiche:
        return f"Dit de vive voix le {jour}."
    langue = "" if donnee.langue in ("", "fr") else f", en {nom_de_langue(donnee.langue)}"
    return f"Donné le {jour} : « {titre(donnee.fiche, regles)} »{langue}."


def constat(etats: Sequence[Etat], information: Information) -> str:
    """Combien restent à donner, et d'où vient la liste."""
    restent = sum(etat.donnee is None for etat in etats)
    combien = "Tout a été donné." if not restent else f"{restent} sur {len(etats)} à donner."
    verifie = f", vérifié le {dire_date(information.verifie_le)}" if information.verifie_le else ""
    return f"{combien} {JAMAIS} Source : {' ; '.join(information.sources)}{verifie}."


def titre(fiche: str, regles: Regles) -> str:
    """Le titre français d'une fiche ; son identifiant si elle n'est plus là."""
    from modele.regles.fautes import ErreurUtilisateur

    try:
        return regles.fiches.trouver(fiche, "fr").titre
    except ErreurUtilisateur:
        return fiche


def nom_de_langue(langue: str) -> str:
    """« arabe » ; son code si elle n'est pas connue."""
    from modele.regles.langues import langues

    connue = langues().get(langue)
    return connue.nom.lower() if connue is not None else langue


# Ce que le registre a publié.

TITRE: Final = "Informations publiées"
RIEN_DE_PUBLIE: Final = (
    "Ce poste n'a rien reçu d'un registre : le droit, les numéros et les fiches sont ceux livrés avec Perron."
)
A_JOUR: Final = "Ce que ce poste tient du registre. Le reste est livré avec Perron."
_GENRES: Final = {
    "fiche": "Fiche",
    "territoire": "Territoire",
    "national": "Droit et données nationales",
    "langue": "Langue",
    "formulaire": "Formulaire officiel",
}
MISE_DE_COTE: Final = (
    "La structure avait écrit autre chose avant la correction. La correction sert ; relisez ce qui avait été écrit, "
    "puis gardez l'un ou l'autre."
)
GARDER: Final = "Garder ce que nous avions écrit"
RENONCER: Final = "Garder la correction"
NUL: Final = "Sur ce poste, nul n'est parti avec cette fiche."
DISCRET: Final = "Dossier que vous suivez"


def nommer(tenue: InformationTenue, regles: Regles | None) -> str:
    """« Fiche : Le propriétaire vous donne congé » ; « Territoire : metropole-exemple »."""
    genre, _, identifiant = tenue.nom.partition(".")
    sujet = titre(identifiant, regles) if genre == "fiche" and regles is not None else identifiant
    return f"{_GENRES.get(genre, genre)} : {sujet}"


def dire_la_version(tenue: InformationTenue) -> str:
    """« Version 3 (2026-12-01), publiée par le territoire, reçue ici le 02/12/2026. »"""
    qui = "publication nationale signée" if tenue.nationale else "publiée par le territoire"
    return f"Version {tenue.version} ({tenue.date}), {qui}, reçue ici le {dire_date(tenue.recu_le.date())}."


def dire_la_correction(tenue: InformationTenue) -> str:
    """« Correction urgente du 01/12/2026 : … »."""
    urgence = tenue.urgence
    return f"Correction urgente du {dire_date(urgence.le)} : {urgence.phrase}" if urgence is not None else ""


def dire_les_autres(combien: int) -> str:
    """« Une autre correction est à lire. »"""
    return (
        "" if not combien else "Une autre correction est à lire." if combien == 1 else f"{combien} autres sont à lire."
    )


def dire_les_partis(partis: Sequence[Parti]) -> str:
    """Combien sont parties avec la fiche d'avant."""
    if not partis:
        return NUL
    if len(partis) == 1:
        return "Une personne est partie avec la fiche d'avant. Prévenez-la par le moyen qu'elle a choisi."
    return (
        f"{len(partis)} personnes sont parties avec la fiche d'avant. Prévenez chacune par le moyen qu'elle a choisi."
    )


def dire_un_parti(parti: Parti, regles: Regles | None) -> str:
    """« 03/12/2026, « Le propriétaire vous donne congé » »."""
    fiche = titre(parti.fiche, regles) if regles is not None else parti.fiche
    return f"{dire_date(parti.le)}, « {fiche} »"


def dire_la_modification(surcharge: Surcharge) -> str:
    """« conge/fr.md, écrit par Ana Martin le 03/12/2026 »."""
    jour = dire_date(surcharge.modifie_le.date())
    return f"{surcharge.id}/{surcharge.fichier}, écrit par {surcharge.auteur} le {jour}"


# Les logements vacants portés à la connaissance du public.

VACANTS: Final = "Logements vacants portés à la connaissance du public (CCH L441-2-8)"
IMPRIMER_LES_VACANTS: Final = "Imprimer « Des logements libres »"
SANS_VACANTS: Final = (
    "Perron n'a pas les logements vacants de ce territoire. Les bailleurs doivent les faire connaître avec leurs "
    "conditions : demandez-les-leur. Un territoire ou une structure les écrit dans « vacants.toml »."
)
AUCUN_VACANT: Final = "Ce territoire n'a, ce jour, aucun logement vacant à faire connaître."


def dire_un_vacant(un: Vacant, commune: str) -> tuple[str, str, str]:
    """Ce que c'est, qui peut l'avoir, d'où on le tient."""
    surface = "" if un.surface is None else f"{dire_nombre(un.surface)} m²"
    loyer = "" if un.loyer is None else f"{dire_montant(un.loyer)} par mois"
    quoi = ", ".join(filter(None, (un.type, surface, commune or un.commune, loyer)))
    qui = f"{un.description} Conditions : {un.conditions}"
    verifie = un.provenance.verifie_le
    d_ou = (
        un.bailleur,
        un.joindre,
        f"jusqu'au {dire_date(un.jusqu_au)}" if un.jusqu_au else "",
        f"relevé le {dire_date(verifie)}" if verifie else "",
        un.provenance.source,
        "à faire valider" if un.provenance.a_valider else "",
    )
    return quoi, qui, " · ".join(filter(None, d_ou))
