"""Le logement actuel, le logement recherché, la demande elle-même."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Struct

from modele.dossier.types.base import Champ, Coches, Rep
from modele.dossier.types.personnes import Adresse


class LogementActuel(Struct, omit_defaults=True):
    """Où la personne vit (page 8 du Cerfa)."""

    statut: Rep[
        Annotated[
            str,
            Champ(
                "Situation de logement",
                nomenclature="statut_logement",
                cerfa="page 8, F1-F20",
                source="R441-2-2 f",
                obligatoire=True,
            ),
        ]
    ] = UNSET
    depuis: Rep[
        Annotated[date, Champ("Depuis quelle date", minimum="1900-01-01", maximum="2200-12-31", passee=True)]
    ] = UNSET
    lien_hebergeant: Rep[
        Annotated[str, Champ("Lien avec l'hébergeant", nomenclature="lien_hebergeant", source="R441-14-1")]
    ] = UNSET
    fin_hebergement: Rep[Annotated[date, Champ("Date à laquelle l'hébergement s'arrête")]] = UNSET
    hebergement_peut_cesser: Rep[Annotated[bool, Champ("L'hébergement peut s'arrêter à tout moment")]] = UNSET
    adresse: Adresse | None = None
    hebergeant: Rep[Annotated[str, Champ("Nom de l'hébergeant ou du domiciliataire", longueur=38, sensible=True)]] = (
        UNSET
    )
    structure: Rep[Annotated[str, Champ("Nom de la structure ou du gestionnaire", sensible=True)]] = UNSET
    bailleur: Rep[Annotated[str, Champ("Bailleur social", cerfa="F3", longueur=34)]] = UNSET
    siren_bailleur: Rep[Annotated[str, Champ("SIREN du bailleur social", cerfa="F4", forme="siren")]] = UNSET
    titulaire_bail: Rep[Annotated[bool, Champ("Titulaire du bail")]] = UNSET
    type: Rep[Annotated[str, Champ("Type de logement", nomenclature="typologie")]] = UNSET
    surface: Rep[
        Annotated[
            Decimal,
            Champ("Surface habitable", unite="m²", minimum=1, maximum=999, decimales=2, source="R822-25"),
        ]
    ] = UNSET
    pieces: Rep[Annotated[int, Champ("Nombre de pièces principales", minimum=1, maximum=20)]] = UNSET
    occupants: Rep[
        Annotated[
            int, Champ("Nombre de personnes dans le logement", cerfa="F23", minimum=0, maximum=30, obligatoire=True)
        ]
    ] = UNSET
    loyer: Rep[
        Annotated[
            Decimal,
            Champ("Loyer mensuel et annexes", unite="euros par mois", minimum=0, maximum=9999, decimales=2),
        ]
    ] = UNSET
    charges: Rep[
        Annotated[
            Decimal,
            Champ("Charges récupérables", unite="euros par mois", minimum=0, maximum=9999, decimales=2),
        ]
    ] = UNSET
    aide_logement: Rep[
        Annotated[
            Decimal,
            Champ(
                "Aide au logement perçue",
                unite="euros par mois",
                minimum=0,
                maximum=9999,
                decimales=2,
                cerfa="F25",
            ),
        ]
    ] = UNSET
    conge_recu: Rep[Annotated[bool, Champ("Congé donné par le propriétaire", source="L89 art. 15", atome="conge")]] = (
        UNSET
    )
    conge_recu_le: Rep[
        Annotated[
            date, Champ("Date à laquelle le congé a été reçu", atome="conge", source="L89 art. 15 I", passee=True)
        ]
    ] = UNSET
    conge_motif: Rep[
        Annotated[str, Champ("Motif du congé", nomenclature="motif_conge", source="L89 art. 15 I", atome="conge")]
    ] = UNSET
    fin_bail: Rep[
        Annotated[date, Champ("Date de fin du bail, d'après le congé", atome="conge", source="L89 art. 15 I")]
    ] = UNSET
    sinistre: Rep[
        Annotated[str, Champ("Sinistre qui a touché le logement", nomenclature="sinistre", source="CCH R441-14-1")]
    ] = UNSET
    sinistre_le: Rep[Annotated[date, Champ("Date du sinistre", passee=True)]] = UNSET
    non_decent: Rep[Annotated[bool, Champ("Logement non décent", cerfa="F26", source="décret 2002-120")]] = UNSET
    indigne: Rep[
        Annotated[bool, Champ("Logement indigne, insalubre ou dangereux", cerfa="F27", source="L90 art. 1-1")]
    ] = UNSET
    impropre: Rep[Annotated[bool, Champ("Local impropre à l'habitation (cave, garage, local sans fenêtre)")]] = UNSET
    date_courrier_bailleur: Rep[
        Annotated[
            date, Champ("Courrier envoyé au bailleur sur l'état du logement", source="L89 art. 20-1", passee=True)
        ]
    ] = UNSET
    danger_immediat: Rep[Annotated[bool, Champ("Danger immédiat pour la santé ou la sécurité")]] = UNSET
    rapport_service: Rep[Annotated[bool, Champ("Rapport d'un service (ARS, commune)", source="L441-2-3 VII")]] = UNSET
    arrete: Rep[Annotated[bool, Champ("Arrêté de police (insalubrité, mise en sécurité)")]] = UNSET
    evenements: Annotated[
        Coches | None,
        Champ(
            "Ce qui est arrivé au logement, hors de la procédure d'expulsion",
            nomenclature="evenement_logement",
            source="CP 226-4-2 ; loi 2007-290 art. 38 ; CASF L115-3 ; L89 art. 14",
        ),
    ] = None
    autre_logement: Rep[Annotated[bool, Champ("Possède un autre logement", cerfa="F48-F49")]] = UNSET
    autre_logement_commune: Rep[
        Annotated[
            str,
            Champ(
                "Commune ou pays de l'autre logement, code INSEE",
                nomenclature="commune",
                cerfa="F49",
                forme="insee_ou_pays",
                sensible=True,
            ),
        ]
    ] = UNSET


class Expulsion(Struct, omit_defaults=True):
    """La procédure d'expulsion, à l'étape du dernier papier reçu."""

    etape: Rep[
        Annotated[
            str,
            Champ(
                "Dernier papier reçu",
                nomenclature="etape_expulsion",
                source="L89 art. 24 ; CPCE L412-1 et suivants",
            ),
        ]
    ] = UNSET
    date_papier: Rep[Annotated[date, Champ("Date du dernier papier", passee=True)]] = UNSET
    date_audience: Rep[Annotated[date, Champ("Date de l'audience")]] = UNSET
    relogement_propose: Rep[Annotated[bool, Champ("Un relogement est proposé")]] = UNSET
    faite_le: Rep[
        Annotated[date, Champ("Jour de l'expulsion, d'après le procès-verbal", source="CPCE R433-1", passee=True)]
    ] = UNSET
    commandement_payer_le: Rep[
        Annotated[
            date,
            Champ("Date du commandement de payer", atome="commandement_payer", source="L89 art. 24 I", passee=True),
        ]
    ] = UNSET
    commandement_payer_remis_le: Rep[
        Annotated[
            date,
            Champ(
                "Date à laquelle le commandement de payer a été remis",
                atome="commandement_payer",
                source="L89 art. 24 I",
                passee=True,
            ),
        ]
    ] = UNSET
    assignation_le: Rep[
        Annotated[date, Champ("Date de l'assignation", atome="assignation", source="L89 art. 24 III", passee=True)]
    ] = UNSET
    assignation_remise_le: Rep[
        Annotated[
            date,
            Champ(
                "Date à laquelle l'assignation a été remise", atome="assignation", source="L89 art. 24 III", passee=True
            ),
        ]
    ] = UNSET
    jugement_le: Rep[
        Annotated[date, Champ("Date de la décision du juge", atome="jugement", source="CPCE L411-1", passee=True)]
    ] = UNSET
    jugement_signifie_le: Rep[
        Annotated[
            date,
            Champ(
                "Date à laquelle la décision du juge a été signifiée",
                atome="jugement",
                source="CPCE L411-1",
                passee=True,
            ),
        ]
    ] = UNSET
    commandement_quitter_le: Rep[
        Annotated[
            date,
            Champ(
                "Date du commandement de quitter les lieux",
                atome="commandement_quitter",
                source="CPCE L412-1",
                passee=True,
            ),
        ]
    ] = UNSET
    commandement_quitter_remis_le: Rep[
        Annotated[
            date,
            Champ(
                "Date à laquelle le commandement de quitter a été remis",
                atome="commandement_quitter",
                source="CPCE L412-1",
                passee=True,
            ),
        ]
    ] = UNSET
    concours_le: Rep[
        Annotated[
            date,
            Champ(
                "Date de l'accord du préfet au concours de la force publique",
                atome="concours",
                source="CPCE L153-1",
                passee=True,
            ),
        ]
    ] = UNSET
    concours_notifie_le: Rep[
        Annotated[
            date, Champ("Date à laquelle cet accord a été notifié", atome="concours", source="CPCE L153-1", passee=True)
        ]
    ] = UNSET
    delai_accorde: Rep[
        Annotated[bool, Champ("Le juge a accordé un délai", source="CPCE L412-3, L412-4 ; L89 art. 24 V")]
    ] = UNSET
    delai_jusqu_au: Rep[
        Annotated[date, Champ("Fin du délai accordé par le juge", source="CPCE L412-4 ; L89 art. 24 V")]
    ] = UNSET
    suspension_clause: Rep[
        Annotated[bool, Champ("Le juge a suspendu la clause qui met fin au bail", source="L89 art. 24 VII")]
    ] = UNSET
    mauvaise_foi: Rep[
        Annotated[bool, Champ("Le juge a constaté la mauvaise foi", source="CPCE L412-1, L412-3", sensible=True)]
    ] = UNSET
    entree_forcee: Rep[
        Annotated[
            str,
            Champ(
                "Entrée par manœuvres, menaces, voies de fait ou contrainte, d'après le jugement",
                nomenclature="entree_forcee",
                source="CPCE L412-1, L412-3, L412-6",
                sensible=True,
            ),
        ]
    ] = UNSET
    treve_ecartee: Rep[
        Annotated[bool, Champ("Le juge a supprimé ou réduit la trêve d'hiver", source="CPCE L412-6, 3e alinéa")]
    ] = UNSET
    delai_deux_mois: Rep[
        Annotated[
            str,
            Champ(
                "Ce que le juge dit du délai de deux mois pour partir",
                nomenclature="delai_deux_mois",
                source="CPCE L412-1",
            ),
        ]
    ] = UNSET
    relogement_assure: Rep[
        Annotated[
            bool,
            Champ("Un relogement qui respecte la famille et ses besoins est assuré", source="CPCE L412-6, 1er alinéa"),
        ]
    ] = UNSET
    logement_etudiant_perdu: Rep[
        Annotated[
            bool,
            Champ("Logement d'étudiants, dont la personne ne remplit plus les conditions", source="CPCE L412-7"),
        ]
    ] = UNSET


class Recherche(Struct, omit_defaults=True):
    """Le logement souhaité (page 9)."""

    type: Annotated[Coches | None, Champ("Types de logement souhaités", nomenclature="typologie", cerfa="G1")] = None
    categorie: Rep[Annotated[str, Champ("Appartement ou maison", nomenclature="categorie_logement")]] = UNSET
    personnes_a_loger: Rep[
        Annotated[
            int, Champ("Nombre de personnes à loger, déclaré", cerfa="G2", minimum=1, maximum=30, obligatoire=True)
        ]
    ] = UNSET
    communes: Rep[
        Annotated[
            list[str],
            Champ(
                "Communes, codes INSEE, par préférence",
                nomenclature="commune",
                cerfa="G3",
                forme="insee",
                obligatoire=True,
            ),
        ]
    ] = UNSET
    quartier: Rep[Annotated[str, Champ("Quartier souhaité", longueur=19)]] = UNSET
    elargissement: Rep[
        Annotated[bool, Champ("Accepte que la recherche soit élargie", cerfa="page 9", obligatoire=True)]
    ] = UNSET
    lien_territoire: Rep[
        Annotated[
            str,
            Champ("Lien avec la commune demandée en premier", nomenclature="lien_territoire", source="L441"),
        ]
    ] = UNSET
    vit_sur_territoire: Rep[Annotated[bool, Champ("Vit dans le territoire", source="CCH L441")]] = UNSET
    travaille_sur_territoire: Rep[Annotated[bool, Champ("Travaille dans le territoire", source="CCH L441")]] = UNSET
    zones_a_eviter: Rep[
        Annotated[
            list[str],
            Champ(
                "Communes à éviter, codes INSEE",
                nomenclature="commune",
                forme="insee",
                sensible=True,
                violence=True,
            ),
        ]
    ] = UNSET
    loyer_maximum: Rep[
        Annotated[
            Decimal,
            Champ("Loyer et charges au plus", unite="euros par mois", minimum=0, maximum=9999, decimales=2),
        ]
    ] = UNSET
    rez_de_chaussee: Rep[Annotated[bool, Champ("Rez-de-chaussée accepté")]] = UNSET
    sans_ascenseur: Rep[Annotated[bool, Champ("Sans ascenseur accepté")]] = UNSET
    stationnement: Rep[Annotated[bool, Champ("Stationnement souhaité")]] = UNSET
    information_accession: Rep[Annotated[bool, Champ("Souhaite une information sur l'accession", cerfa="page 9")]] = (
        UNSET
    )


class Dalo(Struct, omit_defaults=True):
    """Les recours devant la commission de médiation."""

    statut: Rep[Annotated[str, Champ("Statut DALO", nomenclature="statut_dalo", source="CCH L441-2-3")]] = UNSET
    date_reception_dossier: Rep[
        Annotated[date, Champ("Réception du dossier par la commission", source="R441-15", passee=True)]
    ] = UNSET
    date_decision: Rep[Annotated[date, Champ("Décision de la commission", passee=True)]] = UNSET
    date_notification: Rep[
        Annotated[
            date, Champ("Date à laquelle la décision de la commission a été notifiée", source="CJA R421-1", passee=True)
        ]
    ] = UNSET
    recours_notifies: Rep[
        Annotated[
            bool,
            Champ(
                "La notification dit le délai du préfet, les voies et délais de recours", source="CJA R421-5, R778-2"
            ),
        ]
    ] = UNSET
    pieces_demandees_le: Rep[
        Annotated[date, Champ("Courrier de la commission qui demande des pièces", source="CCH R441-14", passee=True)]
    ] = UNSET
    pieces_remises_le: Rep[
        Annotated[date, Champ("Remise à la commission des pièces demandées", source="CCH R441-14", passee=True)]
    ] = UNSET
    tribunal_saisi_le: Rep[
        Annotated[date, Champ("Saisine du tribunal administratif", source="CCH L441-2-3-1 I", passee=True)]
    ] = UNSET
    daho_statut: Rep[
        Annotated[
            str,
            Champ(
                "Statut du recours pour un hébergement (DAHO)", nomenclature="statut_dalo", source="CCH L441-2-3 III"
            ),
        ]
    ] = UNSET
    daho_date_decision: Rep[
        Annotated[date, Champ("Décision de la commission sur l'hébergement", source="CCH R441-18", passee=True)]
    ] = UNSET
    daho_date_notification: Rep[
        Annotated[
            date,
            Champ("Date à laquelle la décision sur l'hébergement a été notifiée", source="CJA R421-1", passee=True),
        ]
    ] = UNSET
    daho_accueil: Rep[
        Annotated[str, Champ("Accueil que la commission préconise", nomenclature="accueil_daho", source="CCH R441-18")]
    ] = UNSET
    daho_date_reception: Rep[Annotated[date, Champ("Réception du dossier DAHO", source="R441-18", passee=True)]] = UNSET
    daho_recours_notifies: Rep[
        Annotated[
            bool,
            Champ(
                "La notification DAHO dit le délai du préfet, les voies et délais de recours",
                source="CJA R421-5, R778-2",
            ),
        ]
    ] = UNSET
    daho_pieces_demandees_le: Rep[
        Annotated[
            date,
            Champ("Courrier de la commission qui demande des pièces (hébergement)", source="CCH R441-14", passee=True),
        ]
    ] = UNSET
    daho_pieces_remises_le: Rep[
        Annotated[
            date, Champ("Remise à la commission des pièces demandées (hébergement)", source="CCH R441-14", passee=True)
        ]
    ] = UNSET
    daho_tribunal_saisi_le: Rep[
        Annotated[
            date, Champ("Saisine du tribunal administratif (hébergement)", source="CCH L441-2-3-1 II", passee=True)
        ]
    ] = UNSET
    hebergement_demande: Rep[
        Annotated[
            bool,
            Champ("Un hébergement a été demandé, sans proposition adaptée reçue", source="CCH L441-2-3 III, R441-14"),
        ]
    ] = UNSET
    hebergement_demande_le: Rep[
        Annotated[date, Champ("Dernière demande d'hébergement", source="R441-14", minimum="1980-01-01", passee=True)]
    ] = UNSET
    hebergement_demande_a: Rep[
        Annotated[
            str,
            Champ("À qui l'hébergement a été demandé", nomenclature="demande_hebergement_a", source="R441-14"),
        ]
    ] = UNSET
    labellise_pdalhpd: Rep[Annotated[bool, Champ("Labellisé au titre du PDALHPD", source="L90 art. 4")]] = UNSET
    proposition_adaptee: Rep[Annotated[bool, Champ("A déjà reçu une proposition adaptée", source="R441-14-1")]] = UNSET


class Demande(Struct, omit_defaults=True):
    """La demande enregistrée, ou à enregistrer."""

    type: Rep[Annotated[str, Champ("Nature", nomenclature="type_demande", cerfa="page 1")]] = UNSET
    numero_unique: Rep[
        Annotated[str, Champ("Numéro unique", cerfa="A1", atome="numero_unique", forme="numero_unique", longueur=18)]
    ] = UNSET
    numero_source: Rep[
        Annotated[str, Champ("D'où vient le numéro : système du territoire, attestation", atome="numero_unique")]
    ] = UNSET
    numero_provisoire: Rep[
        Annotated[
            str, Champ("Numéro provisoire donné par le poste, en attente de numéro unique", forme="numero_provisoire")
        ]
    ] = UNSET
    service_enregistreur: Rep[Annotated[str, Champ("Service enregistreur", source="R441-2-4 b")]] = UNSET
    refus_enregistrement: Rep[
        Annotated[bool, Champ("Un guichet a refusé d'enregistrer la demande", source="CCH L441-2-1, R441-2-3")]
    ] = UNSET
    deja_enregistree: Rep[Annotated[bool, Champ("Une demande est déjà enregistrée")]] = UNSET
    date_reception: Rep[
        Annotated[
            date,
            Champ(
                "Date de réception attestée",
                source="R441-2-3, R441-2-4",
                minimum="1980-01-01",
                maximum="2200-12-31",
                passee=True,
            ),
        ]
    ] = UNSET
    date_renouvellement: Rep[Annotated[date, Champ("Dernier renouvellement", source="R441-2-7", passee=True)]] = UNSET
    attestation_recue: Rep[
        Annotated[bool, Champ("L'attestation d'enregistrement a été reçue", source="CCH R441-2-4")]
    ] = UNSET
    date_depot: Rep[
        Annotated[
            date, Champ("Date à laquelle la demande a été déposée", atome="depot", source="CCH R441-2-3", passee=True)
        ]
    ] = UNSET
    heure_depot: Rep[
        Annotated[str, Champ("Heure à laquelle la demande a été déposée", atome="depot", forme="heure")]
    ] = UNSET
    proposition_recue: Rep[
        Annotated[bool, Champ("Une proposition de logement est arrivée", source="CCH R441-10", atome="proposition")]
    ] = UNSET
    proposition_recue_le: Rep[
        Annotated[
            date,
            Champ("Date à laquelle la proposition a été reçue", atome="proposition", source="CCH R441-10", passee=True),
        ]
    ] = UNSET
    proposition_repondre_avant: Rep[
        Annotated[date, Champ("Dernier jour pour répondre à la proposition", atome="proposition", source="CCH R441-10")]
    ] = UNSET
    proposition_reponse: Rep[
        Annotated[
            str,
            Champ(
                "Réponse donnée à la proposition",
                nomenclature="reponse_proposition",
                source="CCH R441-10",
                atome="proposition",
            ),
        ]
    ] = UNSET
    jamais_renouvelee: Rep[Annotated[bool, Champ("La demande n'a jamais été renouvelée", source="R441-2-7")]] = UNSET
    radiee: Rep[Annotated[bool, Champ("La demande a été radiée", source="R441-2-8")]] = UNSET
    date_radiation: Rep[Annotated[date, Champ("Date de la radiation", source="R441-2-8", passee=True)]] = UNSET
    motif_radiation: Rep[
        Annotated[str, Champ("Motif de la radiation", nomenclature="motif_radiation", source="R441-2-8")]
    ] = UNSET
    motifs: Annotated[
        Coches | None,
        Champ("Motifs de la demande", nomenclature="motif", cerfa="page 8", source="R441-2-2 g"),
    ] = None
    motif_principal: Rep[Annotated[str, Champ("Motif principal", nomenclature="motif")]] = UNSET
    motif_autre: Rep[Annotated[str, Champ("Autre motif, précisé", longueur=36, sensible=True)]] = UNSET
    precisions: Rep[Annotated[str, Champ("Précisions", cerfa="H1", longueur=255, sensible=True)]] = UNSET
    refus_non_justifies: Rep[
        Annotated[
            int,
            Champ(
                "Refus d'une proposition adaptée, sans motif légitime",
                unite="refus",
                minimum=0,
                maximum=20,
                source="R441-2-10 11°",
            ),
        ]
    ] = UNSET
    relogement_operation_urbaine: Rep[
        Annotated[
            bool,
            Champ(
                "Relogement de droit (renouvellement urbain, copropriété dégradée)",
                source="L741-1, L741-2, L441-1",
            ),
        ]
    ] = UNSET
    sortie_act: Rep[
        Annotated[
            bool,
            Champ("Sort d'un appartement de coordination thérapeutique", source="CCH L441-1 b", sensible=True),
        ]
    ] = UNSET
    difficultes_particulieres: Rep[
        Annotated[
            bool,
            Champ("Mal logé ou défavorisé, difficultés financières et d'insertion", source="CCH L441-1 c"),
        ]
    ] = UNSET
    sortie_prostitution: Rep[
        Annotated[
            bool,
            Champ(
                "Parcours de sortie de la prostitution", source="CCH L441-1 h", cerfa="H1", sensible=True, violence=True
            ),
        ]
    ] = UNSET
    victime_traite: Rep[
        Annotated[
            bool,
            Champ(
                "Victime de traite ou de proxénétisme", source="CCH L441-1 i", cerfa="H1", sensible=True, violence=True
            ),
        ]
    ] = UNSET
    agression_domicile: Rep[
        Annotated[
            bool,
            Champ(
                "Viol ou agression sexuelle au domicile ou à ses abords",
                source="CCH L441-1 g bis",
                cerfa="H1",
                sensible=True,
                violence=True,
            ),
        ]
    ] = UNSET
    mariage_force: Rep[
        Annotated[
            bool, Champ("Menacée ou menacé de mariage forcé", source="CCH L441-1 g", sensible=True, violence=True)
        ]
    ] = UNSET
    separation_en_cours: Rep[Annotated[bool, Champ("Divorce ou séparation en cours", cerfa="F44")]] = UNSET
