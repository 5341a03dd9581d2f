"""Le rapport d'activité : chaque chiffre égale un compte simple, fait ici sans SQL ; figé, il ne bouge plus."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from outils_annee import AILLEURS, ANNEE, ICI, NORA, VOIES, Su, remplir, venues
from outils_coffre import creer

from modele.chiffres import Diffusion, declaration, masquer, seuil_de
from modele.chiffres import rapport as rapports_purs
from modele.chiffres.declaration import NON_DIT, Chiffre, Compte, Perimetre, declares
from modele.chiffres.rapport import Ligne, Rapport
from modele.coffre import Coffre, releves
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

Annee = tuple[Coffre, list[Su]]


@pytest.fixture(scope="module")
def annee(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Annee]:
    coffre, sus = remplir(tmp_path_factory.mktemp("annee") / "coffre.db")
    yield coffre, sus
    coffre.fermer()


def relever(coffre: Coffre, lieu: str = ICI, quand: int = ANNEE) -> Any:
    with coffre._base.lecture(entiere=True) as connexion:
        postes = releves.lieux(connexion)[lieu]
        return releves.relever(connexion, declares(), postes, quand, VOIES)


# Le compte simple : des boucles, aucun SQL, aucun masque.


def suites(su: Su) -> list[dict[str, Any]]:
    toutes = su.document["suites"]["elements"].values()
    return [une for une in toutes if une["faite_le"].startswith(str(ANNEE))]


def dites(su: Su) -> list[dict[str, Any]]:
    return [une for une in suites(su) if une["orientation"] in VOIES]


def motifs(su: Su) -> list[str]:
    coches: list[str] = su.document["demande"].get("motifs", {}).get("coches", [])
    return coches


def jours(une: dict[str, Any]) -> int:
    return (date.fromisoformat(une["issue_le"]) - date.fromisoformat(une["faite_le"])).days


def langue(su: Su) -> str:
    dite = su.document["contact"].get("langue")
    return dite if isinstance(dite, str) else NON_DIT


LIGNES: dict[str, Callable[[Su], set[str]]] = {
    "personnes_recues": lambda su: {""},
    "motifs": lambda su: set(motifs(su)),
    "orientees": lambda su: {""} if dites(su) else set(),
    "orientations": lambda su: {une["orientation"] for une in dites(su)},
    "issues": lambda su: {une["issue"] for une in dites(su) if "issue" in une},
    "delai_reponse": lambda su: {"nombre"} if any("issue_le" in une for une in dites(su)) else set(),
    "rendez_vous": lambda su: {etat for annee, etat in su.rendez_vous if annee == ANNEE},
    "personnes_du_territoire": lambda su: {""},
    "langues": lambda su: {langue(su)},
    "motifs_a_part": lambda su: {""} if set(motifs(su)) & A_PART else set(),
    "orientations_a_part": lambda su: {""} if len(suites(su)) > len(dites(su)) else set(),
}
A_PART = {"violences", "handicap", "sante", "regroupement_familial"}


def compter_les_venues(chiffre: Chiffre, lieu: str, ici: int = 260) -> dict[str, tuple[int, int]]:
    """Des venues de l'année ; rien d'un autre lieu que celui du poste."""
    lignes = [
        {"": "", "motif": motif, "issue": issue or NON_DIT}[chiffre.chemin]
        for annee, motif, issue in venues(ici)
        if annee == ANNEE and lieu == ICI
    ]
    return {ligne: (lignes.count(ligne), lignes.count(ligne)) for ligne in lignes}


def compter(sus: list[Su], chiffre: Chiffre, lieu: str) -> dict[str, tuple[int, int]]:
    """De chaque ligne, combien de personnes et d'écritures."""
    if chiffre.compte is Compte.VENUES:
        return compter_les_venues(chiffre, lieu)
    ou = lieu if chiffre.perimetre is Perimetre.LIEU else None
    comptes: dict[str, tuple[int, int]] = {}
    for su in sus:
        if ecritures := su.recue(ou):
            for ligne in LIGNES[chiffre.id](su):
                personnes, operations = comptes.get(ligne, (0, 0))
                comptes[ligne] = personnes + 1, operations + ecritures
    return comptes


SUIVIS = [un for un in declares().chiffres if un.suivi]


@pytest.mark.parametrize("lieu", [ICI, AILLEURS])
@pytest.mark.parametrize("chiffre", SUIVIS, ids=[un.id for un in SUIVIS])
def test_chaque_chiffre_egale_un_compte_simple(annee: Annee, chiffre: Chiffre, lieu: str) -> None:
    coffre, sus = annee
    comptes = relever(coffre, lieu).comptes.get(chiffre.id, {})
    assert {ligne: (un.personnes, un.operations) for ligne, un in comptes.items()} == compter(sus, chiffre, lieu)


def test_les_durees_sont_celles_des_orientations_repondues(annee: Annee) -> None:
    coffre, sus = annee
    attendues = sorted(jours(une) for su in sus if su.recue(ICI) for une in dites(su) if "issue_le" in une)
    assert sorted(relever(coffre).durees["delai_reponse"]) == attendues
    lignes = {une.id: une for une in tirer(coffre).lignes}
    assert lignes["delai_reponse.mediane"].valeur == statistics.median(attendues)
    assert lignes["delai_reponse.mediane"].unite == "jours"


def test_l_annee_d_avant_ne_compte_que_la_sienne(annee: Annee) -> None:
    coffre, sus = annee
    recues = relever(coffre, quand=ANNEE - 1).comptes["personnes_recues"][""]
    assert recues.personnes == sum(1 for su in sus if su.recue(ICI, ANNEE - 1))


# Ce qui se publie


def tirer(coffre: Coffre, lieu: str = ICI, quand: int = ANNEE, diffusion: Diffusion = Diffusion.PARTENAIRES) -> Rapport:
    return coffre.rapports.tirer(quand, lieu, NORA, VOIES, diffusion).rapport


def test_une_ligne_publiee_porte_le_compte_et_ses_operations_une_ligne_tue_ni_l_un_ni_l_autre(annee: Annee) -> None:
    coffre, sus = annee
    publie = tirer(coffre)
    comptes = {un.id: compter(sus, un, ICI) for un in SUIVIS}
    for ligne in publie.lignes:
        if ligne.masque or not ligne.suivi:
            assert (ligne.valeur, ligne.operations) == (None, None)
        elif ligne.unite != "jours":
            code = ligne.id.removeprefix(ligne.chiffre).lstrip(".")
            assert (ligne.valeur, ligne.operations) == comptes[ligne.chiffre].get(code, (0, 0))
            assert ligne.valeur is not None
            assert ligne.valeur >= 5
    assert any(ligne.masque for ligne in publie.lignes)
    assert sum(1 for ligne in publie.lignes if ligne.valeur is not None) > 15


def test_rien_de_ce_qui_protege_ne_se_dit_par_lieu(annee: Annee) -> None:
    """Ni voie à part, ni motif à part, ni langue : au territoire, une seule ligne (les langues exceptées)."""
    publie = tirer(annee[0])
    du_lieu = {un.id for un in declares().du(Perimetre.LIEU)}
    ids = {une.id for une in publie.lignes if une.chiffre in du_lieu}
    assert not {un for un in ids if any(f".{code}" in un for code in (*A_PART, *declares().a_part, "fr", "ar"))}
    assert [une.id for une in publie.lignes if une.chiffre in ("motifs_a_part", "orientations_a_part")] == [
        "motifs_a_part",
        "orientations_a_part",
    ]


def test_ce_qui_n_est_pas_encore_tenu_n_est_pas_zero(annee: Annee) -> None:
    """La file d'un autre lieu n'est pas sur ce poste : ses venues ne sont pas zéro, et aucune n'est comptée."""
    ailleurs = {une.id: une for une in tirer(annee[0], AILLEURS).lignes}
    du_lieu = [un for un in declares().chiffres if un.compte is Compte.VENUES]
    for chiffre in du_lieu:
        assert ailleurs[chiffre.id] == Ligne(chiffre.id, chiffre.id, chiffre.libelle, suivi=False)
    assert all(une.suivi for une in tirer(annee[0]).lignes)
    assert [un.id for un in du_lieu] == ["venues", "venues_motifs", "venues_issues"]


def test_les_venues_font_leur_total_et_ce_qui_se_tait_ne_s_en_deduit_pas(annee: Annee) -> None:
    """Trois motifs n'ont personne ; avec le total, les autres les rendraient tous : une ligne de plus se tait."""
    lignes = [une for une in tirer(annee[0], diffusion=Diffusion.PUBLIC).lignes if une.chiffre == "venues_motifs"]
    comptes = relever(annee[0]).comptes["venues_motifs"]
    assert sum(un.personnes for un in comptes.values()) == relever(annee[0]).comptes["venues"][""].personnes
    tues = [comptes[code].personnes for une in lignes if une.masque and (code := une.id.split(".")[1]) in comptes]
    assert sum(tues) >= seuil_de(Diffusion.PUBLIC)
    assert {une.unite for une in lignes if not une.masque} == {"venues"}


def test_un_poste_sans_nom_dit_d_ou_lui_vient_un_lieu(tmp_path: Path) -> None:
    coffre, _ = creer(tmp_path / "sans-nom.db")
    coffre.regler("poste.nom", "")
    with pytest.raises(ErreurUtilisateur, match="pas de nom de lieu"):
        tirer(coffre, "")
    coffre.fermer()


def test_un_poste_sans_nom_ne_tire_pas_le_rapport_d_un_autre_lieu(tmp_path: Path) -> None:
    """Il connaît Vieux-Pont : son rapport, s'il ne dit pas lequel, n'est pas celui de Vieux-Pont."""
    coffre, _ = remplir(tmp_path / "sans.db", ici=10, ailleurs=10)
    coffre.regler("poste.nom", "")
    assert coffre.rapports.lieux(NORA) == [AILLEURS]
    with pytest.raises(ErreurUtilisateur, match="pas de nom de lieu"):
        tirer(coffre, "")
    assert tirer(coffre, AILLEURS).lieu == AILLEURS
    coffre.fermer()


def test_un_poste_qui_ne_tient_qu_un_lieu_ne_dit_pas_le_territoire(tmp_path: Path) -> None:
    """Ses langues « du territoire » seraient celles de ce lieu : le croisement que la norme refuse."""
    coffre, _ = remplir(tmp_path / "seul.db", ici=60, ailleurs=0)
    publie = tirer(coffre)
    assert not publie.territoire
    du_territoire = {un.id for un in declares().du(Perimetre.TERRITOIRE)}
    assert {une.id for une in publie.lignes if une.chiffre in du_territoire} == du_territoire
    assert all(une.masque for une in publie.lignes if une.chiffre in du_territoire)
    coffre.fermer()


# Deux rapports


def test_fige_il_ne_bouge_plus_meme_apres_un_dossier_de_plus_ou_de_moins(tmp_path: Path) -> None:
    """Tiré une seconde fois, sa différence avec le premier dirait qui est venu, ou qui a été effacé, entre les deux."""
    coffre, _ = remplir(tmp_path / "fige.db", ici=80, ailleurs=30)
    premier = coffre.rapports.tirer(ANNEE, ICI, NORA, VOIES, Diffusion.PARTENAIRES)
    assert premier.fige_le is not None
    coffre._horloge = lambda: datetime(ANNEE, 6, 1, tzinfo=UTC)
    coffre.creer_dossier({"demandeur": {"nom": "Tardive"}}, NORA)
    coffre._horloge = lambda: datetime(ANNEE + 1, 9, 1, tzinfo=UTC)
    assert relever(coffre).comptes["personnes_recues"][""].personnes == _recues(premier.rapport) + 1
    second = coffre.rapports.tirer(ANNEE, ICI, NORA, VOIES, Diffusion.PARTENAIRES)
    assert second == premier
    coffre.fermer()


def _recues(publie: Rapport) -> int:
    (ligne,) = (une for une in publie.lignes if une.id == "personnes_recues")
    assert isinstance(ligne.valeur, int)
    return ligne.valeur


def test_une_annee_en_cours_est_provisoire_et_ne_se_fige_pas(tmp_path: Path) -> None:
    coffre, _ = remplir(tmp_path / "cours.db", ici=40, ailleurs=0)
    coffre._horloge = lambda: datetime(ANNEE, 12, 31, 12, tzinfo=UTC)
    premier = coffre.rapports.tirer(ANNEE, ICI, NORA, VOIES, Diffusion.PARTENAIRES)
    assert premier.fige_le is None
    coffre.creer_dossier({"demandeur": {"nom": "Suivante"}}, NORA)
    second = coffre.rapports.tirer(ANNEE, ICI, NORA, VOIES, Diffusion.PARTENAIRES)
    assert _recues(second.rapport) == _recues(premier.rapport) + 1
    coffre.fermer()


def test_deux_lieux_et_le_territoire_mis_cote_a_cote_ne_rendent_rien(annee: Annee) -> None:
    """Aucun chiffre n'est à la fois d'un lieu et du territoire : retrancher l'un de l'autre ne dit aucun autre lieu."""
    coffre, _ = annee
    ici, ailleurs = tirer(coffre), tirer(coffre, AILLEURS)
    communs = {une.chiffre for une in ici.lignes} & {un.id for un in declares().du(Perimetre.TERRITOIRE)}
    assert communs.isdisjoint(un.id for un in declares().du(Perimetre.LIEU))
    du_territoire = [
        [une for une in publie.lignes if une.chiffre in communs and une.chiffre != "personnes_du_territoire"]
        for publie in (ici, ailleurs)
    ]
    valeurs = [{une.id: une.valeur for une in lignes if not une.masque} for lignes in du_territoire]
    # Tirés du même coffre, ils disent le même territoire : ce que les deux montrent est égal.
    assert all(valeurs[0][nom] == valeurs[1][nom] for nom in valeurs[0].keys() & valeurs[1].keys())


def test_la_diffusion_large_tait_au_moins_ce_que_tait_la_plus_proche(annee: Annee) -> None:
    coffre, _ = annee
    proche, large = (
        {une.id for une in tirer(coffre, diffusion=diffusion).lignes if une.masque} for diffusion in Diffusion
    )
    assert proche < large
    for une in tirer(coffre, diffusion=Diffusion.PUBLIC).lignes:
        assert une.valeur is None or une.unite == "jours" or une.valeur >= seuil_de(Diffusion.PUBLIC)


# Qui


def test_un_agent_ecarte_d_un_dossier_lit_les_memes_nombres(tmp_path: Path) -> None:
    """Comptés sans lui, la différence avec le rapport d'un collègue dirait qu'il est écarté, et de qui."""
    coffre, _ = remplir(tmp_path / "ecarte.db", ici=30, ailleurs=0)
    coffre._horloge = lambda: datetime(ANNEE, 12, 30, tzinfo=UTC)
    coffre.comptes.ouvrir("Léo Blanc", "Léo", "Accueil", ("agent", "social", "responsable"), "x" * 20, NORA)
    dossier = coffre.creer_dossier({"demandeur": {"nom": "Cachée"}}, NORA)["id"]
    avant = _recues(tirer(coffre))
    coffre.ecarts.ecarter(dossier, Auteur("Léo Blanc"), agent=NORA.nom)
    assert coffre.rechercher("Cachée") == []
    assert _recues(tirer(coffre)) == avant
    coffre.fermer()


def test_un_discret_ne_change_aucun_chiffre_du_lieu(tmp_path: Path) -> None:
    """Un poste qui ne tient pas les discrets tire le même rapport : côte à côte, ils ne disent pas qu'elle existe."""
    coffre, _ = remplir(tmp_path / "discret.db", ici=30, ailleurs=0)
    du_lieu = [un.id for un in declares().du(Perimetre.LIEU)]
    avant = relever(coffre).comptes
    coffre._horloge = lambda: datetime(ANNEE, 12, 30, tzinfo=UTC)
    jours = {"faite_le": f"{ANNEE}-12-30", "issue_le": f"{ANNEE}-12-31"}
    suite = {"orientation": "sans-abri", "issue": "acceptee", **jours}
    cachee = {
        "demandeur": {"nom": "Cachée"},
        "demande": {"motifs": {"coches": ["trop_grand"], "clos": True}},
        "suites": {"elements": {"s1": suite}, "clos": False},
        "protection": {"discret": True, "referent": NORA.nom},
    }
    coffre.creer_dossier(cachee, NORA)
    apres = relever(coffre).comptes
    assert {un: apres.get(un) for un in du_lieu} == {un: avant.get(un) for un in du_lieu}
    # Le territoire, lui, compte ce que ce poste tient.
    assert apres != avant
    coffre.fermer()


def test_mutant_un_discret_compte_au_lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releves, "_ECRITURES", releves._ECRITURES.replace("tenu.discret AS", "0 AS"))
    with pytest.raises(AssertionError):
        test_un_discret_ne_change_aucun_chiffre_du_lieu(tmp_path)


def test_seul_le_responsable_tire_un_rapport(annee: Annee) -> None:
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        annee[0].rapports.tirer(ANNEE, ICI, Auteur(NORA.nom, ("agent",)), VOIES, Diffusion.PARTENAIRES)
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        annee[0].rapports.lieux(Auteur(NORA.nom, ("agent",)))


def test_un_lieu_inconnu_et_une_annee_a_venir_se_disent(annee: Annee) -> None:
    coffre, _ = annee
    with pytest.raises(ErreurUtilisateur, match=r"Il connaît : poste-1, Mairie de Vieux-Pont\."):
        tirer(coffre, "Nulle part")
    for fautive in (ANNEE + 2, 25, -1):
        with pytest.raises(ErreurUtilisateur, match="ne se compte pas"):
            tirer(coffre, quand=fautive)
    assert tirer(coffre, "").lieu == ICI
    assert tirer(coffre, "  MAIRIE de vieux-pont ").lieu == AILLEURS
    assert coffre.rapports.lieux(NORA) == [ICI, AILLEURS]


def test_un_rapport_fige_qui_ne_se_lit_pas_se_dit(tmp_path: Path) -> None:
    coffre, _ = remplir(tmp_path / "abime.db", ici=3, ailleurs=0)
    coffre.creer_objet("rapport", {"annee": str(ANNEE), "lieu": ICI, "contenu": "{"}, NORA)
    with pytest.raises(ErreurUtilisateur, match="ne se lit pas"):
        tirer(coffre)
    coffre.fermer()


# Les mutants


def test_mutant_un_territoire_qui_n_est_que_le_lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapports_purs, "petit", lambda effectif, seuil: False)
    with pytest.raises(AssertionError):
        test_un_poste_qui_ne_tient_qu_un_lieu_ne_dit_pas_le_territoire(tmp_path)


def test_mutant_la_file_d_ailleurs_comptee_zero(annee: Annee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releves, "ICI", "p-ailleurs")
    with pytest.raises(AssertionError):
        assert "venues" not in relever(annee[0], AILLEURS).comptes


def test_mutant_un_masque_qui_laisse_tout(annee: Annee, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rapports_purs, "masquer", lambda *_: frozenset())
    coffre, sus = remplir(tmp_path / "mutant.db", ici=60, ailleurs=20)
    with pytest.raises(AssertionError):
        test_une_ligne_publiee_porte_le_compte_et_ses_operations_une_ligne_tue_ni_l_un_ni_l_autre((coffre, sus))
    coffre.fermer()


def test_mutant_une_voie_a_part_de_moins(annee: Annee) -> None:
    """Sans la liste, une voie de protection se compterait par lieu."""
    with annee[0]._base.lecture(entiere=True) as connexion:
        sans = declaration.Declares(1, frozenset(), declares().chiffres)
        voies = {**VOIES, "violences-couple": "x"}
        avec, nue = (releves.relever(connexion, un, {releves.ICI}, ANNEE, voies) for un in (declares(), sans))
    assert "violences-couple" not in avec.comptes["orientations"]
    assert "violences-couple" in nue.comptes["orientations"]


def test_le_tableau_dit_toutes_les_soustractions(annee: Annee) -> None:
    """Le lieu, le territoire et leur différence : tue, elle ne se retrouve pas."""
    releve = relever(annee[0])
    etat = rapports_purs._Etat(declares(), releve, VOIES)
    assert any(
        somme.total == "personnes_du_territoire" and "autres lieux" in somme.parts for somme in etat.tableau.sommes
    )
    assert masquer(etat.tableau, 5)
