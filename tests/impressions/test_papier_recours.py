"""La fiche DALO : la table de la personne, jamais « non », rien de protégé ni à faire valider ; ses deux dates."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pypdfium2
import pytest

from impressions import recours
from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.recours import lignes_du_papier
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier.chemins import poser
from modele.orientation.verdict import Verdict
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)
EXEMPLES = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text("utf-8"))
ORDINAIRES = [un for un in EXEMPLES if not un.get("protection", {}).get("discret")]
DEMANDER = "Un autre délai ou un autre recours peut exister"
RESERVE = "la commission peut décider autrement, et vous pouvez la saisir"


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def bilan(document: dict[str, Any], territoire: str = "metropole-exemple") -> Bilan:
    return etablir(regles(territoire), document, JOUR)


def papier(examine: Bilan, langue: str = "fr", *, avec_francais: bool = False) -> str:
    """Le texte de la fiche, d'une traite."""
    francais = donnees(examine) if avec_francais else None
    pdf = composer("dalo", donnees(examine, langue), langue, francais=francais)
    pages = pypdfium2.PdfDocument(bytes(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).replace("\u00a0", " ").split())


@pytest.mark.parametrize("document", ORDINAIRES, ids=lambda un: un["demandeur"]["nom"])
def test_chaque_motif_sur_est_sur_le_papier_avec_son_verdict(document: dict[str, Any]) -> None:
    """Le verdict de l'écran, ce qui manque, ou ce qui changerait ; la commission peut décider autrement."""
    examine = bilan(document)
    verdicts = {un.regle.nom + un.regle.libelle: un.examen.verdict for un in examine.recours}
    texte = papier(examine).replace("’", "'")
    lignes = [une for une in lignes_du_papier(examine) if une.motif]
    assert [une.verdict for une in lignes] == [verdicts[une.nom + une.libelle] for une in lignes]
    assert len(lignes) == len(regles().recours.motifs)
    for une in lignes:
        assert (f"{une.nom} :" in texte) or une.a_taire
        if une.verdict is Verdict.RIEN_NE_L_INDIQUE and not une.a_taire:
            assert une.changerait[1:40].replace("’", "'") in texte
    assert RESERVE in texte
    assert not re.search(r"\bnon\b(?![ -](décen|adapté))", texte, re.I)


@pytest.mark.parametrize("document", ORDINAIRES, ids=lambda un: un["demandeur"]["nom"])
def test_ce_qui_reste_a_faire_valider_s_en_va_et_le_papier_dit_de_demander(document: dict[str, Any]) -> None:
    """Confiance D : ni le motif, ni la condition, ni la mention ; la phrase de la norme, une fois."""
    texte = papier(bilan(document)).replace("’", "'").lower()
    for douteux in ("habitat mobile", "de bonne foi (", "ressources sous les plafonds", "à faire valider"):
        assert douteux not in texte
    assert texte.count(DEMANDER.lower()) == 1


def test_mutant_qui_ne_laisse_rien_de_cote(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le filtre, le motif de confiance D s'imprime : l'épreuve le voit."""
    monkeypatch.setattr(recours, "LigneDeRecours", lambda **dits: replace(Ligne(**dits), a_taire=False))
    assert "habitat mobile" in papier(bilan(ORDINAIRES[0]))


Ligne = recours.LigneDeRecours


@pytest.mark.parametrize("nationalite", ["francaise", "hors_union_europeenne"])
@pytest.mark.parametrize("titre", [None, "carte_temporaire", "autre"])
def test_le_sejour_ne_s_imprime_pas(nationalite: str, titre: str | None) -> None:
    """Norme de sûreté, 3 : « sans titre » ne se lit nulle part, ni par une ligne de plus, ni par une de moins."""
    demandeur = {"nationalite": nationalite} | ({"titre_sejour": titre} if titre else {})
    lignes = lignes_du_papier(bilan({"id": "x", "demandeur": demandeur}))
    assert not [une for une in lignes if "éjour" in une.libelle]
    sans = lignes_du_papier(bilan({"id": "x"}))
    assert [une.nom for une in lignes] == [une.nom for une in sans]


@pytest.mark.parametrize(
    "dit",
    [
        {"demande.motifs": {"coches": ["violences"], "clos": True}},
        {"protection.preuves": {"coches": ["ordonnance_protection"], "clos": True}},
        {"demande.mariage_force": True},
        {"triage.peur_au_domicile": True, "protection.seul_a_seul": True},
    ],
    ids=["motif", "preuve", "mariage", "peur"],
)
def test_rien_de_protege_n_y_change_rien(dit: dict[str, Any]) -> None:
    """La même table, quoi qu'on ait dit de violences : ni lettre, ni ligne, ni question de plus."""
    document = ORDINAIRES[0]
    proteges = document
    for chemin, valeur in dit.items():
        proteges = poser(proteges, chemin, valeur)
    muet = poser(document, "demande.motifs", {"coches": [], "clos": True}) if "demande.motifs" in dit else document
    avant, apres = lignes_du_papier(bilan(muet)), lignes_du_papier(bilan(proteges))
    assert [(une.nom, une.verdict) for une in avant] == [(une.nom, une.verdict) for une in apres]
    assert not [une for une in apres if une.nom in ("Lettre g", "Lettre g bis", "Lettre h", "Lettre i")]


def test_en_logement_social_les_motifs_restent() -> None:
    """M. Petit est déjà locataire d'un HLM : le cas 8 est rempli."""
    petit = next(un for un in ORDINAIRES if un["demandeur"]["nom"] == "PETIT")
    texte = papier(bilan(petit)).replace("’", "'")
    assert "DALO, cas 8 : logement non adapté au handicap" in texte
    assert "Rempli" in texte


@pytest.mark.parametrize("langue", ["es", "pt", "ro", "ar", "fa-AF", "uk", "ru", "tr"])
def test_ailleurs_la_fiche_dit_les_motifs_en_general(langue: str) -> None:
    """Les mots des recours ne se disent qu'en français : aucun mot français ne s'y glisse, seule ou à deux langues."""
    examine = bilan(ORDINAIRES[0])
    for texte in (papier(examine, langue), papier(examine, langue, avec_francais=True)):
        assert "Rien ne l" not in texte
        assert "R.441-16-1" in texte.replace(" ", "").replace("R.441", "R.441")


def test_un_delai_en_doute_a_ses_deux_dates() -> None:
    """Clermont-Ferrand, trois ou six mois au préfet : « fin possible » reste à valider, l'autre délai se dit."""
    document = {"id": "x", "dalo": {"statut": "reconnu", "date_decision": "2026-11-12"}}
    texte = papier(bilan(document, "clermont-auvergne-metropole")).replace("’", "'")
    assert "12/02/2027" in texte
    assert "ou le 12/05/2027, si l'autre délai du texte vaut ici" in texte
    assert "ou le" not in papier(bilan(document)).partition("Le calendrier")[0].replace("ou le 0", "")
    assert "Dernier pas : demander réparation" in texte
    assert "Sans la décision, dites pourquoi" in texte
