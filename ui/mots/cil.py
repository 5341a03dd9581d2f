"""Le dossier de la conférence en mots, sans Qt : les mêmes en commande, sur le papier, au tableur, à l'écran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any, Final

from impressions.conference import DossierDit, PartieDite
from impressions.rapport import LigneDite
from impressions.tableur import Feuille, en_feuilles
from modele.attributions.droit import droit
from modele.attributions.etapes import ecrire, pour_cent
from modele.conference.definitions import Attendu, Definition, Nature, conference
from modele.conference.publication import Change, Figee, Publication, Publie
from modele.mots.ecriture import dire_date
from modele.territoire.engagements import DocumentDate, Engagement, Engagements
from ui.mots.flux import TUE, VALIDER, dire_diffusion, valider

TERRITOIRE: Final = "territoire"
VIDE: Final = "rien à compter"
ETATS_DITS: Final = {
    "a_remplir": "à remplir",
    "pris": "pris",
    "en_cours": "en cours",
    "tenu": "tenu",
    "non_tenu": "non tenu",
}
ENTETE: Final = (
    "perimetre", "numerateur", "denominateur", "valeur", "non_renseignes", "effectif", "minimum", "manque",
    "definition", "compte", "sur", "manquant", "article", "source", "a_valider",
)  # fmt: skip
COTE_A_COTE: Final = "Les années, côte à côte"
SANS_FICHIERS: Final = (
    "Aucun fichier de bailleur : les indicateurs ne se comptent pas. Ajoutez « --attributions » et « --logements »."
)


def dire_perimetre(perimetre: str, communes: Mapping[str, str]) -> str:
    """« Action Logement », « Vallebrume », « Parc social » : le nom d'un code."""
    reservataire = droit().reservataires.get(perimetre)
    if reservataire is not None:
        return reservataire.libelle
    dits = conference()
    for connus in (dits.perimetres, dits.situations, dits.publics, dits.motifs):
        if perimetre in connus:
            return connus[perimetre]
    return communes.get(perimetre, perimetre)


def dire_valeur(un: Publie) -> str:
    """« 18 sur 73, 24,66 % », « 454 jours (100 baux) », « non publié »."""
    comptes, nature = un.comptes, un.indicateur.definition.nature
    if un.tu:
        return TUE
    if un.indicateur.valeur is None:
        return VIDE
    if nature is Nature.PART and comptes["numerateur"] is None:
        return pour_cent(Fraction(comptes["valeur"] or 0))
    if nature is Nature.PART:
        haut, bas = int(comptes["numerateur"] or 0), int(comptes["denominateur"] or 0)
        return f"{haut} sur {bas}, {pour_cent(Fraction(haut, bas))}{_manque(comptes)}"
    if nature is Nature.RAPPORT:
        soit = ecrire(Fraction(comptes["valeur"] or 0), 1)
        return f"{comptes['numerateur']} pour {comptes['denominateur']}, soit {soit}"
    if nature is Nature.DELAI:
        quoi = un.indicateur.definition.denominateur or "baux"
        return f"{ecrire(Fraction(comptes['valeur'] or 0), 1)} jours ({comptes['effectif']} {quoi})"
    return str(comptes["valeur"])


def _manque(comptes: Mapping[str, Any]) -> str:
    return f", il en manque {comptes['manque']}" if comptes.get("manque") else ""


def dire_inconnus(un: Publie) -> str:
    """« Non renseignés : 14 » ; rien si cet indicateur n'en compte pas."""
    if un.indicateur.non_renseignes is None:
        return ""
    combien = un.comptes["non_renseignes"]
    return f"Non renseignés : {TUE if combien is None else combien}"


def objectif_de(definition: Definition) -> str:
    """« Objectif : 25 % au moins » ; vide si la loi n'en donne pas."""
    return "" if definition.objectif is None else f"Objectif de la loi : {ecrire(definition.objectif)} % au moins"


def par_definition(publication: Publication) -> dict[Definition, list[Publie]]:
    """Les valeurs de chaque indicateur, dans l'ordre."""
    tous: dict[Definition, list[Publie]] = {}
    for un in publication.publies:
        tous.setdefault(un.indicateur.definition, []).append(un)
    return tous


def page_de(definition: Definition, siens: Sequence[Publie], communes: Mapping[str, str]) -> PartieDite:
    """La page d'un indicateur : ce qu'il veut dire, ses lignes, sa source."""
    dits = [definition.definition]
    if definition.numerateur:
        dits.append(f"Compte : {definition.numerateur}. Sur : {definition.denominateur}.")
    if definition.manquant:
        dits.append(f"Données manquantes : {definition.manquant}.")
    if definition.objectif is not None:
        dits.append(f"{objectif_de(definition)} ({definition.provenance.fondement}).")
    return PartieDite(
        definition.libelle,
        tuple(dits),
        tuple(_ligne(un, communes) for un in siens),
        (_source(definition), f"Donnée tenue par : {definition.detient}."),
    )


def _ligne(un: Publie, communes: Mapping[str, str]) -> LigneDite:
    inconnus = dire_inconnus(un)
    libelle = dire_perimetre(un.indicateur.perimetre, communes)
    valeur = un.comptes["valeur"] if un.indicateur.definition.nature is Nature.PART else None
    return LigneDite(f"{libelle}. {inconnus}" if inconnus else libelle, dire_valeur(un), valeur)


def _source(definition: Definition) -> str:
    lue = definition.provenance
    quand = f" Vérifié le {dire_date(lue.verifie_le)}." if lue.verifie_le else ""
    return f"{lue.fondement}. Source : {lue.source}{valider(lue.confiance)}.{quand}"


def dire_document(un: DocumentDate) -> str:
    """« Convention… : 01/03/2021. Signée… » ; à remplir par qui, sinon."""
    quand = dire_date(un.du) if un.du else un.periode
    dit = f"{un.libelle} : {quand or 'date inconnue'}."
    return " ".join(filter(None, (dit, un.dit, a_remplir(un.a_remplir_par), source_dite(un))))


def a_remplir(par: str) -> str:
    """« À remplir par Toulouse Métropole. »"""
    return f"À remplir par {par}." if par else ""


def source_dite(un: DocumentDate | Engagement) -> str:
    """Où on l'a lu, et quand."""
    lue = un.provenance
    if not lue.source:
        return ""
    quand = f", lu le {dire_date(lue.verifie_le)}" if lue.verifie_le else ""
    return f"Source : {lue.source}{quand}."


def dire_engagement(un: Engagement) -> str:
    """Ce qui est promis, sa mesure, sa cible, son état, sa preuve."""
    mesure = conference().definitions.get(un.mesure)
    parts = (
        un.texte or "Aucun engagement public n'est connu.",
        f"Mesure : {mesure.libelle}." if mesure else "",
        f"Cible : {un.cible}." if un.cible else "",
        f"Pris le {dire_date(un.du)}." if un.du else "",
        f"Échéance : {dire_date(un.echeance)}." if un.echeance else "",
        f"État : {ETATS_DITS[un.etat]}.",
        f"Preuve : {un.preuve}{f' ({dire_date(un.preuve_le)})' if un.preuve_le else ''}." if un.preuve else "",
        a_remplir(un.a_remplir_par),
    )
    return " ".join(filter(None, parts))


def dire_attendu(un: Attendu) -> str:
    """Ce qui manque, et qui l'a."""
    return (
        f"{un.libelle}. Donnée tenue par : {un.detient} ({un.provenance.fondement}){valider(un.provenance.confiance)}."
    )


def dire_change(un: Change, communes: Mapping[str, str]) -> str:
    """« Baux signés, Territoire : 100, puis 104 »."""
    definition = conference().definitions.get(un.cle[0])
    libelle = definition.libelle if definition else un.cle[0]
    avant, apres = (_dit(un.cle[0], comptes) for comptes in (un.avant, un.apres))
    return f"{libelle}, {dire_perimetre(un.cle[1], communes)} : {avant}, puis {apres}"


def dire_annees(publication: Publication, avant: Mapping[int, Figee], communes: Mapping[str, str]) -> Iterator[str]:
    """« Baux signés, Territoire. 2025 : 91 ; 2026 : 100 » : chaque année passée telle qu'elle a été figée."""
    for un in publication.publies:
        cle, definition = un.indicateur.cle, un.indicateur.definition
        dites = [f"{annee} : {_dit(cle[0], avant[annee].publies.get(cle))}" for annee in sorted(avant)]
        dites.append(f"{publication.annee} : {_dit(cle[0], un.comptes)}")
        yield f"{definition.libelle}, {dire_perimetre(cle[1], communes)}. {' ; '.join(dites)}"


def _dit(cle: str, comptes: Mapping[str, Any] | None) -> str:
    if comptes is None:
        return "absent"
    valeur, haut, bas = (comptes[un] for un in ("valeur", "numerateur", "denominateur"))
    if valeur is None:
        return TUE
    definition = conference().definitions.get(cle)
    if haut is None and definition is not None and definition.nature is Nature.PART:
        return pour_cent(Fraction(valeur))
    return f"{haut} sur {bas}" if haut is not None else ecrire(Fraction(valeur), 1)


def papier(
    territoire: str,
    annee: int,
    publication: Publication | None,
    engagements: Engagements,
    communes: Mapping[str, str],
    avis: Iterable[str],
    changes: Sequence[Change] | None,
    avant: Mapping[int, Figee] | None = None,
) -> DossierDit:
    """Le dossier entier ; sans fichiers, ce qu'on sait des engagements et ce qui manque.

    ``avant`` : les années d'avant, telles qu'elles ont été figées pour les mêmes lecteurs.
    """
    dits = [*avis, dire_diffusion(publication.diffusion) if publication else SANS_FICHIERS]
    pages = [_manques(publication), *_changements(changes, communes)]
    if publication is not None and avant:
        pages.append(PartieDite(COTE_A_COTE, tuple(dire_annees(publication, avant, communes))))
    if publication is not None:
        pages += [page_de(une, siens, communes) for une, siens in par_definition(publication).items()]
    pages += _pages_des_engagements(engagements)
    return DossierDit(f"Conférence intercommunale du logement {annee} · {territoire}", tuple(dits), tuple(pages))


def attendus(publication: Publication | None) -> list[Attendu]:
    """Ce qui manque encore : ce qu'un fichier de plus a donné n'y est pas."""
    donnes = {un.indicateur.definition.id for un in publication.publies} if publication else set()
    return [un for un in conference().attendus if un.donne_par not in donnes]


def _manques(publication: Publication | None) -> PartieDite:
    return PartieDite("Ce qui manque, et qui l'a", tuple(dire_attendu(un) for un in attendus(publication)))


def _changements(changes: Sequence[Change] | None, communes: Mapping[str, str]) -> Iterator[PartieDite]:
    if changes is not None:
        dits = tuple(dire_change(un, communes) for un in changes)
        yield PartieDite("Ce qui a changé depuis la version précédente", dits or ("Rien.",))


def _pages_des_engagements(engagements: Engagements) -> Iterator[PartieDite]:
    documents = tuple(map(dire_document, engagements.documents))
    yield PartieDite("Documents de référence", documents or ("Aucun n'est connu.",))
    for nom, siens in engagements.par_partenaire.items():
        sources = tuple(dict.fromkeys(filter(None, map(source_dite, siens))))
        yield PartieDite(f"Engagements : {nom}", tuple(map(dire_engagement, siens)), (), sources, seule=True)


def classeur(
    publication: Publication | None, engagements: Engagements, communes: Mapping[str, str], annee: int
) -> bytes:
    """Une feuille par indicateur, puis les engagements et ce qui manque."""
    feuilles = (
        [] if publication is None else [_feuille(un, s, communes) for un, s in par_definition(publication).items()]
    )
    feuilles.append(
        Feuille(
            "engagements",
            ("partenaire", "texte", "mesure", "cible", "date", "etat", "preuve", "a_remplir_par", "source"),
            [
                (un.partenaire, un.texte, un.mesure, un.cible, dire_date(un.du) if un.du else "", ETATS_DITS[un.etat],
                 un.preuve, un.a_remplir_par, un.provenance.source)
                for un in engagements.engagements
            ],
        )
    )  # fmt: skip
    feuilles.append(Feuille("documents", ("document",), [(dire_document(un),) for un in engagements.documents]))
    manques = [(un.libelle, un.detient, un.provenance.fondement) for un in attendus(publication)]
    feuilles.append(Feuille("ce_qui_manque", ("donnee", "tenue_par", "article"), manques))
    return en_feuilles(feuilles, datetime.combine(date(annee, 12, 31), time()))


def _feuille(definition: Definition, siens: Sequence[Publie], communes: Mapping[str, str]) -> Feuille:
    lue = definition.provenance
    dits = (definition.definition, definition.numerateur, definition.denominateur, definition.manquant, lue.fondement,
            lue.source, VALIDER.strip(" ()") if lue.a_valider else "")  # fmt: skip
    lignes = [(dire_perimetre(un.indicateur.perimetre, communes), *_cases(un), *dits) for un in siens]
    return Feuille(definition.id, ENTETE, lignes)


def _cases(un: Publie) -> Iterator[object]:
    for nom in ("numerateur", "denominateur", "valeur", "non_renseignes", "effectif", "minimum", "manque"):
        existe = getattr(un.indicateur, nom) is not None
        yield (TUE if un.comptes[nom] is None else un.comptes[nom]) if existe else ""
