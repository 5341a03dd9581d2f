"""Le flux des réservations en mots, sans Qt : les mêmes en commande, sur le papier, au tableur, et à l'écran."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from impressions.rapport import ChiffreDit, LigneDite, RapportDit
from modele.attributions.bilan import CLES, DIMENSIONS, LignePubliee
from modele.attributions.calendrier import ActeAnnuel, Alerte
from modele.attributions.droit import droit
from modele.attributions.etapes import ecrire, pour_cent
from modele.attributions.parts import Depassement, Part
from modele.attributions.quart import Compte, LigneQuart
from modele.chiffres import Diffusion, seuils
from modele.mots.ecriture import dire_date
from modele.regles.confiance import a_valider

if TYPE_CHECKING:
    import polars as pl

    from modele.attributions.conventions import Convention
    from modele.attributions.croisement import LigneCroisee
    from modele.attributions.dus import LigneDue
    from modele.attributions.etat import EtatDuFlux, Totaux

VALIDER: Final = " (à faire valider)"
TUE: Final = "non publié"
TIRET: Final = "« – » : non publié."
TOUTES: Final = "toutes"
DEPASSES: Final = "Plafonds dépassés"
A_SURVEILLER: Final = "Plafonds à surveiller : ils portent sur le flux de l'année entière"
NON_DIT: Final = "non dit"
NON_NOMMEES: Final = "Conventions qu'aucune ligne ne nomme"
DIMENSIONS_DITES: Final = {
    "typologie": "Typologie",
    "financement": "Financement",
    "en_qpv": "Quartier prioritaire",
    "code_insee": "Commune",
    "periode": "Période de construction",
}
ENTETE_COMPLET: Final = (
    "siren_bailleur", "categorie", "reservataire", "typologie", "financement", "en_qpv", "code_insee", "commune",
    f"periode_construction{VALIDER}", "proposes", "candidats_presentes", "attribues", "baux", "refus",
)  # fmt: skip
_PERIODE: Final = "periode"
"""R441-5-1 la demande sans la fixer : le tableur la porte marquée, le papier non (« La sûreté des personnes », 6)."""
ENTETE_PUBLIE: Final = (
    "reservataire",
    *(f"{une}{VALIDER}" if une == _PERIODE else une for une in DIMENSIONS),
    "commune", "proposes", "attribues", "baux",
)  # fmt: skip
RANGES: Final = "classement à faire valider"
SANS_SEUIL: Final = "Pour des personnes habilitées : rien n'y est tu. Ne le diffusez pas."
_ALERTES: Final = {
    Alerte.FAIT: "fait",
    Alerte.PASSE: "la date est passée",
    Alerte.PROCHE: "bientôt",
    Alerte.A_VENIR: "à venir",
    Alerte.SANS_JOUR: "",
}


class Axe(StrEnum):
    """Selon quoi se lit ce qui est dû."""

    TOUT = "tout"
    ENSEMBLE = "ensemble"
    COMMUNE = "commune"
    PUBLIC = "public"
    CROISEMENT = "croisement"


AXES: Final[dict[str, str]] = {
    Axe.TOUT: "tout",
    Axe.ENSEMBLE: "par réservataire",
    Axe.COMMUNE: "par commune",
    Axe.PUBLIC: "par public",
    Axe.CROISEMENT: "par commune et public",
}
DIFFUSION_DU_CROISEMENT: Final = Diffusion.PARTENAIRES
SANS_OBJECTIF: Final = "Aucune convention de l'année ne dit d'objectif par public : rien ne se croise."
RIEN_SUR_CET_AXE: Final = "Rien à dire ainsi : aucune convention de l'année n'en parle."


def valider(confiance: str) -> str:
    """Ce qui suit une règle déduite ou commune."""
    return VALIDER if a_valider(confiance) else ""


def dire_totaux(totaux: Totaux) -> Iterator[str]:
    """Les attributions de l'année, puis ce qui n'est pas dans le flux."""
    yield (
        f"{totaux.attributions} attributions : {totaux.acceptees} acceptées, {totaux.refusees} refusées, "
        f"{totaux.sans_reponse} sans réponse, {totaux.en_cours} en cours ; {totaux.baux} baux signés."
    )
    hors = sum(totaux.hors_flux.values())
    dites = ", ".join(f"{droit().hors_flux[un].libelle.lower()} {n}" for un, n in totaux.hors_flux.items())
    yield f"Hors du flux : {hors}{f' ({dites})' if dites else ''}."
    yield f"Dans le flux : {totaux.flux_attributions} attributions, {totaux.flux_baux} baux."


def dire_quart(une: LigneQuart) -> str:
    """« Métropole : 2 sur 16, 4 au moins, il en manque 2 ; suivies d'un bail : 2 sur 12… »."""
    qui = une.nom or une.categorie.libelle
    dite = f"{qui} : {_compte(une.attributions)} ; suivies d'un bail : {_compte(une.baux)}"
    emploi = f" Emploi non dit : {une.emploi_inconnu}." if une.emploi_inconnu else ""
    return f"{dite}. {une.categorie.provenance.fondement}{valider(une.categorie.provenance.confiance)}.{emploi}"


def _compte(compte: Compte) -> str:
    dit = f"{compte.realisees} sur {compte.attributions}"
    if compte.minimum is None:
        return f"{dit}, minimum à lire dans la convention"
    return f"{dit}, {compte.minimum} au moins, " + (f"il en manque {compte.manque}" if compte.manque else "atteint")


def dire_part(une: Part) -> str:
    """« Action Logement : 21 sur 105, 20 % »."""
    return f"{une.categorie.libelle} : {une.attributions} sur {une.flux}, {pour_cent(une.part, 1)}"


def dire_depassement(un: Depassement) -> str:
    """Qui, combien à ce jour, quel plafond."""
    ou = un.bailleur or "Tous bailleurs réunis (pour information : le plafond est par bailleur)"
    return (
        f"{ou} : {un.attributions} sur {_accorder(un.flux, 'attribution')} à ce jour, {pour_cent(un.part, 1)}, "
        f"au-dessus de {ecrire(un.plafond.taux)} %. "
        f"{un.plafond.libelle} ({un.plafond.provenance.fondement})."
    )


def depassements_dits(vus: Iterable[Depassement]) -> Iterator[tuple[str, list[str]]]:
    """Ceux qui sont établis, puis ceux que la suite de l'année peut encore effacer ; rien s'il n'y en a pas."""
    tous = list(vus)
    for titre, etabli in ((DEPASSES, True), (A_SURVEILLER, False)):
        siens = [dire_depassement(un) for un in tous if un.etabli is etabli]
        if siens:
            yield titre, siens


def dire_acte(un: ActeAnnuel) -> str:
    """« avant le 28/02/2026, la date est passée : transmettre… Bailleur, à l'intention de : Préfet (CCH R441-5-1) »."""
    jour = "dans l'année" if un.le is None else f"{'avant le' if un.rendez.avant else 'le'} {dire_date(un.le)}"
    quand = ", ".join(filter(None, (jour, _ALERTES[un.alerte])))
    qui = " → ".join(filter(None, (un.rendez.qui, un.rendez.vers)))
    return f"{quand} : {un.rendez.acte} {qui} ({un.rendez.provenance.fondement})"


def dire_du(une: LigneDue, communes: Mapping[str, str]) -> str:
    """« Commune de Vallebrume, 000000001 : 4 faits sur 5 dus à cette date (5,4 dans l'année), 1 en retard »."""
    qui = _dire_qui(une, communes)
    revenus = f" {_accorder(une.revenus, 'revenu')} au bailleur, à part." if une.revenus else ""
    if une.annuel is None:
        faits = _accorder(une.fait, "fait")
        return f"{qui} : {faits} ; ce qui est dû ne se sait pas, le bailleur n'a pas donné sa prévision.{revenus}"
    retard = f"{une.retard} en retard" if une.retard else "pas de retard"
    faits, dus = _accorder(une.fait, "fait"), _accorder(une.a_date or 0, "dû", "dus")
    return f"{qui} : {faits} sur {dus} à cette date ({ecrire(une.annuel)} dans l'année), {retard}.{revenus}"


def _dire_qui(une: LigneDue, communes: Mapping[str, str]) -> str:
    ou = communes.get(une.code_insee, une.code_insee)
    public = droit().publics[une.public].libelle if une.public in droit().publics else une.public
    return ", ".join(filter(None, (une.convention.reservataire, une.convention.siren_bailleur, ou, public)))


def dire_croisee(une: LigneCroisee, communes: Mapping[str, str]) -> str:
    """La même d'une commune et d'un public ; tue, ce qui est dû se dit encore, ce qui est fait non."""
    if not une.tue:
        return dire_du(une.ligne, communes)
    qui, dus = _dire_qui(une.ligne, communes), _accorder(une.ligne.a_date or 0, "dû", "dus")
    if une.ligne.annuel is None:
        return f"{qui} : {TUE} ; ce qui est dû ne se sait pas, le bailleur n'a pas donné sa prévision."
    return f"{qui} : {TUE}, sur {dus} à cette date ({ecrire(une.ligne.annuel)} dans l'année)."


def selon_l_axe(dus: Iterable[LigneDue], axe: Axe) -> list[LigneDue]:
    """Celles de cet axe, ce qui est en retard d'abord."""
    garder: dict[Axe, Callable[[LigneDue], bool]] = {
        Axe.TOUT: bool,
        Axe.ENSEMBLE: lambda une: not une.code_insee and not une.public,
        Axe.COMMUNE: lambda une: bool(une.code_insee),
        Axe.PUBLIC: lambda une: bool(une.public),
    }
    siennes = filter(garder[axe], dus) if axe in garder else ()
    return sorted(siennes, key=lambda une: -(une.retard or 0))


def dire_regle_du_revenu(dus: Iterable[LigneDue]) -> Iterator[str]:
    """Ce que devient le droit d'un logement revenu, s'il y en a."""
    regle = droit().droit_revenu
    if any(une.revenus for une in dus):
        yield f"{regle.libelle}{valider(regle.provenance.confiance)}"


def dire_non_nommee(une: Convention) -> str:
    """Qui, chez qui, à quel titre, et que faire."""
    titre = droit().reservataires[une.categorie].libelle if une.categorie in droit().reservataires else une.categorie
    return (
        f"{une.reservataire}, {une.siren_bailleur} ({titre}) : aucune ligne ne le nomme à ce titre, rien n'est compté "
        "pour lui. Vérifiez le nom qu'écrit le bailleur."
    )


def dire_formule(une: LigneDue) -> str:
    """Comment ce qui est dû s'est calculé, avec ses nombres ; des autres réservataires, rien."""
    cle = " · ".join(map(str, une.convention.cle))
    toutes = bool(une.code_insee or une.public)
    siennes = [etape for rang, etape in enumerate(une.etapes) if toutes or not rang or cle in etape.libelle]
    return " ; ".join(f"{un.libelle.replace(f' : {cle}', '')} : {un.formule} = {un.valeur}" for un in siennes)


def _accorder(nombre: int, un: str, plusieurs: str = "") -> str:
    return f"{nombre} {(plusieurs or f'{un}s') if nombre > 1 else un}"


def lignes_completes(bilan: pl.DataFrame, communes: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """Les lignes du croisement de R441-5-1, pour un tableur."""
    for ligne in bilan.iter_rows(named=True):
        cles = [ligne[cle] for cle in CLES]
        avant, (insee, periode) = cles[:-2], cles[-2:]
        comptes = [ligne[un] for un in ("proposes", "presentes", "attribues", "baux", "refus")]
        yield [*avant, insee, communes.get(insee, ""), _periode(periode), *comptes]


def lignes_publiees(lignes: Iterable[LignePubliee], communes: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """Les mêmes colonnes, une dimension à la fois : les autres sont « toutes »."""
    for une in lignes:
        dimensions = [_valeur(une, un) if un == une.dimension else TOUTES for un in DIMENSIONS]
        commune = communes.get(une.valeur, "") if une.dimension == "code_insee" else TOUTES
        comptes = [TUE if un is None else un for un in (une.proposes, une.attribues, une.baux)]
        yield [droit().reservataires[une.categorie].libelle, *dimensions, commune, *comptes]


def _valeur(une: LignePubliee, dimension: str) -> str:
    if dimension == _PERIODE:
        return _periode(une.valeur)
    return (une.valeur.lower() if dimension == "en_qpv" else une.valeur) or NON_DIT


def _periode(identifiant: str | None) -> str:
    return next((une.libelle for une in droit().periodes if une.id == identifiant), NON_DIT)


def dire_diffusion(diffusion: Diffusion | None) -> str:
    """Pour qui, et sous combien rien n'est publié."""
    if diffusion is None:
        return SANS_SEUIL
    seuil = seuils().diffusions[diffusion]
    return (
        f"Pour {seuil.libelle} : un effectif de moins de {seuil.effectif} n'est pas publié, ni ce qui permettrait de "
        "le retrouver par une soustraction. « Non publié » ne veut pas dire zéro."
    )


def papier_du_bilan(
    territoire: str,
    etat: EtatDuFlux,
    lignes: Sequence[LignePubliee],
    hors_flux: Mapping[str, int | None],
    communes: Mapping[str, str],
    avis: Sequence[str],
) -> RapportDit:
    """Le bilan de l'année en mots, réservataire par réservataire.

    Les périodes de construction n'y sont pas ; un réservataire que Perron a rangé par déduction porte la marque.
    """
    chiffres = [*(_du_reservataire(un, lignes, communes) for un in droit().reservataires), _hors_du_flux(hors_flux)]
    return RapportDit(
        f"Logements proposés et attribués en {etat.le.year} · {territoire}",
        (f"Bilan annuel des réservations en flux (CCH R441-5-1), au {dire_date(etat.le)}.", *avis),
        tuple(un for un in chiffres if un is not None),
    )


def _du_reservataire(categorie: str, lignes: Sequence[LignePubliee], communes: Mapping[str, str]) -> ChiffreDit | None:
    siennes = [une for une in lignes if une.categorie == categorie and une.dimension != _PERIODE]
    if not siennes:
        return None
    haut = max((une.attribues or 0 for une in siennes), default=0)
    dites = [_ligne(une, communes, siennes[0].attribues or haut) for une in siennes if _montree(une)]
    tues = sum(not _montree(une) for une in siennes)
    return ChiffreDit(
        _titre(categorie),
        "Tous bailleurs réunis",
        f"Logements proposés · attribués · suivis d'un bail. {TIRET}",
        tuple(dites),
        f"{tues} ligne{'s' if tues > 1 else ''} non publiée{'s' if tues > 1 else ''} : effectif trop petit."
        if tues
        else "",
    )


def _titre(categorie: str) -> str:
    """« Communes (classement à faire valider) » : le code du fichier ne les distingue pas."""
    un = droit().reservataires[categorie]
    deduit = un.provenance.a_valider or (un.non_reserve and droit().flux.revenu_est.a_valider)
    return f"{un.libelle} ({RANGES})" if deduit else un.libelle


def _hors_du_flux(hors_flux: Mapping[str, int | None]) -> ChiffreDit | None:
    if not hors_flux:
        return None
    dites = [
        LigneDite(droit().hors_flux[motif].libelle if motif else "Ensemble", "–" if combien is None else str(combien))
        for motif, combien in hors_flux.items()
    ]
    return ChiffreDit(
        "Hors du flux", "Tous bailleurs réunis", f"Attributions soustraites (CCH R441-5). {TIRET}", tuple(dites)
    )


def _montree(une: LignePubliee) -> bool:
    return not une.dimension or une.proposes is not None or une.attribues is not None


def _ligne(une: LignePubliee, communes: Mapping[str, str], total: int) -> LigneDite:
    valeur = communes.get(une.valeur, une.valeur) if une.dimension == "code_insee" else _valeur(une, une.dimension)
    libelle = f"{DIMENSIONS_DITES[une.dimension]} : {valeur}" if une.dimension else "Ensemble"
    comptes = " · ".join("–" if un is None else str(un) for un in (une.proposes, une.attribues, une.baux))
    return LigneDite(libelle, comptes, une.attribues / total if une.attribues and total else None)


def nom_du_fichier(le: date) -> str:
    """« bilan-flux-2026 »."""
    return f"bilan-flux-{le.year}"
