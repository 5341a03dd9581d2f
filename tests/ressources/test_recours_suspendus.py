"""Un délai arrêté le temps des pièces, un tribunal saisi : chaque date, contre un calcul écrit à la main."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_cas_du_guichet import JOUR, regles

from impressions.agenda import dates_de_l_agenda
from modele.bilan import Bilan, etablir
from modele.dossier.formes import Gravite
from modele.dossier.validation import valider
from ui.console.dalo import dire_dalo, examiner_dalo
from ui.mots import calendrier as dits

CAS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cas" / "suspensions.toml").read_text(encoding="utf-8")
)["cas"]
NOMS = [cas["id"] for cas in CAS]
SUSPENDU = "apportez les pièces, le délai repart"


def document(cas: dict[str, Any]) -> dict[str, Any]:
    return {"id": "x", "territoire": "metropole-exemple", "dalo": cas["dalo"]}


def bilan(cas: dict[str, Any], jour: date = JOUR) -> Bilan:
    return etablir(regles(), document(cas), jour)


@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_le_dossier_est_un_vrai_dossier(cas: dict[str, Any]) -> None:
    """Un champ mal écrit serait ignoré ; et rien ne s'y contredit."""
    assert [constat for constat in valider(document(cas), JOUR) if constat.gravite is Gravite.ERREUR] == []
    assert bilan(cas).contradictions == ()


@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_chaque_date_est_celle_du_texte(cas: dict[str, Any]) -> None:
    trouvees, arretees = {}, []
    for etape in bilan(cas).calendrier:
        if etape.datee and etape.echeance is not None:
            arret = etape.echeance.suspension
            dites = (etape.echeance.le, etape.echeance.fin_possible, arret.jusqu_au if arret else None)
            trouvees[etape.regle.id] = list(map(str, dites))
            arretees += [etape.regle.id] if etape.echeance.suspendue else []
    assert trouvees == cas["dates"]
    assert arretees == cas.get("arretees", [])


@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_la_commande_les_dit_en_json_et_en_texte(cas: dict[str, Any]) -> None:
    rendu = examiner_dalo(document(cas), None, JOUR)
    attendues = [[le, fin, repoussee] for le, fin, repoussee in cas["dates"].values()]
    dites = [[str(un[cle]) for cle in ("date", "fin_possible", "repoussee_au")] for un in rendu.json["echeances"]]
    assert dites == attendues
    pieces = {nom.removeprefix("daho_"): le for nom, le in cas["dalo"].items()}
    for un in rendu.json["echeances"]:
        vues = [un["suspendu_du"], un["suspendu_au"]]
        assert [None if vue is None else str(vue) for vue in vues] == [
            pieces.get("pieces_demandees_le"), pieces.get("pieces_remises_le"),
        ]  # fmt: skip
    texte = dire_dalo(rendu)
    assert max(map(len, texte.splitlines())) <= 80
    assert " ".join(texte.split()).lower().count(SUSPENDU) == len(cas.get("arretees", []))


@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_l_agenda_n_a_que_les_jours_a_venir(cas: dict[str, Any]) -> None:
    assert [str(le) for le in dates_de_l_agenda(bilan(cas))] == cas["agenda"]


@pytest.mark.parametrize("jour", [JOUR, date(2027, 6, 1), date(2040, 1, 1)])
@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_jamais_passe(cas: dict[str, Any], jour: date) -> None:
    """Ni un délai arrêté ou reparti, ni celui du juge : aucun n'a de fin établie."""
    examine = bilan(cas, jour)
    assert not [mot for etape in examine.calendrier for mot in [dits.suite(etape, jour)] if mot.startswith("Passé")]


@pytest.mark.parametrize("cas", [un for un in CAS if un["id"].endswith("saisi")], ids=lambda un: un["id"])
def test_le_tribunal_saisi_ne_se_redit_pas_a_saisir(cas: dict[str, Any]) -> None:
    """Ni au calendrier, ni dans les voies ; sans la date, tout y est encore, à la date du texte."""
    prefixe = "daho_" if cas["id"].startswith("daho") else ""
    sans = {**cas, "dalo": {nom: dit for nom, dit in cas["dalo"].items() if nom != f"{prefixe}tribunal_saisi_le"}}
    for dit, la in ((cas, False), (sans, True)):
        voies = [une.libelle for voie in bilan(dit).voies_retenues for une in voie.echeances]
        assert any("saisir le tribunal" in une for une in voies) is la
        noms = {etape.regle.id for etape in bilan(dit).calendrier}
        assert bool(noms & {"tribunal-dalo", "tribunal-daho"}) is la
        assert bool(noms & {"jugement-dalo", "jugement-daho"}) is not la


@pytest.mark.parametrize(
    ("dalo", "phrase"),
    [
        ({"statut": "depose", "date_reception_dossier": "2026-11-12", "pieces_demandees_le": "2026-11-02"}, "courrier"),
        (
            {"statut": "depose", "pieces_demandees_le": "2026-11-12", "pieces_remises_le": "2026-11-02"},
            "DALO : des pièces remises",
        ),
        (
            {"statut": "reconnu", "date_decision": "2026-11-12", "tribunal_saisi_le": "2026-11-02"},
            "DALO : un tribunal saisi",
        ),
        (
            {"daho_statut": "depose", "daho_date_reception": "2026-11-12", "daho_pieces_demandees_le": "2026-11-02"},
            "DAHO : ",
        ),
        (
            {"daho_statut": "depose", "daho_pieces_demandees_le": "2026-11-12", "daho_pieces_remises_le": "2026-11-02"},
            "DAHO : ",
        ),
        (
            {"daho_statut": "reconnu", "daho_date_decision": "2026-11-12", "daho_tribunal_saisi_le": "2026-11-02"},
            "DAHO : ",
        ),
    ],
)
def test_deux_dates_qui_ne_peuvent_pas_se_suivre_se_disent(dalo: dict[str, Any], phrase: str) -> None:
    (dite,) = bilan({"dalo": dalo}).contradictions
    assert phrase in dite.regle.phrase


def test_mutant_une_saisine_ignoree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans ce qui ôte l'échéance, « dernier jour pour saisir » se redirait à qui a saisi."""
    from modele.orientation import echeances as datation

    def muet(calcul: Any, si: Any) -> bool | None:
        return True if si is None else False if "tribunal_saisi" in str(si) else vraie(calcul, si)

    vraie = datation._Calcul.vraie
    cas = next(un for un in CAS if un["id"] == "dalo-saisi")
    monkeypatch.setattr(datation._Calcul, "vraie", muet)
    assert "tribunal-dalo" in {etape.regle.id for etape in bilan(cas).calendrier}
