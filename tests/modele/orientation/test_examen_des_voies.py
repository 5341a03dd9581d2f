"""L'examen : retenue, possible ou tue ; les échéances ; et ce qu'il reste à demander."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_sources import catalogue_national

from modele.orientation.durees import Pas, jour_ouvrable
from modele.orientation.examen import orienter
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.conditions import Condition, comparaisons
from modele.regles.etats import INCONNU, REFUSE, Enumere, Etat, Intervalle, Parties, Situation, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.provenance import Provenance
from ressources import RESSOURCES

TETE = """
[[orientation]]
id = "{id}"
libelle = "Libellé {id}"
urgence = "{urgence}"
fondement = "Texte"
confiance = "V"
verifie_le = 2026-11-22
source = "essai"
gestes = ["Un geste"]
a_dire = ["Une phrase"]
a_eviter = ["À éviter"]
pieces = ["identite"]
contacts = ["115"]
fiches = ["115"]
"""
SI_MINEUR = 'si = { fait = "mineur_a_charge" }\n'


def lire(tmp_path: Path, *entrees: str) -> tuple[RegleOrientation, ...]:
    """Des orientations écrites, lues par le vrai lecteur."""
    fichier = tmp_path / "orientations.toml"
    fichier.write_text("format = 1\n" + "".join(entrees), encoding="utf-8")
    return lire_orientations(fichier, catalogue_national(), {"seuil_essai"})


def voie(id_: str = "v", suite: str = "", urgence: str = "jour") -> str:
    return TETE.format(id=id_, urgence=urgence) + suite


def situation(**faits: Any) -> Situation:
    return Situation(
        {n.replace("__", "."): v if isinstance(v, Etat) else connu(v) for n, v in faits.items()}, personnes_closes=True
    )


def examiner(tmp_path: Path, *entrees: str, **faits: Any) -> dict[str, Voie]:
    return {v.id: v for v in orienter(lire(tmp_path, *entrees), situation(**faits))}


def test_retenue_possible_ou_tue(tmp_path: Path) -> None:
    """Vraie : tout est dit ; inconnue : seulement la question ; fausse : rien."""
    retenue = examiner(tmp_path, voie(suite=SI_MINEUR), mineur_a_charge=True)["v"]
    assert retenue.certaine
    assert (retenue.gestes, retenue.contacts, retenue.a_demander) == (("Un geste",), ("115",), ())
    assert (retenue.pieces, retenue.fiches, retenue.a_dire) == (("identite",), ("115",), ("Une phrase",))
    possible = examiner(tmp_path, voie(suite=SI_MINEUR))["v"]
    assert not possible.certaine
    assert possible.a_demander == ("mineur_a_charge",)
    assert possible.gestes == possible.contacts == possible.a_dire == possible.a_eviter == possible.fiches == ()
    assert possible.provenance == Provenance("Texte", "essai", "V", date(2026, 11, 22))
    assert examiner(tmp_path, voie(suite=SI_MINEUR), mineur_a_charge=False) == {}


def test_un_refus_laisse_la_voie_possible_sans_redemander(tmp_path: Path) -> None:
    """Refuser n'est pas dire non, et ne se redemande pas."""
    possible = examiner(tmp_path, voie(suite=SI_MINEUR), mineur_a_charge=REFUSE)["v"]
    assert not possible.certaine
    assert possible.a_demander == ()


def test_sans_condition_elle_vaut_toujours(tmp_path: Path) -> None:
    assert examiner(tmp_path, voie())["v"].certaine


def test_une_voie_discrete_possible_ne_dit_que_la_question(tmp_path: Path) -> None:
    """Ni geste, ni numéro, ni fondement, ni son vrai libellé."""
    suite = 'discret = true\nlibelle_discret = "Une question à poser seul à seul"\n' + SI_MINEUR
    possible = examiner(tmp_path, voie(suite=suite))["v"]
    assert possible == Voie(
        "v",
        "Une question à poser seul à seul",
        Urgence.JOUR,
        certaine=False,
        discret=True,
        a_demander=("mineur_a_charge",),
        menee=False,
    )
    retenue = examiner(tmp_path, voie(suite=suite), mineur_a_charge=True)["v"]
    assert (retenue.libelle, retenue.discret, retenue.gestes) == ("Libellé v", True, ("Un geste",))


def test_les_plus_urgentes_d_abord_les_retenues_avant_les_possibles(tmp_path: Path) -> None:
    """Puis l'ordre du fichier."""
    entrees = [
        voie("courante", urgence="courante"),
        voie("possible", SI_MINEUR, "immediate"),
        voie("semaine", urgence="semaine"),
        voie("jour", urgence="jour"),
        voie("autre", urgence="jour"),
        voie("immediate", urgence="immediate"),
    ]
    assert list(examiner(tmp_path, *entrees)) == ["immediate", "possible", "jour", "autre", "semaine", "courante"]


# Les échéances.


def echeance(tmp_path: Path, duree: str, suite: str = "", depuis: Any = INCONNU, **faits: Any) -> Echeance | None:
    """La seule échéance d'une voie retenue, comptée depuis la réception du dossier DALO."""
    texte = f'\n[[orientation.echeance]]\nid = "e"\nlibelle = "Décision"\nduree = {duree}\n{suite}'
    if "depuis" not in suite:
        texte += 'depuis = "dalo.date_reception_dossier"\n'
    trouvees = examiner(tmp_path, voie(suite=texte), dalo__date_reception_dossier=depuis, **faits)["v"].echeances
    return trouvees[0] if trouvees else None


def le(tmp_path: Path, duree: str, depuis: date, suite: str = "") -> date | None:
    trouvee = echeance(tmp_path, duree, suite, depuis)
    assert trouvee is not None
    return trouvee.le


@pytest.mark.parametrize(
    ("duree", "depuis", "attendue"),
    [
        ("{ mois = 3 }", date(2026, 11, 30), date(2027, 2, 28)),
        ("{ mois = 3 }", date(2027, 11, 30), date(2028, 2, 29)),
        ("{ mois = 1 }", date(2026, 1, 31), date(2026, 2, 28)),
        ("{ jours = 90 }", date(2026, 11, 30), date(2027, 2, 28)),
        ("{ mois = 3 }", date(2026, 5, 15), date(2026, 8, 15)),
        ("{ jours = 90 }", date(2026, 5, 15), date(2026, 8, 13)),
        ("{ mois = 1, jours = 2 }", date(2026, 1, 31), date(2026, 3, 2)),
        ("{ jours = 42 }", date(2026, 11, 2), date(2026, 12, 14)),
        ("{ mois = 0 }", date(2026, 5, 15), date(2026, 5, 15)),
    ],
)
def test_mois_et_jours_sont_deux_choses(tmp_path: Path, duree: str, depuis: date, attendue: date) -> None:
    """3 mois ne sont pas 90 jours ; la fin de mois est tronquée ; les mois d'abord, les jours ensuite."""
    assert le(tmp_path, duree, depuis) == attendue


@pytest.mark.parametrize(
    ("depuis", "attendue"),
    [
        (date(2026, 11, 12), date(2026, 11, 16)),  # samedi 14 : lundi
        (date(2026, 11, 9), date(2026, 11, 12)),  # mercredi 11 novembre, férié
        (date(2027, 3, 27), date(2027, 3, 30)),  # lundi de Pâques
        (date(2026, 11, 16), date(2026, 11, 18)),  # mercredi ordinaire
    ],
)
def test_report_au_jour_ouvrable(tmp_path: Path, depuis: date, attendue: date) -> None:
    """Samedi, dimanche et jours fériés se passent ; seulement si la règle le dit."""
    assert le(tmp_path, "{ jours = 2 }", depuis, 'report = "jour_ouvrable"\n') == attendue
    assert (le(tmp_path, "{ jours = 2 }", depuis) == attendue) is (attendue.day == 18)


def test_noel_un_samedi() -> None:
    """25 décembre 2027, samedi : lundi 27."""
    assert jour_ouvrable(date(2027, 12, 25)) == date(2027, 12, 27)


@pytest.mark.parametrize("depuis", [INCONNU, REFUSE, partiel(Intervalle(date(2026, 1, 1), date(2026, 1, 31)))])
def test_sans_point_de_depart_elle_s_enonce_seulement(tmp_path: Path, depuis: Etat) -> None:
    """Inconnu, refusé ou connu en partie : aucune date inventée."""
    trouvee = echeance(tmp_path, "{ mois = 3 }", depuis=depuis)
    assert trouvee is not None
    assert trouvee.le is None
    assert (trouvee.delais, bool(trouvee.depuis)) == (((Pas(3),),), True)


def test_une_echeance_sans_depuis_s_enonce(tmp_path: Path) -> None:
    """Sans fait de départ, le délai seul."""
    texte = '\n[[orientation.echeance]]\nid = "e"\nlibelle = "L"\nduree = { mois = 2 }\nconfiance = "D"\n'
    (trouvee,) = examiner(tmp_path, voie(suite=texte))["v"].echeances
    assert trouvee == Echeance("e", "L", ((Pas(2),),), confiance="D", confiance_fin="D", fondement="Texte")


def test_une_echeance_conditionnelle(tmp_path: Path) -> None:
    """Fausse, elle se tait ; inconnue, elle s'énonce sans date ; vraie, elle se date."""
    suite = 'si = { fait = "territoire.outre_mer" }\n'
    jour = date(2026, 1, 1)
    assert echeance(tmp_path, "{ mois = 6 }", suite, jour, territoire__outre_mer=False) is None
    doute = echeance(tmp_path, "{ mois = 6 }", suite, jour)
    assert doute is not None
    assert doute.le is None
    sure = echeance(tmp_path, "{ mois = 6 }", suite, jour, territoire__outre_mer=True)
    assert sure is not None
    assert sure.le == date(2026, 7, 1)


def test_au_dela_du_calendrier_elle_s_enonce(tmp_path: Path) -> None:
    """Une date absurde ne plante pas : elle ne se calcule pas."""
    assert le(tmp_path, "{ jours = 400 }", date(9999, 12, 31)) is None


# Une voie retenue l'est dans toutes les complétions, une voie tue dans aucune.

LIVREES = lire_orientations(RESSOURCES / "national" / "orientations.toml", catalogue_national())


def _bornes(fait: Fait) -> tuple[Any, Any]:
    if fait.type is TypeFait.DATE:
        return fait.minimum or date(1900, 1, 1), fait.maximum or date(2100, 1, 1)
    return fait.minimum or 0, fait.maximum or 1000


def _valeurs(fait: Fait) -> st.SearchStrategy[Any]:
    match fait.type:
        case TypeFait.BOOLEEN:
            return st.booleans()
        case TypeFait.CHOIX:
            return st.sampled_from(fait.codes)
        case TypeFait.ENSEMBLE:
            return st.frozensets(st.sampled_from(fait.codes))
        case TypeFait.DATE:
            return st.dates(*_bornes(fait))
        case _:
            return st.integers(*(int(b) for b in _bornes(fait)))


@st.composite
def _etat_et_completion(tirer: st.DrawFn, fait: Fait) -> tuple[Etat, Etat]:
    """Un état possible du fait, et l'une des valeurs que cet état admet."""
    valeur = tirer(_valeurs(fait))
    genre = tirer(st.sampled_from(["connu", "inconnu", "refuse", "partiel"]))
    if genre == "connu":
        return connu(valeur), connu(valeur)
    if genre != "partiel":
        return (INCONNU if genre == "inconnu" else REFUSE), connu(valeur)
    if fait.type is TypeFait.ENSEMBLE:
        certains = tirer(st.frozensets(st.sampled_from(sorted(valeur)))) if valeur else frozenset()
        return partiel(Parties(certains, frozenset(fait.codes) - certains)), connu(valeur)
    if fait.type in (TypeFait.BOOLEEN, TypeFait.CHOIX):
        return partiel(Enumere((valeur, tirer(_valeurs(fait))))), connu(valeur)
    autre = tirer(_valeurs(fait))
    return partiel(Intervalle(min(valeur, autre), max(valeur, autre))), connu(valeur)


def _faits(regle: RegleOrientation) -> list[Fait]:
    conditions: list[Condition] = [regle.si] if regle.si else []
    return list({c.fait.nom: c.fait for condition in conditions for c in comparaisons(condition)}.values())


@given(donnees=st.data())
def test_retenue_dans_toutes_les_completions_tue_dans_aucune(donnees: st.DataObject) -> None:
    """Sur les orientations livrées : compléter ne contredit jamais ce qui a été dit ; et tout tranche."""
    regle = donnees.draw(st.sampled_from([r for r in LIVREES if not any(f.de_personne for f in _faits(r))]))
    paires = {fait.nom: donnees.draw(_etat_et_completion(fait)) for fait in _faits(regle)}
    avant = orienter([regle], Situation({nom: su for nom, (su, _) in paires.items()}, personnes_closes=True))
    apres = orienter([regle], Situation({nom: vrai for nom, (_, vrai) in paires.items()}, personnes_closes=True))
    if any(v.certaine for v in avant):
        assert [v.id for v in apres] == [regle.id]
    if not avant:
        assert apres == ()
    assert all(v.certaine for v in apres)
    if avant and not avant[0].certaine:
        a_demander = {nom for nom, (su, _) in paires.items() if su in (INCONNU, REFUSE) or not su.connu}
        assert set(avant[0].a_demander) <= a_demander
