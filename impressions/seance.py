"""Une séance sur papier : le dossier des membres, sans un nom, et le procès-verbal.

Chaque candidat y est sous la même sorte de référence (« C-01 ») ; nulle lettre de L441-1, pour personne ; une règle à
faire valider n'y est pas. Essais : ``tests/impressions/test_papier_seance.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from impressions.atelier import Etabli
from impressions.blocs import Bloc
from impressions.rapport import composer
from impressions.sures import phrases_sures
from impressions.tableau import rangees
from modele.attributions.classement.classer import Candidat
from modele.seance.constat import Constat, Ligne
from modele.seance.droit import droit
from modele.seance.notions import Membre, Verifie
from modele.seance.suites import REPONSES, Suite, suivre

A_COMPLETER: Final = "…………"
ORDRE: Final = (
    "La grille aide à décider, elle n'oblige pas (CCH R441-2-10 11°). Une désignation ou une décision qui en quitte "
    "l'ordre est écrite et comptée."
)
HORS_GRILLE: Final = "Désignation du préfet : ce candidat n'est pas rangé par la grille."
SANS_RAISONS: Final = "Son rang est celui de la séance ; ce qui le compose n'est pas sur ce poste."
_LOGEMENT: Final[Mapping[str, str]] = {
    "ref_bailleur": "Référence", "commune": "Commune", "residence": "Résidence", "adresse": "Adresse",
    "batiment": "Bâtiment", "etage": "Étage", "typologie": "Type", "surface_habitable": "Surface habitable",
    "financement": "Financement", "loyer_principal": "Loyer principal", "charges": "Charges",
}  # fmt: skip
_UNITES: Final = {"surface_habitable": "m²", "loyer_principal": "€ par mois", "charges": "€ par mois"}


@dataclass(frozen=True, slots=True)
class SeanceDite:
    """De quoi écrire ses papiers. ``grille`` : sa version, en mots ; ``classes`` : par dossier, ce que la grille dit.

    ``avis`` : ce qui se lit en tête (territoire fictif). ``relu`` : ce que la grille dit est d'un autre jour, d'autres
    règles, que les rangs ; ne regarde que la commission.
    """

    constat: Constat
    logement: Mapping[str, Any]
    grille: str
    classes: Mapping[str, Candidat]
    avis: tuple[str, ...] = ()
    relu: str = ""


def composer_membres(dite: SeanceDite, jour: date) -> bytes:
    """Le dossier des membres : une ligne par candidat, et ce que la grille en dit. Rien n'y nomme personne."""
    return composer("Dossier de la commission", jour, lambda etabli: _membres(etabli, dite))


def composer_proces_verbal(dite: SeanceDite, jour: date) -> bytes:
    """Le procès-verbal : qui siégeait, ce qui a été décidé et pourquoi, ce qui a quitté l'ordre de la grille."""
    return composer("Procès-verbal", jour, lambda etabli: _proces_verbal(etabli, dite))


def _membres(etabli: Etabli, dite: SeanceDite) -> Iterator[Bloc]:
    yield from _tete(etabli, dite, "Dossier de la commission")
    yield from _logement(etabli, dite.logement)
    yield from _candidats(etabli, dite)
    yield _titre(etabli, "Ce que la grille dit de chacun")
    for une in dite.constat.lignes:
        yield _sous_titre(etabli, une.reference)
        yield from _puces(etabli, _dits(une, dite))
    yield from _ordre(etabli, dite)


def _proces_verbal(etabli: Etabli, dite: SeanceDite) -> Iterator[Bloc]:
    yield from _tete(etabli, dite, "Procès-verbal")
    yield from _logement(etabli, dite.logement)
    yield from _composition(etabli, dite.constat)
    yield from _candidats(etabli, dite)
    yield _titre(etabli, "Décisions")
    for une in dite.constat.lignes:
        yield _sous_titre(etabli, f"{une.reference} · {_decision(une)}")
        yield from _paragraphes(etabli, [*_motifs(une)])
    yield from _ordre(etabli, dite)
    yield from _reponses(etabli, dite.constat)
    yield _texte(etabli, "Le président de la commission", avant=24.0)
    yield _texte(etabli, "Nom et signature : …………………………………………", apres=40.0)


# Les morceaux.


def _tete(etabli: Etabli, dite: SeanceDite, titre: str) -> Iterator[Bloc]:
    seance = dite.constat.seance
    yield etabli.texte(titre, etabli.styles.titre, etabli.racine.ajouter("H1"))
    ou = f", {seance.lieu}" if seance.lieu else ""
    dit = f"{seance.commission} · {seance.bailleur} · séance du {seance.tenue_le:%d/%m/%Y}{ou}"
    yield etabli.texte(dit, etabli.styles.sous_titre, etabli.racine.ajouter("P"), apres=6.0)
    yield from _paragraphes(etabli, dite.avis)


def _logement(etabli: Etabli, logement: Mapping[str, Any]) -> Iterator[Bloc]:
    yield _titre(etabli, "Logement")
    yield from rangees(etabli, [*decrire(logement)], (None, 300))


def decrire(logement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Ce que le bailleur dit de ce logement, en mots."""
    for cle, libelle in _LOGEMENT.items():
        if (valeur := logement.get(cle)) is not None and valeur != "":
            yield libelle, _dire(valeur, _UNITES.get(cle, ""))


def _dire(valeur: Any, unite: str) -> str:
    if isinstance(valeur, float):
        centimes = unite.startswith("€") and not valeur.is_integer()
        valeur = (f"{valeur:.2f}" if centimes else f"{valeur:g}").replace(".", ",")
    return f"{valeur} {unite}".rstrip()


def _composition(etabli: Etabli, constat: Constat) -> Iterator[Bloc]:
    seance, reglement = constat.seance, constat.seance.reglement
    yield _titre(etabli, "Composition")
    lignes = [("Qualité", "Nom", "Voix", "Présence"), *(_membre(un) for un in seance.membres)]
    yield from rangees(etabli, lignes, (None, 120, 80, 60), entete=True)
    exige = A_COMPLETER if reglement.quorum is None else str(reglement.quorum)
    nom = reglement.nom or A_COMPLETER
    adopte = f" adopté le {reglement.adopte_le:%d/%m/%Y}" if reglement.adopte_le else ""
    yield _texte(etabli, f"Quorum exigé par le règlement intérieur ({nom}{adopte}) : {exige}.", avant=6.0)
    yield _texte(etabli, f"Présents avec voix délibérative : {constat.votants}.")
    limite = A_COMPLETER if constat.notifier_avant is None else f"{constat.notifier_avant:%d/%m/%Y}"
    yield _texte(etabli, f"Décisions à notifier au plus tard le {limite}, selon le règlement intérieur.")


def _membre(un: Membre) -> tuple[str, ...]:
    qualite = droit().qualites[un.qualite]
    roles = [role for role, dit in (("préside", un.preside), ("locataires", un.locataires)) if dit]
    nom = f"{un.nom or A_COMPLETER} ({', '.join(roles)})" if roles else un.nom or A_COMPLETER
    voix = "délibérative" if qualite.voix else "consultative"
    voix = f"{voix}, prépondérante à égalité" if qualite.preponderante else voix
    return qualite.libelle, nom, voix, "présent" if un.present else "absent"


def _candidats(etabli: Etabli, dite: SeanceDite) -> Iterator[Bloc]:
    yield _titre(etabli, "Candidats")
    titres = ("Réf.", "Rang", "Points", "Désigné par", "Priorité")
    lignes = [titres, *(_candidat(une, dite.classes.get(une.propose.dossier)) for une in dite.constat.lignes)]
    yield from rangees(etabli, lignes, (44, 60, 50, None, 170), entete=True)
    dispense = dite.constat.seance.dispense
    yield _texte(etabli, f"Demandes examinées : {dite.constat.examines}.", avant=6.0)
    if dispense is not None:
        cas = droit().exceptions[dispense.genre]
        yield _texte(etabli, f"Exception : {cas.libelle} ({cas.provenance.fondement}). {dispense.motif}")
    yield from _paragraphes(etabli, [*_residence(dite.constat), *_effets(dite.constat)])
    for une in dite.constat.lignes:
        yield from _paragraphes(etabli, [f"{une.reference} : {dit}" for dit in _designation(une)])


def _candidat(une: Ligne, classe: Candidat | None) -> tuple[str, ...]:
    rang = "préfet" if une.rang is None else str(une.rang)
    egal = " (égalité)" if une.egaux else ""
    points = "" if classe is None or classe.points is None else f"{classe.points:g}".replace(".", ",")
    return une.reference, f"{rang}{egal}", points or "–", une.propose.designe_par, _verifie(une.propose.priorite)


def _verifie(un: Verifie | None) -> str:
    return "–" if un is None else f"Prioritaire L441-1, vérifié par {un.par} le {un.le:%d/%m/%Y}"


def _residence(constat: Constat) -> Iterator[str]:
    if (residence := constat.seance.residence) is not None:
        yield (
            f"Résidence à enjeu prioritaire de mixité sociale : {residence.nom} ({residence.convention}, liste du "
            f"{residence.liste_le:%d/%m/%Y})."
        )


def _effets(constat: Constat) -> Iterator[str]:
    """Qu'il a été vu, pour tous ensemble : l'écart d'un candidat dirait ses ressources, une ligne qui manque aussi."""
    if any(une.propose.effet for une in constat.lignes):
        yield "L'effet de chaque candidature sur la résidence a été dit à la commission ; il ne s'imprime pas."


def _designation(une: Ligne) -> Iterator[str]:
    """Ce qui se dit de sa désignation, le même pour tous ceux dont on le dit."""
    propose = une.propose
    if propose.prefet_le is not None:
        yield f"désigné par le préfet le {propose.prefet_le:%d/%m/%Y}, au titre du droit au logement opposable."
    if une.designe_hors_ordre:
        yield f"désigné hors de l'ordre de la grille. Motif : {propose.motif}"
    if propose.retrait is not None:
        yield f"n'est plus candidat depuis le {propose.retrait.le:%d/%m/%Y} : {propose.retrait.motif}"


def _dits(une: Ligne, dite: SeanceDite) -> Iterator[str]:
    classe = dite.classes.get(une.propose.dossier)
    if classe is None:
        yield HORS_GRILLE if une.rang is None else SANS_RAISONS
        return
    for raison in classe.raisons:
        if sure := phrases_sures(raison):
            yield sure


def _decision(une: Ligne) -> str:
    if une.genre is None or une.decision is None:
        return "candidature retirée, non examinée"
    rang = f", rang {une.decision.rang}" if une.decision.rang else ""
    return f"{une.genre.libelle}{rang} ({une.genre.provenance.fondement})"


def _motifs(une: Ligne) -> Iterator[str]:
    decision = une.decision
    if decision is None:
        return
    yield f"Motif : {decision.motif}"
    if decision.motif_legal:
        motif = droit().motifs[decision.motif_legal]
        yield f"{motif.libelle} ({motif.provenance.fondement})."
    if decision.ailleurs is not None:
        suivi = f" Offre suivie par {decision.ailleurs.suivi_par}." if decision.ailleurs.suivi_par else ""
        yield f"Logement à proposer ailleurs : {decision.ailleurs.logement or 'le premier vacant adapté'}.{suivi}"
    if decision.piece_le is not None:
        yield f"Pièce attendue au plus tard le {decision.piece_le:%d/%m/%Y} : {decision.piece}."
    if une.egaux:
        yield f"À égalité de rang avec {une.egaux} autre{'s' if une.egaux > 1 else ''} : la commission a choisi."
    if une.decide_hors_ordre:
        yield f"Hors de l'ordre de la grille. Motif : {decision.hors_ordre}"


def _ordre(etabli: Etabli, dite: SeanceDite) -> Iterator[Bloc]:
    constat = dite.constat
    yield _titre(etabli, "L'ordre de la grille")
    yield from _paragraphes(etabli, [un for un in (f"{dite.grille} {ORDRE}", dite.relu) if un])
    yield _texte(etabli, f"Désignations hors de l'ordre : {constat.designations_hors_ordre} sur {len(constat.lignes)}.")
    if constat.seance.decisions:
        total = len(constat.seance.decisions)
        yield _texte(etabli, f"Décisions hors de l'ordre : {constat.decisions_hors_ordre} sur {total}.")


def _reponses(etabli: Etabli, constat: Constat) -> Iterator[Bloc]:
    if not constat.seance.reponses:
        return
    yield _titre(etabli, "Réponses aux offres")
    yield from _puces(etabli, (_suite(une) for une in suivre(constat)))


def _suite(une: Suite) -> str:
    if une.reponse is None:
        return f"{une.ligne.reference} : {'offre en cours' if une.en_cours else 'son tour n’est pas venu'}."
    motif = f" Motif : {une.reponse.motif}" if une.reponse.motif else ""
    dit = f"{une.ligne.reference} : {REPONSES[une.reponse.reponse]}, le {une.reponse.le:%d/%m/%Y}.{motif}"
    return f"{dit} {une.effet}".strip()


def _titre(etabli: Etabli, dit: str) -> Bloc:
    titre = etabli.texte(dit, etabli.styles.section, etabli.racine.ajouter("H2"))
    titre.avec_suivant, titre.signet = True, dit
    return titre


def _sous_titre(etabli: Etabli, dit: str) -> Bloc:
    titre = etabli.texte(dit, etabli.styles.sous_section, etabli.racine.ajouter("H3"))
    titre.avec_suivant = True
    return titre


def _texte(etabli: Etabli, dit: str, **reglages: float) -> Bloc:
    return etabli.texte(dit, etabli.styles.corps, etabli.racine.ajouter("P"), **reglages)


def _paragraphes(etabli: Etabli, dits: Sequence[str]) -> Iterator[Bloc]:
    for dit in dits:
        yield _texte(etabli, dit)


def _puces(etabli: Etabli, dits: Iterator[str]) -> Iterator[Bloc]:
    liste = None
    for dit in dits:
        liste = liste or etabli.racine.ajouter("L")
        yield etabli.texte(dit, etabli.styles.puce, liste.ajouter("LI").ajouter("LBody"), puce="•")
