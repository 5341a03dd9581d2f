"""La porte « seul à seul » : un motif avant toute réponse, mêmes mots et même durée, à qui chaque essai se dit."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from outils_coffre import AGENT, creer, ouvrir

from modele.coffre import Coffre, porte_discrete, recherche
from modele.coffre.listes import Avis
from modele.coffre.porte_discrete import AU_PLUS, PAS_ASSEZ, SANS_MOTIF
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.protection.discretion import devenir_discret
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import DUREE_DES_ESSAIS, ESSAIS_SEUL_A_SEUL

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

NORA, PAUL, LEA = Auteur(AGENT), Auteur("Paul Roy"), Auteur("Léa Blanc")
DISCRET = {"protection": {"discret": True}}
AWA: dict[str, Any] = {"demandeur": {"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1980-05-14"}}
MOTIF = "reçue seule, référence perdue"
CAS = Path(__file__).parent / "cas_discret_sans_porte.jsonl"


def _ouvrir(coffre: Coffre, **protection: str) -> str:
    """Le dossier discret d'Awa, que Léa a créé."""
    document = {**AWA, "protection": {"discret": True, **protection}}
    identifiant: str = coffre.creer_dossier(document, LEA)["id"]
    return identifiant


def _textes(coffre: Coffre) -> str:
    """Tout ce que le coffre écrit, opérations et objets compris."""
    with coffre._base.lecture() as connexion:
        lignes = [*connexion.exec_driver_sql("SELECT document, titre, detail FROM dossier")]
        lignes += [*connexion.exec_driver_sql("SELECT action, '', '' FROM acces")]
        contenus = connexion.exec_driver_sql("SELECT contenu FROM operation WHERE contenu IS NOT NULL").scalars()
        return " ".join([*(f"{a} {b} {c}" for a, b, c in lignes), *(bytes(un).decode() for un in contenus)]).lower()


# Les cas publics.


@pytest.mark.parametrize("cas", [json.loads(ligne) for ligne in CAS.read_text(encoding="utf-8").splitlines()])
def test_un_dossier_discret_sans_porte_exacte_en_a_une(coffre: Coffre, cas: dict[str, Any]) -> None:
    """Cas 02b : une année, un seul nom, d'autres lettres ; avec un motif, et jamais par la recherche ordinaire."""
    dossier = coffre.creer_dossier(cas["dossier"], NORA)["id"]
    assert coffre.rechercher(cas["recherche"]) == []
    assert [un.dossier for un in coffre.porte.chercher(cas["recherche"], MOTIF, NORA)] == [dossier]


# Avant le motif.


@pytest.mark.parametrize(
    ("saisie", "motif", "phrase"),
    [
        ("traore awa 14/05/1980", "", SANS_MOTIF),
        ("traore awa 14/05/1980", "  \n ", SANS_MOTIF),
        ("traore awa", MOTIF, PAS_ASSEZ),
        ("14/05/1980", MOTIF, PAS_ASSEZ),
    ],
)
@pytest.mark.parametrize("existe", [True, False])
def test_sans_motif_ni_naissance_le_meme_refus(
    coffre: Coffre, saisie: str, motif: str, phrase: str, existe: bool
) -> None:
    """Les mêmes mots qu'il existe ou non, et rien d'écrit : ni avis, ni essai, ni accès."""
    if existe:
        _ouvrir(coffre)
    avant = _textes(coffre)
    with pytest.raises(ErreurUtilisateur) as refus:
        coffre.porte.chercher(saisie, motif, NORA)
    assert str(refus.value) == phrase
    assert _textes(coffre) == avant


@pytest.mark.parametrize("existe", [True, False])
def test_le_debit_est_limite_du_meme_refus(coffre: Coffre, existe: bool) -> None:
    """Dix par heure et par agent, trouvés ou non ; un autre agent cherche encore ; une heure après, tous."""
    if existe:
        _ouvrir(coffre)
    depart = datetime.now().astimezone()
    coffre._horloge = lambda: depart
    for rang in range(ESSAIS_SEUL_A_SEUL):
        saisie = "traore awa 1980" if rang % 2 else f"inconnue {'abcdefghij'[rang] * 5} 1980"
        assert bool(coffre.porte.chercher(saisie, MOTIF, NORA)) is (existe and bool(rang % 2))
    avant = _textes(coffre)
    with pytest.raises(ErreurUtilisateur, match=f"cherché {ESSAIS_SEUL_A_SEUL} fois seul à seul") as refus:
        coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    assert "traor" not in str(refus.value)
    assert _textes(coffre) == avant
    assert bool(coffre.porte.chercher("traore awa 1980", MOTIF, PAUL)) is existe
    # Reculer l'horloge ne rend pas d'essais.
    coffre._horloge = lambda: depart - DUREE_DES_ESSAIS * 3
    with pytest.raises(ErreurUtilisateur):
        coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    coffre._horloge = lambda: depart + DUREE_DES_ESSAIS + timedelta(seconds=1)
    assert bool(coffre.porte.chercher("traore awa 1980", MOTIF, NORA)) is existe


def test_mutant_ne_compter_que_les_rencontres(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le refus dirait qu'il existe : c'est ce que l'épreuve du débit tue."""

    def seulement_les_rencontres(connexion: Any, auteur: Auteur, quand: datetime) -> None:
        acces = [un for un in porte_discrete.journaux.acces(connexion, None) if un.geste.acces is Acces.RENCONTRE]
        if len([un for un in acces if un.agent == auteur.nom]) >= ESSAIS_SEUL_A_SEUL:
            raise ErreurUtilisateur(porte_discrete.TROP)

    monkeypatch.setattr(porte_discrete, "_exiger_le_debit", seulement_les_rencontres)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_le_debit_est_limite_du_meme_refus(coffre, existe=False)


COMBIEN = 150
DITS = ("traore awa 14/05/1980", "TRAORÉ Awa", "traore 1980", "awa 14051980")


def _coffre_de(chemin: Path, discrets: bool) -> Coffre:
    """Cent cinquante dossiers ordinaires ; et autant de discrets qui répondraient tous, ou pas."""
    coffre, _ = creer(chemin)
    coffre.importer(
        [
            {"demandeur": {"nom": f"Nom{rang}", "prenoms": "Zoé", "date_naissance": "1990-01-01"}}
            for rang in range(COMBIEN)
        ],
        NORA,
    )
    if discrets:
        coffre.importer([AWA | DISCRET for _ in range(COMBIEN)], NORA)
    return coffre


def _rapport(tmp_path: Path) -> float:
    """La durée d'une recherche là où elle existe, sur la durée là où elle n'existe pas ; mesurées tour à tour."""
    avec, sans = _coffre_de(tmp_path / "avec.perron", True), _coffre_de(tmp_path / "sans.perron", False)
    durees: dict[Coffre, list[float]] = {avec: [], sans: []}
    for tour in range(120):
        # L'ordre alterne : ce qui ralentit la machine ralentit l'un comme l'autre.
        for coffre in (avec, sans) if tour % 2 else (sans, avec):
            debut = perf_counter()
            for saisie in DITS:
                assert coffre.rechercher(saisie) == []
            durees[coffre].append(perf_counter() - debut)
    for coffre in durees:
        coffre.fermer()
    return median(durees[avec]) / median(durees[sans])


def test_la_recherche_ordinaire_dure_autant_qu_elle_existe_ou_non(tmp_path: Path) -> None:
    """Rien d'un dossier discret n'y est lu : ni ses mots, ni ses fréquences, ni sa porte."""
    assert 0.67 < _rapport(tmp_path) < 1.5


def test_mutant_regarder_la_porte_avant_le_motif_se_mesure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparer sans montrer suffit à trahir : le temps le dirait."""
    vraie = recherche._par_ressemblance

    def bavarde(connexion: Any, demande: Any) -> Any:
        if porte_discrete.assez_dit(demande):
            porte_discrete._trouver(connexion, demande)
        return vraie(connexion, demande)

    monkeypatch.setattr(recherche, "_par_ressemblance", bavarde)
    assert _rapport(tmp_path) > 1.5


def test_aucun_terme_d_un_dossier_discret_n_est_dans_l_index(coffre: Coffre) -> None:
    """Ni termes, ni fréquences, ni personnes : l'index est celui d'un coffre où il n'est pas."""
    _ouvrir(coffre)
    coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    with coffre._base.lecture() as connexion:
        for table in ("personne", "frequence", "terme_docsize"):
            assert connexion.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0


# Après le motif : à qui cela se dit.


def test_un_essai_qui_rencontre_est_dit_au_referent_et_au_suppleant(coffre: Coffre) -> None:
    """Qui, quand, pourquoi ; chacun le lit de son côté ; nul autre ne le voit ; ce qui était cherché n'y est pas."""
    dossier = _ouvrir(coffre, referent="Léa Blanc", suppleant="paul  ROY")
    (trouve,) = coffre.porte.chercher("traore awa 1981", f"  {MOTIF}\n", NORA)
    assert (trouve.dossier, trouve.resume.titre, trouve.resume.detail) == (dossier, "Dossier discret", "")
    assert coffre.porte.avis(NORA) == coffre.porte.essais(NORA) == []
    (pour_lea,), (pour_paul,) = coffre.porte.avis(LEA), coffre.porte.avis(PAUL)
    assert pour_lea == pour_paul
    assert (pour_lea.dossier, pour_lea.par, pour_lea.motif) == (dossier, AGENT, MOTIF)
    assert pour_lea.reference == trouve.resume.reference
    coffre.porte.lu(pour_lea, LEA)
    assert (coffre.porte.avis(LEA), coffre.porte.avis(PAUL)) == ([], [pour_paul])
    coffre.porte.lu(pour_paul, PAUL)
    assert coffre.porte.avis(PAUL) == []
    assert "1981" not in _textes(coffre)
    assert [un.geste.acces for un in coffre.acces(dossier)] == [Acces.CREER, Acces.RENCONTRE]
    assert MOTIF not in repr(coffre.acces())


def test_un_essai_vain_va_a_la_liste_du_responsable(coffre: Coffre) -> None:
    """Sans dossier ni mots cherchés ; lu, il n'y est plus ; qui n'est pas responsable n'en voit rien."""
    _ouvrir(coffre, referent="Léa Blanc")
    assert coffre.porte.chercher("martin chloe 1975", MOTIF, NORA) == []
    assert coffre.porte.avis(LEA) == []
    (essai,) = coffre.porte.essais(PAUL)
    assert (essai.par, essai.motif) == (AGENT, MOTIF)
    assert coffre.porte.essais(Auteur("Paul Roy", ("agent",))) == []
    coffre.porte.lu(essai, PAUL)
    assert coffre.porte.essais(PAUL) == []
    assert "chloe" not in _textes(coffre)
    assert coffre.acces()[-1].dossier is None


def test_un_essai_vain_se_garde_un_an_au_plus(chemin: Path) -> None:
    """Lu ou non : la liste, son motif, la ligne du journal ; ce qui a rencontré un dossier reste avec lui."""
    coffre, _ = creer(chemin)
    debut = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    coffre._horloge = lambda: debut
    _ouvrir(coffre, referent="Léa Blanc")
    for saisie in ("martin chloe 1975", "roux ines 1980", "traore awa 1980"):
        coffre.porte.chercher(saisie, f"MOTIF {saisie[:4]}", NORA)
    coffre.porte.lu(coffre.porte.essais(PAUL)[0], PAUL)
    for jours, restent in ((364, 1), (365, 0)):
        coffre._horloge = lambda jours=jours: debut + timedelta(days=jours)
        coffre.effacer_les_echus()
        assert len(coffre.porte.essais(PAUL)) == restent
    ecrit = _textes(coffre)
    assert "motif mart" not in ecrit
    assert "motif roux" not in ecrit
    assert [un.motif for un in coffre.porte.avis(LEA)] == ["MOTIF trao"]
    assert not any(un.geste.acces is Acces.SEUL_A_SEUL for un in coffre.acces())
    assert coffre.verifier_chaine() == []
    coffre.fermer()
    assert b"MOTIF" not in chemin.read_bytes()
    rouvert = ouvrir(chemin)
    assert rouvert.porte.essais(PAUL) == []
    rouvert.fermer()


def test_le_journal_dit_l_essai_du_meme_mot(coffre: Coffre) -> None:
    """Sans dossier, qu'il rencontre ou non ; la rencontre est au journal du dossier seul."""
    _ouvrir(coffre)
    for saisie in ("traore awa 1980", "martin chloe 1975"):
        coffre.porte.chercher(saisie, MOTIF, NORA)
    essais = [un for un in coffre.acces() if un.geste.acces is Acces.SEUL_A_SEUL]
    assert [(un.agent, un.dossier, un.geste.motif) for un in essais] == [(AGENT, None, "")] * 2


def test_nul_n_est_nomme(coffre: Coffre) -> None:
    """L'avis va à qui a créé le dossier ici, et au responsable : jamais à personne."""
    dossier = _ouvrir(coffre)
    coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    social = Auteur("Léa Blanc", ("social",))
    (avis,) = coffre.porte.avis(social)
    assert avis.dossier == dossier
    assert coffre.porte.avis(Auteur("Paul Roy", ("social",))) == []
    assert coffre.porte.avis(Auteur("Paul Roy", ("responsable",))) == [avis]
    coffre.porte.lu(avis, social)
    assert coffre.porte.avis(LEA) == coffre.porte.avis(PAUL) == []


def test_chaque_dossier_rencontre_a_son_avis(coffre: Coffre) -> None:
    """Plusieurs répondent : chacun est dit, et seuls les meilleurs se montrent."""
    dossiers = [_ouvrir(coffre, referent="Léa Blanc") for _ in range(AU_PLUS + 2)]
    trouves = [un.dossier for un in coffre.porte.chercher("traore awa 1980", MOTIF, NORA)]
    assert len(trouves) == AU_PLUS
    assert set(trouves) < set(dossiers)
    assert {un.dossier for un in coffre.porte.avis(LEA)} == set(trouves)


def test_un_dossier_gele_recoit_encore_ses_avis(coffre: Coffre) -> None:
    """Ce qui veille sur lui s'y écrit : le gel ne rend pas un essai muet."""
    from modele.dossier.droits_personnes import PERSONNE, Droit

    dossier = _ouvrir(coffre, referent="Léa Blanc")
    coffre.droits.noter(dossier, Droit.LIMITATION, PERSONNE, NORA)
    assert coffre.droits.gele(dossier)
    coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    (avis,) = coffre.porte.avis(LEA)
    coffre.porte.lu(avis, LEA)
    assert coffre.porte.avis(LEA) == []


def test_ce_qui_n_est_plus_la_ne_repond_plus(coffre: Coffre) -> None:
    """Redevenu ordinaire, ou supprimé : ni porte, ni avis."""
    dossier = _ouvrir(coffre, referent="Léa Blanc")
    coffre.porte.chercher("traore awa 1980", MOTIF, NORA)
    (avis,) = coffre.porte.avis(LEA)
    levee = {"protection.discret": False, "protection.levee_motif": "à sa demande"}
    coffre.modifier(dossier, levee, LEA)
    assert coffre.porte.avis(LEA) == coffre.porte.chercher("traore awa 1980", MOTIF, NORA) == []
    # Lu quand même : ce qui n'est plus à personne ne s'écrit pas, et ne se refuse pas non plus.
    coffre.porte.lu(avis, LEA)
    coffre.modifier(dossier, devenir_discret(), LEA)
    assert len(coffre.porte.chercher("traore awa 1980", MOTIF, NORA)) == 1
    assert len(coffre.porte.avis(LEA)) == 2


def test_une_ligne_de_porte_sans_dossier_tenu_ne_se_montre_pas(coffre: Coffre) -> None:
    """Ce que la porte garderait d'un dossier parti ne mène à rien, et l'essai est vain."""
    dossier = _ouvrir(coffre)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE dossier SET etat = 'sorti' WHERE id = ?", (dossier,))
    assert coffre.porte.chercher("traore awa 1980", MOTIF, NORA) == []
    assert len(coffre.porte.essais(PAUL)) == 1


def test_les_dossiers_dont_un_agent_repond(coffre: Coffre) -> None:
    """Référent, suppléant, ou créateur si nul n'est nommé ; jamais un dossier ordinaire, jamais celui d'un autre."""
    coffre.creer_dossier({**AWA, "protection": {"referent": "Léa Blanc"}}, LEA)
    nomme = _ouvrir(coffre, referent="Léa Blanc", suppleant="Paul Roy")
    seul = _ouvrir(coffre, referent="Paul Roy")
    sans = _ouvrir(coffre)
    assert [un.dossier for un in coffre.porte.suivis(LEA)] == [nomme, sans]
    assert [(un.dossier, un.sans_suppleant) for un in coffre.porte.suivis(Auteur("PAUL ROY"))] == [
        (nomme, False),
        (seul, True),
    ]
    assert [un.sans_referent for un in coffre.porte.suivis(LEA)] == [False, True]
    assert coffre.porte.suivis(Auteur("Nora")) == []
    coffre.modifier(sans, {"protection.referent": "Nora"}, LEA)
    assert [un.dossier for un in coffre.porte.suivis(Auteur("Nora"))] == [sans]
    assert isinstance(coffre.porte.avis(LEA), list)


def test_sans_le_droit_de_lire_un_dossier_discret_la_porte_reste_fermee(coffre: Coffre) -> None:
    """Le même refus qu'il existe ou non, et rien ne se note."""
    refus = []
    for _ in range(2):
        with pytest.raises(ErreurUtilisateur) as dit:
            coffre.porte.chercher("traore awa 1980", MOTIF, Auteur("X", ("observateur",)))
        refus.append(str(dit.value))
        _ouvrir(coffre)
    assert refus[0] == refus[1]
    assert isinstance(coffre.porte.avis(LEA), list)
    assert not any(un.geste.acces is Acces.SEUL_A_SEUL for un in coffre.acces())


def test_un_avis_dit_ce_qu_il_peut(coffre: Coffre) -> None:
    """Venu d'une autre version sans auteur ni motif, il se lit encore : un avis ne se perd pas."""
    dossier = _ouvrir(coffre, referent="Léa Blanc")
    coffre.creer_objet("avis", {"dossier": dossier}, NORA)
    (avis,) = coffre.porte.avis(LEA)
    assert isinstance(avis, Avis)
    assert (avis.par, avis.motif) == ("", "")
