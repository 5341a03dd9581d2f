"""Dire une échéance : sa date, ou le délai et d'où il part ; puis ce qu'il en reste."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from modele.mots.ecriture import dire_date, minuscule
from modele.mots.phrases import Mots, mots
from modele.orientation.durees import Duree, Pas
from modele.orientation.resultat import Echeance, EtatEcheance
from modele.regles.confiance import a_valider

_SEMAINE: Final = 7


def dire_echeance(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« 10/11/2025 » ; sans date, son énoncé. ``phrases`` : celles d'une langue, le français à défaut."""
    phrases = phrases or mots()
    if echeance.le is None:
        return enoncer(echeance, phrases)
    dite = dire_date(echeance.le, phrases.langue)
    return phrases("echeance.sous_reserve", date=dite) if echeance.sous_reserve else dite


def dire_quand(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« agissez avant le 10/11/2025 » si c'est à la personne d'agir ; sinon, la date seule.

    Un délai arrêté le dit d'abord, et ne donne de date que celle où agir par prudence : une réponse n'est plus attendue
    ce jour-là.
    """
    phrases = phrases or mots()
    arret = dire_suspension(echeance, phrases)
    if not (echeance.agir and echeance.le):
        return arret or dire_echeance(echeance, phrases)
    dite = dire_prudente(echeance, phrases)
    return phrases("echeance.suspendue_agir", arret=arret, agir=dite) if arret else dite


def dire_prudente(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« agissez avant le 10/11/2025 », la lecture la plus courte du texte, que son délai soit arrêté ou non."""
    phrases = phrases or mots()
    return phrases("echeance.agissez_avant", date=dire_echeance(echeance, phrases))


def dire_suspension(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« suspendu depuis le 01/12/2026 : apportez les pièces, le délai repart » ; rien si le délai court."""
    phrases = phrases or mots()
    if echeance.suspension is None or not echeance.suspendue:
        return ""
    return phrases("echeance.suspendue", date=dire_date(echeance.suspension.du, phrases.langue))


def dire_repousse(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« délai arrêté du 01/12/2026 au 21/12/2026, le temps des pièces : la fin recule » ; rien s'il l'est encore."""
    phrases, arret = phrases or mots(), echeance.suspension
    if arret is None or arret.au is None:
        return ""
    du, au = dire_date(arret.du, phrases.langue), dire_date(arret.au, phrases.langue)
    return phrases("echeance.repoussee", du=du, au=au)


def dire_suite(echeance: Echeance, jour: date, phrases: Mots | None = None) -> str:
    """Ce qu'une date dépassée laisse possible ; rien tant qu'elle ne l'est pas.

    « Passé » ne se dit qu'après la lecture la plus tardive du texte, sinon « peut-être pas perdu ». Une
    réponse qu'un délai arrêté ne fait plus attendre n'a rien laissé passer : ``dire_suspension`` dit quoi faire.
    """
    phrases = phrases or mots()
    if echeance.suspendue and not echeance.agir:
        return ""
    match echeance.etat(jour):
        case EtatEcheance.PEUT_ETRE:
            return echeance.ensuite or phrases("echeance.peut_etre")
        case EtatEcheance.PASSEE if echeance.apres:
            return phrases("echeance.passee_mais", reste=minuscule(echeance.apres, phrases.langue))
        case EtatEcheance.PASSEE:
            return phrases("echeance.passee")
        case _:
            return ""


def dire_fin(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« fin possible, selon la lecture la plus tardive du texte : 12/11/2025 » ; rien si elle reste à faire valider."""
    phrases, fin = phrases or mots(), echeance.fin_possible
    if fin is None or fin == echeance.le or a_valider(echeance.confiance_fin):
        return ""
    return phrases("echeance.fin_possible", date=dire_date(fin, phrases.langue))


def dire_autres(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« ou le 12/05/2027, si l'autre délai vaut ici » : un fait qu'on ignore laisse ouvert un second délai."""
    phrases = phrases or mots()
    dites = [dire_date(le, phrases.langue) for le in echeance.autres]
    return phrases("echeance.ou_le", date=phrases.l_un_de(dites)) if dites else ""


def dire_acte_recu(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« reçu le __/__ : le délai court de ce jour », pour un papier sans date."""
    phrases = phrases or mots()
    return phrases("echeance.acte_recu", delai=_delais(echeance, phrases))


def enoncer(echeance: Echeance, phrases: Mots | None = None) -> str:
    """« 2 mois à compter de : réception du dossier », « 1 mois avant : … », « à la date : … », « le jour même »."""
    phrases = phrases or mots()
    delai = _delais(echeance, phrases)
    if not echeance.depuis:
        return delai or phrases("delai.le_jour_meme")
    depart = minuscule(echeance.depuis, phrases.langue)
    if any(pas.mois < 0 or pas.jours < 0 for duree in echeance.delais for pas in duree):
        return phrases("delai.avant", delai=delai, depart=depart)
    return phrases("delai.depuis", delai=delai, depart=depart) if delai else phrases("delai.date", depart=depart)


def dire_delais(delais: Iterable[Duree], phrases: Mots | None = None) -> str:
    """Des délais, un par lecture du texte : « 6 semaines ou 2 mois »."""
    phrases = phrases or mots()
    return phrases.l_un_de([dit for duree in delais if (dit := _duree(duree, phrases))])


def _delais(echeance: Echeance, phrases: Mots) -> str:
    return dire_delais(echeance.delais, phrases)


def _duree(duree: Duree, phrases: Mots) -> str:
    """Les pas l'un après l'autre : « 3 mois, puis 4 mois »."""
    return phrases("delai.puis").join(dit for pas in duree if (dit := _pas(pas, phrases)))


def _pas(pas: Pas, phrases: Mots) -> str:
    mois = _compter("mois", abs(pas.mois), phrases) if pas.mois else ""
    jours = _jours(abs(pas.jours), phrases) if pas.jours else ""
    return phrases("delai.et", mois=mois, jours=jours) if mois and jours else mois or jours


def _jours(jours: int, phrases: Mots) -> str:
    """Des semaines entières se disent en semaines, comme dans les textes."""
    entieres = jours >= 2 * _SEMAINE and jours % _SEMAINE == 0
    return _compter("semaines", jours // _SEMAINE, phrases) if entieres else _compter("jours", jours, phrases)


def _compter(unite: str, nombre: int, phrases: Mots) -> str:
    return phrases(f"delai.{'un_' if nombre == 1 else ''}{unite}", n=nombre)
