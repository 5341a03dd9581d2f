"""Le dossier entier : un document typé, une vue sur un dictionnaire qui garde ce qu'elle ne connaît pas."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import UNSET, Struct, UnsetType

from modele.dossier.types.base import Champ, Coches, Liste, Rep
from modele.dossier.types.logement import Dalo, Demande, Expulsion, LogementActuel, Recherche
from modele.dossier.types.personnes import Contact, Foyer, Personne, Ressources

SCHEMA = 1


class Protection(Struct, omit_defaults=True):
    """La discrétion. ``discret`` ne redevient faux que par un travailleur social, avec un motif."""

    discret: Rep[Annotated[bool, Champ("Dossier discret", l_emporte=True)]] = UNSET
    seul_a_seul: Rep[Annotated[bool, Champ("Reçue seule à seule, sans enfant interprète")]] = UNSET
    preuves: Annotated[
        Coches | None,
        Champ(
            "Preuves détenues des violences",
            nomenclature="preuve_violences",
            source="CCH L441-1 ; arrêté du 20/04/2023",
            sensible=True,
            violence=True,
        ),
    ] = None
    ordonnance_fin: Rep[
        Annotated[
            date,
            Champ("Fin de l'ordonnance de protection", source="CC 515-12", sensible=True, violence=True),
        ]
    ] = UNSET
    plainte_souhaitee: Rep[Annotated[bool, Champ("Souhaite déposer plainte", sensible=True, violence=True)]] = UNSET
    fiche_souhaitee: Rep[Annotated[bool, Champ("Souhaite emporter une fiche", sensible=True, violence=True)]] = UNSET
    auteur: Rep[
        Annotated[
            str,
            Champ(
                "De qui vient la peur, si la personne veut que ce soit gardé (une catégorie, jamais un nom)",
                nomenclature="origine_peur",
                sensible=True,
                violence=True,
            ),
        ]
    ] = UNSET
    levee_motif: Rep[
        Annotated[str, Champ("Motif de la levée de la discrétion par un travailleur social", sensible=True)]
    ] = UNSET
    levee_demande: Rep[
        Annotated[str, Champ("Ce que la personne demande, quand elle veut lever la discrétion", sensible=True)]
    ] = UNSET
    levee_demandee_par: Rep[Annotated[str, Champ("Travailleur social qui a noté sa demande", sensible=True)]] = UNSET
    levee_confirmee_par: Rep[
        Annotated[str, Champ("Autre travailleur social, qui la confirme", sensible=True, atome="levee_confirmee")]
    ] = UNSET
    levee_confirmee_le: Rep[
        Annotated[str, Champ("L'instant où il la confirme", sensible=True, atome="levee_confirmee")]
    ] = UNSET
    referent: Rep[
        Annotated[str, Champ("Agent référent : il répond de ce dossier et en reçoit les avis", sensible=True)]
    ] = UNSET
    suppleant: Rep[Annotated[str, Champ("Agent suppléant : il en reçoit aussi les avis", sensible=True)]] = UNSET


class Triage(Struct, omit_defaults=True):
    """Les six questions du premier contact, dites avant toute identité ; et ce qui ne s'écrit pas (``ephemere``)."""

    toit_ce_soir: Rep[Annotated[str, Champ("Où dormir ce soir", nomenclature="toit_ce_soir")]] = UNSET
    enfant_avec: Rep[Annotated[bool, Champ("Un enfant mineur est concerné")]] = UNSET
    danger_immediat: Rep[Annotated[bool, Champ("Danger immédiat, maintenant")]] = UNSET
    peur_au_domicile: Rep[Annotated[bool, Champ("Peur d'une personne au domicile", sensible=True, violence=True)]] = (
        UNSET
    )
    sante_urgente: Rep[Annotated[bool, Champ("Besoin d'un soin urgent")]] = UNSET
    papier_huissier: Rep[Annotated[str, Champ("Papier d'huissier ou du tribunal", nomenclature="etape_expulsion")]] = (
        UNSET
    )
    logement_dangereux: Rep[Annotated[bool, Champ("Le logement met en danger la santé ou la sécurité")]] = UNSET
    idees_suicidaires: Rep[Annotated[bool, Champ("Pense à mourir", sensible=True, ephemere=True)]] = UNSET
    enfant_inquiete: Rep[
        Annotated[bool, Champ("Un enfant inquiète l'agent (coche, ne se demande pas)", sensible=True, ephemere=True)]
    ] = UNSET
    agression_recente: Rep[
        Annotated[
            bool,
            Champ("Agression sexuelle de moins de 5 jours", sensible=True, violence=True, ephemere=True),
        ]
    ] = UNSET
    peur_de: Rep[
        Annotated[
            str,
            Champ(
                "De qui vient la peur (une catégorie, jamais un nom)",
                nomenclature="origine_peur",
                sensible=True,
                violence=True,
                ephemere=True,
                recopie="protection.auteur",
            ),
        ]
    ] = UNSET
    mineur_seul: Rep[
        Annotated[bool, Champ("Se dit mineur, et est seul (demandé, jamais déduit)", sensible=True, ephemere=True)]
    ] = UNSET
    mis_en_cause: Rep[Annotated[bool, Champ("Mise en cause pénale, trafic compris", sensible=True, ephemere=True)]] = (
        UNSET
    )
    eloigne_du_domicile: Rep[
        Annotated[bool, Champ("Éloignée de son domicile par la justice", sensible=True, ephemere=True)]
    ] = UNSET
    sortie_prison: Rep[Annotated[bool, Champ("Sort de prison, ou va en sortir", sensible=True, ephemere=True)]] = UNSET
    sortie_hopital: Rep[Annotated[bool, Champ("Sort de l'hôpital, ou va en sortir", sensible=True, ephemere=True)]] = (
        UNSET
    )
    menace_accueil: Rep[Annotated[bool, Champ("La personne menace, à l'accueil", sensible=True, ephemere=True)]] = UNSET
    desorientee: Rep[Annotated[bool, Champ("Désorientée, ivre ou qui délire", sensible=True, ephemere=True)]] = UNSET
    enceinte_ou_parent: Rep[
        Annotated[bool, Champ("Mineure enceinte, ou mineur parent", sensible=True, ephemere=True)]
    ] = UNSET
    dit_majeur: Rep[
        Annotated[bool, Champ("Dit majeur par le département, ou recours en cours", sensible=True, ephemere=True)]
    ] = UNSET
    interprete_a_la_place: Rep[
        Annotated[bool, Champ("Un accompagnant parle à la place de la personne", sensible=True, ephemere=True)]
    ] = UNSET
    tiers_cherche: Rep[
        Annotated[bool, Champ("Quelqu'un demande si une personne est venue", sensible=True, ephemere=True)]
    ] = UNSET


class PieceVue(Struct, omit_defaults=True):
    """Une pièce, vue ou apportée ; jamais copiée par défaut."""

    piece: Rep[Annotated[str, Champ("Pièce, identifiant de ressources/national/pieces.toml", designe="piece")]] = UNSET
    etat: Rep[Annotated[str, Champ("État de la pièce", nomenclature="etat_piece")]] = UNSET
    vue_le: Rep[Annotated[date, Champ("Date à laquelle la pièce a été vue", passee=True)]] = UNSET
    personne: Rep[Annotated[str, Champ("De qui : demandeur, codemandeur ou identifiant")]] = UNSET
    fin_validite: Rep[Annotated[date, Champ("Fin de validité")]] = UNSET


class Refus(Struct, omit_defaults=True):
    """Une proposition refusée."""

    date: Rep[Annotated[date, Champ("Date du refus", passee=True)]] = UNSET
    bailleur: Rep[Annotated[str, Champ("Bailleur")]] = UNSET
    motif: Rep[Annotated[str, Champ("Motif du refus")]] = UNSET
    justifie: Rep[
        Annotated[bool, Champ("Refus justifié (proposition non adaptée ou motif légitime)", source="R441-2-10 11°")]
    ] = UNSET


class Suite(Struct, omit_defaults=True):
    """La suite donnée à une orientation : à qui elle est transmise, ce qui en est attendu, ce qui est venu."""

    orientation: Rep[Annotated[str, Champ("Identifiant de l'orientation", designe="orientation")]] = UNSET
    faite_le: Rep[Annotated[date, Champ("Date")]] = UNSET
    aupres_de: Rep[Annotated[str, Champ("À qui")]] = UNSET
    reponse: Rep[Annotated[str, Champ("Réponse obtenue")]] = UNSET
    attendue_le: Rep[Annotated[date, Champ("Réponse attendue le")]] = UNSET
    expire_le: Rep[Annotated[date, Champ("Ne vaut plus après le")]] = UNSET
    suivie_par: Rep[Annotated[str, Champ("Qui la suit")]] = UNSET
    issue: Rep[Annotated[str, Champ("Ce qui est venu", nomenclature="issue_orientation", atome="issue")]] = UNSET
    issue_le: Rep[Annotated[date, Champ("Date de l'issue", passee=True, atome="issue")]] = UNSET
    issue_motif: Rep[Annotated[str, Champ("D'un refus, pourquoi", sensible=True, atome="issue")]] = UNSET


class Dossier(Struct, omit_defaults=True):
    """Une demande de logement social, tout entière.

    ``confirmations`` : pour un champ (``chemin_de_confirmation``), l'alerte « inhabituel » que l'agent a confirmée.
    """

    id: str
    territoire: str
    schema: int = SCHEMA
    cree_le: str | UnsetType = UNSET
    protection: Protection | None = None
    triage: Triage | None = None
    demande: Demande | None = None
    demandeur: Personne | None = None
    codemandeur: Personne | None = None
    contact: Contact | None = None
    foyer: Foyer | None = None
    ressources: Ressources | None = None
    logement_actuel: LogementActuel | None = None
    expulsion: Expulsion | None = None
    recherche: Recherche | None = None
    dalo: Dalo | None = None
    pieces: Liste[PieceVue] | None = None
    refus: Liste[Refus] | None = None
    suites: Liste[Suite] | None = None
    confirmations: dict[str, str] = {}
    preuves: dict[str, str] = {}
    local: dict[str, Any] = {}
