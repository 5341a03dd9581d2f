"""Ce que disent les écrans des contingents : conventions, passage en flux, ce qui manque et qui le fait. Sans Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from modele.attributions.assiette import calculer_assiette
from modele.contingents.controles import ecrire
from modele.contingents.conventions import ATTENDUS, PUBLICS, ConventionTenue, champs, manques
from modele.contingents.passages import Etape, Passage, Reserve, finissent
from modele.contingents.passages import manques as manques_du_passage
from modele.contingents.previsions import PrevisionTenue, pour_le_flux
from modele.dossier.chemins import ABSENT
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.contingents.inventaire import EssaiInventaire
    from modele.regles.provenance import Provenance
    from modele.territoire.conventions import ConventionPublique

TITRE: Final = "Contingents et conventions"
PASSAGE: Final = "Passage du stock au flux"
JOURNAL: Final = "Chaque lecture de cet écran s'inscrit au journal du poste."
MANQUE: Final = "manque"
A_VALIDER: Final = "à faire valider"
AUCUNE: Final = "Aucune convention saisie pour {}."
GARDEE: Final = "Convention enregistrée."
RETIREE: Final = "Convention retirée : elle ne compte plus. Son histoire reste."
PASSAGE_GARDE: Final = "Passage en flux de {} enregistré."
ANNEE: Final = "Écrivez l'année en quatre chiffres, de 2000 à 2100."
TAUX: Final = "Écrivez un taux de 0 à 100, comme 11,63."
COMBIEN: Final = "Écrivez un nombre de logements, sans virgule."
SIREN: Final = "Un SIREN a neuf chiffres. Relisez-le, ou laissez vide : il se montrera manquant."
SANS_NOM: Final = "Écrivez le nom."
SANS_CHOIX: Final = "Choisissez une réponse."
REFERENCE: Final = "Écrivez la référence du logement chez le bailleur."
ETAPES: Final[Mapping[Etape, str]] = {
    Etape.INVENTAIRE: "arrêter l'inventaire des logements réservés",
    Etape.PATRIMOINE: "compter les logements du bailleur dans la commune",
    Etape.CONSEIL: "délibérer en conseil municipal",
    Etape.ENVOI: "envoyer la convention",
    Etape.SIGNATURE: "signer la convention",
}
PERSONNE: Final = "personne n'est encore dit"
FILTRE_INVENTAIRE: Final = "Tableaux (*.csv *.txt)"
FINI: Final = "Tout est fait chez ce bailleur."
PAS_DE_TAUX: Final = "Taux : il y faut l'inventaire arrêté et le nombre de logements du bailleur dans la commune."
DEJA_SAISIE: Final = "Ce logement est déjà dans l'inventaire : il ne donne qu'un droit."
AJOUTE: Final = "{} ajouté. Enregistrez pour le garder."
OTE: Final = "{} retiré ; il est dans les champs. Enregistrez pour le garder."
COMMUNES: Final = "{total} communes, {finies} au bout du passage. Ce qui manque d'abord se lit sous chaque nom."
SANS_BAILLEUR: Final = "Aucun bailleur n'est connu. Saisissez d'abord une convention : « Conventions », Alt+C."
_OUI_NON: Final = {True: "Oui", False: "Non"}


def libelles(nomenclature: str) -> dict[str, str]:
    """Les mots de chaque code."""
    from modele.dossier.nomenclatures import nationales

    return {code: dit.libelle or code for code, dit in nationales()[nomenclature].codes.items()}


def nom_du_champ(chemin: str) -> str:
    """Ce que le genre en dit."""
    from modele.genres import livres

    return livres().du("convention_reservation").inventaire.champs[chemin].champ.definition


def jour(le: date | None) -> str:
    """« 07/06/2024 », ou « manque »."""
    return MANQUE if le is None else f"{le:%d/%m/%Y}"


def pour_cent(taux: Decimal | None) -> str:
    """« 11,63 % », ou « manque »."""
    return MANQUE if taux is None else f"{ecrire(taux)} %"


def dire_perimetre(convention: ConventionTenue, regles: Regles | None) -> str:
    """« commune : Colombe », « toute la métropole », « département 63 »."""
    if convention.ou == "departement":
        return f"département {convention.code}"
    if convention.ou == "epci":
        return "toute la métropole"
    communes = regles.territoire.communes if regles is not None else {}
    # « Ville de Colombe, Colombe » se lirait deux fois.
    nom = communes[convention.code].nom if convention.code in communes else convention.code
    return f"commune : {nom}"


def dire_ligne(convention: ConventionTenue, regles: Regles | None) -> str:
    """Ce qu'une ligne dit d'une convention, sous son titre."""
    taux = "taux inconnu" if convention.taux is None else pour_cent(convention.taux)
    signee = "signature inconnue" if convention.signee_le is None else f"signée le {jour(convention.signee_le)}"
    return " · ".join((dire_perimetre(convention, regles), taux, signee))


def dire_manques(convention: ConventionTenue) -> str:
    """« 9 points manquent », ou rien."""
    combien = len(manques(convention))
    return "" if not combien else f"{combien} points manquent" if combien > 1 else "1 point manque"


def dire_a_saisir(publique: ConventionPublique) -> str:
    """Qui a le reste, et d'où vient ce qu'on sait."""
    return f"À saisir par : {publique.a_saisir_par}." if publique.a_saisir_par else ""


def dire_source(provenance: Provenance) -> str:
    """D'où on le tient, quand on l'a relu, et si cela reste à faire valider."""
    if not provenance.source:
        return ""
    relu = f", relu le {jour(provenance.verifie_le)}" if provenance.verifie_le else ""
    return f"Source : {provenance.source}{relu}{f' ({A_VALIDER})' if provenance.a_valider else ''}."


def lignes(convention: ConventionTenue) -> list[tuple[str, str]]:
    """Chaque point d'une convention, et ce qu'elle en dit ; ce qu'elle ne dit pas manque, visiblement."""
    dits = champs(convention)
    rendues = [(nom_du_champ(chemin), _dire(chemin, dits[chemin])) for chemin in ATTENDUS]
    if convention.publics_dits:
        rendues.append((nom_du_champ("publics_dits"), convention.publics_dits))
    objectifs = [(public, convention.objectifs[public]) for public in PUBLICS if public in convention.objectifs]
    rendues += [(nom_du_champ(f"objectifs.{public}"), pour_cent(part)) for public, part in objectifs]
    return rendues


def _dire(chemin: str, valeur: Any) -> str:
    if valeur is ABSENT:
        return MANQUE
    if isinstance(valeur, bool):
        return _OUI_NON[valeur]
    if isinstance(valeur, date):
        return jour(valeur)
    if isinstance(valeur, Decimal):
        return pour_cent(valeur)
    if isinstance(valeur, list):
        mots = libelles(_LISTES[chemin])
        return " ; ".join(mots.get(str(code), str(code)) for code in valeur)
    if chemin == "unite_de_decompte":
        return libelles("unite_de_decompte").get(str(valeur), str(valeur))
    return str(valeur)


_LISTES: Final = {"publics": "public_de_convention", "deductions": "deduction_du_flux"}


# Le passage en flux.


def dire_manques_du_passage(passage: Passage) -> list[str]:
    """Ce qui reste à faire, et qui le fait, une phrase par étape."""
    return [f"{ETAPES[un.etape]} : {un.par or PERSONNE}" for un in manques_du_passage(passage)]


def dire_commune(passages: Iterable[Passage], bailleurs: int) -> str:
    """Où en est une commune, d'un coup d'œil : tant de bailleurs signés sur tant."""
    connus = list(passages)
    finis = sum(not manques_du_passage(un) for un in connus)
    return f"{finis} sur {bailleurs} : {'terminé' if bailleurs and finis == bailleurs else 'en cours'}"


def prochaine_etape(passages: Iterable[Passage], bailleurs: int) -> str:
    """Ce qui manque d'abord, chez le bailleur le moins avancé ; rien si tout est fait."""
    connus = list(passages)
    if len(connus) < bailleurs or not connus:
        return ETAPES[Etape.INVENTAIRE]
    reste = [manque.etape for un in connus for manque in manques_du_passage(un)]
    return "" if not reste else ETAPES[min(reste, key=list(Etape).index)]


def dire_reserve(un: Reserve, le: date) -> str:
    """Une ligne de l'inventaire, après sa référence."""
    origine = libelles("origine_du_droit").get(un.origine, "origine inconnue")
    if un.fin_le is None:
        return f"{origine} · fin inconnue"
    fini = " (finie)" if un.fin_le < le else ""
    return f"{origine} · fin le {jour(un.fin_le)}{fini}"


def dire_l_inventaire(essai: EssaiInventaire) -> str:
    """Combien s'ajoutent, et les premières lignes refusées."""
    dites = " ; ".join(map(str, essai.refusees[:5]))
    reste = f" ; et {len(essai.refusees) - 5} autres" if len(essai.refusees) > 5 else ""
    refus = f" Refusées : {dites}{reste}." if dites else ""
    return f"{len(essai.bons)} ajoutés sur {essai.lus} lignes. Enregistrez pour les garder.{refus}"


def avertir(passage: Passage, le: date) -> str:
    """Les droits qui finissent dans moins d'un an, ou rien."""
    proches = finissent(passage, le)
    if not proches:
        return ""
    dits = ", ".join(f"{un.reference} le {jour(un.fin_le)}" for un in proches[:5])
    reste = f", et {len(proches) - 5} autres" if len(proches) > 5 else ""
    accord = "droits finissent" if len(proches) > 1 else "droit finit"
    return f"{len(proches)} {accord} dans moins d'un an : {dits}{reste}."


def dire_sorte(convention: ConventionTenue) -> str:
    """À quel titre il réserve."""
    return libelles("reservataire_de_convention").get(convention.sorte, convention.sorte)


# Ce que le bailleur prévoit.

PREVISION: Final = (
    "Les logements qu'il prévoit de louer dans l'année, moins ceux qui n'y comptent pas (CCH R441-5). Saisis ici, ils "
    "remplacent le nombre que disent ses conventions."
)
PREVISION_SANS_SIREN: Final = "Saisissez d'abord le SIREN du bailleur dans sa convention : sa prévision s'y rattache."
REMISES: Final = "Vide : cette prévision ne compte pas encore."
PREVISION_GARDEE: Final = "Prévision enregistrée."
PREVISION_RETIREE: Final = "Prévision retirée : elle ne compte plus."
RETIRER_LA_PREVISION: Final = "Retirer (saisie par erreur)"
RETIRER_VRAIMENT: Final = "Presser de nouveau pour la retirer"


def ou_prevoit(une: PrevisionTenue, noms: Mapping[str, str]) -> str:
    """« Tout le territoire », ou la commune."""
    return noms.get(une.commune, une.commune) or "Tout le territoire"


def dire_assiette(une: PrevisionTenue, *, premieres: bool) -> str:
    """« A = 320 − 48 (mutations internes au bailleur) = 272 logements » ; ce qui l'empêche, sinon."""
    lue = pour_le_flux(une)
    if lue is None:
        return "Remises en location : à saisir."
    try:
        (etape,) = calculer_assiette(lue, premieres).etapes
    except ErreurUtilisateur as faute:
        return str(faute)
    compte = etape.formule if etape.formule == etape.valeur else f"{etape.formule} = {etape.valeur}"
    dehors = une.premieres if not premieres else 0
    hors = f" Premières mises que la convention ne met pas dans le flux : {dehors}." if dehors else ""
    return f"A = {compte} logements.{hors}"
