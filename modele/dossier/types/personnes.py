"""Les personnes : demandeur, codemandeur, personnes à loger, naissances attendues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Struct

from modele.dossier.types.base import Champ, Coches, Liste, Rep


class Adresse(Struct, omit_defaults=True):
    """Une adresse : un seul atome, jamais mêlée d'un poste à l'autre."""

    voie: Rep[Annotated[str, Champ("Numéro et voie", atome="adresse", sensible=True, longueur=38)]] = UNSET
    complement: Rep[Annotated[str, Champ("Bâtiment, étage, chez qui", atome="adresse", sensible=True, longueur=33)]] = (
        UNSET
    )
    code_postal: Rep[Annotated[str, Champ("Code postal", atome="adresse", sensible=True, forme="code_postal")]] = UNSET
    commune: Rep[
        Annotated[
            str,
            Champ(
                "Commune ou pays, code INSEE",
                nomenclature="commune",
                atome="adresse",
                sensible=True,
                forme="insee_ou_pays",
            ),
        ]
    ] = UNSET


class Emploi(Struct, omit_defaults=True):
    """La situation professionnelle (page 6 du Cerfa)."""

    situation: Rep[Annotated[str, Champ("Situation professionnelle", nomenclature="situation_pro", cerfa="D2-D11")]] = (
        UNSET
    )
    profession: Rep[Annotated[str, Champ("Profession", cerfa="D1", longueur=39)]] = UNSET
    contrat_precaire: Rep[Annotated[bool, Champ("Contrat à durée déterminée ou intérim", cerfa="D13")]] = UNSET
    employeur: Rep[Annotated[str, Champ("Nom de l'employeur", longueur=25)]] = UNSET
    siret_employeur: Rep[Annotated[str, Champ("SIRET de l'employeur privé", cerfa="D12", forme="siret")]] = UNSET
    commune_travail: Rep[
        Annotated[
            str,
            Champ("Commune ou pays du lieu de travail, code INSEE", nomenclature="commune", forme="insee_ou_pays"),
        ]
    ] = UNSET
    chomage_plus_un_an: Rep[
        Annotated[bool, Champ("Reprise d'emploi après plus d'un an de chômage", cerfa="D14", source="CCH L441-1 e")]
    ] = UNSET
    date_reprise: Rep[Annotated[date, Champ("Date de la reprise d'emploi", cerfa="D15")]] = UNSET
    travailleur_essentiel: Rep[
        Annotated[bool, Champ("Activité essentielle non télétravaillable, au sens de la CIA", source="CCH L441-1-6")]
    ] = UNSET


class Handicap(Struct, omit_defaults=True):
    """L'annexe handicap ou perte d'autonomie (une fiche par personne)."""

    reconnu: Rep[Annotated[bool, Champ("En situation de handicap (CASF L114)", cerfa="C1", sensible=True)]] = UNSET
    cmi_invalidite: Rep[Annotated[bool, Champ("Carte mobilité inclusion, mention invalidité", sensible=True)]] = UNSET
    evolution: Rep[
        Annotated[str, Champ("Handicap stable ou évolutif", nomenclature="handicap_evolution", sensible=True)]
    ] = UNSET
    marches: Rep[
        Annotated[str, Champ("Marches que la personne peut monter", nomenclature="handicap_marches", sensible=True)]
    ] = UNSET
    nature: Annotated[Coches | None, Champ("Nature du handicap", nomenclature="handicap_nature", sensible=True)] = None
    aides_techniques: Annotated[
        Coches | None, Champ("Aides techniques", nomenclature="handicap_aides", sensible=True)
    ] = None
    equipements: Annotated[
        Coches | None, Champ("Équipements nécessaires", nomenclature="handicap_equipements", sensible=True)
    ] = None
    nature_autre: Rep[Annotated[str, Champ("Autre nature de handicap", longueur=21, sensible=True)]] = UNSET
    accompagnement: Rep[Annotated[bool, Champ("Un service ou une personne l'accompagne", sensible=True)]] = UNSET
    besoins: Rep[Annotated[str, Champ("Besoins particuliers dans le logement", longueur=132, sensible=True)]] = UNSET
    logement_inadapte: Rep[
        Annotated[bool, Champ("Le logement actuel n'est pas adapté au handicap", source="CCH L441-2-3 II")]
    ] = UNSET


class Personne(Struct, omit_defaults=True):
    """Une personne du foyer, quel que soit son rôle. Le NIR n'existe pas : seulement « vérifié sur pièce »."""

    civilite: Rep[Annotated[str, Champ("Civilité", nomenclature="civilite", atome="identite", obligatoire=True)]] = (
        UNSET
    )
    sexe: Rep[Annotated[str, Champ("Sexe, pour une personne à charge", nomenclature="sexe", atome="identite")]] = UNSET
    nom: Rep[Annotated[str, Champ("Nom de naissance", atome="identite", longueur=36, obligatoire=True)]] = UNSET
    nom_usage: Rep[Annotated[str, Champ("Nom d'usage", atome="identite", longueur=36)]] = UNSET
    prenoms: Rep[Annotated[str, Champ("Prénoms", atome="identite", longueur=36, obligatoire=True)]] = UNSET
    date_naissance: Rep[
        Annotated[
            date,
            Champ(
                "Date de naissance",
                atome="identite",
                minimum="1900-01-01",
                maximum="2200-12-31",
                obligatoire=True,
                passee=True,
            ),
        ]
    ] = UNSET
    nationalite: Rep[Annotated[str, Champ("Nationalité", nomenclature="nationalite", obligatoire=True)]] = UNSET
    titre_sejour: Rep[Annotated[str, Champ("Titre de séjour", nomenclature="titre_sejour")]] = UNSET
    titre_sejour_fin: Rep[Annotated[date, Champ("Fin de validité du titre de séjour")]] = UNSET
    identite_verifiee: Rep[Annotated[bool, Champ("Identité vérifiée sur pièce")]] = UNSET
    identite_perimee: Rep[Annotated[bool, Champ("La pièce d'identité montrée est périmée", source="CCH R441-2-3")]] = (
        UNSET
    )
    numero_securite_sociale_vu: Rep[
        Annotated[bool, Champ("Numéro de sécurité sociale vérifié sur pièce (jamais recopié)")]
    ] = UNSET
    situation_familiale: Rep[Annotated[str, Champ("Situation familiale", nomenclature="situation_familiale")]] = UNSET
    lien: Rep[Annotated[str, Champ("Lien avec le demandeur", nomenclature="lien", cerfa="B2-B7")]] = UNSET
    a_charge: Rep[
        Annotated[bool, Champ("Élevée par le foyer ou à sa charge", source="CCH L441-1 j, L441-2-3 II, R441-14-1")]
    ] = UNSET
    sur_avis: Rep[
        Annotated[
            bool,
            Champ(
                "À charge au sens fiscal : sur l'avis d'imposition, ou au prochain si elle est née ou arrivée depuis",
                source="CCH L442-12 ; CGI 194, 196, 196 A bis, 196 B",
            ),
        ]
    ] = UNSET
    garde: Rep[Annotated[str, Champ("Mode de garde de l'enfant", nomenclature="garde")]] = UNSET
    jours_par_mois: Rep[Annotated[int, Champ("Jours de présence par mois", unite="jours", minimum=0, maximum=31)]] = (
        UNSET
    )
    emploi: Emploi | None = None
    handicap: Handicap | None = None
    ase: Rep[
        Annotated[
            bool,
            Champ(
                "Prise en charge par l'aide sociale à l'enfance avant 18 ans",
                cerfa="F46",
                source="CCH L441-1 m",
            ),
        ]
    ] = UNSET
    ase_fin: Rep[Annotated[date, Champ("Dernier jour de prise en charge par l'ASE", source="CCH L441-1 m")]] = UNSET
    sapeur_pompier_volontaire: Rep[Annotated[bool, Champ("Sapeur-pompier volontaire", cerfa="F47")]] = UNSET
    demande_asile: Rep[Annotated[bool, Champ("A demandé l'asile, sans réponse encore", sensible=True)]] = UNSET
    protection_juridique: Rep[Annotated[bool, Champ("Sous tutelle ou curatelle", sensible=True)]] = UNSET
    mineur_emancipe: Rep[Annotated[bool, Champ("Mineur émancipé", source="CCH L441-1 m")]] = UNSET


class Contact(Struct, omit_defaults=True):
    """Comment joindre la personne sans la mettre en danger."""

    telephone: Rep[Annotated[str, Champ("Téléphone", atome="telephone", forme="telephone", sensible=True)]] = UNSET
    telephone_sur: Rep[Annotated[bool, Champ("Le téléphone peut être appelé sans risque", atome="telephone")]] = UNSET
    telephone_autre: Rep[Annotated[str, Champ("Autre téléphone", forme="telephone", sensible=True)]] = UNSET
    courriel: Rep[
        Annotated[str, Champ("Adresse électronique", atome="courriel", longueur=255, forme="courriel", sensible=True)]
    ] = UNSET
    courriel_sur: Rep[
        Annotated[bool, Champ("L'adresse électronique peut être utilisée sans risque", atome="courriel")]
    ] = UNSET
    accord_sms: Rep[Annotated[bool, Champ("Accord pour recevoir des SMS")]] = UNSET
    accord_courriel: Rep[Annotated[bool, Champ("Accord pour recevoir des courriels")]] = UNSET
    tiers_nom: Rep[Annotated[str, Champ("Tiers qui aide la personne", sensible=True)]] = UNSET
    tiers_telephone: Rep[Annotated[str, Champ("Téléphone du tiers", forme="telephone", sensible=True)]] = UNSET
    tiers_courriel: Rep[
        Annotated[str, Champ("Adresse électronique du tiers", longueur=255, forme="courriel", sensible=True)]
    ] = UNSET
    tiers_accord: Rep[Annotated[bool, Champ("Accord pour que le tiers reçoive les courriers")]] = UNSET
    langue: Rep[Annotated[str, Champ("Langue parlée, code ISO 639", nomenclature="langue")]] = UNSET
    interprete: Rep[Annotated[str, Champ("Interprète", nomenclature="interprete")]] = UNSET
    adresse_courrier: Rep[
        Annotated[str, Champ("Adresse de courrier si différente, ou domiciliation", sensible=True)]
    ] = UNSET
    adresse_courrier_sure: Rep[
        Annotated[
            str,
            Champ("Adresse où le courrier peut arriver sans danger", sensible=True, violence=True),
        ]
    ] = UNSET
    domiciliation: Rep[
        Annotated[bool, Champ("Domiciliée au CCAS ou dans un organisme agréé", source="CASF L264-1")]
    ] = UNSET


class Foyer(Struct, omit_defaults=True):
    """Qui vivra dans le logement."""

    avec_codemandeur: Rep[Annotated[bool, Champ("Il y a un conjoint ou un codemandeur", cerfa="page 2")]] = UNSET
    naissances_attendues: Rep[Annotated[int, Champ("Enfants attendus", cerfa="page 4", minimum=0, maximum=6)]] = UNSET
    date_naissance_attendue: Rep[Annotated[date, Champ("Date de naissance attendue")]] = UNSET
    personnes: Liste[Personne] | None = None
    colocation: Rep[Annotated[bool, Champ("Logement demandé en colocation", cerfa="G1, page 3")]] = UNSET
    colocataires: Liste[Personne] | None = None


class Revenu(Struct, omit_defaults=True):
    """Une ressource mensuelle, nette avant prélèvement à la source (E7, E8)."""

    personne: Rep[Annotated[str, Champ("À qui : demandeur, codemandeur ou identifiant d'une personne")]] = UNSET
    type: Rep[Annotated[str, Champ("Type de ressource", nomenclature="ressource", atome="revenu", cerfa="E7, E8")]] = (
        UNSET
    )
    montant: Rep[
        Annotated[
            Decimal,
            Champ(
                "Montant mensuel",
                unite="euros par mois",
                minimum=0,
                maximum=99999,
                decimales=2,
                atome="revenu",
            ),
        ]
    ] = UNSET


class Ressources(Struct, omit_defaults=True):
    """Les ressources du foyer. L'aide au logement n'en est pas : elle se note avec le logement (F25)."""

    revenus: Liste[Revenu] | None = None
    pension_versee: Rep[
        Annotated[
            Decimal,
            Champ(
                "Pension alimentaire versée",
                unite="euros par mois",
                minimum=0,
                maximum=99999,
                decimales=2,
                cerfa="E9",
            ),
        ]
    ] = UNSET
    avis_codemandeur: Rep[
        Annotated[str, Champ("Avis d'imposition du codemandeur", nomenclature="avis_codemandeur", source="CCH L442-12")]
    ] = UNSET
    avis_hors_foyer: Rep[
        Annotated[
            bool,
            Champ("L'avis est commun avec quelqu'un qui ne vivra pas dans le logement", source="CCH L441-1, 2e alinéa"),
        ]
    ] = UNSET
    annee_n2: Rep[
        Annotated[int, Champ("Année des revenus N-2", cerfa="E1", minimum=2000, maximum=2100, atome="rfr_n2")]
    ] = UNSET
    rfr_n2: Rep[
        Annotated[
            int,
            Champ(
                "Revenu fiscal de référence N-2, sur l'avis du demandeur",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                cerfa="E2, E3",
                atome="rfr_n2",
            ),
        ]
    ] = UNSET
    rfr_n2_codemandeur: Rep[
        Annotated[
            int,
            Champ(
                "Revenu fiscal de référence N-2 du codemandeur qui a son propre avis",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                cerfa="E3",
                atome="rfr_n2",
            ),
        ]
    ] = UNSET
    rfr_n2_autres: Rep[
        Annotated[
            int,
            Champ(
                "Revenus fiscaux de référence N-2 des autres personnes qui ont leur propre avis, ajoutés",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                source="CCH R441-1, L442-12",
            ),
        ]
    ] = UNSET
    part_propre_n2: Rep[
        Annotated[
            int,
            Champ(
                "Part du demandeur dans l'avis N-2 commun avec une personne hors du foyer",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                source="CCH L441-1",
            ),
        ]
    ] = UNSET
    annee_n1: Rep[
        Annotated[int, Champ("Année des revenus N-1", cerfa="E4", minimum=2000, maximum=2100, atome="rfr_n1")]
    ] = UNSET
    rfr_n1: Rep[
        Annotated[
            int,
            Champ(
                "Revenu fiscal de référence N-1, sur l'avis du demandeur",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                cerfa="E5, E6",
                atome="rfr_n1",
            ),
        ]
    ] = UNSET
    rfr_n1_codemandeur: Rep[
        Annotated[
            int,
            Champ(
                "Revenu fiscal de référence N-1 du codemandeur qui a son propre avis",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                cerfa="E6",
                atome="rfr_n1",
            ),
        ]
    ] = UNSET
    rfr_n1_autres: Rep[
        Annotated[
            int,
            Champ(
                "Revenus fiscaux de référence N-1 des autres personnes qui ont leur propre avis, ajoutés",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                source="CCH R441-1, L442-12",
            ),
        ]
    ] = UNSET
    part_propre_n1: Rep[
        Annotated[
            int,
            Champ(
                "Part du demandeur dans l'avis N-1 commun avec une personne hors du foyer",
                unite="euros par an",
                minimum=0,
                maximum=999999,
                source="CCH L441-1",
            ),
        ]
    ] = UNSET
    sans_avis: Rep[Annotated[bool, Champ("Pas d'avis d'imposition", cerfa="H1")]] = UNSET
    dettes_logement: Rep[Annotated[bool, Champ("Dette de loyer ou de charges")]] = UNSET
    dette_montant: Rep[
        Annotated[
            Decimal,
            Champ("Montant de la dette de logement", unite="euros", minimum=0, maximum=999999, decimales=2),
        ]
    ] = UNSET
    plan_apurement: Rep[Annotated[bool, Champ("Plan d'apurement signé et suivi")]] = UNSET
