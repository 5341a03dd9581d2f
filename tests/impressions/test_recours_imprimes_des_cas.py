"""Chaque cas, du dossier au texte du PDF : le brouillon de la saisine et la fiche « dalo », contre les références.

Les attendus (``tests/ressources/cas/recours.toml``, ``guichet.toml``) ont été écrits d'après les textes avant de
lancer : motifs, pièces, dates. Une fin possible qui reste à faire valider ne s'imprime pas.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from lecture_pdf import texte_plat

from impressions import speciaux_recours
from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.papiers_de_saisine import composer_brouillon
from impressions.saisine import preparer
from modele.bilan import Bilan
from modele.dossier.chemins import poser
from modele.mots.ecriture import minuscule
from modele.orientation.dalo import RegleRecours
from modele.orientation.verdict import Verdict
from modele.regles.fautes import ErreurUtilisateur

sys.path.insert(0, str(Path(__file__).parents[1] / "ressources"))
from test_cas_du_guichet import bilan
from test_recours_des_cas import ATTENDUS, DOSSIERS

PIECES: Final = tomllib.loads((Path(__file__).parents[1] / "ressources" / "cas" / "recours.toml").read_text("utf-8"))[
    "pieces"
]
RECOURS: Final = ("dalo", "daho")
_DATE: Final = re.compile(r"\b\d\d/\d\d/\d{4}\b")
_VERDICTS: Final = {
    "Rempli": Verdict.REMPLI,
    "À établir": Verdict.A_ETABLIR,
    "Rien ne l'indique": Verdict.RIEN_NE_L_INDIQUE,
}
SANS_MOTIF: Final = "Aucun motif n'est encore choisi"
DELAIS: Final = (
    "DALO : la commission décide CCH R. 441-15 en 3 mois après réception",
    "DAHO : la commission décide CCH R. 441-18 en 6 semaines au plus",
    "Silence de la commission : il vaut rejet CJA R. 421-2 2 mois pour le contester",
    "DALO reconnu : le préfet fait une offre CCH R. 441-16-1 en 3 mois",
    "Rien dans ce délai : tribunal administratif CJA R. 778-2 dans les 4 mois qui suivent",
)
"""Le territoire d'exemple n'est ni outre-mer, ni une agglomération de six mois."""


def _motifs(cas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Les motifs attendus : ceux de la référence, ou ceux que le cas du guichet disait déjà (le reste : rien)."""
    if "motifs" in cas:
        return cas["motifs"]
    dits = DOSSIERS[cas["id"]]["motifs"]
    tous = [une.id for une in regles_des_motifs()]
    return {
        "remplis": [nom for nom, dit in dits.items() if dit == "rempli"],
        "rien": [nom for nom in tous if dits.get(nom, "rien_ne_l_indique") == "rien_ne_l_indique"],
    }


def regles_des_motifs() -> tuple[RegleRecours, ...]:
    return bilan(DOSSIERS["ROUX"]).regles.recours.motifs


def brouillon(examine: Bilan, recours: str, motifs: list[str] | None = None) -> str:
    return texte_plat(composer_brouillon(preparer(examine, recours, motifs))).replace("’", "'")


@cache
def fiche(cas: str) -> str:
    return _fiche(bilan(DOSSIERS[cas]))


def _fiche(examine: Bilan) -> str:
    return texte_plat(bytes(composer("dalo", donnees(examine), "fr"))).replace("’", "'")


def section(lu: str, debut: str, *fins: str) -> str:
    """Ce qui est entre un titre et le premier des suivants ; vide si le titre n'y est pas."""
    _, trouve, suite = lu.partition(debut)
    return re.split("|".join(map(re.escape, fins)), suite)[0] if trouve else ""


def motifs_recopies(lu: str, recours: str) -> set[str]:
    """Les motifs que dit le brouillon, par leur identifiant."""
    dite = section(lu, "Le motif du recours", "Les pièces à joindre")
    return {une.id for une in regles_des_motifs() if une.recours == recours and f"{une.libelle}." in dite}


def cochees(lu: str) -> set[str]:
    """Les pièces dites déjà vues."""
    dite = section(lu, "Les pièces à joindre", "Ensuite")
    noms = [une.libelle for un in RECOURS for une in bilan(DOSSIERS["ROUX"]).regles.imprimes.imprimes[un].pieces]
    return {nom for nom in noms if re.search(rf"(?<! ou )(?<!Dernier ){re.escape(nom)} · déjà vue", dite)}


def verdict_imprime(lu: str, regle: RegleRecours) -> Verdict | None:
    """Le premier verdict qui suit le nom du motif dans la table de la fiche."""
    nom = f"{regle.nom} : {minuscule(regle.libelle)}".replace("’", "'")
    dite = section(lu, "Votre situation, motif par motif", "Ce qui n'est pas rempli")
    trouve = re.search(rf"{re.escape(nom)}(?!,)", dite)
    mot = re.search("|".join(_VERDICTS), dite[trouve.end() :]) if trouve else None
    return _VERDICTS[mot[0]] if mot else None


def ecrire(jour: str) -> str:
    return f"{date.fromisoformat(jour):%d/%m/%Y}"


def dates_attendues(cas: Mapping[str, Any], *debuts: str) -> set[str]:
    return {ecrire(le) for etape, (le, _) in cas.get("dates", {}).items() if etape.startswith(debuts)}


ORDINAIRES = [cas for cas in ATTENDUS if not bilan(DOSSIERS[cas["id"]]).a_taire]
"""Ceux qui impriment la fiche : d'un dossier discret, elle se refuse."""


# La saisine.


@pytest.mark.parametrize("recours", RECOURS)
@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_le_brouillon_recopie_les_motifs_remplis_et_eux_seuls(cas: dict[str, Any], recours: str) -> None:
    siens = {une.id for une in regles_des_motifs() if une.recours == recours}
    attendus = siens & set(_motifs(cas)["remplis"])
    lu = brouillon(bilan(DOSSIERS[cas["id"]]), recours)
    assert motifs_recopies(lu, recours) == attendus
    assert (SANS_MOTIF in lu) is not bool(attendus)


@pytest.mark.parametrize("recours", RECOURS)
@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_le_brouillon_ne_dit_que_les_dates_du_tribunal(cas: dict[str, Any], recours: str) -> None:
    """L'aide juridictionnelle avant chacune ; les autres dates du recours n'appellent pas un juge."""
    suite = section(brouillon(bilan(DOSSIERS[cas["id"]]), recours), "Ensuite •", "Brouillon à recopier")
    attendues = dates_attendues(cas, f"tribunal-{recours}", f"contester-{recours}")
    assert set(_DATE.findall(suite)) == attendues
    assert (
        suite.index("aide juridictionnelle") < suite.find(next(iter(attendues), "."), len("Ensuite")) or not attendues
    )


@pytest.mark.parametrize("recours", RECOURS)
@pytest.mark.parametrize("attendue", PIECES, ids=lambda une: une["id"])
def test_le_brouillon_coche_les_pieces_vues_et_elles_seules(attendue: dict[str, Any], recours: str) -> None:
    assert cochees(brouillon(_avec_les_pieces(attendue), recours)) == set(attendue[recours])


def _avec_les_pieces(attendue: Mapping[str, Any], etat: str = "vue") -> Bilan:
    elements = {f"p{rang}": {"piece": une, "etat": etat} for rang, une in enumerate(attendue["vues"])}
    pieces = {"ordre": list(elements), "elements": elements}
    return bilan({"dossier": poser(DOSSIERS[attendue["id"]]["dossier"], "pieces", pieces)})


@pytest.mark.parametrize("recours", RECOURS)
@pytest.mark.parametrize("cas", ATTENDUS, ids=lambda cas: cas["id"])
def test_sans_piece_vue_rien_n_est_coche(cas: dict[str, Any], recours: str) -> None:
    assert "déjà vue" not in brouillon(bilan(DOSSIERS[cas["id"]]), recours)


# La fiche.


@pytest.mark.parametrize("cas", ORDINAIRES, ids=lambda cas: cas["id"])
def test_la_fiche_dit_chaque_motif_avec_le_verdict_de_la_reference(cas: dict[str, Any]) -> None:
    """Tant qu'aucun motif n'en dit rien, la fiche ne dit que le droit ; un motif à faire valider n'y est pas."""
    dits, lu = _motifs(cas), fiche(cas["id"])
    if not (dits["remplis"] or dits["rien"]) and "motif par motif" not in lu:
        return
    imprimes = {une.id: verdict_imprime(lu, une) for une in regles_des_motifs() if not une.provenance.a_valider}
    attendus = dict.fromkeys(imprimes, Verdict.A_ETABLIR)
    attendus |= dict.fromkeys(set(dits["remplis"]) & set(imprimes), Verdict.REMPLI)
    attendus |= dict.fromkeys(set(dits["rien"]) & set(imprimes), Verdict.RIEN_NE_L_INDIQUE)
    assert imprimes == attendus


@pytest.mark.parametrize("cas", ORDINAIRES, ids=lambda cas: cas["id"])
def test_la_fiche_dit_chaque_date_de_la_reference(cas: dict[str, Any]) -> None:
    """« Agissez avant », toujours ; une fin que le texte laisse en doute, jamais."""
    dites = set(
        _DATE.findall(section(fiche(cas["id"]), "Vos dates", "Votre situation", "Qui peut demander", "Le calendrier"))
    )
    dates = cas.get("dates", {})
    fins = {ecrire(fin) for le, fin in dates.values() if fin not in ("None", le)}
    assert dates_attendues(cas, "") <= dites
    assert not fins & dites


@pytest.mark.parametrize("cas", ORDINAIRES, ids=lambda cas: cas["id"])
def test_la_fiche_dit_chaque_delai_avec_son_article(cas: dict[str, Any]) -> None:
    lu = fiche(cas["id"])
    assert [delai for delai in DELAIS if delai not in lu] == []


def test_d_un_dossier_discret_la_fiche_se_refuse() -> None:
    discrets = [cas["id"] for cas in ATTENDUS if cas not in ORDINAIRES]
    assert len(discrets) == 4
    assert "GARNIER" in discrets
    for cas in discrets:
        with pytest.raises(ErreurUtilisateur, match="dossier discret"):
            fiche(cas)


# Ce que ces épreuves voient.


def test_mutant_un_motif_de_trop_se_voit() -> None:
    """Le brouillon d'une autre lecture, où « à établir » vaudrait « rempli » : la comparaison le refuse."""
    cas = next(un for un in ATTENDUS if un["id"] == "ROUX")
    examine = bilan(DOSSIERS["ROUX"])
    tous = [
        un.regle.id for un in preparer(examine, "dalo").motifs if un.examen.verdict is not Verdict.RIEN_NE_L_INDIQUE
    ]
    assert motifs_recopies(brouillon(examine, "dalo", tous), "dalo") > set(_motifs(cas)["remplis"])


def test_mutant_une_date_comptee_d_un_mois_de_trop_se_voit() -> None:
    cas = next(un for un in ATTENDUS if un["id"] == "HAMIDI")
    decale = bilan({"dossier": poser(DOSSIERS["HAMIDI"]["dossier"], "dalo.date_decision", "2026-08-09")})
    suite = section(brouillon(decale, "dalo"), "Ensuite •", "Brouillon à recopier")
    assert _DATE.findall(suite)
    assert not dates_attendues(cas, "tribunal-dalo") & set(_DATE.findall(suite))
    assert not dates_attendues(cas, "") <= set(_DATE.findall(_fiche(decale)))


def test_mutant_une_piece_demandee_prise_pour_vue_se_voit() -> None:
    for attendue in PIECES:
        assert cochees(brouillon(_avec_les_pieces(attendue, "demandee"), "dalo")) == set()
        assert cochees(brouillon(_avec_les_pieces(attendue), "dalo"))


def test_mutant_la_fiche_qui_dit_rempli_pour_tous_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speciaux_recours, "_MOTS", dict.fromkeys(Verdict, "recours.rempli"))
    lu = _fiche(bilan(DOSSIERS["PETIT"]))
    quatre = next(une for une in regles_des_motifs() if une.id == "dalo-4")
    assert verdict_imprime(lu, quatre) is Verdict.REMPLI
    assert verdict_imprime(fiche("PETIT"), quatre) is Verdict.RIEN_NE_L_INDIQUE
