"""Du dossier à la date : chaque échéance qui part d'une réponse, contre le texte recompté ; aucune n'y manque."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_echeances_livrees import CAS, REGLES, VOIES
from texte_des_delais import DATES, franc, jours, mois, ouvrable

from modele.bilan import etablir
from modele.orientation import durees
from modele.orientation import echeances as datation
from modele.orientation.regles_echeances import RegleEcheance
from modele.orientation.resultat import Echeance, EtatEcheance

Ecrit = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Texte:
    """D'un jour et d'un autre, plus tard (l'acte et sa remise) : le dossier, et toutes les lectures du texte."""

    dossier: Callable[[date, date], Ecrit]
    lectures: Callable[[date, date], list[date]]


def champ(section: str, **reste: Any) -> Callable[[date, date], Ecrit]:
    """Le dossier où ``un`` et ``deux`` sont les noms des champs qui portent les deux jours."""
    noms = {nom: reste.pop(nom) for nom in ("un", "deux") if nom in reste}

    def ecrire(un: date, deux: date) -> Ecrit:
        dits = {"un": str(un), "deux": str(deux)}
        return {section: {**reste, **{noms[nom]: dits[nom] for nom in noms}}}

    return ecrire


def papier(etape: str, un: str, deux: str) -> Callable[[date, date], Ecrit]:
    return champ("expulsion", etape=etape, un=un, deux=deux)


def _demande(**reste: Any) -> Callable[[date, date], Ecrit]:
    return champ("demande", deja_enregistree=True, **reste)


def avec(section: str, ecrire: Callable[[date, date], Ecrit], **reste: Any) -> Callable[[date, date], Ecrit]:
    """Le même dossier, et ce qu'une autre section doit dire pour que la question se pose."""
    return lambda un, deux: {section: reste, **ecrire(un, deux)}


EXPULSE = avec("logement_actuel", champ("expulsion", un="faite_le"), evenements={"coches": ["expulse"], "clos": True})
FIN_BAIL = champ(
    "logement_actuel",
    statut="locataire_prive",
    conge_recu=True,
    conge_motif="vente",
    un="conge_recu_le",
    deux="fin_bail",
)
DU_JUGE = champ("expulsion", etape="jugement", delai_accorde=True, un="jugement_le", deux="delai_jusqu_au")
RENOUVELEE = _demande(un="date_reception", deux="date_renouvellement")
PREFET = champ("dalo", statut="reconnu", un="date_decision")
DAHO = champ("dalo", daho_statut="depose", un="daho_date_reception")

TEXTES: dict[tuple[str, str], Texte] = {
    # R433-2, R433-3 : de la remise du procès-verbal, qui peut suivre l'expulsion.
    ("deja-expulse", "reprendre-les-meubles"): Texte(
        EXPULSE, lambda faite, remis: [mois(faite, 2), franc(mois(remis, 2))]
    ),
    ("deja-expulse", "contester-l-inventaire"): Texte(
        EXPULSE, lambda faite, remis: [mois(faite, 1), franc(mois(remis, 1))]
    ),
    # L89 art. 15 I : la fin dite ; un congé nul laisse courir le bail. II : les deux premiers mois du préavis.
    ("conge", "fin-bail"): Texte(FIN_BAIL, lambda _, fin: [fin, mois(fin, 36)]),
    ("conge", "acheter"): Texte(
        FIN_BAIL, lambda recu, fin: [mois(recu, 2), max(mois(recu, 2), mois(mois(fin, -6), 2))]
    ),
    # CPCE L412-1 : deux mois qui suivent le commandement ; de l'acte, ou de sa remise.
    ("expulsion-quitter", "quitter"): Texte(
        papier("commandement_quitter", "commandement_quitter_le", "commandement_quitter_remis_le"),
        lambda acte, remis: [mois(acte, 2), franc(mois(remis, 2))],
    ),
    # CPC 490, 538 : quinze jours, ou un mois, de la signification.
    ("expulsion-jugement", "appel"): Texte(
        papier("jugement", "jugement_le", "jugement_signifie_le"),
        lambda _, signifie: [jours(signifie, 15), ouvrable(mois(signifie, 1))],
    ),
    # CPCE L412-3, L412-4 : le délai que le juge a laissé, et qu'il peut renouveler.
    ("expulsion-jugement", "delai-du-juge"): Texte(DU_JUGE, lambda _, fin: [fin, mois(fin, 12)]),
    ("expulsion-quitter", "delai-du-juge"): Texte(DU_JUGE, lambda _, fin: [fin, mois(fin, 12)]),
    # L89 art. 24 V : le loyer repris AVANT la date de l'audience, qui peut être renvoyée.
    ("expulsion-assignation", "audience"): Texte(
        papier("assignation", "assignation_le", "date_audience"), lambda _, audience: [audience]
    ),
    ("expulsion-assignation", "loyer-avant-audience"): Texte(
        papier("assignation", "assignation_le", "date_audience"), lambda _, audience: [jours(audience, -1), audience]
    ),
    ("hebergement-qui-cesse", "fin-hebergement"): Texte(
        champ("logement_actuel", statut="chez_particulier", un="fin_hebergement"), lambda fin, _: [fin]
    ),
    # L89 art. 20-1 : deux mois sans réponse ; de l'envoi, ou de la réception.
    ("non-decence", "deux-mois-bailleur"): Texte(
        champ("logement_actuel", statut="locataire_prive", non_decent=True, un="date_courrier_bailleur"),
        lambda envoi, recu: [mois(envoi, 2), mois(recu, 2)],
    ),
    # R441-2-7 : un an du dernier renouvellement ; un mois au moins avant, l'avertissement.
    ("renouvellement", "fin-validite"): Texte(RENOUVELEE, lambda _, renouvelee: [mois(renouvelee, 12)]),
    ("renouvellement", "avertissement"): Texte(RENOUVELEE, lambda _, renouvelee: [mois(mois(renouvelee, 12), -1)]),
    ("doublon", "renouvellement"): Texte(RENOUVELEE, lambda _, renouvelee: [mois(renouvelee, 12)]),
    ("enregistrer", "renouvellement"): Texte(RENOUVELEE, lambda _, renouvelee: [mois(renouvelee, 12)]),
    # L441-2-1 : un mois à compter du dépôt.
    ("doublon", "attestation"): Texte(
        _demande(attestation_recue=False, un="date_depot", deux="date_reception"),
        lambda depot, recue: [mois(depot, 1), mois(recue, 1)],
    ),
    ("enregistrer", "attestation"): Texte(
        _demande(attestation_recue=False, un="date_depot", deux="date_reception"),
        lambda depot, recue: [mois(depot, 1), mois(recue, 1)],
    ),
    # R441-2-8, cahier des charges de 2015 : cinq mois, si l'avertissement a été donné.
    ("radiation", "reactivation"): Texte(
        _demande(radiee=True, motif_radiation="non_renouvellement", un="date_radiation"),
        lambda radiee, _: [mois(radiee, 5)],
    ),
    # L441-1-4 (36 mois ici) et R441-14-1 : « plus de » : le lendemain du terme, jamais le jour même.
    ("delai-anormalement-long", "delai-depasse"): Texte(
        _demande(un="date_reception"), lambda recue, _: [jours(mois(recue, 36), 1)]
    ),
    ("sortant-hebergement", "dalo-six-mois"): Texte(
        champ("logement_actuel", statut="structure_hebergement", un="depuis"), lambda un, _: [jours(mois(un, 6), 1)]
    ),
    ("sortant-hebergement", "dalo-dix-huit-mois"): Texte(
        champ("logement_actuel", statut="residence_sociale", un="depuis"), lambda un, _: [jours(mois(un, 18), 1)]
    ),
    # L441-1 m : trois ans après le dernier jour ; d'un 29 février, le 28 ou le 1er mars.
    ("sortant-ase", "fin-priorite-ase"): Texte(
        lambda fin, _: {"demandeur": {"date_naissance": f"{fin.year - 20}-01-15", "ase": True, "ase_fin": str(fin)}},
        lambda fin, _: [mois(fin, 36), jours(mois(jours(fin, -1), 36), 1)],
    ),
    # R441-15 : trois mois (pas d'outre-mer ici) ; CJA R421-2 : deux mois de la décision implicite.
    ("dalo-depose", "decision-commission"): Texte(
        champ("dalo", statut="depose", un="date_reception_dossier"), lambda un, _: [mois(un, 3)]
    ),
    ("dalo-depose", "contester-silence"): Texte(
        champ("dalo", statut="depose", un="date_reception_dossier"),
        lambda un, _: [mois(mois(un, 3), 2), franc(mois(jours(mois(un, 3), 1), 2))],
    ),
    # R441-16-1, R441-18 : « passé un délai de » trois mois, de six semaines.
    ("dalo-reconnu", "offre-prefet"): Texte(PREFET, lambda un, _: [mois(un, 3), jours(mois(un, 3), 1)]),
    ("daho-reconnu", "place-prefet"): Texte(
        champ("dalo", daho_statut="reconnu", daho_accueil="hebergement", un="daho_date_decision"),
        lambda un, _: [jours(un, 42), jours(un, 43)],
    ),
    # L441-2-3-1 I et II : « dans un délai de deux mois à compter de sa saisine » ; la décision peut suivre de loin.
    ("dalo-reconnu", "jugement"): Texte(
        champ("dalo", statut="reconnu", un="tribunal_saisi_le"), lambda un, _: [mois(un, 2), franc(mois(un, 2))]
    ),
    ("daho-reconnu", "jugement-daho"): Texte(
        champ("dalo", daho_statut="reconnu", un="daho_tribunal_saisi_le"),
        lambda un, _: [mois(un, 2), franc(mois(un, 2))],
    ),
    # R441-18 : « un délai qui ne peut dépasser six semaines » ; CJA R421-2 : deux mois de la décision implicite.
    ("sans-abri", "daho-commission"): Texte(DAHO, lambda un, _: [jours(un, 42)]),
    ("daho-depose", "daho-commission"): Texte(DAHO, lambda un, _: [jours(un, 42)]),
    ("daho-depose", "contester-silence-daho"): Texte(
        DAHO, lambda un, _: [mois(jours(un, 42), 2), franc(mois(jours(un, 43), 2))]
    ),
    # Le jour écrit sur le titre ; un renouvellement demandé à temps le prolonge.
    ("titre-sejour", "fin-titre"): Texte(
        champ("demandeur", nationalite="hors_union_europeenne", titre_sejour="carte_temporaire", un="titre_sejour_fin"),
        lambda fin, _: [fin, mois(fin, 3)],
    ),
}
# Le point de départ n'est pas demandé : elles s'énoncent, sans date. La trêve part du jour même : voir plus bas.
ENONCEES = {
    ("violences-couple", "ordonnance"),
    ("violences-couple", "ordonnance-duree"),
    ("sans-abri", "domiciliation"),
}
TREVES = {(voie.id, "treve") for voie in REGLES.orientations if any(une.id == "treve" for une in voie.echeances)}


def dite(cas: tuple[str, str], document: Ecrit, jour: date) -> Echeance | None:
    """L'échéance livrée, du dossier ; rien si elle ne vaut pas."""
    situation = etablir(REGLES, {"territoire": "metropole-exemple", **document}, jour, exacte=False).situation
    return next((une for une in datation.echeances(VOIES[cas[0]].echeances, situation) if une.id == cas[1]), None)


def fautes(cas: tuple[str, str], un: date, deux: date) -> list[str]:
    """Ce qui est dit plus tard, ou plus tôt, que le texte, et ce qui est dit passé quand une lecture reste ouverte."""
    texte = TEXTES[cas]
    trouvee, lectures = dite(cas, texte.dossier(un, deux), un), texte.lectures(un, deux)
    if trouvee is None or trouvee.le != min(lectures):
        return [f"{trouvee and trouvee.le}, quand le texte dit {min(lectures)}"]
    if trouvee.etat(max(lectures)) is EtatEcheance.PASSEE:
        return [f"passée après {trouvee.fin_possible}, quand une lecture va jusqu'au {max(lectures)}"]
    return []


def test_nulle_echeance_livree_sans_calcul_a_part() -> None:
    """Une échéance neuve n'entre pas sans le texte recompté."""
    livrees = {(voie.id, une.id) for voie in REGLES.orientations for une in voie.echeances}
    assert livrees == set(CAS) | set(TEXTES) | ENONCEES | TREVES


@pytest.mark.parametrize("cas", sorted(ENONCEES))
def test_sans_depart_demande_nulle_date(cas: tuple[str, str]) -> None:
    regle = next(une for une in VOIES[cas[0]].echeances if une.id == cas[1])
    assert not any(lecture.terme.depart for lecture in regle.lectures)


@given(cas=st.sampled_from(sorted(TEXTES)), un=DATES, ecart=st.integers(0, 60))
def test_du_dossier_a_la_date_que_dit_le_texte(cas: tuple[str, str], un: date, ecart: int) -> None:
    """Fins de mois, années bissextiles, fériés."""
    assert fautes(cas, un, jours(un, ecart)) == []


@pytest.mark.parametrize("cas", sorted(TEXTES))
@pytest.mark.parametrize("un", [date(2024, 2, 29), date(2026, 8, 31), date(2026, 11, 30), date(2027, 1, 31)])
def test_chacune_aux_fins_de_mois(cas: tuple[str, str], un: date) -> None:
    """31 août + 6 mois, 30 novembre + 3 mois, 29 février + 3 ans : chaque échéance y passe."""
    assert fautes(cas, un, jours(un, 1)) == []


@given(jour=DATES)
def test_la_treve_du_premier_novembre_au_31_mars(jour: date) -> None:
    """CPCE L412-6 : sursis du 1er novembre au 31 mars de l'année suivante, et rien hors d'elle."""
    attendue = {True: date(jour.year + 1, 3, 31), False: date(jour.year, 3, 31)}[jour.month >= 11]
    for cas in TREVES:
        trouvee = dite(cas, {"expulsion": {"etape": "jugement"}}, jour)
        assert (trouvee and trouvee.le) == (None if 4 <= jour.month <= 10 else attendue)


def _passe_a_la_premiere_date(regle: RegleEcheance) -> RegleEcheance:
    return replace(regle, sans_fin=False)


def _autre_duree(*pas: durees.Pas) -> Callable[[RegleEcheance], RegleEcheance]:
    def muter(regle: RegleEcheance) -> RegleEcheance:
        lectures = tuple(replace(une, terme=replace(une.terme, duree=pas)) for une in regle.lectures)
        return replace(regle, lectures=lectures)

    return muter


@pytest.mark.parametrize(
    ("cas", "muter"),
    [
        (("deja-expulse", "reprendre-les-meubles"), _passe_a_la_premiere_date),
        (("conge", "fin-bail"), _passe_a_la_premiere_date),
        (("renouvellement", "avertissement"), _autre_duree(durees.Pas(jours=-30))),
        (("sortant-hebergement", "dalo-six-mois"), _autre_duree(durees.Pas(mois=6))),
        (("non-decence", "deux-mois-bailleur"), _autre_duree(durees.Pas(jours=60))),
        (("expulsion-jugement", "appel"), _autre_duree(durees.Pas(mois=1))),
        (("doublon", "attestation"), _autre_duree(durees.Pas(jours=31))),
        (("expulsion-assignation", "loyer-avant-audience"), _autre_duree(durees.Pas())),
    ],
    ids=lambda dit: dit[1] if isinstance(dit, tuple) else "",
)
def test_mutant_vu(
    monkeypatch: pytest.MonkeyPatch, cas: tuple[str, str], muter: Callable[[RegleEcheance], RegleEcheance]
) -> None:
    """« Passé » dit à la première date, un mois compté en jours, le jour même : le calcul à part les voit."""
    voie = VOIES[cas[0]]
    mutees = tuple(muter(une) if une.id == cas[1] else une for une in voie.echeances)
    monkeypatch.setitem(VOIES, cas[0], replace(voie, echeances=mutees))
    departs = [date(2026, 8, 31), date(2026, 2, 1), date(2027, 3, 31)]
    assert any(fautes(cas, un, jours(un, 9)) for un in departs)
