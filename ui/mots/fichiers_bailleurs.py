"""Ce que disent les écrans des fichiers des bailleurs : les importer, ce qu'ils font, un logement. Sans Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from modele.attributions.colonnes import Colonne, colonnes
from modele.contingents.publics import Place, Verdict
from ui.mots.contingents import jour, libelles

if TYPE_CHECKING:
    from modele.attributions.correspondance import Correspondance
    from modele.attributions.import_bailleur import EssaiBailleur
    from modele.contingents.conventions import ConventionTenue
    from modele.contingents.lots import Lot

TITRE: Final = "Contingent de l'année"
AIDE: Final = (
    "Un tableau CSV ou XLSX. L'essai ne garde rien : il dit d'abord ce qui serait importé, et chaque ligne refusée. "
    "Les lignes sont ensuite dans le coffre, chiffrées ; jamais dans un fichier en clair."
)
FILTRE: Final = "Tableaux (*.csv *.txt *.xlsx)"
AUCUN: Final = "Aucun fichier de bailleur. Importez-en un : rien ne se compte sans lui."
IMPORTE: Final = "{} importé : {} lignes."
QUELLE_SORTE: Final = "Choisissez ce que dit ce fichier : des attributions, ou des logements offerts."
REMPLACE_OU_AJOUTE: Final = "Dites s'il remplace le précédent ou s'y ajoute."
DATE: Final = "Écrivez le jour de l'état, comme 27/11/2026."
BILAN: Final = "Bilan annuel"
DUS: Final = "Dû, fait, en retard"
AIDE_DU_BILAN: Final = (
    "Proposés et attribués, réservataire par réservataire, comme CCH R441-5-1 le demande ; de tous les bailleurs, au "
    "jour de l'état. Moins de personnes le lisent, plus il en dit : aux autres, les effectifs trop faibles sont tus."
)
POUR_QUI: Final = "Choisissez pour qui est ce bilan : des personnes habilitées, des partenaires, ou le public."
AIDE_DES_COLONNES: Final = (
    "Ce bailleur nomme ses colonnes à sa façon. Choisissez une colonne attendue, Entrée, puis l'en-tête qui la dit, "
    "Entrée. Ce que vous dites se garde avec son fichier, et sert au suivant."
)
AIDE_DES_CODES: Final = (
    "Ce bailleur a ses propres codes. Choisissez l'un des siens, Entrée, puis le code attendu, Entrée. Ce que vous "
    "dites se garde avec son fichier, et sert au suivant. Un code laissé de côté refuse encore ses lignes."
)
CODE_NON_DIT: Final = "On ne sait pas : ses lignes restent refusées"
FIXE: Final = "Ce que le fichier ne dit pas, et qui vaut partout : le SIREN du bailleur, par exemple."
NON_DITE: Final = "Ce fichier ne la dit pas"
MONTREES: Final = 200
SANS_PUBLICS: Final = "Sa convention ne dit pas ses publics : ils sont à saisir."
DITS_EN_MOTS: Final = "On ne sait pas : la convention dit aussi ses publics dans ses mots. Relisez-les."
_PLACES: Final = {
    Place.DANS: "dans les publics de leur convention",
    Place.HORS: "hors de ces publics",
    Place.INCONNUE: "dont on ne sait pas",
}


def dire_essai(essai: EssaiBailleur) -> str:
    """« 120 lignes lues : 118 bonnes, 2 refusées, 3 à vérifier. »"""
    avertis = f", {len(essai.avertissements)} à vérifier" if essai.avertissements else ""
    phrase = f"{essai.lus} lignes lues : {essai.table.height} bonnes, {essai.nombre_refusees} refusées{avertis}."
    return " ".join((phrase, *_dire_fixes(essai)))


def _dire_fixes(essai: EssaiBailleur) -> Iterator[str]:
    """Ce qui ne vient pas du fichier se relit avant d'importer : ce peut être celui d'un autre bailleur."""
    attendues = colonnes(essai.fichier)
    for une, dite in essai.correspondance.fixes.items():
        yield f"« {attendues[une].libelle} » n'y est pas : « {dite} » à chaque ligne. Vérifiez."
    for une, codes in essai.correspondance.valeurs.items():
        lus = ", ".join(f"« {sien} » se lit {code}" for sien, code in codes.items())
        yield f"{attendues[une].libelle} : {lus}. Vérifiez."


def dire_code(code: str) -> str:
    """Ce que veut dire un code du bailleur."""
    return f"se lit {code}" if code else "on ne sait pas"


def dire_codes_restants(reste: int) -> str:
    """« 2 codes à dire », ou rien."""
    if not reste:
        return "Chaque code est dit."
    return "1 code à dire." if reste == 1 else f"{reste} codes à dire."


def dire_manquantes(manquent: Sequence[Colonne]) -> str:
    """« Il manque 2 colonnes : Référence…, Décision »."""
    if not manquent:
        return "Rien d'exigé ne manque."
    combien = "une colonne" if len(manquent) == 1 else f"{len(manquent)} colonnes"
    return f"Il manque {combien} : {' ; '.join(une.libelle for une in manquent)}."


def dire_colonne(une: Colonne, convenue: Correspondance | None) -> str:
    """Où elle se lit dans ce fichier."""
    if convenue is not None and (entete := convenue.colonnes.get(une.id)):
        return f"se lit dans « {entete} »"
    if convenue is not None and (fixe := convenue.fixes.get(une.id)):
        return f"« {fixe} » à chaque ligne"
    return "manque" if une.exigee else "non dite"


def dire_lot(lot: Lot) -> str:
    """Ce qu'une ligne dit d'un fichier, sous son nom."""
    sorte = "attributions" if lot.sorte == "attributions" else "logements offerts"
    quand = f"{date.fromisoformat(lot.importe_le[:10]):%d/%m/%Y}" if lot.importe_le else ""
    return f"{lot.lignes} {sorte} · {lot.annee} · importé le {quand} par {lot.par}"


def dire_designations(comptes: Mapping[Place, int]) -> str:
    """« 31 désignations dans les publics de leur convention ; 4 hors de ces publics ; 2 dont on ne sait pas »."""
    if not any(comptes.values()):
        return "Aucune désignation ne se rattache à une convention saisie."
    return "Désignations : " + " ; ".join(f"{nombre} {_PLACES[place]}" for place, nombre in comptes.items()) + "."


# Un logement.


def dire_combien(nombre: int) -> str:
    """Combien sont offerts ; au-delà de deux cents, les premiers seuls se montrent."""
    reste = f" Les {MONTREES} premiers à désigner sont là." if nombre > MONTREES else ""
    return f"{nombre} logements offerts.{reste}" if nombre > 1 else f"{nombre} logement offert."


def dire_premiers(nombre: int) -> str:
    """« Les 200 premières lignes, sur 812. Choisissez un bailleur pour les siennes. »"""
    return f"Les {MONTREES} premières lignes, sur {nombre}. Choisissez un bailleur pour les siennes."


def titre_du_logement(ligne: Mapping[str, Any]) -> str:
    """« TDO-L10814, T3, 62 m² »."""
    surface = f"{ligne['surface_habitable']:g} m²".replace(".", ",") if ligne.get("surface_habitable") else ""
    return ", ".join(mot for mot in (ligne["ref_bailleur"], ligne.get("typologie") or "", surface) if mot)


def detail_du_logement(ligne: Mapping[str, Any], le: date) -> str:
    """Où, chez qui, pour qui, jusqu'à quand."""
    return " · ".join(
        mot
        for mot in (
            ligne.get("commune") or "",
            ligne.get("bailleur") or "",
            ligne.get("reservataire") or "non réservé",
            dire_limite(ligne, le),
        )
        if mot
    )


def dire_limite(ligne: Mapping[str, Any], le: date) -> str:
    """La date limite de désignation, et si elle est passée."""
    limite = ligne.get("date_limite_designation")
    if not isinstance(limite, date):
        return ""
    return f"à désigner avant le {jour(limite)}" + (" : dépassée" if limite < le else "")


def vie_du_logement(ligne: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Ce que le bailleur en dit, dans l'ordre de sa vie ; ce qu'il ne dit pas ne s'y lit pas."""
    dites = [(nom, _dire(ligne.get(colonne))) for nom, colonne in _VIE]
    return [(nom, dite) for nom, dite in dites if dite]


def dire_publics(convention: ConventionTenue | None) -> str:
    """Les publics que vise sa convention, ou ce qu'on n'en sait pas."""
    if convention is None:
        return "Aucune convention saisie ne dit les publics de ce logement."
    mots = libelles("public_de_convention")
    dits = [mots[public] for public in convention.publics]
    if convention.publics_dits:
        dits.append(convention.publics_dits)
    return (
        f"Publics visés : {' ; '.join(dits)}." if dits else "Sa convention ne dit pas ses publics : ils sont à saisir."
    )


def dire_verdict(verdict: Verdict) -> str:
    """Ce que le contrôle dit d'une demande, avant qu'on la désigne."""
    mots = libelles("public_de_convention")
    if verdict.place is Place.DANS:
        return "Cette demande est dans les publics de la convention."
    if verdict.place is Place.HORS:
        return "Cette demande est hors des publics de la convention : la désigner demandera un motif, et se comptera."
    a_savoir = " ; ".join(mots[public] for public in verdict.a_savoir)
    return (
        f"On ne sait pas encore. À vérifier : {a_savoir}."
        if a_savoir
        else "On ne sait pas : les publics sont à saisir."
    )


def _dire(valeur: object) -> str:
    if isinstance(valeur, date):
        return jour(valeur)
    if isinstance(valeur, float):
        return f"{valeur:g}".replace(".", ",")
    return "" if valeur is None else str(valeur)


_VIE: Final = (
    ("Identifiant RPLS", "numero_rpls"),
    ("Résidence", "residence"),
    ("Adresse", "adresse"),
    ("Étage", "etage"),
    ("Ascenseur", "ascenseur"),
    ("Accessibilité", "accessibilite"),
    ("Financement", "financement"),
    ("Loyer principal, en euros", "loyer_principal"),
    ("Charges, en euros", "charges"),
    ("Classe énergie", "dpe_energie"),
    ("Nature de l'offre", "nature_offre"),
    ("Congé reçu le", "date_conge"),
    ("Disponible le", "date_disponibilite"),
    ("Réservataire", "reservataire"),
    ("Réservataire informé le", "date_information_reservataire"),
    ("Désigner avant le", "date_limite_designation"),
    ("Hors du flux", "hors_flux"),
)
