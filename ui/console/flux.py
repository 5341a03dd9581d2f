"""Le flux des réservations en commande : deux fichiers de bailleurs, une date ; l'état, et le bilan s'il est voulu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from modele.attributions.calendrier import ActeAnnuel, Alerte, calendrier
from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import Convention
from modele.attributions.croisement import LigneCroisee, publier_croisements
from modele.attributions.droit import droit
from modele.attributions.dus import LigneDue
from modele.attributions.etat import EtatDuFlux, etat_du_flux
from modele.attributions.fichier_conventions import lire_conventions
from modele.attributions.import_bailleur import EssaiBailleur, dire_ligne, essayer
from modele.attributions.parts import Depassement, Part
from modele.attributions.quart import Compte, LigneQuart
from modele.chargement import Regles, charger_regles
from modele.chiffres import Diffusion
from modele.regles.disque import ecrire, lire_octets, raison
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import OCTETS_AU_PLUS
from modele.regles.tableaux import LigneRefusee
from ui.console.lignes import liste, paragraphe
from ui.mots import flux as mots
from ui.mots.bilan_flux import FICTIF, diffusion_de, tirer

FAUTES_DITES: Final = 20
ANNEES: Final = range(2000, 2101)
"""Au-delà, c'est une faute de frappe, et le calendrier n'a pas d'année suivante."""


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande. ``sans_les_fautives`` : compter sans les lignes refusées, et le dire."""

    territoire: str
    attributions: Path
    logements: Path
    le: date
    bilan: Path | None = None
    pour: str = Diffusion.PARTENAIRES
    sans_les_fautives: bool = False
    conventions: Path | None = None


@dataclass(frozen=True, slots=True)
class Rendu:
    """Ce que la commande rend."""

    regles: Regles
    attributions: EssaiBailleur
    logements: EssaiBailleur
    etat: EtatDuFlux
    croisees: tuple[LigneCroisee, ...]
    actes: tuple[ActeAnnuel, ...]
    ecrits: tuple[Path, ...]

    @property
    def essais(self) -> tuple[EssaiBailleur, EssaiBailleur]:
        """Les deux fichiers lus."""
        return self.attributions, self.logements

    @property
    def hors_territoire(self) -> dict[str, int]:
        """Combien d'attributions par commune que le territoire n'a pas : un fichier pris pour un autre se voit."""
        communes = self.attributions.table["code_insee"].value_counts().sort("code_insee")
        return {code: n for code, n in communes.iter_rows() if code not in self.regles.territoire.communes}


def mener(voulu: Voulu) -> Rendu:
    """L'état du flux, et le bilan écrit s'il est demandé. Lève ``ErreurUtilisateur``, et n'écrit alors rien."""
    diffusion_de(voulu.pour)
    if voulu.le.year not in ANNEES:
        raise ErreurUtilisateur(
            f"--le {voulu.le.isoformat()} : attendu un jour de {ANNEES[0]} à {ANNEES[-1]}, comme 2026-11-30."
        )
    regles = charger_regles(voulu.territoire)
    # Une date d'après aujourd'hui est une faute ; d'après le jour demandé, elle ne compte pas encore.
    aujourd_hui = max(date.today(), voulu.le)
    attributions = lire(voulu.attributions, FichierDe.ATTRIBUTIONS, aujourd_hui)
    logements = lire(voulu.logements, FichierDe.LOGEMENTS, aujourd_hui)
    if not voulu.sans_les_fautives:
        exiger_sans_faute(voulu, attributions, logements)
    conventions, previsions = ((), ()) if voulu.conventions is None else lire_conventions(voulu.conventions)
    etat = etat_du_flux(attributions.table, logements.table, voulu.le, conventions, previsions)
    croisees = publier_croisements(etat.croisements, diffusion_de(voulu.pour))
    rendu = Rendu(regles, attributions, logements, etat, croisees, _actes(voulu.le), ())
    return rendu if voulu.bilan is None else replace(rendu, ecrits=tuple(_ecrire_le_bilan(voulu, rendu, voulu.bilan)))


def _actes(le: date) -> tuple[ActeAnnuel, ...]:
    """Ceux de l'année, et ceux de la suivante qui approchent."""
    suivants = [un for un in calendrier(le.year + 1, le) if un.alerte is Alerte.PROCHE]
    return (*calendrier(le.year, le), *suivants)


def lire(chemin: Path, fichier: FichierDe, jour: date) -> EssaiBailleur:
    """L'essai à blanc de ce fichier. Lève ``ErreurUtilisateur``, qui le nomme."""
    try:
        octets = lire_octets(chemin, OCTETS_AU_PLUS)
    except OSError as cause:
        raise ErreurUtilisateur(f"{chemin} : {raison(cause)}. Vérifiez son nom et son dossier.") from None
    try:
        return essayer(octets, fichier, None, jour)
    except ErreurUtilisateur as faute:
        raise ErreurUtilisateur(f"{chemin.name} : {faute}") from None


def exiger_sans_faute(voulu: Voulu, *essais: EssaiBailleur) -> None:
    """Lève ``ErreurUtilisateur``, avec les premières fautes, si une ligne est refusée."""
    fautes = [
        f"{chemin.name}, {dire_ligne(une)}"
        for chemin, essai in zip((voulu.attributions, voulu.logements), essais, strict=True)
        for une in essai.refusees
    ]
    if not fautes:
        return
    nombre = sum(essai.nombre_refusees for essai in essais)
    suite = [f"… et {len(fautes) - FAUTES_DITES} autres fautes."] if len(fautes) > FAUTES_DITES else []
    tete = f"{nombre} ligne{'s' if nombre > 1 else ''} refusée{'s' if nombre > 1 else ''}, rien n'est compté :"
    remede = "Corrigez-les avec le bailleur, ou ajoutez « --sans-les-fautives » pour compter sans elles."
    raise ErreurUtilisateur("\n".join([tete, *fautes[:FAUTES_DITES], *suite, remede]))


def _ecrire_le_bilan(voulu: Voulu, rendu: Rendu, dossier: Path) -> Iterator[Path]:
    bilan = tirer(
        (rendu.attributions.table, rendu.logements.table),
        rendu.etat,
        rendu.regles.territoire.nom,
        _communes(rendu.regles),
        diffusion_de(voulu.pour),
        _avis(rendu),
    )
    # Tout se compose avant que rien ne s'écrive : un dossier n'a jamais la moitié d'un bilan.
    for suffixe, octets in {"pdf": bilan.pdf(), "csv": bilan.csv(), "xlsx": bilan.classeur()}.items():
        chemin = dossier / bilan.nom(suffixe)
        ecrire(chemin, octets, prive=True)
        yield chemin


def _communes(regles: Regles) -> dict[str, str]:
    return {code: une.nom for code, une in regles.territoire.communes.items()}


def _avis(rendu: Rendu) -> list[str]:
    fictif = [FICTIF] if rendu.regles.territoire.exemple else []
    refusees = sum(un.nombre_refusees for un in rendu.essais)
    sans = [f"Compté sans {refusees} ligne{'s' if refusees > 1 else ''} refusée{'s' if refusees > 1 else ''}."]
    return [*fictif, *(sans if refusees else [])]


def en_json(rendu: Rendu) -> dict[str, Any]:
    """L'objet du contrat."""
    etat, regles = rendu.etat, droit()
    return {
        "territoire": rendu.regles.territoire.id,
        "le": etat.le,
        "fictif": rendu.regles.territoire.exemple,
        "dates_limites_depassees": [une.ref_bailleur for une in etat.limites],
        "quart_prioritaire": [_quart(une) for une in etat.quart],
        "quart_detaille": [
            _quart(une) | {"nom": une.nom, "siren_bailleur": une.siren_bailleur or None} for une in etat.quart_detaille
        ],
        "totaux": {nom: getattr(etat.totaux, nom) for nom in etat.totaux.__dataclass_fields__ if nom != "hors_flux"}
        | {"hors_flux": sum(etat.totaux.hors_flux.values()), "hors_flux_par": dict(etat.totaux.hors_flux)},
        "parts": [_part_du_flux(une) for une in etat.parts],
        "depassements": [_depassement(un) for un in etat.depassements],
        "compteurs": [{nom: getattr(un, nom) for nom in un.__dataclass_fields__} for un in etat.compteurs],
        "projections": [{nom: getattr(une, nom) for nom in une.__dataclass_fields__} for une in etat.projections],
        "dus": [_du(une) for une in etat.dus],
        "dus_croises": [_du_croise(une) for une in rendu.croisees],
        "conventions_non_nommees": [_non_nommee(une) for une in etat.non_nommees],
        "hypothese": {"texte": regles.projection.libelle, "a_valider": regles.projection.provenance.a_valider},
        "calendrier": [_acte(un) for un in rendu.actes],
        "hors_territoire": rendu.hors_territoire,
        "erreurs": {un.fichier: [_faute(une) for une in un.refusees] for un in rendu.essais},
        "avertissements": {un.fichier: [_faute(une) for une in un.avertissements] for un in rendu.essais},
        "lus": {un.fichier: {"lignes": un.lus, "refusees": un.nombre_refusees} for un in rendu.essais},
        "ecrits": [str(un) for un in rendu.ecrits],
    }


def _part_du_flux(une: Part) -> dict[str, Any]:
    return {
        "reservataire": une.categorie.id,
        "siren_bailleur": une.siren_bailleur or None,
        "attributions": une.attributions,
        "baux": une.baux,
        "flux": une.flux,
        "part": _part(une.part),
    }


def _depassement(un: Depassement) -> dict[str, Any]:
    return {
        "plafond": un.plafond.id,
        "taux": un.plafond.taux,
        "siren_bailleur": un.siren_bailleur or None,
        "bailleur": un.bailleur or None,
        "attributions": un.attributions,
        "flux": un.flux,
        "part": _part(un.part),
        "article": un.plafond.provenance.fondement,
        "etabli": un.etabli,
    }


def _non_nommee(une: Convention) -> dict[str, Any]:
    return {nom: getattr(une, nom) for nom in ("reservataire", "categorie", "siren_bailleur", "perimetre")}


def _acte(un: ActeAnnuel) -> dict[str, Any]:
    return {
        "id": un.rendez.id,
        "le": un.le,
        "avant": un.rendez.avant,
        "annee_rendue": un.annee_rendue,
        "qui": un.rendez.qui,
        "vers": un.rendez.vers or None,
        "acte": un.rendez.acte,
        "article": un.rendez.provenance.fondement,
        "alerte": un.alerte,
    }


def _du(une: LigneDue) -> dict[str, Any]:
    return {
        "reservataire": une.convention.reservataire,
        "siren_bailleur": une.convention.siren_bailleur,
        "code_insee": une.code_insee or None,
        "public": une.public or None,
        "unite": une.convention.unite_de_decompte,
        "annuel": None if une.annuel is None else float(une.annuel),
        "a_date": une.a_date,
        "fait": une.fait,
        "retard": une.retard,
        "projete": une.projete,
        "revenus": une.revenus,
        "etapes": [str(etape) for etape in une.etapes],
    }


def _du_croise(une: LigneCroisee) -> dict[str, Any]:
    """Les clés de ``dus``, et ``tu`` ; ce qui se tait est nul."""
    tus = dict.fromkeys(("fait", "retard", "projete"), None) if une.tue else {}
    return _du(une.ligne) | tus | {"tu": une.tue}


def _quart(une: LigneQuart) -> dict[str, Any]:
    return {
        "reservataire": une.categorie.id,
        "libelle": une.categorie.libelle,
        **_compte(une.attributions),
        "avec_bail": _compte(une.baux),
        "regle": une.categorie.quart,
        "emploi_inconnu": une.emploi_inconnu,
        "article": une.categorie.provenance.fondement,
        "a_valider": une.categorie.provenance.a_valider,
    }


def _compte(compte: Compte) -> dict[str, int | None]:
    return {nom: getattr(compte, nom) for nom in compte.__dataclass_fields__}


def _part(part: Any) -> float:
    return round(float(part), 6)


def _faute(une: LigneRefusee) -> dict[str, Any]:
    return {"ligne": une.ligne, "colonne": une.colonne, "message": une.message}


def dire(rendu: Rendu) -> str:
    """Le même en texte, de 80 colonnes."""
    return "\n".join(_lignes(rendu))


def _lignes(rendu: Rendu) -> Iterator[str]:
    etat, regles = rendu.etat, droit()
    yield from paragraphe(f"Flux des réservations · {rendu.regles.territoire.nom} · {etat.le:%d/%m/%Y}", "")
    for avis in _avis(rendu):
        yield from paragraphe(avis, "  ")
    yield from liste("Attributions de l'année", mots.dire_totaux(etat.totaux))
    limites = [f"{une.ref_bailleur}, {une.reservataire} : {une.limite:%d/%m/%Y}" for une in etat.limites]
    yield from liste(f"Dates limites de désignation dépassées ({len(limites)})", limites)
    yield from liste("Quart prioritaire", [mots.dire_quart(une) for une in etat.quart])
    yield from paragraphe(f"{regles.quart.base.libelle}{mots.VALIDER}", "  ")
    yield from liste("Parts du flux", [mots.dire_part(une) for une in etat.parts if not une.siren_bailleur])
    for titre, dits in mots.depassements_dits(etat.depassements):
        yield from liste(titre, dits)
    communes = _communes(rendu.regles)
    yield from liste("Dû, fait, en retard", [mots.dire_du(une, communes) for une in etat.dus])
    croisees = [mots.dire_croisee(une, communes) for une in rendu.croisees]
    yield from liste("Dû, fait, en retard, par commune et public", croisees)
    yield from paragraphe(f"{regles.retard.libelle}{mots.VALIDER}", "  ") if etat.dus else ()
    for regle in mots.dire_regle_du_revenu(etat.dus):
        yield from paragraphe(regle, "  ")
    yield from liste(mots.NON_NOMMEES, map(mots.dire_non_nommee, etat.non_nommees))
    projetees = [
        f"{regles.reservataires[une.categorie].libelle} : {une.attributions}, {une.projetees} au 31 décembre"
        for une in etat.projections
    ]
    yield from liste("Où mènerait ce rythme", projetees)
    yield from paragraphe(f"{regles.projection.libelle}{mots.VALIDER}", "  ")
    yield from liste("Calendrier de l'année", [mots.dire_acte(un) for un in rendu.actes])
    hors = [f"{code} : {nombre}" for code, nombre in rendu.hors_territoire.items()]
    yield from liste("Attributions dans une commune qui n'est pas du territoire, comptées aussi", hors)
    for essai in rendu.essais:
        yield from liste(f"À vérifier, {essai.fichier}", _premieres(essai.avertissements))
        yield from liste(f"Lignes refusées, {essai.fichier}", _premieres(essai.refusees))
    yield from liste("Écrit", [str(un) for un in rendu.ecrits])


def _premieres(fautes: Sequence[LigneRefusee]) -> list[str]:
    """Les premières, et combien d'autres."""
    autres = len(fautes) - FAUTES_DITES
    suite = [f"… et {autres} autre{'s' if autres > 1 else ''} (toutes avec « --json »)."] if autres > 0 else []
    return [*(dire_ligne(une) for une in fautes[:FAUTES_DITES]), *suite]
