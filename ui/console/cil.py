"""Le dossier de la conférence en commande : deux fichiers de bailleurs, une année ; PDF, tableur, version figée."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import EssaiBailleur
from modele.chargement import Regles, charger_regles
from modele.chiffres import Diffusion
from modele.conference.demandes import lire_demandes
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.lignes import Indicateur
from modele.conference.publication import Change, Figee, Publication, comparer, exiger_meme, figer, publier, relire
from modele.regles.disque import ecrire_ensemble, lire_octets, raison
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import OCTETS_AU_PLUS
from modele.regles.prive import dossier_prive
from ui.console.flux import ANNEES, Voulu, exiger_sans_faute, lire
from ui.console.lignes import liste, paragraphe
from ui.mots import cil as mots
from ui.mots.bilan_flux import FICTIF, diffusion_de
from ui.mots.flux import dire_diffusion, valider

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class VouluCil:
    """Ce que dit la ligne de commande. ``precedent`` : une version figée, que ses lecteurs ont déjà."""

    territoire: str
    annee: int
    sortie: Path
    attributions: Path | None = None
    logements: Path | None = None
    pour: str = Diffusion.PARTENAIRES
    precedent: Path | None = None
    sans_les_fautives: bool = False
    demandes: Path | None = None


@dataclass(frozen=True, slots=True)
class RenduCil:
    """Ce que la commande rend. ``annee`` : les nombres exacts ; ``publication`` : ce que le dossier en montre."""

    regles: Regles
    annee: Annee | None
    publication: Publication | None
    changes: tuple[Change, ...] | None
    refusees: int
    avant: tuple[Figee, ...] = ()
    ecrits: tuple[Path, ...] = ()

    @property
    def communes(self) -> dict[str, str]:
        """Le nom de chaque commune du territoire."""
        return {code: une.nom for code, une in self.regles.territoire.communes.items()}

    @property
    def avis(self) -> list[str]:
        """Ce qu'il faut savoir avant de lire un nombre."""
        pluriel = "s" if self.refusees > 1 else ""
        sans = [f"Compté sans {self.refusees} ligne{pluriel} refusée{pluriel}."] if self.refusees else []
        return [*([FICTIF] if self.regles.territoire.exemple else []), *sans]


def mener(voulu: VouluCil) -> RenduCil:
    """Les indicateurs et le dossier écrit. Lève ``ErreurUtilisateur``, et n'écrit alors rien."""
    diffusion = diffusion_de(voulu.pour)
    if voulu.annee not in ANNEES:
        raise ErreurUtilisateur(f"--annee {voulu.annee} : attendu une année de {ANNEES[0]} à {ANNEES[-1]}.")
    if (voulu.attributions is None) is not (voulu.logements is None):
        raise ErreurUtilisateur(
            "Donnez « --attributions » et « --logements » ensemble : l'un ne se lit pas sans l'autre."
        )
    if voulu.demandes is not None and voulu.attributions is None:
        raise ErreurUtilisateur("« --demandes » ne se lit qu'avec « --attributions » et « --logements ».")
    regles = charger_regles(voulu.territoire)
    avant = _relire(voulu, regles.territoire.id)
    _exiger_la_derniere(voulu, regles.territoire.id)
    annee, refusees = _compter(voulu)
    suivies = () if avant is None else (avant,)
    publication = None if annee is None else publier(annee, diffusion, suivies)
    changes = comparer(avant, publication) if avant and publication else None
    rendu = RenduCil(regles, annee, publication, changes, refusees, suivies)
    return replace(rendu, ecrits=tuple(_ecrire(voulu, rendu)))


def _compter(voulu: VouluCil) -> tuple[Annee | None, int]:
    if voulu.attributions is None or voulu.logements is None:
        return None, 0
    # Une date d'après aujourd'hui est une faute ; d'après l'année demandée, elle ne compte pas encore.
    fin = date(voulu.annee, 12, 31)
    jour = max(date.today(), fin)
    essais: tuple[EssaiBailleur, EssaiBailleur] = (
        lire(voulu.attributions, FichierDe.ATTRIBUTIONS, jour),
        lire(voulu.logements, FichierDe.LOGEMENTS, jour),
    )
    if not voulu.sans_les_fautives:
        exiger_sans_faute(Voulu(voulu.territoire, voulu.attributions, voulu.logements, fin), *essais)
    annee = indicateurs(essais[0].table, essais[1].table, voulu.annee, _demandes(voulu, jour))
    return annee, sum(un.nombre_refusees for un in essais)


def _demandes(voulu: VouluCil, jour: date) -> pl.DataFrame | None:
    if voulu.demandes is None:
        return None
    try:
        return lire_demandes(lire_octets(voulu.demandes, OCTETS_AU_PLUS), jour)
    except OSError as cause:
        raise ErreurUtilisateur(f"{voulu.demandes} : {raison(cause)}. Vérifiez son nom et son dossier.") from None


def _relire(voulu: VouluCil, territoire: str) -> Figee | None:
    if voulu.precedent is None:
        return None
    try:
        avant = relire(lire_octets(voulu.precedent, OCTETS_AU_PLUS))
    except OSError as cause:
        raise ErreurUtilisateur(f"{voulu.precedent} : {raison(cause)}. Vérifiez son nom et son dossier.") from None
    try:
        exiger_meme(avant, territoire, voulu.annee, voulu.pour)
    except ErreurUtilisateur as faute:
        raise ErreurUtilisateur(f"{voulu.precedent.name} : {faute}") from None
    return avant


def _chemin(voulu: VouluCil, territoire: str, suffixe: str) -> Path:
    pour = "" if voulu.pour == Diffusion.PARTENAIRES else f"-{voulu.pour}"
    return voulu.sortie / f"conference-{territoire}-{voulu.annee}{pour}.{suffixe}"


def _exiger_la_derniere(voulu: VouluCil, territoire: str) -> None:
    """Une version déjà là est peut-être sortie : la remplacer sans elle rendrait, par différence, ce qu'elle tait."""
    figee = _chemin(voulu, territoire, "json")
    if voulu.attributions is None or not figee.is_file():
        return
    try:
        donnee = voulu.precedent is not None and lire_octets(voulu.precedent) == lire_octets(figee)
    except OSError as cause:
        raise ErreurUtilisateur(f"{figee} : {raison(cause)}. Vérifiez les droits de ce fichier.") from None
    if not donnee:
        raise ErreurUtilisateur(
            f"{figee} est la dernière version de ce dossier, et ses lecteurs l'ont peut-être. Ajoutez "
            f"« --precedent {figee} », ou rangez les fichiers de cette version ailleurs si personne ne l'a lue."
        )


def _ecrire(voulu: VouluCil, rendu: RenduCil) -> list[Path]:
    from impressions.conference import composer_dossier

    territoire, publication = rendu.regles.territoire, rendu.publication
    dit = mots.papier(
        territoire.nom, voulu.annee, publication, territoire.engagements, rendu.communes, rendu.avis, rendu.changes
    )
    # Tout se compose avant que rien ne s'écrive : un dossier n'a jamais la moitié de ses fichiers.
    fichiers = {
        "pdf": composer_dossier(dit, date(voulu.annee, 12, 31)),
        "xlsx": mots.classeur(publication, territoire.engagements, rendu.communes, voulu.annee),
    }
    if publication is not None:
        fichiers["json"] = figer(publication, territoire.id, rendu.avant)
    ecrits = {_chemin(voulu, territoire.id, suffixe): octets for suffixe, octets in fichiers.items()}
    try:
        dossier_prive(voulu.sortie)
    except OSError as cause:
        raise ErreurUtilisateur(f"{voulu.sortie} : {raison(cause)}. Choisissez un autre dossier.") from None
    ecrire_ensemble(ecrits, prive=True)
    return list(ecrits)


def en_json(rendu: RenduCil) -> dict[str, Any]:
    """L'objet du contrat : les nombres exacts, pour qui tient les fichiers ; le dossier écrit, lui, est masqué."""
    engagements = rendu.regles.territoire.engagements
    return {
        "territoire": rendu.regles.territoire.id,
        "fictif": rendu.regles.territoire.exemple,
        "indicateurs": [_indicateur(un) for un in (rendu.annee.indicateurs if rendu.annee else ())],
        "manque": [
            {"id": un.id, "libelle": un.libelle, "detient": un.detient} for un in mots.attendus(rendu.publication)
        ],
        "engagements": [
            {"id": un.id, "partenaire": un.partenaire, "etat": un.etat, "a_remplir_par": un.a_remplir_par or None}
            for un in engagements.engagements
        ],
        "changes": None
        if rendu.changes is None
        else [{"id": un.cle[0], "perimetre": un.cle[1], "avant": un.avant, "apres": un.apres} for un in rendu.changes],
        "ecrits": [str(un) for un in rendu.ecrits],
    }


def _indicateur(un: Indicateur) -> dict[str, Any]:
    texte = un.definition
    dit: dict[str, Any] = {
        "id": texte.id,
        "perimetre": un.perimetre,
        "numerateur": un.numerateur,
        "denominateur": un.denominateur,
        "valeur": None if un.valeur is None else round(un.valeur, 6),
        "non_renseignes": un.non_renseignes,
        "definition": texte.definition,
        "source": texte.provenance.source,
        "article": texte.provenance.fondement,
        "a_valider": texte.provenance.a_valider,
    }
    if texte.id == "quart_prioritaire":
        dit |= {"minimum": un.minimum, "manque": un.manque}
    return dit | ({"effectif": un.effectif} if un.effectif is not None else {})


def dire(rendu: RenduCil) -> str:
    """Le même en texte, de 80 colonnes : ce que le dossier montre."""
    return "\n".join(_lignes(rendu))


def _lignes(rendu: RenduCil) -> Iterator[str]:
    yield from paragraphe(f"Conférence intercommunale du logement · {rendu.regles.territoire.nom}", "")
    for avis in rendu.avis:
        yield from paragraphe(avis, "  ")
    if rendu.publication is None:
        yield from paragraphe(mots.SANS_FICHIERS, "  ")
    else:
        yield from paragraphe(dire_diffusion(rendu.publication.diffusion), "  ")
        for definition, siens in mots.par_definition(rendu.publication).items():
            dits = [
                f"{mots.dire_perimetre(un.indicateur.perimetre, rendu.communes)} : {mots.dire_valeur(un)}"
                for un in siens
            ]
            yield from liste(f"{definition.libelle}{valider(definition.provenance.confiance)}", dits)
    if rendu.changes is not None:
        yield from liste("Ce qui a changé", [mots.dire_change(un, rendu.communes) for un in rendu.changes] or ["Rien."])
    yield from liste("Ce qui manque, et qui l'a", map(mots.dire_attendu, mots.attendus(rendu.publication)))
    engagements = rendu.regles.territoire.engagements
    yield from liste("Documents de référence", map(mots.dire_document, engagements.documents))
    for nom, pris in engagements.par_partenaire.items():
        yield from liste(f"Engagements : {nom}", map(mots.dire_engagement, pris))
    yield from liste("Écrit", [str(un) for un in rendu.ecrits])
