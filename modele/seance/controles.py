"""Ce qui empêche de tenir cette séance, et ce qui y manque ou s'y vérifie. Chaque phrase dit quoi, et que faire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from modele.regles.lecture import vouliez_vous
from modele.residences.listes import Residences
from modele.seance import residence
from modele.seance.droit import EXIGE, Droit, Genre
from modele.seance.ecrits import lettres
from modele.seance.notions import Decision, Membre, Propose, Seance
from modele.seance.ordre import decisions_hors_ordre, designations_hors_ordre

_JOURS_AU_PLUS: Final = 366
"""Au-delà, c'est une faute de frappe : nul règlement ne laisse un an pour notifier ou répondre."""
_ANNEES: Final = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Classees:
    """Le classement : le rang de chaque demande candidate ; de chaque demande écartée, les règles qui l'écartent.

    ``sans_numero`` : celles dont le dossier ne porte aucun numéro unique. ``residences`` : les listes du territoire,
    qui disent si la résidence écrite en est ; ``logement`` : où il est, tel que son bailleur le dit.
    """

    rangs: Mapping[str, int]
    ecartees: Mapping[str, Collection[str]]
    sans_numero: Collection[str] = ()
    residences: Residences = field(default_factory=Residences)
    logement: Mapping[str, Any] = field(default_factory=dict)


def fautes(seance: Seance, classees: Classees, droit: Droit, *, en_cours: bool = False) -> tuple[str, ...]:
    """Ce qui empêche de la tenir, tout à la fois ; vide : elle se tient.

    ``en_cours`` : ses décisions s'écrivent une à une, celles qui manquent encore ne sont pas une faute.
    """
    if reconnues := tuple(_inconnus(seance, droit)):
        return reconnues
    proposee = (*_ecrits(seance), *_reglement(seance, droit), *_candidats(seance, classees, droit))
    proposee = (*proposee, *_nombre(seance, droit), *_designations(seance, classees))
    return (*proposee, *(_tenue(seance, classees, droit, en_cours) if seance.decisions else ()))


def _tenue(seance: Seance, classees: Classees, droit: Droit, en_cours: bool) -> Iterator[str]:
    """Sans une décision, la séance se prépare : nul n'y siège encore."""
    yield from _membres(seance.membres, droit)
    yield from _quorum(seance, droit)
    yield from _decisions(seance, droit)
    if not en_cours:
        yield from _entieres(seance, droit)
    yield from _numeros(seance, classees, droit)
    yield from _hors_ordre(seance, classees, droit)
    yield from residence.fautes(seance, classees.residences, classees.logement, droit)


# Ce qui ne se comprend pas.


def _inconnus(seance: Seance, droit: Droit) -> Iterator[str]:
    dits = [
        *((un.qualite, droit.qualites, "qualite") for un in seance.membres),
        *((une.genre, droit.decisions, "genre") for une in seance.decisions),
        *((une.motif_legal, droit.motifs, "motif_legal") for une in seance.decisions if une.motif_legal),
    ]
    if seance.dispense is not None:
        dits.append((seance.dispense.genre, droit.exceptions, "dispense"))
    for dit, connus, cle in dits:
        if dit not in connus:
            yield f"« {cle} » : « {dit} » n'est pas reconnu{vouliez_vous(dit, connus)}. Attendu : {', '.join(connus)}."


def _ecrits(seance: Seance) -> Iterator[str]:
    """Ce qui s'écrit toujours, et ce qui ne s'écrit jamais."""
    for cle, dit in (("commission", seance.commission), ("bailleur", seance.bailleur)):
        if not dit.strip():
            yield f"« {cle} » est vide : écrivez-le, le procès-verbal le porte."
    for un in seance.candidats:
        if not un.designe_par.strip():
            yield f"{un.dossier} : écrivez qui l'a désigné (« designe_par »)."
        if un.retrait is not None and not un.retrait.motif.strip():
            yield f"{un.dossier} : écrivez pourquoi il n'est plus candidat (« retrait », « motif »)."
        if un.priorite is not None and not un.priorite.par.strip():
            yield f"{un.dossier} : écrivez qui a vérifié la priorité (« priorite », « par »)."
    for dit in lettres(seance):
        yield (
            f"« {dit} » : n'écrivez aucune lettre de L441-1, pour personne. Dites « prioritaire L441-1 » sans rien de "
            "plus, et qui l'a vérifié."
        )


# Qui siège.


def _membres(membres: Collection[Membre], droit: Droit) -> Iterator[str]:
    par_qualite = Counter(un.qualite for un in membres)
    for nom, combien in par_qualite.items():
        qualite = droit.qualites[nom]
        if combien > qualite.au_plus:
            dit = qualite.provenance.fondement
            yield f"{qualite.libelle} : {combien}, et {qualite.au_plus} au plus ({dit})."
        if qualite.sans in par_qualite:
            autre = droit.qualites[qualite.sans].libelle
            yield f"{qualite.libelle} : l'un ou l'autre siège, pas aussi « {autre} » ({qualite.provenance.fondement})."
    presidents = [un for un in membres if un.preside]
    if len([un for un in presidents if un.present]) != 1 or len(presidents) != 1:
        yield "Qui préside, et est présent ? Un membre, un seul, porte « preside » et « present »."
    for un in membres:
        if un.preside and not droit.qualites[un.qualite].preside:
            yield f"{un.nom} préside : le président est élu parmi les membres du bailleur (CCH R441-9 II 1° a)."
        if un.locataires and not droit.qualites[un.qualite].preside:
            yield f"{un.nom} : le représentant des locataires est un membre du bailleur (CCH R441-9 III)."
        if un.present and not un.nom.strip():
            yield f"{droit.qualites[un.qualite].libelle} : présent, et sans nom. Écrivez qui siège."


def votants(seance: Seance, droit: Droit) -> int:
    """Combien de présents ont voix délibérative."""
    return sum(un.present and droit.qualites[un.qualite].voix for un in seance.membres)


def _quorum(seance: Seance, droit: Droit) -> Iterator[str]:
    reglement, presents = seance.reglement, votants(seance, droit)
    if reglement.quorum is not None and presents < reglement.quorum:
        yield (
            f"Le quorum n'est pas atteint : {presents} présents avec voix délibérative, {reglement.quorum} exigés par "
            "le règlement intérieur. La commission ne délibère pas."
        )


def _reglement(seance: Seance, droit: Droit) -> Iterator[str]:
    reglement = seance.reglement
    if reglement.reponse_jours is not None and reglement.reponse_jours < droit.offre.nombre:
        yield (
            f"« reponse_jours » vaut {reglement.reponse_jours} : le délai pour répondre à une offre est de "
            f"{droit.offre.nombre} jours au moins ({droit.offre.provenance.fondement})."
        )
    for cle, dit in (("quorum", reglement.quorum), ("notification_jours", reglement.notification_jours)):
        if dit is not None and dit < 1:
            yield f"« {cle} » vaut {dit} : attendu, un nombre d'au moins 1."
    for cle, dit in (
        ("notification_jours", reglement.notification_jours),
        ("reponse_jours", reglement.reponse_jours),
    ):
        if dit is not None and dit > _JOURS_AU_PLUS:
            yield f"« {cle} » vaut {dit} : attendu, {_JOURS_AU_PLUS} jours au plus. Relisez le règlement intérieur."
    if dite := annee_folle(seance):
        yield dite


def annee_folle(seance: Seance) -> str:
    """Ce qu'il faut corriger si nulle commission ne se tient cette année-là ; vide sinon."""
    jour = seance.tenue_le
    return "" if jour.year in _ANNEES else f"« tenue_le » vaut {jour:%d/%m/%Y} : vérifiez l'année."


# Qui est candidat.


def _candidats(seance: Seance, classees: Classees, droit: Droit) -> Iterator[str]:
    for nom, combien in Counter(un.dossier for un in seance.candidats).items():
        if combien > 1:
            yield f"{nom} est proposé deux fois : gardez-en un."
    for un in seance.candidats:
        yield from _candidat(un, classees, droit)


def _candidat(un: Propose, classees: Classees, droit: Droit) -> Iterator[str]:
    if un.dossier in classees.rangs:
        return
    ecartent = classees.ecartees.get(un.dossier)
    if ecartent is None:
        yield f"{un.dossier} n'est pas parmi les dossiers : ajoutez-le au fichier des dossiers, ou retirez-le."
    elif un.prefet_le is None or set(ecartent) - set(droit.dalo.passe):
        yield (
            f"{un.dossier} n'est pas candidate à ce logement : lisez pourquoi dans le classement, retirez-la ou, si "
            "cela se peut, rouvrez-la avec votre motif."
        )
    elif un.accord is None or not un.accord.par.strip():
        # Un secteur se dit pour bien des raisons : nul n'y est mené sans qu'on l'ait vu avec lui.
        yield (
            f"{un.dossier} : désignée par le préfet, hors du secteur demandé. Voyez avec la personne que ce logement "
            "peut lui aller, puis écrivez qui l'a vu et quand (« accord »)."
        )


def _nombre(seance: Seance, droit: Droit) -> Iterator[str]:
    examines, dispense = len(seance.examines), seance.dispense
    if not examines:
        yield "Aucun candidat n'est à examiner : la commission n'a rien à décider."
    if dispense is None:
        if examines < droit.nombre.nombre:
            yield (
                f"{examines} candidats à examiner, et {droit.nombre.nombre} au moins le doivent "
                f"({droit.nombre.provenance.fondement}). Proposez-en d'autres, ou choisissez l'exception "
                f"(« dispense ») : {', '.join(droit.exceptions)}."
            )
        return
    if not dispense.motif.strip():
        yield "« dispense » : écrivez pourquoi cette exception vaut ici (« motif »)."
    if droit.exceptions[dispense.genre].dalo and not any(un.prefet_le for un in seance.examines):
        yield "« dispense » : aucun candidat n'est désigné par le préfet. Écrivez de quel jour (« prefet_le »)."


# Ce qui est décidé.


def _decisions(seance: Seance, droit: Droit) -> Iterator[str]:
    examines = {un.dossier for un in seance.examines}
    for nom, combien in Counter(une.dossier for une in seance.decisions).items():
        if nom not in examines:
            yield f"Décision pour {nom}, qui n'est pas un candidat examiné : retirez-la."
        if combien > 1:
            yield f"{nom} : deux décisions. Une seule par candidat (CCH R441-3)."
    for une in seance.decisions:
        yield from _decision(une, droit.decisions[une.genre], seance)
        yield from _motif(une, seance, droit)


def _entieres(seance: Seance, droit: Droit) -> Iterator[str]:
    """Chaque candidat examiné a sa décision, et les rangs se suivent."""
    for nom in sorted({un.dossier for un in seance.examines} - set(seance.decidees)):
        yield f"{nom} : aucune décision. Chaque candidat examiné en a une (CCH R441-3)."
    yield from _ensemble(seance, droit)


def _decision(une: Decision, genre: Genre, seance: Seance) -> Iterator[str]:
    if not une.motif.strip():
        yield f"{une.dossier} : écrivez le motif de la décision."
    if genre.rang == EXIGE and une.rang is None:
        yield f"{une.dossier} : dites son rang (« rang »)."
    if not genre.rang and une.rang is not None:
        yield f"{une.dossier} : « {genre.libelle} » n'a pas de rang ; retirez-le."
    if genre.condition and not (une.piece.strip() and une.piece_le):
        yield f"{une.dossier} : dites la pièce qui manque et jusqu'à quand (« piece », « piece_le » ; CCH R441-3 c)."
    if genre.condition and une.piece_le and une.piece_le <= seance.tenue_le:
        yield f"{une.dossier} : la pièce est attendue avant la séance ; écrivez un jour qui la suit (« piece_le »)."
    if not genre.condition and (une.piece or une.piece_le):
        yield f"{une.dossier} : une pièce attendue est une attribution sous condition suspensive (CCH R441-3 c)."


def _numeros(seance: Seance, classees: Classees, droit: Droit) -> Iterator[str]:
    """Nulle attribution sans enregistrement : qui l'a vérifié s'écrit."""
    for un in seance.examines:
        decision = seance.decidees.get(un.dossier)
        if un.dossier not in classees.sans_numero or decision is None or not droit.decisions[decision.genre].favorable:
            continue
        if un.numero is None or not un.numero.par.strip():
            yield (
                f"{un.dossier} : aucun numéro unique n'est noté, et une attribution exige une demande enregistrée (CCH "
                "L441-2-1). Notez-le dans le dossier, ou écrivez qui l'a vérifié et quand (« numero »)."
            )


def _motif(une: Decision, seance: Seance, droit: Droit) -> Iterator[str]:
    if not une.motif_legal:
        return
    motif, favorable = droit.motifs[une.motif_legal], droit.decisions[une.genre].favorable
    dit = f"« {motif.libelle} » ({motif.provenance.fondement})"
    if favorable:
        yield f"{une.dossier} : {dit} motive un rejet, pas une attribution."
    if motif.interdit:
        yield f"{une.dossier} : {dit} ne peut à elle seule motiver un rejet. Écrivez un autre motif, ou attribuez."
    if motif.residence and seance.residence is None:
        yield f"{une.dossier} : {dit} ne vaut que dans une résidence de la convention : écrivez-la (« residence »)."
    if motif.residence and not (une.ailleurs and (une.ailleurs.logement.strip() or une.ailleurs.suivi_par.strip())):
        yield (
            f"{une.dossier} : {dit} oblige à proposer le premier logement vacant adapté hors d'une telle résidence. "
            "Écrivez ce logement, ou qui suit cette offre (« ailleurs »)."
        )


def _ensemble(seance: Seance, droit: Droit) -> Iterator[str]:
    """Un logement n'est attribué qu'une fois ; au-delà, les candidats sont classés, de 1 à n."""
    favorables = [une for une in seance.decisions if droit.decisions[une.genre].favorable]
    sans_rang = [une for une in favorables if une.rang is None]
    if len(favorables) > 1 and sans_rang:
        yield "Plusieurs attributions pour un logement : classez ces candidats, chacun son rang (CCH R441-3 b)."
        return
    rangs = sorted(une.rang for une in favorables if une.rang is not None)
    if rangs != list(range(1, len(rangs) + 1)):
        yield f"Rangs {', '.join(map(str, rangs))} : attendu 1, 2, 3… sans trou ni double (CCH R441-3 b)."


def _designations(seance: Seance, classees: Classees) -> Iterator[str]:
    motifs = {un.dossier: un.motif for un in seance.candidats}
    for nom in designations_hors_ordre(seance, classees.rangs):
        if not motifs[nom].strip():
            yield (
                f"{nom} est proposé alors qu'une demande mieux rangée ne l'est pas : écrivez pourquoi (« motif » du "
                "candidat). Le procès-verbal le dira."
            )


def _hors_ordre(seance: Seance, classees: Classees, droit: Droit) -> Iterator[str]:
    for nom in decisions_hors_ordre(seance, classees.rangs, droit):
        if not seance.decidees[nom].hors_ordre.strip():
            yield (
                f"{nom} passe devant un candidat mieux rangé : écrivez pourquoi (« hors_ordre » de la décision). Le "
                "procès-verbal le dira."
            )


# Ce qui manque, ou se vérifie, sans rien empêcher.


def a_savoir(seance: Seance, classees: Classees, droit: Droit) -> tuple[str, ...]:
    """Ce que le secrétaire doit savoir avant de signer ; rien n'en va sur le papier."""
    return (
        *_manques(seance, droit),
        *_a_verifier(seance, classees, droit),
        *residence.a_savoir(seance, classees.residences, droit),
    )


def _manques(seance: Seance, droit: Droit) -> Iterator[str]:
    reglement = seance.reglement
    dits = {
        "quorum": reglement.quorum,
        "délai pour notifier les décisions": reglement.notification_jours,
        "délai pour répondre à une offre": reglement.reponse_jours,
        "nom du règlement": reglement.nom or None,
    }
    if manquent := [libelle for libelle, dit in dits.items() if dit is None]:
        yield (
            f"Non saisi : {', '.join(manquent)}. Lisez le règlement intérieur du bailleur, {seance.bailleur} "
            "(CCH R441-9 IV)."
        )
    listes = {un.qualite for un in seance.membres}
    absents = [
        f"{qualite.libelle} ({qualite.provenance.fondement})"
        for qualite in droit.qualites.values()
        if qualite.toujours and qualite.id not in listes
    ]
    if absents:
        yield f"Non convoqués d'après cette liste : {' ; '.join(absents)}."
    if not any(un.locataires for un in seance.membres):
        yield "Aucun membre n'est dit représentant des locataires (CCH R441-9 III)."


def _a_verifier(seance: Seance, classees: Classees, droit: Droit) -> Iterator[str]:
    dispense, examines = seance.dispense, len(seance.examines)
    for un in seance.examines:
        if un.dossier in classees.sans_numero:
            yield (
                f"{un.dossier} : aucun numéro unique n'est noté. Vérifiez que la demande est enregistrée : sans cela, "
                "la commission ne peut pas l'examiner (CCH L441-2-1)."
            )
    if dispense is not None and examines >= droit.nombre.nombre:
        yield f"L'exception choisie ne sert pas : {examines} candidats sont examinés."
    if dispense is not None and not droit.exceptions[dispense.genre].dalo and len(classees.rangs) > examines:
        autres = len(classees.rangs) - examines
        yield f"{autres} autres demandes sont candidates d'après le classement : l'exception se vérifie."
    for nom in dict.fromkeys(une.motif_legal for une in seance.decisions if une.motif_legal):
        if dit := droit.motifs[nom].a_verifier:
            yield dit
    du_prefet = {un.dossier for un in seance.examines if un.prefet_le}
    leurs = {droit.decisions[une.genre].favorable for une in seance.decisions if une.dossier in du_prefet}
    yield from (dit for favorable, dit in ((True, droit.dalo.copie), (False, droit.dalo.rejet)) if favorable in leurs)
    for nom in dict.fromkeys(une.genre for une in seance.decisions):
        if dit := droit.decisions[nom].a_savoir:
            yield dit
    if any(une.rang and droit.decisions[une.genre].condition for une in seance.decisions):
        yield "Attribution sous condition avec un rang : R441-3 ne dit pas comment l'un suit l'autre (à faire valider)."
