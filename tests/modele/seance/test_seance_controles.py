"""Chaque cas particulier d'une séance : ce qui l'empêche se dit, et se corrige ; ce qui manque se montre."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from seance_exemple import MEMBRES, RANGS, REGLEMENT, classees, decide, propose, seance

from modele.regles.fautes import ErreurUtilisateur
from modele.seance import controles
from modele.seance.constat import Constat, tenir
from modele.seance.controles import Classees
from modele.seance.droit import droit
from modele.seance.ordre import decisions_hors_ordre, designations_hors_ordre

NON = [decide("d2", "non_attribution"), decide("d3", "non_attribution")]
TROIS = [propose("d1"), propose("d2"), propose("d3")]
AUTRES = [propose("d1"), propose("d2")]
DEUX = [decide("d1", "attribution"), decide("d2", "non_attribution")]


def refus(ecartees: dict[str, list[str]] | None = None, **dits: Any) -> str:
    with pytest.raises(ErreurUtilisateur) as refusee:
        tenir(seance(**dits), classees(ecartees=ecartees))
    return str(refusee.value)


def membres(place: int, **dits: Any) -> list[dict[str, Any]]:
    return [un | (dits if rang == place else {}) for rang, un in enumerate(MEMBRES)]


def test_trois_candidats_dans_l_ordre() -> None:
    constat = tenir(seance(), classees())
    assert (constat.examines, constat.votants, constat.tenue) == (3, 4, True)
    assert (constat.designations_hors_ordre, constat.decisions_hors_ordre) == (0, 0)
    assert constat.savoir == ()


@pytest.mark.parametrize(
    ("dits", "message"),
    [
        ({"membres": membres(0, qualite="baileur")}, "« baileur » n'est pas reconnu ; vouliez-vous « bailleur » ?"),
        ({"decisions": [decide("d1", "ajournement"), *NON]}, "« ajournement » n'est pas reconnu"),
        ({"decisions": [decide("d1", "attribution"), decide("d2", "non_attribution", motif_legal="x"), NON[1]]},
         "« motif_legal »"),
        ({"dispense": {"genre": "urgence", "motif": "x"}}, "« dispense » : « urgence » n'est pas reconnu"),
        ({"commission": " "}, "« commission » est vide"),
        ({"bailleur": ""}, "« bailleur » est vide"),
        ({"candidats": [propose("d1", designe_par=""), *TROIS[1:]]}, "qui l'a désigné"),
        ({"candidats": [*TROIS, propose("d4", retrait={"le": "2026-12-01", "motif": " "})]}, "n'est plus candidat"),
        ({"candidats": [propose("d1", priorite={"par": "", "le": "2026-12-01"}), *TROIS[1:]]}, "a vérifié la priorité"),
        ({"membres": [*MEMBRES, *([MEMBRES[2]] * 4)]}, "7, et 6 au plus (CCH R441-9 II 1° a)"),
        ({"membres": [*MEMBRES, MEMBRES[4]]}, "2, et 1 au plus"),
        ({"membres": membres(0, preside=False)}, "Qui préside"),
        ({"membres": membres(0, present=False)}, "Qui préside"),
        ({"membres": membres(1, preside=True)}, "Qui préside"),
        ({"membres": [membres(0, preside=False)[0], *membres(4, preside=True)[1:]]}, "élu parmi les membres"),
        ({"membres": membres(3, locataires=True)}, "le représentant des locataires est un membre du bailleur"),
        ({"membres": membres(5, nom=" ")}, "présent, et sans nom"),
        ({"reglement": REGLEMENT | {"quorum": 5}}, "4 présents avec voix délibérative, 5 exigés"),
        ({"reglement": REGLEMENT | {"quorum": 0}}, "« quorum » vaut 0"),
        ({"reglement": REGLEMENT | {"notification_jours": -1}}, "« notification_jours » vaut -1"),
        ({"reglement": REGLEMENT | {"reponse_jours": 9}}, "10 jours au moins (CCH R441-10)"),
        ({"candidats": [*TROIS, propose("d1")]}, "d1 est proposé deux fois"),
        ({"candidats": [*TROIS, propose("d9")]}, "d9 n'est pas parmi les dossiers"),
        ({"candidats": AUTRES, "decisions": DEUX}, "2 candidats à examiner, et 3 au moins le doivent (CCH R441-3)"),
        ({"candidats": [], "decisions": []}, "Aucun candidat n'est à examiner"),
        ({"candidats": AUTRES, "decisions": DEUX, "dispense": {"genre": "insuffisance", "motif": ""}},
         "écrivez pourquoi cette exception"),
        ({"candidats": AUTRES, "decisions": DEUX, "dispense": {"genre": "prefet", "motif": "Urgent."}},
         "aucun candidat n'est désigné par le préfet"),
        ({"decisions": [decide("d9", "attribution"), *NON]}, "Décision pour d9"),
        ({"decisions": [decide("d1", "attribution"), decide("d1", "attribution"), *NON]}, "d1 : deux décisions"),
        ({"decisions": [decide("d1", "attribution"), NON[0]]}, "d3 : aucune décision"),
        ({"decisions": [decide("d1", "attribution", motif=" "), *NON]}, "d1 : écrivez le motif"),
        ({"decisions": [decide("d1", "attribution_rang"), *NON]}, "d1 : dites son rang"),
        ({"decisions": [decide("d1", "attribution", rang=1), *NON]}, "n'a pas de rang"),
        ({"decisions": [decide("d1", "attribution_condition"), *NON]}, "dites la pièce qui manque"),
        ({"decisions": [decide("d1", "attribution_condition", piece="Avis", piece_le="2026-12-03"), *NON]},
         "attendue avant la séance"),
        ({"decisions": [decide("d1", "attribution", piece="Avis"), *NON]}, "sous condition suspensive"),
        ({"decisions": [decide("d1", "attribution", motif_legal="logement_possede"), *NON]}, "pas une attribution"),
        ({"decisions": [decide("d1", "attribution"), decide("d2", "non_attribution", motif_legal="lien_local"),
                        NON[1]]}, "ne peut à elle seule motiver un rejet"),
        ({"decisions": [decide("d1", "attribution"), decide("d2", "attribution"), NON[1]]}, "classez ces candidats"),
        ({"decisions": [decide("d1", "attribution_rang", rang=1), decide("d2", "attribution_rang", rang=3), NON[1]]},
         "Rangs 1, 3 : attendu 1, 2, 3"),
        ({"candidats": [*AUTRES, propose("d4", motif="Commune.")]}, "Décision pour d3"),
    ],
)  # fmt: skip
def test_ce_qui_empeche(dits: dict[str, Any], message: str) -> None:
    assert message in refus(**dits)


@pytest.mark.parametrize("cle", ["note_elu", "avis_du_maire", "lettre"])
def test_ce_qui_n_a_pas_de_place_ne_s_ecrit_pas(cle: str) -> None:
    """Une note d'élu, une lettre de L441-1 : nulle clé ne les porte."""
    with pytest.raises(msgspec.ValidationError):
        seance(candidats=[propose("d1", **{cle: 3})])


@pytest.mark.parametrize(
    "dit",
    [
        "Prioritaire L441-1, g", "au titre du L. 441-1 (h)", "CCH L441-1 a.", "l441-1, g bis ; vu", "L441-1 g vérifié",
        "L441-1 g et h", "L. 441-1 (g et i)", "g de L441-1", "L441-1 lettre g", "L441-1-g", "L441-1 « g »",
        "L. 441-1, alinéa g", "Prioritaire L441-1 g vérifié", "Prioritaire L441-1 au titre du g", "alinéa « h »",
        "(g) prioritaire L441-1", "prioritaire L441‑1 ‘g’", "prioritaire L441-1 gbis", "l'article L441-1",
    ],
)  # fmt: skip
def test_aucune_lettre_de_l441_1_pour_personne(dit: str) -> None:
    for dits in (
        {"candidats": [propose("d1", motif=dit), *TROIS[1:]]},
        {"candidats": [propose("d1", priorite={"par": dit, "le": "2026-12-01"}), *TROIS[1:]]},
        {"candidats": [*TROIS, propose("d4", retrait={"le": "2026-12-01", "motif": dit})]},
        {"decisions": [decide("d1", "attribution", motif=dit), *NON]},
        {"dispense": {"genre": "insuffisance", "motif": dit}},
        {"reponses": [{"dossier": "d1", "reponse": "refusee", "le": "2026-12-10", "motif": dit}]},
        {"decisions": [decide("d1", "attribution", ailleurs={"suivi_par": dit}), *NON]},
        {"lieu": dit},
    ):
        assert "n'écrivez aucune lettre de L441-1" in refus(**dits)


def test_qui_a_verifie_ne_porte_pas_la_lettre() -> None:
    """Le papier l'écrit après « prioritaire L441-1 » : seule, elle en dirait autant."""
    for par in ("CCAS (g)", "h"):
        dits = [propose("d1", priorite={"par": par, "le": "2026-12-01"}), *TROIS[1:]]
        assert "n'écrivez aucune lettre de L441-1" in refus(candidats=dits)
    tenir(seance(candidats=[propose("d1", priorite={"par": "G. Martin", "le": "2026-12-01"}), *TROIS[1:]]), classees())


def test_mutant_sans_la_lettre_isolee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.seance.ecrits._ISOLEE", re.compile(r"(?!)"))
    with pytest.raises(pytest.fail.Exception):
        test_qui_a_verifie_ne_porte_pas_la_lettre()


# Le numéro unique, les nombres sans mesure, qui siège avec qui.


def _sans_numero(**dits: Any) -> Constat:
    return tenir(seance(**dits), Classees(RANGS, {}, sans_numero={"d1", "d2"}))


def test_sans_numero_unique_nulle_attribution_que_nul_n_a_verifiee() -> None:
    """d2, sans numéro aussi, n'a rien : cela se dit, et n'empêche pas."""
    for numero in ({}, {"numero": {"par": " ", "le": "2026-12-01"}}):
        with pytest.raises(ErreurUtilisateur, match=r"d1 : aucun numéro unique .*\(CCH L441-2-1\)"):
            _sans_numero(candidats=[propose("d1", **numero), *TROIS[1:]])
    verifie = {"numero": {"par": "A. Martin", "le": "2026-12-01"}}
    constat = _sans_numero(candidats=[propose("d1", **verifie), *TROIS[1:]])
    assert [dit[:2] for dit in constat.savoir if "ne peut pas l'examiner (CCH L441-2-1)" in dit] == ["d1", "d2"]
    assert not _sans_numero(decisions=[]).tenue


@pytest.mark.parametrize("cle", ["notification_jours", "reponse_jours"])
def test_un_delai_d_un_an_au_plus(cle: str) -> None:
    tenir(seance(reglement=REGLEMENT | {cle: 366}), classees())
    assert f"« {cle} » vaut 9999999" in refus(reglement=REGLEMENT | {cle: 9999999})


def test_une_annee_folle_se_dit() -> None:
    assert "vérifiez l'année" in refus(tenue_le="9999-12-30")


def test_ccas_ou_departement() -> None:
    departement = {"qualite": "departement", "nom": "H. Gris", "present": True}
    assert "l'un ou l'autre siège" in refus(membres=[*MEMBRES, departement])
    tenir(seance(membres=[*(un for un in MEMBRES if un["qualite"] != "ccas"), departement]), classees())


def test_ce_qui_n_est_pas_une_lettre_s_ecrit() -> None:
    dit = "Prioritaire L. 441-1, vérifié par A. Martin, d'accord avec M. le maire ; il y a deux enfants, et L441-1-6."
    tenir(seance(decisions=[decide("d1", "attribution", motif=dit), *NON]), classees())


# Un candidat retiré, moins de trois, l'exception légale.


def test_un_candidat_retire_n_est_pas_examine() -> None:
    retire = [*AUTRES, propose("d3", retrait={"le": "2026-12-01", "motif": "A un logement."})]
    assert "2 candidats à examiner" in refus(candidats=retire, decisions=DEUX)
    assert "d3, qui n'est pas un candidat examiné" in refus(candidats=retire, decisions=[*DEUX, NON[1]])
    constat = tenir(
        seance(candidats=retire, decisions=DEUX, dispense={"genre": "insuffisance", "motif": "Un retrait."}), classees()
    )
    assert [(une.reference, une.decision is None) for une in constat.lignes][-1] == ("C-03", True)
    assert constat.savoir == ("2 autres demandes sont candidates d'après le classement : l'exception se vérifie.",)


def test_une_exception_qui_ne_sert_pas_se_dit() -> None:
    constat = tenir(seance(dispense={"genre": "subvention", "motif": "Subvention de 2020."}), classees())
    assert "L'exception choisie ne sert pas : 3 candidats sont examinés." in constat.savoir


def test_le_prefet_designe_une_personne_seule() -> None:
    seule = [propose("d2", prefet_le="2026-11-02", designe_par="Préfet")]
    dispense = {"genre": "prefet", "motif": "Désignation du 02/11/2026."}
    constat = tenir(seance(candidats=seule, decisions=[decide("d2", "attribution")], dispense=dispense), classees())
    assert (constat.examines, constat.designations_hors_ordre, constat.savoir) == (1, 0, (droit().dalo.copie,))


def test_le_prefet_designe_hors_du_secteur_avec_elle() -> None:
    """La désignation passe par-dessus le secteur, jamais sans l'avoir vu avec la personne, et rien d'autre."""
    du_prefet = {"prefet_le": "2026-11-02", "designe_par": "Préfet"}
    dits = {"decisions": [*DEUX, decide("d9", "non_attribution")]}
    candidats = [*AUTRES, propose("d9", **du_prefet)]
    assert "Voyez avec la personne" in refus({"d9": ["secteur"]}, candidats=candidats, **dits)
    vide = [*AUTRES, propose("d9", **du_prefet, accord={"par": " ", "le": "2026-11-28"})]
    assert "Voyez avec la personne" in refus({"d9": ["secteur"]}, candidats=vide, **dits)
    vu = [*AUTRES, propose("d9", **du_prefet, accord={"par": "A. Martin", "le": "2026-11-28"})]
    assert "n'est pas candidate" in refus({"d9": ["secteur", "radiee"]}, candidats=vu, **dits)
    constat = tenir(seance(candidats=vu, **dits), classees(ecartees={"d9": ["secteur"]}))
    assert constat.lignes[-1].rang is None
    assert droit().dalo.rejet in constat.savoir
    assert droit().dalo.copie not in constat.savoir


def test_une_demande_ecartee_ne_se_propose_pas() -> None:
    assert "n'est pas candidate à ce logement" in refus(
        {"d9": ["secteur"]}, candidats=[*AUTRES, propose("d9")], decisions=[*DEUX, decide("d9", "non_attribution")]
    )


# La résidence à enjeu de mixité.


def test_un_refus_pour_la_residence_exige_l_offre_ailleurs() -> None:
    residence = {"nom": "Les Tilleuls", "convention": "Convention d'essai", "liste_le": "2025-06-30"}

    def decisions(**dits: Any) -> list[dict[str, Any]]:
        fragile = decide("d2", "non_attribution", motif_legal="residence_fragile", **dits)
        return [decide("d1", "attribution"), fragile, NON[1]]

    suivie = decisions(ailleurs={"suivi_par": "Service des attributions"})
    assert "ne vaut que dans une résidence de la convention" in refus(decisions=suivie)
    assert "oblige à proposer le premier logement" in refus(decisions=decisions(), residence=residence)
    assert "oblige à proposer" in refus(decisions=decisions(ailleurs={"logement": " "}), residence=residence)
    for permise in (suivie, decisions(ailleurs={"logement": "ESSAI-7"})):
        tenir(seance(decisions=permise, residence=residence), classees())


# L'ordre de la grille.


def test_une_designation_hors_ordre_s_ecrit_et_se_compte() -> None:
    candidats = [propose("d1"), propose("d3"), propose("d4")]
    decisions = [decide("d1", "attribution"), decide("d3", "non_attribution"), decide("d4", "non_attribution")]
    assert refus(candidats=candidats, decisions=decisions).count("mieux rangée ne l'est pas") == 2
    motives = [propose(un["dossier"], motif="Public de la convention.") for un in candidats]
    constat = tenir(seance(candidats=motives, decisions=decisions), classees())
    assert (constat.designations_hors_ordre, constat.decisions_hors_ordre) == (2, 0)


def test_une_decision_hors_ordre_s_ecrit_et_se_compte() -> None:
    decisions = [decide("d1", "non_attribution"), decide("d2", "attribution"), NON[1]]
    assert "d2 passe devant un candidat mieux rangé" in refus(decisions=decisions)
    decisions[1] = decide("d2", "attribution", hors_ordre="Logement au rez-de-chaussée, nécessaire.")
    assert tenir(seance(decisions=decisions), classees()).decisions_hors_ordre == 1


def test_un_rang_hors_ordre() -> None:
    rangs = [decide("d2", "attribution_rang", rang=1), decide("d1", "attribution_rang", rang=2), NON[1]]
    assert "d2 passe devant" in refus(decisions=rangs)


def test_un_irrecevable_ne_se_passe_pas() -> None:
    decisions = [decide("d1", "irrecevabilite"), decide("d2", "attribution"), NON[1]]
    constat = tenir(seance(decisions=decisions), classees())
    assert constat.decisions_hors_ordre == 0
    assert any("recommandé" in dit for dit in constat.savoir)


def test_a_egalite_rien_n_est_hors_ordre_et_cela_se_dit() -> None:
    candidats, autres = [propose("d1"), propose("d3"), propose("d4")], {"d1": 1, "d3": 2, "d4": 2}
    decisions = [decide("d1", "non_attribution"), decide("d4", "attribution", hors_ordre="x"),
                 decide("d3", "non_attribution")]  # fmt: skip
    constat = tenir(seance(candidats=candidats, decisions=decisions), classees(autres))
    assert [une.egaux for une in constat.lignes] == [0, 1, 1]
    sans_d1 = decisions_hors_ordre(seance(decisions=[decide("d1", "irrecevabilite"), *decisions[1:]]), autres, droit())
    assert sans_d1 == ()


def test_qui_est_designe_par_le_prefet_ne_passe_pas_par_la_grille() -> None:
    candidats = [propose("d1"), propose("d2"), propose("d3", prefet_le="2026-11-02")]
    decisions = [decide("d1", "non_attribution"), decide("d2", "non_attribution"), decide("d3", "attribution")]
    assert tenir(seance(candidats=candidats, decisions=decisions), classees()).decisions_hors_ordre == 0
    seule = seance(candidats=[propose("d3", prefet_le="2026-11-02"), propose("d9")])
    assert designations_hors_ordre(seule, {"d1": 1, "d3": 3}) == ()


# Ce qui manque se montre, sans être inventé.


def test_un_reglement_non_saisi_se_montre_manquant() -> None:
    constat = tenir(seance(reglement={}, membres=[MEMBRES[0]]), classees())
    assert constat.notifier_avant is None
    manques = " ".join(constat.savoir)
    for dit in ("Non saisi : quorum", "délai pour notifier", "délai pour répondre", "nom du règlement",
                "Préfet ou son représentant", "Maire de la commune", "représentant des locataires",
                "Représentant des organismes agréés"):  # fmt: skip
        assert dit in manques


def test_un_motif_a_exception_se_verifie_pour_tous() -> None:
    decisions = [decide("d1", "attribution"), decide("d2", "non_attribution", motif_legal="logement_possede"), NON[1]]
    assert droit().motifs["logement_possede"].a_verifier in tenir(seance(decisions=decisions), classees()).savoir


def test_une_condition_avec_un_rang_reste_a_faire_valider() -> None:
    condition = {"piece": "Avis d'imposition", "piece_le": "2026-12-20"}
    decisions = [decide("d1", "attribution_condition", rang=1, **condition),
                 decide("d2", "attribution_rang", rang=2), NON[1]]  # fmt: skip
    constat = tenir(seance(decisions=decisions), classees())
    assert any("(à faire valider)" in dit for dit in constat.savoir)
    seule = [decide("d1", "attribution_condition", **condition), *NON]
    assert tenir(seance(decisions=seule), classees()).savoir == ()


def test_sans_decision_la_seance_se_prepare() -> None:
    """Nul n'y siège encore ; les candidats, eux, se vérifient."""
    constat = tenir(seance(decisions=[], membres=[]), classees())
    assert not constat.tenue
    assert [une.reference for une in constat.lignes] == ["C-01", "C-02", "C-03"]
    assert "2 candidats à examiner" in refus(decisions=[], candidats=AUTRES)


# Les mutants.


@pytest.mark.parametrize(
    ("garde", "epreuve"),
    [
        ("_hors_ordre", test_une_decision_hors_ordre_s_ecrit_et_se_compte),
        ("_designations", test_une_designation_hors_ordre_s_ecrit_et_se_compte),
        ("_nombre", test_un_candidat_retire_n_est_pas_examine),
        ("_motif", test_un_refus_pour_la_residence_exige_l_offre_ailleurs),
        ("_candidat", test_le_prefet_designe_hors_du_secteur_avec_elle),
        ("_numeros", test_sans_numero_unique_nulle_attribution_que_nul_n_a_verifiee),
        ("_manques", test_un_reglement_non_saisi_se_montre_manquant),
    ],
)
def test_mutant_sans_cette_garde(garde: str, epreuve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controles, garde, lambda *_: iter(()))
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        epreuve()
