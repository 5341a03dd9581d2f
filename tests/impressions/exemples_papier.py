"""Un dossier d'exemple, fictif, pour les essais du papier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from outils_sources import LIVREES

from impressions.convocation import Convocation
from impressions.depuis_bilan import cases_a_dire
from impressions.donnees import Donnees, PieceDite
from modele.bilan import charger_regles, etablir
from modele.cotation.grille import Bornes, Critere, Cumul, Fixe, ParUnite, Rubrique, SourceGrille
from modele.cotation.resultat import (
    Constat,
    Cotation,
    Decisif,
    Fourchette,
    HorsCotation,
    LigneCritere,
    LigneRubrique,
    Motif,
    NonCompte,
    Preuve,
)
from modele.dossier.pieces import Piece
from modele.fiches import Fiches, charger_fiches
from modele.mots.cases import Case
from modele.mots.noms import Vocabulaire
from modele.orientation.contacts import Contact
from modele.orientation.durees import Pas
from modele.orientation.regles_echeances import RegleEcheance
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.etats import Situation, connu
from modele.regles.faits import Fait, TypeFait
from modele.regles.lecture_conditions import Contexte
from modele.regles.provenance import SANS_PROVENANCE
from modele.rendez_vous import Creneau, RendezVous
from modele.sources import Couche, Fichier, Lecture
from modele.territoire.identite import Systeme
from modele.territoire.mentions import Mentions
from modele.territoire.modele import Lieu, Territoire

RACINE = Path(__file__).resolve().parents[2]
JOUR = date(2026, 11, 23)


def rendez_vous_a(lieu: str = "ccas-colombe", dossier: str = "") -> RendezVous:
    """Un rendez-vous à venir, avec un interprète à trouver."""
    creneau = Creneau(date(2026, 12, 8), 570, 30, lieu)
    return RendezVous("r", dossier, "REF", creneau, langue="ar", interprete="demande")


@cache
def vocabulaire() -> Vocabulaire:
    """Les mots du territoire d'exemple."""
    return charger_regles("metropole-exemple").vocabulaire


DECLARATION = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-22\n'
LANGUE = '[langues.fr]\ntitre_neutre = "Papier"\netat = "redigee"\n'
RESERVEE = 'format = 1\ndiscret = true\nsources = ["essai"]\nverifie_le = 2026-11-22\n'
LANGUE_RESERVEE = '[langues.fr]\ntitre_neutre = "Papier"\nfichier = "papier"\netat = "redigee"\n'


def ecrire_fiche(
    racine: Path, nom: str, corps: str, *, toml: str = DECLARATION + LANGUE, entete: str = 'titre = "Essai"'
) -> Path:
    """Une fiche d'essai en français, dans son dossier, qu'elle rend."""
    dossier = racine / nom
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "fiche.toml").write_text(toml, encoding="utf-8")
    (dossier / "fr.md").write_text(f"+++\n{entete}\n+++\n{corps}\n", encoding="utf-8")
    return dossier


def fiches(*dossiers: Path, couche: Couche = Couche.TERRITOIRE) -> Fiches:
    """Les fiches livrées, et celles que cette couche apporte dans ces dossiers, telles qu'elles sont à cet instant."""
    return lire_fiches(*dossiers, couche=couche)[0]


def ecarts(*dossiers: Path) -> list[str]:
    """Ce que ces dossiers demandaient en vain."""
    return [str(ecart).partition(" (")[0] + " : " + ecart.message for ecart in lire_fiches(*dossiers)[1].ecarts]


def lire_fiches(*dossiers: Path, couche: Couche = Couche.TERRITOIRE) -> tuple[Fiches, Lecture]:
    """Ces fiches, et la lecture qui dit ce qui en a été mis de côté."""
    poses: dict[str, tuple[Fichier, ...]] = {}
    for lieu in (un for dossier in dossiers for un in sorted(dossier.glob("*/*"))):
        chemin = f"fiches/{lieu.parent.name}/{lieu.name}"
        poses[chemin] = (*poses.get(chemin, ()), Fichier(chemin, couche, lieu, origine="publié ici"))
    lecture = Lecture(replace(LIVREES, au_dessus=poses))
    return charger_fiches(lecture, contexte(), "metropole-exemple"), lecture


def contexte() -> Contexte:
    """Les faits que les paragraphes d'une fiche peuvent nommer."""
    national = charger_regles("metropole-exemple").national
    return Contexte(national.catalogue, national.pays.parametres)


@cache
def situation() -> Situation:
    """Ce que lisent les paragraphes : le territoire d'exemple, et rien d'autre de connu."""
    return etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple"}, JOUR).situation


@cache
def delais() -> dict[str, RegleEcheance]:
    """Les échéances livrées, par « voie.échéance »."""
    orientations = charger_regles("metropole-exemple").orientations
    return {f"{voie.id}.{une.id}": une for voie in orientations for une in voie.echeances}


def contacts() -> dict[str, Contact]:
    """Les numéros livrés."""
    return dict(charger_regles("metropole-exemple").national.contacts)


def annuaire(*lignes: str) -> str:
    """Un bloc de tous les numéros banals vérifiés, assez pour une fiche réservée, puis ces lignes."""
    banals = [nom for nom, un in contacts().items() if un.banal and not un.provenance.a_valider and nom != "17"]
    return "\n".join(["``` contacts", "17 | Police", *(f"{nom} | Vie courante" for nom in banals), *lignes, "```", ""])


def contact(id_: str, libelle: str, numero: str) -> Contact:
    """Un numéro du territoire."""
    return Contact(id_, libelle, numero, local=True)


def territoire(nom: str, systeme: str = "", *, exemple: bool = False) -> Territoire:
    return Territoire(nom, nom, exemple, (), Systeme(systeme))


def lieu(nom: str, adresse: str = "", telephone: str = "", horaires: str = "") -> Lieu:
    return Lieu(nom, nom, "ccas", adresse, "", telephone, horaires)


def piece(id_: str, libelle: str, exigee_pour: str = "instruction", *, vue: bool = False) -> PieceDite:
    return PieceDite(Piece(id_, libelle, "essai", exigee_pour, "demande", None, SANS_PROVENANCE, ""), vue, sure=True)


def points(bas: int | str, haut: int | str | None = None) -> Fourchette:
    return Fourchette(Decimal(bas), Decimal(bas if haut is None else haut))


def fixe(points_: int) -> Fixe:
    return Fixe(Decimal(points_))


def par(unite: str, points_: int, plafond: int | None = None) -> ParUnite:
    fait = Fait(f"local.{unite}", TypeFait.ENTIER, unite=unite)
    return ParUnite(fait, Decimal(points_), Decimal(1), Bornes(None, None if plafond is None else Decimal(plafond)))


def constate(definition: str, valeur: bool | int, unite: str = "") -> tuple[Constat, ...]:
    type_ = TypeFait.BOOLEEN if isinstance(valeur, bool) else TypeFait.ENTIER
    return (Constat(Fait("local.x", type_, definition, unite=unite), (connu(valeur),)),)


def rubrique(
    id_: str,
    libelle: str,
    valeur: Fourchette,
    cumul: Cumul,
    plafond: int | None,
    *criteres: LigneCritere,
    confiance: str = "V",
) -> LigneRubrique:
    ecrits = tuple(Critere(c.id, c.libelle, c.forme or fixe(0)) for c in criteres)
    bornes = Bornes(None, None if plafond is None else Decimal(plafond))
    return LigneRubrique(id_, libelle, valeur, criteres, Rubrique(id_, libelle, cumul, ecrits, bornes), confiance)


def cotation(statut: str = "exemple") -> Cotation:
    """Une note de 41 à 63 points, dont 12 vérifiés."""
    rubriques = (
        rubrique(
            "anciennete", "Ancienneté de la demande", points(12), Cumul.SOMME, 80,
            LigneCritere("mois", "Mois d'ancienneté", points(12), True, par("mois", 1, 60),
                         constate("Demande reçue le 10/11/2025", 12, "mois révolus"),
                         reference="Grille d'exemple, ligne 1"),
            LigneCritere("dal", "Délai anormalement long dépassé", points(0), False),
        ),
        rubrique(
            "logement", "Situation de logement", points(20, 42), Cumul.MAXIMUM, None,
            LigneCritere("heberge", "Hébergé chez quelqu'un", points(20), True, fixe(20),
                         constate("Vous êtes hébergé par un tiers", True), None,
                         Preuve.DECLARE, ("attestation-hebergeant",), "CCH L.441-1 k"),
            LigneCritere("cher", "Logement trop cher", points(10), False, fixe(10), (),
                         NonCompte(Motif.MAXIMUM, "heberge", "Hébergé chez quelqu'un")),
            LigneCritere("suroccupe", "Logement suroccupé, avec un enfant mineur", points(0, 42), None, fixe(42), (),
                         None, Preuve.MANQUANT, (), "CCH R.822-25", "D", ("suroccupation",),
                         ("logement_actuel.surface",)),
            LigneCritere("indigne", "Logement indigne", points(0), False),
            LigneCritere("hotel", "À l'hôtel", points(0), False),
        ),
        rubrique(
            "foyer", "Composition du foyer", points(9), Cumul.SOMME, 9,
            LigneCritere("seul", "Parent isolé", points(6), True, fixe(6),
                         constate("Vous élevez seul vos enfants", True), None, Preuve.DECLARE, ("livret-famille",)),
            LigneCritere("enfants", "Enfants à charge", points(6), True, par("enfants", 3), constate("Enfants", 2),
                         preuve=Preuve.JUSTIFIE),
            confiance="M",
        ),
    )  # fmt: skip
    return Cotation(
        "exemple-2026", "Grille d'exemple 2026", statut, JOUR, "primo", points(41, 63), points(12, 34), True, rubriques,
        (
            Decisif("logement_actuel.surface", Decimal(22)),
            Decisif("ressources.rfr_n2", None),
            Decisif("demandeur.emploi.situation", Decimal(1), refuse=True),
        ),
        (HorsCotation("npnru", "Relogement de droit (renouvellement urbain)", False),),
        "Estimation non opposable : la note officielle est celle du portail départemental",
        sources=(SourceGrille("Grille d'exemple, écrite pour la formation", "", date(2026, 1, 12)),),
    )  # fmt: skip


def document() -> dict[str, Any]:
    """Un dossier avec un peu de tout : connu, partiel, refusé, absent ; des signes de Markdown dans les noms."""
    return {
        "id": "01900000-0000-7000-8000-00003f2a91bc",
        "territoire": "metropole-exemple",
        "demande": {
            "type": "premiere",
            "date_reception": "2025-11-10",
            "numero_unique": "063112512345612345",
            "motifs": {"coches": ["sans_logement", "violences"], "clos": False},
            "precisions": "Mon conjoint Marius connaît mon téléphone",
        },
        "demandeur": {
            "civilite": "madame",
            "nom": "L'Hôpital-*Ruiz*",
            "prenoms": "Zoé_Anaëlle <b>",
            "date_naissance": "1991-03-02",
            "emploi": {"situation": {"refus": True}, "profession": "Aide-soignante, 1 91 03 63 113 042 17"},
            "situation_familiale": {"parmi": ["separe", "divorce"]},
        },
        "contact": {"telephone": "06 12 34 56 78", "courriel": "zoe@exemple.fr"},
        "foyer": {
            "avec_codemandeur": False,
            "personnes": {
                "elements": {
                    "01900000-0000-7000-8000-0000000000a1": {
                        "prenoms": "Ismaël", "nom": "Ruiz", "date_naissance": "2019-05-01", "lien": "enfant",
                    },
                    "01900000-0000-7000-8000-0000000000a2": {
                        "prenoms": "Lou", "nom": "Ruiz", "date_naissance": "2022-09-12", "a_charge": True,
                    },
                },
                "ordre": ["01900000-0000-7000-8000-0000000000a2", "01900000-0000-7000-8000-0000000000a1"],
                "clos": True,
            },
        },
        "ressources": {
            "revenus": {
                "elements": {"01900000-0000-7000-8000-0000000000b1": {"type": "salaire", "montant": "1432.50"}},
                "ordre": ["01900000-0000-7000-8000-0000000000b1"],
            },
            "rfr_n2": 15280,
        },
        "logement_actuel": {
            "statut": {"parmi": ["sans_abri", "habitat_mobile", "squat"]},
            "depuis": {"entre": ["2026-03-01", "2026-03-31"]},
            "adresse": {"voie": "12 rue du Puits Doré", "code_postal": "63000", "commune": "63113"},
            "surface": 41.5,
        },
        "recherche": {"type": {"coches": ["T3"], "clos": True}, "communes": ["63113", "63124"], "personnes_a_loger": 3},
    }  # fmt: skip


MENTIONS = Mentions(
    date(2026, 10, 1),
    "Mme Petit, déléguée, 1 place de la Mairie",
    "Le CCAS d'Exempleville",
    "Un seul responsable",
    "deux ans après le dernier contact",
    "sur ce poste, chiffré",
)


@cache
def cases() -> tuple[Case, ...]:
    """Les cases du formulaire qui concernent le dossier d'exemple."""
    return cases_a_dire(etablir(charger_regles("metropole-exemple"), document(), JOUR))


def depose() -> dict[str, Any]:
    """Le dossier d'exemple, sa demande déposée : ce que le reçu exige."""
    lu = document()
    return lu | {"demande": lu["demande"] | {"date_depot": "2026-11-20", "heure_depot": "10:30"}}


def donnees(**changements: Any) -> Donnees:
    """Le dossier d'exemple prêt à imprimer."""
    base = Donnees(
        document=document(),
        vocabulaire=vocabulaire(),
        date_impression=JOUR,
        territoire=territoire("Métropole d'exemple", "le portail départemental", exemple=True),
        cotation=cotation(),
        voies=(
            Voie("dalo", "Recours DALO", Urgence.SEMAINE, True, False, echeances=(
                Echeance("decision", "Décision de la commission", ((Pas(3),),), "Réception du dossier", acte=True),
                Echeance("renouveler", "Renouveler la demande", ((Pas(12),),), le=date(2027, 11, 10)),
                Echeance("reactiver", "Demander la réactivation", ((Pas(5),),), le=date(2027, 4, 10), confiance="D"),
            )),
            Voie("discrete", "Protection", Urgence.IMMEDIATE, False, True, echeances=(
                Echeance("x", "Audience secrète", ((Pas(jours=6),),), le=date(2026, 12, 1)),
            )),
        ),
        pieces=(
            piece("identite", "Pièce d'identité", "enregistrement", vue=True),
            piece("attestation-hebergeant", "Attestation de la personne qui vous héberge"),
            piece("livret-famille", "Livret de famille"),
        ),
        fiches=fiches(),
        contacts=contacts(),
        cases=cases(),
        nationaux=contacts(),
        situation=situation(),
        delais=delais(),
        rendez_vous=Convocation("Mardi 8 décembre 2026", "9 h 30", lieu("CCAS", "2 place du Marché", "", "")),
        a_demander=("Situation professionnelle", "ressources de chaque mois"),
        lieu=lieu("Maison de la Solidarité des Tilleuls", "3 place du Marché, 00000 Exemple", "",
                  "du lundi au vendredi, 9 h à 17 h"),
    )  # fmt: skip
    return replace(base, **changements)
