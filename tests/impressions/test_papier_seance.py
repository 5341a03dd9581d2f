"""Les papiers d'une séance : la même sorte de référence pour tous, nul nom, nulle lettre ; l'adresse sûre ou rien."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec
import pytest
from commission_exemple import JOUR, T2_PLUS, TERRITOIRE, dossier, dossiers, identifiant
from epreuves_pdfua import EPREUVES
from hypothesis import given, settings
from hypothesis import strategies as st
from lecture_pdf import texte_plat
from pdfua import Lu
from seance_exemple import MEMBRES, REGLEMENT, decide, ecrite, propose
from seances_engendrees import seance_de

from impressions.lettres_de_seance import (
    SANS_ADRESSE,
    SANS_DELAI,
    SANS_NOM,
    composer_lettre,
    empechement,
)
from impressions.papiers_de_seance import composer_papiers
from impressions.seance import A_COMPLETER, SeanceDite, composer_membres, composer_proces_verbal
from modele.attributions.classement.classer import classer
from modele.attributions.classement.tenue import en_table
from modele.bilan import Bilan, charger_regles, etablir
from modele.commission.ligne import ligne
from modele.dossier.chemins import poser
from modele.seance.constat import Ligne, tenir
from modele.seance.controles import Classees
from modele.seance.notions import Seance

TENUE: Final = date(2026, 12, 3)
NOMS: Final = ("DUPUISEAU", "Leontine", "12 RUE CACHEE")
LOGEMENT: Final = T2_PLUS | {"commune": "Colombe", "adresse": "3 rue du Pont", "loyer_principal": 412.5, "etage": 2}


def nommee(nom: str, **dits: Any) -> dict[str, Any]:
    document = dossier(nom, **dits)
    for chemin, valeur in {
        "demandeur.nom": NOMS[0],
        "demandeur.prenoms": NOMS[1],
        "logement_actuel.adresse.voie": NOMS[2],
        "logement_actuel.adresse.code_postal": "99100",
    }.items():
        document = poser(document, chemin, valeur)
    return document


def trois(**dits: Any) -> dict[str, dict[str, Any]]:
    """Sans abri, à l'hôtel, simple : 67, 57 et 17 points. ``dits`` : ce qui change au deuxième."""
    lus = (nommee("abri", statut="sans_abri"), nommee("hotel", statut="hotel", **dits), nommee("simple"))
    return {un["id"]: un for un in lus}


def ecrire(**dits: Any) -> dict[str, Any]:
    noms = [identifiant(nom) for nom in ("abri", "hotel", "simple")]
    genres = ("attribution_rang", "attribution_rang", "non_attribution")
    decisions = [
        decide(nom, genre, **({"rang": rang} if rang < 3 else {}))
        for rang, (nom, genre) in enumerate(zip(noms, genres, strict=True), 1)
    ]
    return ecrite(**{"candidats": [propose(un) for un in noms], "decisions": decisions} | dits)


def dite(documents: Mapping[str, Mapping[str, Any]], **dits: Any) -> SeanceDite:
    regles = charger_regles(TERRITOIRE)
    classement = classer(en_table(ligne(regles, un, JOUR) for un in documents.values()), LOGEMENT)
    candidats = {un.dossier: un for un in classement.dire(combien=None)}
    ecartees = {un.dossier: un.regles for un in classement.dire_ecartes()}
    constat = tenir(
        msgspec.convert(ecrire(**dits), Seance), Classees({nom: un.rang for nom, un in candidats.items()}, ecartees)
    )
    return SeanceDite(constat, LOGEMENT, "Grille d'essai.", candidats, ("Territoire fictif.",))


def bilan(document: Mapping[str, Any]) -> Bilan:
    return etablir(charger_regles(TERRITOIRE), document, JOUR)


def lettre(documents: Mapping[str, Mapping[str, Any]], nom: str, **dits: Any) -> str:
    tenue = dite(documents, **dits)
    return texte_plat(composer_lettre(_sa_ligne(tenue, nom), tenue, bilan(documents[identifiant(nom)]), TENUE))


def _sa_ligne(tenue: SeanceDite, nom: str) -> Ligne:
    return next(une for une in tenue.constat.lignes if une.propose.dossier == identifiant(nom))


def refus(documents: Mapping[str, Mapping[str, Any]], nom: str, **dits: Any) -> str:
    tenue = dite(documents, **dits)
    return empechement(_sa_ligne(tenue, nom), tenue.constat, bilan(documents[identifiant(nom)]))


# Le dossier des membres et le procès-verbal.


def test_le_proces_verbal_dit_qui_quoi_et_pourquoi() -> None:
    dit = texte_plat(composer_proces_verbal(dite(trois()), TENUE))
    for attendu in (
        "Procès-verbal", "séance du 03/12/2026", "3 rue du Pont", "412,50 € par mois", "A. Martin (préside)",
        "B. Durand (locataires)", "absent", "prépondérante à égalité",
        "Règlement intérieur d'essai adopté le 15/01/2026) : 4",
        "Présents avec voix délibérative : 4", "au plus tard le 18/12/2026", "Demandes examinées : 3",
        "C-01 · Attribution en classant les candidats, rang 1 (CCH R441-3 b, R441-2-17)",
        "C-03 · Non-attribution de ce logement (CCH R441-3 d, L441-2-2)", "Motif : Vu les ressources",
        "Grille d'essai.", "Désignations hors de l'ordre : 0 sur 3", "Décisions hors de l'ordre : 0 sur 3",
    ):  # fmt: skip
        assert attendu.replace("'", "’") in dit.replace("'", "’"), attendu


@pytest.mark.parametrize("composer", [composer_membres, composer_proces_verbal])
def test_nul_nom_nulle_adresse_nul_dossier(composer: Any) -> None:
    dit = texte_plat(composer(dite(trois(protection__discret=True)), TENUE))
    for tu in (*NOMS, identifiant("hotel"), "099X01", "discret", "protection"):
        assert tu not in dit


def test_ce_qui_manque_au_reglement_est_un_blanc() -> None:
    dit = texte_plat(composer_proces_verbal(dite(trois(), reglement={}), TENUE))
    assert f"({A_COMPLETER}) : {A_COMPLETER}." in dit
    assert "à faire valider" not in dit


def test_hors_ordre_retrait_exception_residence_egalite_se_lisent() -> None:
    noms = {un: identifiant(un) for un in ("abri", "hotel", "simple")}
    documents = trois() | {identifiant("jumeau"): nommee("jumeau", statut="hotel")}
    tenue = dite(
        documents,
        residence={"nom": "Les Tilleuls", "convention": "Convention d'essai", "liste_le": "2025-06-30"},
        dispense={"genre": "subvention", "motif": "Opération de 2020."},
        candidats=[
            propose(noms["abri"], prefet_le="2026-11-02", priorite={"par": "CCAS", "le": "2026-11-20"}),
            propose(noms["hotel"], effet="Part du premier quartile : 31 %."),
            propose(identifiant("jumeau")),
            propose(noms["simple"], retrait={"le": "2026-12-01", "motif": "A un logement."}),
        ],
        decisions=[
            decide(noms["abri"], "non_attribution", motif_legal="residence_fragile", ailleurs={"suivi_par": "Service"}),
            decide(noms["hotel"], "attribution_condition", hors_ordre="Besoin d'un rez-de-chaussée.",
                   piece="Avis d'imposition", piece_le="2026-12-20"),
            decide(identifiant("jumeau"), "irrecevabilite"),
        ],
        reponses=[{"dossier": noms["hotel"], "reponse": "refusee", "le": "2026-12-10", "motif": "Trop cher."}],
    )  # fmt: skip
    dit = texte_plat(composer_proces_verbal(tenue, TENUE))
    for attendu in (
        "Exception : Logement ayant bénéficié de la subvention", "Opération de 2020", "Les Tilleuls",
        "désigné par le préfet le 02/11/2026", "Prioritaire L441-1, vérifié par CCAS le 20/11/2026",
        "effet de chaque candidature sur la résidence",
        "n'est plus candidat depuis le 01/12/2026", "candidature retirée",
        "Hors de l'ordre de la grille. Motif : Besoin d'un rez-de-chaussée.", "À égalité de rang avec 1 autre",
        "au plus tard le 20/12/2026 : Avis d'imposition", "Offre suivie par Service", "Décisions hors de l'ordre : 1",
        "refusée, le 10/12/2026. Motif : Trop cher.",
    ):  # fmt: skip
        assert attendu.replace("'", "’") in dit.replace("'", "’").replace("\xa0", " "), attendu
    assert "premier quartile" not in dit
    assert "31 %" not in dit.replace("\xa0", " ").replace("\u202f", " ")


def test_une_offre_qui_attend_se_lit() -> None:
    reponses = [
        {"dossier": identifiant("abri"), "reponse": "sans_reponse", "le": "2026-12-20", "remise_le": "2026-12-04"}
    ]
    dit = texte_plat(composer_proces_verbal(dite(trois(), reponses=reponses), TENUE))
    assert "sans réponse dans le délai" in dit
    assert "C-02 : offre en cours" in dit
    reponses[0]["reponse"] = "acceptee"
    dit = texte_plat(composer_proces_verbal(dite(trois(), reponses=reponses), TENUE))
    assert "C-02 : son tour n’est pas venu" in dit.replace("'", "’")


def test_une_designation_du_prefet_hors_du_classement_ne_dit_pas_pourquoi() -> None:
    """Ailleurs demandée, ou commune à éviter : le papier est le même, à l'octet près."""
    ailleurs = {"recherche__communes": ["99X05"], "recherche__elargissement": False}
    evitee = {"recherche__zones_a_eviter": [T2_PLUS["code_insee"]]}
    vu = {"prefet_le": "2026-11-02", "accord": {"par": "A. Martin", "le": "2026-11-28"}}
    noms = [identifiant(un) for un in ("abri", "hotel", "simple")]
    candidats = [propose(noms[0]), propose(noms[1], **vu), propose(noms[2])]
    decisions = [decide(noms[0], "attribution"), decide(noms[1], "non_attribution"), decide(noms[2], "non_attribution")]
    dits = {"candidats": candidats, "decisions": decisions}
    papiers = [
        [composer(dite(trois(**cas), **dits), TENUE) for composer in (composer_membres, composer_proces_verbal)]
        for cas in (ailleurs, evitee)
    ]
    assert papiers[0] == papiers[1]
    assert "n’est pas rangé par la grille" in texte_plat(papiers[0][0]).replace("'", "’")


# Rien de ce que l'accueil a su ne change un rang, ni un papier.

_ACCUEIL: Final = {
    "protection__discret": True,
    "demande__agression_domicile": True,
    "protection__preuves": {"coches": ["recepisse_plainte"], "clos": True},
    "triage__danger_immediat": True,
    "triage__toit_ce_soir": "non",
    "note_elu": 100,
}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["abri", "hotel", "simple"]), st.sets(st.sampled_from(sorted(_ACCUEIL)))))
def test_nul_fait_protege_nul_fait_d_accueil_nulle_note_d_elu_ne_change_un_papier(
    poses: dict[str, set[str]],
) -> None:
    documents = trois()
    for nom, cles in poses.items():
        for cle in cles:
            chemin = cle.replace("__", ".")
            documents[identifiant(nom)] = poser(documents[identifiant(nom)], chemin, _ACCUEIL[cle])
    neuve, nue = dite(documents), dite(trois())
    assert [une.propose.dossier for une in neuve.constat.lignes] == [une.propose.dossier for une in nue.constat.lignes]
    assert composer_proces_verbal(neuve, TENUE) == composer_proces_verbal(nue, TENUE)
    assert composer_membres(neuve, TENUE) == composer_membres(nue, TENUE)


# Les lettres.


def test_la_lettre_d_une_offre() -> None:
    dit = lettre(trois(), "abri").replace("\xa0", " ")
    for attendu in (f"{NOMS[1]} {NOMS[0]}", NOMS[2], "décision de la commission", "au rang 1", "vous avez 12 jours",
                    "Motif de la décision : Vu les ressources", "3 rue du Pont"):  # fmt: skip
        assert attendu in dit, attendu
    assert "droit au logement opposable" not in dit


def test_le_suivant_n_a_pas_d_offre_avant_son_tour() -> None:
    assert "vous avez 12 jours" not in lettre(trois(), "hotel").replace("\xa0", " ")
    refusee = [{"dossier": identifiant("abri"), "reponse": "refusee", "le": "2026-12-10"}]
    assert "vous avez 12 jours" in lettre(trois(), "hotel", reponses=refusee).replace("\xa0", " ")


def test_une_offre_du_droit_opposable_le_dit() -> None:
    noms = [identifiant(un) for un in ("abri", "hotel", "simple")]
    candidats = [propose(noms[0], prefet_le="2026-11-02"), propose(noms[1]), propose(noms[2])]
    assert "au titre du droit au logement opposable" in lettre(trois(), "abri", candidats=candidats)


@pytest.mark.parametrize(
    ("genre", "dits", "attendu"),
    [
        ("non_attribution", {}, "votre demande reste enregistrée"),
        ("irrecevabilite", {}, "radiée un mois après"),
        ("non_attribution", {"motif_legal": "residence_fragile", "ailleurs": {"logement": "ESSAI-7"}},
         "Logement à vous proposer : ESSAI-7"),
        ("attribution_condition", {"piece": "Avis {reponse} {rang}", "piece_le": "2026-12-20"},
         "le 20/12/2026 : Avis {reponse} {rang}"),
    ],
)  # fmt: skip
def test_la_lettre_de_chaque_decision(genre: str, dits: dict[str, Any], attendu: str) -> None:
    noms = [identifiant(un) for un in ("abri", "hotel", "simple")]
    decisions = [decide(noms[0], genre, **dits), *(decide(un, "non_attribution") for un in noms[1:])]
    residence = {"nom": "Les Tilleuls", "convention": "Convention d'essai", "liste_le": "2025-06-30"}
    dit = lettre(trois(), "abri", decisions=decisions, residence=residence)
    assert attendu in dit.replace("\xa0", " ").replace("\u202f", " ")


def test_un_dossier_discret_ne_part_qu_a_l_adresse_sure() -> None:
    assert refus(trois(protection__discret=True), "hotel") == SANS_ADRESSE
    sure = trois(protection__discret=True, contact__adresse_courrier_sure="Association Le Pont, BP 12, 99100 Exemple")
    dit = lettre(sure, "hotel")
    assert "Association Le Pont, BP 12" in dit
    assert NOMS[2] not in dit


def test_mutant_sans_le_mur_l_adresse_reelle_partirait(monkeypatch: pytest.MonkeyPatch) -> None:
    from modele.dossier.chemins import lire

    monkeypatch.setattr("impressions.courrier.a_reporter", lambda document, chemin, **_: lire(document, chemin))
    assert NOMS[2] in lettre(trois(protection__discret=True), "hotel")


SURE: Final = "Association Le Pont, BP 12, 99100 Exemple"


def test_l_adresse_sure_notee_passe_avant_toute_autre() -> None:
    """Même d'un dossier qui n'est pas marqué discret."""
    dit = lettre(trois(contact__adresse_courrier_sure=SURE, contact__adresse_courrier="BP 7, 99100 Exemple"), "hotel")
    assert "Association Le Pont, BP 12" in dit
    assert NOMS[2] not in dit
    assert "BP 7" not in dit


@pytest.mark.parametrize("dits", [{"demande__motif_principal": "violences"}, {"demande__agression_domicile": True}])
def test_qui_dit_une_violence_l_adresse_sure_ou_rien(dits: dict[str, Any]) -> None:
    assert refus(trois(contact__adresse_courrier="BP 7, 99100 Exemple", **dits), "hotel") == SANS_ADRESSE
    assert "Association Le Pont" in lettre(trois(contact__adresse_courrier_sure=SURE, **dits), "hotel")


def test_qui_dit_non_a_son_adresse() -> None:
    assert NOMS[2] in lettre(trois(demande__agression_domicile=False), "hotel")


def test_mutant_l_adresse_sure_ignoree_hors_discretion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bilan, "se_cache", property(lambda un: un.a_taire))
    for epreuve in (
        test_l_adresse_sure_notee_passe_avant_toute_autre,
        lambda: test_qui_dit_une_violence_l_adresse_sure_ou_rien({"demande__motif_principal": "violences"}),
    ):
        with pytest.raises(AssertionError):
            epreuve()


# Les délais, et la lettre qui ne se refait pas.

COURT: Final = "le délai ({}) court de ce jour"
AUTRE: Final = "Un autre délai ou un autre recours peut exister"


def _droit_dit(nom: str, **dits: Any) -> str:
    return lettre(trois(), nom, **dits).replace("\xa0", " ").replace("\u202f", " ")


def test_un_delai_dit_d_ou_il_court_et_qu_un_recours_peut_exister() -> None:
    assert COURT.format("12 jours") in _droit_dit("abri")
    assert "court de ce jour" not in _droit_dit("hotel") + _droit_dit("simple")
    noms = [identifiant(un) for un in ("abri", "hotel", "simple")]
    decisions = [decide(noms[0], "irrecevabilite"), *(decide(un, "non_attribution") for un in noms[1:])]
    assert COURT.format("un mois") in _droit_dit("abri", decisions=decisions)
    assert all(AUTRE in _droit_dit(un) for un in ("abri", "hotel", "simple"))


def _condition_au_rang(rang: int) -> dict[str, Any]:
    noms = [identifiant(un) for un in ("abri", "hotel", "simple")]
    condition = {"piece": "Avis d'imposition", "piece_le": "2026-12-20"}
    genres = (
        ["attribution_rang", "attribution_condition"] if rang == 2 else ["attribution_condition", "attribution_rang"]
    )
    decisions = [
        decide(nom, genre, rang=place, **(condition if genre == "attribution_condition" else {}))
        for place, (nom, genre) in enumerate(zip(noms, genres, strict=False), 1)
    ]
    return {"decisions": [*decisions, decide(noms[2], "non_attribution")]}


def test_une_condition_au_rang_deux_ne_dit_pas_un_droit() -> None:
    second = _droit_dit("hotel", **_condition_au_rang(2))
    assert "au rang 2" in second
    assert "pas encore le vôtre" in second
    assert "La pièce, elle, est à remettre dans son délai" in second
    assert "vous attribue" not in second
    assert "au plus tard le 20/12/2026" in second
    assert "obligation de signer" not in second
    premier = _droit_dit("abri", **_condition_au_rang(1))
    assert "au rang 1" in premier
    assert "pas encore le vôtre" not in premier
    assert "obligation de signer" in premier


def test_mutant_une_offre_dite_a_tous(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impressions.lettres_de_seance._offerte", lambda *_: True)
    with pytest.raises(AssertionError):
        test_une_condition_au_rang_deux_ne_dit_pas_un_droit()


def _papiers(deja: tuple[str, ...] = (), **dits: Any) -> dict[str, str]:
    documents = trois()
    papiers = composer_papiers(dite(documents, **dits), lambda nom: bilan(documents[nom]), TENUE, deja)
    return {nom: texte_plat(un).replace("\xa0", " ") for nom, un in papiers.octets.items() if nom.startswith("lettre")}


def test_qui_a_refuse_ne_recoit_pas_une_autre_offre() -> None:
    refusee = [{"dossier": identifiant("abri"), "reponse": "refusee", "le": "2026-12-10"}]
    assert list(_papiers()) == ["lettre-C-01", "lettre-C-02", "lettre-C-03"]
    ecrites = _papiers(reponses=refusee)
    assert list(ecrites) == ["lettre-C-02-offre", "lettre-C-03"]
    assert "vous avez 12 jours" in ecrites["lettre-C-02-offre"]
    assert list(_papiers(("lettre-C-03",), reponses=refusee)) == ["lettre-C-02-offre"]
    assert "Cette lettre est une offre" not in lettre(trois(), "abri", reponses=refusee).replace("\xa0", " ")


def test_le_meme_refus_pour_tous() -> None:
    """Qui n'a pas d'adresse notée et qui se cache : les mêmes mots."""
    sans = trois()
    sans[identifiant("hotel")] = nommee("hotel", statut="hotel", logement_actuel={"statut": "hotel"})
    sans[identifiant("hotel")]["logement_actuel"].pop("adresse", None)
    assert refus(sans, "hotel") == refus(trois(protection__discret=True), "hotel") == SANS_ADRESSE


def test_une_adresse_de_courrier_passe_avant_le_logement() -> None:
    dit = lettre(trois(contact__adresse_courrier="CCAS de Colombe, 99100 Colombe"), "hotel")
    assert "CCAS de Colombe" in dit
    assert NOMS[2] not in dit


def test_sans_nom_ou_sans_delai_la_lettre_ne_s_ecrit_pas() -> None:
    anonyme = trois()
    anonyme[identifiant("abri")] = dossier("abri", statut="sans_abri")
    assert refus(anonyme, "abri") == SANS_NOM
    assert refus(trois(), "abri", reglement=REGLEMENT | {"reponse_jours": None}) == SANS_DELAI
    assert refus(trois(), "simple", reglement={}) == ""


# La structure.


@pytest.mark.parametrize("nom", sorted(EPREUVES))
def test_chaque_papier_est_pdf_ua(nom: str) -> None:
    tenue = dite(trois(), membres=MEMBRES)
    premiere = tenue.constat.lignes[0]
    lettre_ecrite = composer_lettre(premiere, tenue, bilan(trois()[premiere.propose.dossier]), TENUE)
    for papier in (composer_membres(tenue, TENUE), composer_proces_verbal(tenue, TENUE), lettre_ecrite):
        assert list(EPREUVES[nom](Lu(papier))) == []


# D'un bout à l'autre : vingt dossiers, des séances tirées d'une graine, tous leurs papiers.


CACHES = (identifiant("discret"), identifiant("evite"))
"""Une lettre ne leur irait qu'à une adresse sûre, et ils n'en ont pas."""


@lru_cache(maxsize=1)
def _vingt() -> tuple[dict[str, Bilan], Any]:
    regles = charger_regles(TERRITOIRE)
    documents = {
        un["id"]: poser(poser(un, "demandeur.nom", NOMS[0]), "contact.adresse_courrier", "BP 1, 99100 Exemple")
        for un in dossiers().values()
    }
    bilans = {nom: etablir(regles, un, JOUR) for nom, un in documents.items()}
    return bilans, classer(en_table(ligne(regles, un, JOUR) for un in documents.values()), LOGEMENT)


def _tenir(graine: int) -> None:
    bilans, classement = _vingt()
    candidats = {un.dossier: un for un in classement.dire(combien=None)}
    rangs = {nom: un.rang for nom, un in candidats.items()}
    ecartees = {un.dossier: un.regles for un in classement.dire_ecartes()}
    ecrite_ = seance_de(random.Random(graine), rangs, ecartees)
    constat = tenir(msgspec.convert(ecrite_, Seance), Classees(rangs, ecartees))
    tenue = SeanceDite(constat, LOGEMENT, "Grille d'essai.", candidats)
    dits = [texte_plat(composer(tenue, TENUE)) for composer in (composer_membres, composer_proces_verbal)]
    assert not any(tu in dit for dit in dits for tu in (NOMS[0], *bilans))
    for une in constat.lignes:
        if une.decision is None:
            continue
        pourquoi = empechement(une, constat, bilans[une.propose.dossier])
        assert pourquoi in {"", SANS_DELAI} or une.propose.dossier in CACHES
        if not pourquoi:
            lettre_ = texte_plat(composer_lettre(une, tenue, bilans[une.propose.dossier], TENUE))
            assert "{" not in lettre_
            assert "Motif de la décision : Vu la demande." in lettre_.replace("\xa0", " ")


@pytest.mark.parametrize("graine", range(3))
def test_une_seance_et_tous_ses_papiers(graine: int) -> None:
    _tenir(graine)


@pytest.mark.campagne
def test_trois_cents_seances_et_toutes_leurs_lettres() -> None:
    for graine in range(300):
        _tenir(graine)
