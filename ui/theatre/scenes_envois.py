"""Les états des envois, comme l'agent les rencontre : réseau coupé, refus, deux réponses, une personne déjà connue.

Les valeurs sont celles que rend la synchronisation ; tout est fictif. Suite de ``ui.theatre.scenes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from modele.coffre.listes import EnAttente, EnQuarantaine, RecuTenu, Semblable
from modele.dossier.acces import Acces, Geste
from modele.dossier.situation import elements
from modele.protection.discretion import rendre_discret
from modele.synchro.etats import (
    DivergenceMontree,
    EtatEnvois,
    LecteurMontre,
    Lien,
    PropositionMontree,
)
from ui.ecrans.divergences.ecran import EcranDivergences
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.ecrans.envois.ecran import EcranEnvois
from ui.ecrans.suivi.ecran import EcranSuivi
from ui.mots.departager import preparer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

REGISTRE, GUICHET, AUTRE = "https://registre.metropole.example", "Maison de solidarité Sud", "CCAS de Vieux-Pont"
CAUSE = (
    "Ce dossier n'est pas tenu par ce poste : le registre n'a pas pris la saisie. Voyez avec le guichet qui le tient."
)


def scenes_des_envois(joueur: Joueur, document: dict[str, Any]) -> Iterator[tuple[str, QWidget]]:
    """Chaque état, dossier ``document`` ouvert. Finit comme elle commence : sans registre."""
    maintenant = datetime.now().astimezone()
    joueur.aller("envois")
    yield "envois-sans-registre", joueur.fenetre
    joueur.presser("Relier ce poste")
    yield "envois-relier-manque", joueur.fenetre
    yield from _accueils(joueur, maintenant)
    yield from _envois(joueur, maintenant)
    joueur.session.ouvrir_dossier(document["id"], lambda _: None)
    joueur.attendre()
    _recevoir(joueur, en_ligne(maintenant, divergences=4))
    yield from _divergences(joueur, maintenant)
    yield from _doublons(joueur, maintenant)
    joueur.aller("suivi")
    cast(EcranSuivi, joueur.ecran).montrer(
        [
            LecteurMontre("Karim Benali", "accueil 2", AUTRE, maintenant - timedelta(days=1), Geste(Acces.CONSULTER)),
            LecteurMontre("Fatou Diop", "bureau 3", AUTRE, maintenant - timedelta(hours=26), Geste(Acces.MODIFIER)),
        ]
    )
    joueur.attendre()
    yield "suivi", joueur.fenetre
    _recevoir(joueur, EtatEnvois(Lien.SANS_REGISTRE))


def coupe(maintenant: datetime) -> EtatEnvois:
    """Le réseau manque depuis ce matin."""
    matin = maintenant - timedelta(hours=2, minutes=14)
    return EtatEnvois(
        Lien.HORS_LIGNE,
        REGISTRE,
        GUICHET,
        attente=(
            EnAttente("a", "MOREL Zoé", 2, 0, matin),
            EnAttente("b", "BENALI Mohamed", 5, 5, maintenant - timedelta(minutes=40)),
            EnAttente("c", "Dossier discret", 1, 0, maintenant - timedelta(minutes=4)),
        ),
        dernier_echange=matin,
        prochain=maintenant + timedelta(minutes=4),
    )


def en_ligne(maintenant: datetime, **change: Any) -> EtatEnvois:
    """Tout est parti."""
    return EtatEnvois(Lien.EN_LIGNE, REGISTRE, GUICHET, dernier_echange=maintenant, **change)


def refusee(maintenant: datetime) -> EnQuarantaine:
    """Une saisie que le registre n'a pas prise."""
    return EnQuarantaine(
        "o", "d", "OUATTARA Aminata", ("contact.telephone",), CAUSE, "hors_perimetre", maintenant - timedelta(hours=1)
    )


def _recevoir(joueur: Joueur, etat: EtatEnvois) -> None:
    """Montre cet état, une fois lu celui du poste, qui n'est relié à rien."""
    joueur.attendre()
    joueur.poste.synchro.recevoir(etat)
    joueur.attendre()


def _accueils(joueur: Joueur, maintenant: datetime) -> Iterator[tuple[str, QWidget]]:
    joueur.aller("accueil")
    for nom, etat in (
        ("accueil-hors-ligne", coupe(maintenant)),
        ("accueil-tout-envoye", en_ligne(maintenant)),
        (
            "accueil-a-reprendre",
            en_ligne(maintenant, quarantaine=(refusee(maintenant),), divergences=2, doublons=1),
        ),
    ):
        _recevoir(joueur, etat)
        yield nom, joueur.fenetre


def _envois(joueur: Joueur, maintenant: datetime) -> Iterator[tuple[str, QWidget]]:
    joueur.aller("envois")
    _recevoir(joueur, coupe(maintenant))
    yield "envois-hors-ligne", joueur.fenetre
    quarantaine = (refusee(maintenant),)
    retard = timedelta(minutes=-12)
    _recevoir(joueur, en_ligne(maintenant, quarantaine=quarantaine, divergences=1, ecart_horloge=retard))
    ecran = cast(EcranEnvois, joueur.ecran)
    ecran.montrer_saisies({"o": {"contact.telephone": "0698765432"}})
    ecran.montrer_recus(
        [
            RecuTenu("o", "d", "ROUX Kévin", "acceptee", (), maintenant - timedelta(hours=3)),
            RecuTenu("p", "e", "KOWALSKI Ewa", "divergence", ("contact#telephone",), maintenant - timedelta(hours=3)),
        ]
    )
    joueur.attendre()
    yield "envois-refus", joueur.fenetre
    joueur.presser("Classer")
    yield "envois-classer", joueur.fenetre
    joueur.presser("Non, la garder ici")
    attente = coupe(maintenant).attente
    _recevoir(joueur, EtatEnvois(Lien.REVOQUE, REGISTRE, GUICHET, attente=attente, dernier_echange=maintenant))
    yield "envois-acces-retire", joueur.fenetre


def divergences(document: dict[str, Any], maintenant: datetime) -> list[DivergenceMontree]:
    """Le téléphone, l'identité, un enfant retiré ici et changé là-bas, trois réponses sur le logement."""
    enfant = f"foyer.personnes.elements.{next(iter(elements(document, 'foyer.personnes')))}"
    commun = {"demandeur.civilite": "madame", "demandeur.date_naissance": "1988-01-05", "demandeur.prenoms": "Zoé"}
    hier, ce_matin = maintenant - timedelta(days=1), maintenant - timedelta(hours=2)

    def la_bas(valeurs: dict[str, Any], qui: str = "Karim Benali", en_vigueur: bool = False) -> PropositionMontree:
        return PropositionMontree(valeurs, en_vigueur, False, qui, "accueil 2", AUTRE, hier)

    def ici(valeurs: dict[str, Any], en_vigueur: bool = False) -> PropositionMontree:
        return PropositionMontree(valeurs, en_vigueur, True, "Ana Martin", "poste 1", GUICHET, ce_matin)

    def une(unite: str, *propositions: PropositionMontree, **base: Any) -> DivergenceMontree:
        return DivergenceMontree(document["id"], "MOREL Zoé", unite, propositions, base.get("base", {}))

    return [
        une(
            "contact#telephone",
            la_bas({"contact.telephone": "0612345678"}, en_vigueur=True),
            ici({"contact.telephone": "0698765432"}),
            base={"contact.telephone": "0611111111"},
        ),
        une(
            "demandeur#identite",
            ici({**commun, "demandeur.nom": "MOREL", "demandeur.nom_usage": "BERNARD"}, en_vigueur=True),
            la_bas({**commun, "demandeur.nom": "MORELLE"}),
            base={**commun, "demandeur.nom": "MOREL"},
        ),
        une(enfant, la_bas({}, en_vigueur=True), ici({enfant: {}, f"{enfant}.a_charge": True})),
        une(
            "logement_actuel.statut",
            ici({"logement_actuel.statut": "chez_particulier"}, en_vigueur=True),
            la_bas({"logement_actuel.statut": "hotel"}),
            la_bas({"logement_actuel.statut": "sans_abri"}, "Fatou Diop"),
        ),
    ]


def _divergences(joueur: Joueur, maintenant: datetime) -> Iterator[tuple[str, QWidget]]:
    regles = joueur.session.regles
    assert regles is not None
    document = joueur.session.document
    dites = [preparer(une, document, regles, "Ana Martin", maintenant) for une in divergences(document, maintenant)]
    joueur.aller("divergences")
    ecran = cast(EcranDivergences, joueur.ecran)
    ecran.montrer([])
    joueur.attendre()
    yield "divergences-rien", joueur.fenetre
    for rang, dite in enumerate(dites):
        ecran.montrer([dite, *dites[:1]] if rang else dites[:2])
        joueur.attendre()
        yield f"divergences-{rang + 1}", joueur.fenetre
    ecran.montrer(dites[:1])
    joueur.presser("Garder la réponse choisie")
    yield "divergences-choisir", joueur.fenetre
    ecran.cartes[0].partis[1].click()
    joueur.attendre()
    yield "divergences-choisie", joueur.fenetre
    joueur.presser("Je demande à la personne")
    yield "divergences-plus-tard", joueur.fenetre
    discret = rendre_discret(document)
    protegee = replace(divergences(document, maintenant)[0], titre="Dossier discret")
    ecran.montrer([preparer(protegee, discret, regles, "Ana Martin", maintenant)])
    joueur.attendre()
    yield "divergences-discret", joueur.fenetre


def _doublons(joueur: Joueur, maintenant: datetime) -> Iterator[tuple[str, QWidget]]:
    _recevoir(joueur, coupe(maintenant))
    joueur.aller("doublons")
    yield "doublons-hors-ligne", joueur.fenetre
    ecran = cast(EcranDoublons, joueur.ecran)
    dossier = joueur.session.dossier_id
    ecran.montrer(
        [
            Semblable(dossier, "MOREL Zoé", "x", AUTRE, ("même nom", "jour et mois inversés ?"), 0.8),
            Semblable(dossier, "MOREL Zoé", "y", GUICHET, ("nom proche", "même téléphone"), 0.7, tenu_ici=True),
        ],
        maintenant,
    )
    joueur.attendre()
    yield "doublons", joueur.fenetre
    joueur.presser("Ouvrir ici")
    yield "doublons-motif", joueur.fenetre
    yield from _restaure(joueur, maintenant)


def _restaure(joueur: Joueur, maintenant: datetime) -> Iterator[tuple[str, QWidget]]:
    """Le registre vient d'être remis d'une sauvegarde ; deux postes ne sont pas revenus."""
    joueur.aller("envois")
    _recevoir(joueur, en_ligne(maintenant, absents=2, de_cote=3))
    yield "envois-restaure", joueur.fenetre
    # C'est le coffre de ce poste qui vient d'une copie, et la ligne est coupée.
    _recevoir(joueur, EtatEnvois(Lien.HORS_LIGNE, REGISTRE, GUICHET, a_confirmer=True))
    yield "envois-remis", joueur.fenetre
    joueur.aller("doublons")
    _recevoir(joueur, en_ligne(maintenant, absents=2))
    cast(EcranDoublons, joueur.ecran).montrer((), maintenant)
    joueur.attendre()
    yield "doublons-restaure", joueur.fenetre
