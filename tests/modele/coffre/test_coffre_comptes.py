"""Les comptes d'un poste : qui les ouvre, change, ferme, rouvre ; ce que chacun peut, et ce qui s'en note."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, creer, ouvrir

from modele.coffre import Coffre, agents, auteurs, avis, comptes, gerance
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.coffre.comptes import CompteAgent
from modele.coffre.enveloppes import chemin_du_trousseau, lire_trousseau
from modele.coffre.listes import Filtre, Tri, Voulu
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

NORA, LEO = Auteur(AGENT), Auteur("Léo Blanc")
DE_LEO = "cinq mots sans aucun lien"
NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}
DE_BASE = ("agent", "social", "responsable")
EXEMPLES = Path(__file__).parent / "exemples"


def ajouter(coffre: Coffre, *roles: str, nom: str = LEO.nom, mot_de_passe: str = DE_LEO) -> CompteAgent:
    """Un compte de plus, ouvert par l'administratrice."""
    return coffre.comptes.ouvrir(nom, nom.split()[0], "Accueil", roles or ("agent",), mot_de_passe, NORA)


def en_leo(coffre: Coffre, mot_de_passe: str = DE_LEO) -> Coffre:
    """Le même coffre, ouvert par Léo."""
    return Coffre.ouvrir(coffre.chemin, mot_de_passe, LEO.nom, cout=COUT)


def dits(coffre: Coffre) -> list[tuple[str, str]]:
    """Qui a fait quoi des comptes, le plus ancien d'abord."""
    return [(un.agent, un.geste.dit) for un in reversed(coffre.comptes.journal(NORA))]


# Un coffre neuf, ou d'avant les comptes


def test_le_premier_agent_est_administrateur_et_garde_ce_qu_il_pouvait(coffre: Coffre) -> None:
    moi = coffre.comptes.moi()
    assert (moi.nom, moi.roles, moi.ouvert, moi.administre) == (AGENT, (*DE_BASE, "administrateur"), True, True)
    dossier = coffre.creer_dossier({**NADIA, "protection": {"discret": True}}, NORA)["id"]
    assert coffre.operations(dossier)[0].entete.par == NORA, "les rôles d'un poste jamais relié ne s'écrivent pas"
    coffre.regler(ROLES_DU_POSTE, "agent social")
    coffre.modifier(dossier, {"contact.langue": "fr"}, NORA)
    assert coffre.operations(dossier)[-1].entete.par.roles == ("agent", "social"), "relié, il a ceux de son poste"


def test_un_vieux_coffre_adopte_chaque_agent_de_son_trousseau(tmp_path: Path) -> None:
    """Deux cases d'avant les comptes : deux comptes ouverts, et le premier tient les comptes."""
    for fin in ("", ".cles"):
        shutil.copy(EXEMPLES / f"schema-11.perron{fin}", tmp_path)
    chemin = tmp_path / "schema-11.perron"
    trousseau = lire_trousseau(chemin)
    cle, _ = trousseau.ouvrir(MOT_DE_PASSE)
    gerance.ecrire_trousseau(chemin, trousseau.avec_agent(cle, LEO.nom, DE_LEO, COUT))
    coffre = ouvrir(chemin)
    assert [(un.nom, un.roles, un.administre) for un in coffre.comptes.lister(NORA)] == [
        (LEO.nom, DE_BASE, False),
        (AGENT, (*DE_BASE, "administrateur"), True),
    ]
    coffre.fermer()


def test_adopter_ne_se_fait_qu_une_fois(coffre: Coffre, chemin: Path) -> None:
    """Une case venue d'un vieux fichier de clés n'ouvre rien : elle n'a pas de compte."""
    trousseau = lire_trousseau(chemin)
    gerance.ecrire_trousseau(chemin, trousseau.avec_agent(coffre._cle, "Zoé", "une case sans compte", COUT))
    with pytest.raises(ErreurUtilisateur, match="« Zoé » n'a pas de compte"):
        Coffre.ouvrir(chemin, "une case sans compte", "Zoé")


# Ouvrir, changer, fermer, rouvrir


def test_deux_agents_sur_un_poste(coffre: Coffre, chemin: Path) -> None:
    """Chacun son mot de passe ; le premier, choisi par un autre, est dit provisoire jusqu'à ce qu'il le change."""
    neuf = ajouter(coffre, "agent", "social", nom="  Léo   Blanc ")
    assert (neuf.nom, neuf.prenom, neuf.service, neuf.roles) == ("Léo Blanc", "Léo", "Accueil", ("agent", "social"))
    assert neuf.signature == "Accueil, Léo"
    assert agents(chemin) == [AGENT, LEO.nom]
    chez_leo = en_leo(coffre)
    assert (chez_leo.agent, chez_leo.comptes.moi().provisoire) == (LEO.nom, True)
    with pytest.raises(ErreurUtilisateur, match="Ce n'est pas le mot de passe de Léo Blanc"):
        chez_leo.comptes.changer_mot_de_passe(MOT_DE_PASSE, "un nouveau pour Léo")
    with pytest.raises(ErreurUtilisateur, match="au moins 12 signes"):
        chez_leo.comptes.changer_mot_de_passe(DE_LEO, "court")
    chez_leo.comptes.changer_mot_de_passe(DE_LEO, "un nouveau pour Léo")
    assert not chez_leo.comptes.moi().provisoire
    chez_leo.fermer()
    with pytest.raises(ErreurUtilisateur, match="Ce n'est pas le mot de passe de Léo Blanc"):
        en_leo(coffre)
    en_leo(coffre, "un nouveau pour Léo").fermer()
    assert coffre.verifier_mot_de_passe(MOT_DE_PASSE, AGENT) == AGENT
    assert dits(coffre) == [
        (AGENT, "a ouvert un compte : « Léo Blanc »"),
        (LEO.nom, "a changé son mot de passe"),
    ]


def test_un_mot_de_passe_trop_court_n_ouvre_aucun_compte(coffre: Coffre, chemin: Path) -> None:
    """Le trousseau refuse : ni compte, ni ligne au journal."""
    with pytest.raises(ErreurUtilisateur, match="au moins 12 signes"):
        ajouter(coffre, mot_de_passe="court")
    assert agents(chemin) == coffre.comptes.ouverts() == [AGENT]
    assert dits(coffre) == []


@pytest.mark.parametrize("nom", ["Léo Blanc", "léo  BLANC"])
def test_un_nom_ne_sert_qu_une_fois_meme_ferme(coffre: Coffre, nom: str) -> None:
    ajouter(coffre)
    coffre.comptes.fermer(LEO.nom, NORA)
    with pytest.raises(ErreurUtilisateur, match="a déjà un compte"):
        ajouter(coffre, nom=nom)


@pytest.mark.parametrize(("roles", "phrase"), [((), "au moins un rôle"), (("chef",), "Le rôle « chef » n'existe pas")])
def test_un_compte_a_un_role_declare(coffre: Coffre, roles: tuple[str, ...], phrase: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=phrase):
        coffre.comptes.ouvrir("Zoé", "", "", roles, DE_LEO, NORA)
    with pytest.raises(ErreurUtilisateur, match="nom de l'agent est vide"):
        coffre.comptes.ouvrir("  ", "", "", ("agent",), DE_LEO, NORA)


def test_changer_un_compte(coffre: Coffre) -> None:
    ajouter(coffre)
    change = coffre.comptes.changer(LEO.nom, " Léopold ", "Insertion", ("responsable", "social"), NORA)
    assert (change.prenom, change.service, change.roles) == ("Léopold", "Insertion", ("social", "responsable"))
    assert coffre.comptes.lister(LEO) == [change]
    assert dits(coffre)[-1] == (AGENT, "a changé le service ou les rôles d'un compte : « Léo Blanc »")


def test_un_compte_ferme_n_ouvre_plus_rien_et_se_rouvre_avec_le_code(chemin: Path) -> None:
    coffre, code = creer(chemin)
    ajouter(coffre)
    cases_d_avant = chemin_du_trousseau(chemin).read_bytes()
    ferme = coffre.comptes.fermer(LEO.nom, NORA)
    assert (ferme.ouvert, ferme.raison, ferme.ferme_le is not None) == (False, "decidee", True)
    assert agents(chemin) == coffre.comptes.ouverts() == [AGENT]
    with pytest.raises(ErreurUtilisateur, match="Aucun agent « Léo Blanc »"):
        en_leo(coffre)
    with pytest.raises(ErreurUtilisateur, match="Le compte de Léo Blanc est fermé"):
        coffre.creer_dossier(NADIA, LEO)
    # Un fichier de clés d'avant remis à côté : la base décide.
    chemin_du_trousseau(chemin).write_bytes(cases_d_avant)
    with pytest.raises(ErreurUtilisateur, match="Le compte de Léo Blanc est fermé"):
        en_leo(coffre)
    with pytest.raises(ErreurUtilisateur, match="code de secours"):
        coffre.comptes.rouvrir(LEO.nom, DE_LEO, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", NORA)
    assert not coffre.comptes.lister(LEO)[0].ouvert
    rouvert = coffre.comptes.rouvrir(LEO.nom, "un autre pour Léo", code, NORA)
    assert (rouvert.ouvert, rouvert.ferme_le, rouvert.provisoire) == (True, None, True)
    en_leo(coffre, "un autre pour Léo").fermer()
    for nom in (LEO.nom, "Zoé"):
        with pytest.raises(ErreurUtilisateur, match="déjà ouvert"):
            coffre.comptes.rouvrir(nom, DE_LEO, code, NORA)
    assert [dit for _, dit in dits(coffre)] == [
        "a ouvert un compte : « Léo Blanc »",
        "a fermé un compte : « Léo Blanc »",
        "a rouvert un compte avec le code de secours : « Léo Blanc »",
    ]
    coffre.fermer()


def test_fermer_un_compte_sans_case(coffre: Coffre, chemin: Path) -> None:
    """Un fichier de clés remis d'une copie d'avant lui : le compte se ferme pourtant."""
    avant = chemin_du_trousseau(chemin).read_bytes()
    ajouter(coffre)
    chemin_du_trousseau(chemin).write_bytes(avant)
    assert not coffre.comptes.fermer(LEO.nom, NORA).ouvert


def test_les_copies_a_portee_ne_s_ouvrent_plus_par_un_compte_ferme(coffre: Coffre, tmp_path: Path) -> None:
    """Ici et au second endroit ; celle d'un autre coffre, ou abîmée, reste telle quelle."""
    ajouter(coffre)
    ailleurs = tmp_path.with_name(f"{tmp_path.name}-cle")
    ailleurs.mkdir()
    coffre.copier_ailleurs(str(ailleurs))
    copies = gerance.copies.toutes(coffre.chemin)
    assert len(copies) == 2
    gardees = [coffre.chemin.parent / f"{coffre.chemin.name}{ou}" for ou in (".schema-11", ".abime-1/essai.perron")]
    for gardee in gardees:
        gardee.parent.mkdir(exist_ok=True)
        shutil.copy(chemin_du_trousseau(coffre.chemin), chemin_du_trousseau(gardee))
    for copie in copies:
        lire_trousseau(copie.chemin).ouvrir(DE_LEO, LEO.nom)
    coffre.comptes.fermer(LEO.nom, NORA)
    for gardee in gardees:
        assert lire_trousseau(gardee).agents() == [AGENT], (
            "ce qu'une migration ou une guérison a laissé à côté non plus"
        )
    for copie in copies:
        trousseau = lire_trousseau(copie.chemin)
        assert trousseau.agents() == [AGENT]
        assert trousseau.copie is not None or copie.chemin.parent.name.endswith(".copies")
        trousseau.cle_de_la_base(trousseau.ouvrir(MOT_DE_PASSE)[0])


def test_une_copie_abimee_ou_d_un_autre_coffre_ne_bouge_pas(coffre: Coffre, tmp_path: Path) -> None:
    ajouter(coffre)
    coffre.copier_s_il_le_faut()
    (copie,) = gerance.copies.toutes(coffre.chemin)
    cles = chemin_du_trousseau(copie.chemin)
    autre, _ = creer(tmp_path / "autre.perron")
    for octets in (b"{", chemin_du_trousseau(autre.chemin).read_bytes()):
        cles.write_bytes(octets)
        gerance.refermer_les_copies(coffre.chemin, lire_trousseau(coffre.chemin))
        assert cles.read_bytes() == octets
    autre.fermer()


# Le droit se vérifie dans le coffre


def _gestes(coffre: Coffre, code: str, qui: Auteur) -> list[Callable[[], Any]]:
    return [
        lambda: coffre.comptes.ouvrir("Zoé", "", "", ("administrateur",), DE_LEO, qui),
        lambda: coffre.comptes.changer(LEO.nom, "", "", ("administrateur",), qui),
        lambda: coffre.comptes.fermer(AGENT, qui),
        lambda: coffre.comptes.rouvrir("Paul", DE_LEO, code, qui),
        lambda: coffre.comptes.journal(qui),
    ]


@pytest.mark.parametrize("qui", [LEO, Auteur("Paul"), Auteur("Inconnue"), Auteur("")], ids=lambda un: un.nom or "vide")
def test_seul_un_administrateur_tient_les_comptes(chemin: Path, qui: Auteur) -> None:
    """Ni un autre rôle, ni un compte fermé, ni un nom sans compte, ni qui n'a que le code de secours."""
    coffre, code = creer(chemin)
    ajouter(coffre, *DE_BASE)
    ajouter(coffre, "administrateur", nom="Paul")
    coffre.comptes.fermer("Paul", NORA)
    avant, cles = coffre.comptes.lister(NORA), chemin_du_trousseau(chemin).read_bytes()
    for geste in _gestes(coffre, code, qui):
        with pytest.raises(ErreurUtilisateur, match="Seul un administrateur"):
            geste()
    assert coffre.comptes.lister(NORA) == avant
    assert chemin_du_trousseau(chemin).read_bytes() == cles
    assert [un.nom for un in coffre.comptes.lister(qui)] == [qui.nom] * (qui.nom in (LEO.nom, "Paul"))
    coffre.fermer()


def test_jamais_de_dernier_administrateur_ferme(coffre: Coffre) -> None:
    for geste in (
        lambda: coffre.comptes.fermer(AGENT, NORA),
        lambda: coffre.comptes.changer(AGENT, "", "", DE_BASE, NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="dernier administrateur"):
            geste()
    ajouter(coffre, "administrateur")
    with pytest.raises(ErreurUtilisateur, match="ne se ferme pas lui-même"):
        coffre.comptes.fermer(AGENT, NORA)
    coffre.comptes.changer(AGENT, "", "", DE_BASE, NORA)
    with pytest.raises(ErreurUtilisateur, match="dernier administrateur"):
        coffre.comptes.changer(LEO.nom, "", "", ("agent",), LEO)
    coffre.comptes.changer(AGENT, "", "", ("administrateur",), LEO)
    coffre.comptes.fermer(LEO.nom, NORA)
    with pytest.raises(ErreurUtilisateur, match="dernier administrateur"):
        coffre.comptes.fermer(AGENT, NORA)


# Le code de secours


def test_un_mot_de_passe_perdu_se_reprend_par_le_code(chemin: Path) -> None:
    coffre, code = creer(chemin)
    ajouter(coffre, mot_de_passe="oublié depuis longtemps")
    ajouter(coffre, nom="Paul")
    coffre.comptes.fermer("Paul", NORA)
    with pytest.raises(ErreurUtilisateur, match="depuis l'écran verrouillé"):
        coffre.comptes.reprendre(LEO.nom, DE_LEO)
    secouru = Coffre.ouvrir_par_secours(chemin, code, cout=COUT)
    assert secouru.comptes.ouverts() == [LEO.nom, AGENT]
    with pytest.raises(ErreurUtilisateur, match="n'a pas de compte"):
        secouru.comptes.moi()
    for nom, phrase in (("Paul", "est fermé"), ("Zoé", "n'a pas de compte")):
        with pytest.raises(ErreurUtilisateur, match=phrase):
            secouru.comptes.reprendre(nom, DE_LEO)
    secouru.reprendre(LEO.nom, DE_LEO)
    assert secouru.comptes.moi().nom == LEO.nom, "le coffre est désormais ouvert par lui"
    secouru.fermer()
    en_leo(coffre).fermer()
    assert dits(coffre)[-2:] == [
        ("", "a ouvert le coffre par le code de secours"),
        (LEO.nom, "a repris son compte avec le code de secours"),
    ]
    coffre.fermer()


# Ce que chacun peut


def test_un_compte_n_a_que_ses_roles_et_les_ecrit(coffre: Coffre) -> None:
    ajouter(coffre, "agent")
    dossier = coffre.creer_dossier(NADIA, LEO)["id"]
    assert coffre.operations(dossier)[-1].entete.par == Auteur(LEO.nom, ("agent",))
    with pytest.raises(ErreurUtilisateur, match="Votre compte n'a pas le rôle « Travailleur social »"):
        coffre.modifier(dossier, {"contact.langue": "fr"}, Auteur(LEO.nom, ("social",)))
    coffre.regler(ROLES_DU_POSTE, "agent responsable")
    coffre.modifier(dossier, {"contact.langue": "fr"}, LEO)
    assert coffre.operations(dossier)[-1].entete.par.roles == ("agent",)
    coffre.regler(ROLES_DU_POSTE, "social")
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        coffre.modifier(dossier, {"contact.langue": "en"}, LEO)


def test_qui_ne_fait_que_tenir_les_comptes_ne_voit_personne(coffre: Coffre) -> None:
    """Ni dossier, ni liste, ni frappe interrompue."""
    dossier = coffre.creer_dossier(NADIA, NORA)["id"]
    coffre.brouillon(dossier, "contact.adresse_courrier", "Rue des")
    ajouter(coffre, "administrateur")
    chez_leo = en_leo(coffre)
    jour = coffre._horloge().date()
    vus = (
        chez_leo.rechercher("fatihi"),
        chez_leo.recents(),
        chez_leo.reprises(),
        chez_leo.lister(LEO.nom, Filtre.TOUS, Tri.CHANGE).lignes,
        chez_leo.taches.lire(Voulu(jour), LEO).lignes,
    )
    assert [len(un) for un in vus] == [0] * 5
    assert len(coffre.rechercher("fatihi")) == len(coffre.recents()) == len(coffre.reprises()) == 1
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        chez_leo.consulter(dossier, LEO)
    chez_leo.fermer()


def test_un_brouillon_ne_se_reprend_que_si_le_dossier_peut_se_lire(
    coffre: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D'un dossier discret, la frappe ne se propose pas à qui n'a pas le droit de le lire."""
    ordinaire = coffre.creer_dossier(NADIA, NORA)["id"]
    discret = coffre.creer_dossier({**NADIA, "protection": {"discret": True}}, NORA)["id"]
    for dossier in (ordinaire, discret):
        coffre.brouillon(dossier, "contact.adresse_courrier", "Rue des")
    assert {un.dossier for un in coffre.reprises()} == {ordinaire, discret}
    permet = auteurs.permet
    monkeypatch.setattr(auteurs, "permet", lambda c, a, g, action: action != "lire_discret" and permet(c, a, g, action))
    assert {un.dossier for un in coffre.reprises()} == {ordinaire}


# Ce que suivait un agent parti


def _suivi_par_leo(coffre: Coffre) -> dict[str, str]:
    """Des dossiers discrets que Léo suit seul, avec Nora, ou qu'il a créés sans nommer personne."""
    voulus = {
        "seul": {"referent": LEO.nom},
        "second": {"referent": "Zoé d'un autre poste", "suppleant": LEO.nom},
        "a deux": {"referent": LEO.nom, "suppleant": AGENT},
        "sans nom": {},
    }
    return {
        cas: str(coffre.creer_dossier({**NADIA, "protection": {"discret": True, **nommes}}, LEO)["id"])
        for cas, nommes in voulus.items()
    }


def test_fermer_un_compte_ne_perd_aucun_dossier_discret(coffre: Coffre) -> None:
    """Ce qu'il suivait seul va aux travailleurs sociaux du poste, à renommer ; le reste garde qui en répond."""
    ajouter(coffre, *DE_BASE)
    ajouter(coffre, "agent", nom="Paul")
    dossiers = _suivi_par_leo(coffre)
    assert {un.dossier for un in coffre.porte.suivis(NORA)} == {dossiers["a deux"]}
    assert {un.dossier for un in coffre.porte.suivis(LEO)} == set(dossiers.values())
    coffre.comptes.fermer(LEO.nom, NORA)
    suivis = {un.dossier: (un.sans_referent, un.sans_suppleant) for un in coffre.porte.suivis(NORA)}
    assert suivis == {
        dossiers["a deux"]: (True, False),
        dossiers["seul"]: (True, True),
        dossiers["sans nom"]: (True, True),
    }
    assert coffre.porte.suivis(Auteur("Paul")) == []


def test_une_date_reservee_ne_se_perd_pas_non_plus(coffre: Coffre) -> None:
    """D'un dossier ordinaire : à qui y a écrit ; son compte fermé, aux travailleurs sociaux, jamais à un autre."""
    ajouter(coffre, *DE_BASE)
    ajouter(coffre, "agent", nom="Paul")
    reserve = {"protection": {"ordonnance_fin": f"{coffre._horloge().year + 1}-06-01"}}
    dossier = coffre.creer_dossier({**NADIA, **reserve}, LEO)["id"]
    assert [coffre.porte.suivis(un) for un in (NORA, Auteur("Paul"))] == [[], []]
    coffre.comptes.fermer(LEO.nom, NORA)
    assert [(un.dossier, un.sans_referent) for un in coffre.porte.suivis(NORA)] == [(dossier, True)]
    assert coffre.porte.suivis(Auteur("Paul")) == []


def test_ce_qui_est_cherche_d_un_dossier_sans_personne_se_dit_au_responsable(coffre: Coffre) -> None:
    """Le référent parti, l'avis d'une recherche va à qui répond du lieu."""
    ajouter(coffre, *DE_BASE)
    document = {
        "demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"},
        "protection": {"discret": True, "referent": LEO.nom},
    }
    coffre.creer_dossier(document, LEO)
    assert coffre.porte.chercher("fatihi nadia 1984", "référence perdue", LEO)
    assert coffre.porte.avis(NORA) == []
    coffre.comptes.fermer(LEO.nom, NORA)
    (un,) = coffre.porte.avis(NORA)
    coffre.porte.lu(un, NORA)
    assert coffre.porte.avis(NORA) == []


# Dix comptes


def test_nommer_son_compte_n_essaie_qu_une_case(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """À dix comptes, Argon2 ne se paie qu'une fois ; sans nom, chaque case s'essaie."""
    from modele.coffre import enveloppes

    for rang in range(9):
        ajouter(coffre, nom=f"Agent {rang}", mot_de_passe=f"mot de passe du {rang}")
    essais: list[str] = []
    vrai = enveloppes.Case.ouvrir

    def compter(case: enveloppes.Case, coffre_: str, secret: str) -> bytes | None:
        essais.append(case.agent)
        return vrai(case, coffre_, secret)

    monkeypatch.setattr(enveloppes.Case, "ouvrir", compter)
    Coffre.ouvrir(coffre.chemin, "mot de passe du 8", "Agent 8", cout=COUT).fermer()
    assert essais == ["Agent 8"]
    essais.clear()
    Coffre.ouvrir(coffre.chemin, "mot de passe du 8", cout=COUT).fermer()
    assert len(essais) == 10


# Les mutants


@pytest.mark.parametrize(
    ("piece", "nom", "remplacant", "epreuve"),
    [
        (auteurs, "exiger_de_tenir_les_comptes", lambda *_: None, "droit"),
        (gerance, "_exiger_un_autre", lambda *_: None, "dernier"),
        (gerance, "refermer_les_copies", lambda *_: None, "copies"),
        (comptes, "exiger_ouvert", comptes.trouver, "ferme"),
        (auteurs, "_du_compte", lambda *_: (), "roles"),
        (auteurs, "permet", lambda *_: True, "listes"),
        (avis, "_fermes", lambda _: [], "suivis"),
        (Acces, "ecrire", lambda un, motif="": un.value, "journal"),
    ],
    ids=[
        *("le coffre croit l'écran", "le dernier administrateur se ferme", "les copies gardent la case"),
        *("un compte fermé rouvre", "le compte a tout", "les listes montrent tout", "un parti répond encore"),
        "le journal ne nomme personne",
    ],
)
def test_le_mutant_des_comptes_est_vu(
    piece: Any, nom: str, remplacant: Any, epreuve: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chaque garde ôtée fait échouer son épreuve."""
    coffre, _ = creer(tmp_path / "mutant.perron")
    epreuves: dict[str, Callable[[], None]] = {
        "droit": lambda: test_seul_un_administrateur_tient_les_comptes(tmp_path / "autre.perron", LEO),
        "dernier": lambda: test_jamais_de_dernier_administrateur_ferme(coffre),
        "copies": lambda: test_les_copies_a_portee_ne_s_ouvrent_plus_par_un_compte_ferme(coffre, tmp_path),
        "ferme": lambda: test_un_compte_ferme_n_ouvre_plus_rien_et_se_rouvre_avec_le_code(tmp_path / "autre.perron"),
        "roles": lambda: test_un_compte_n_a_que_ses_roles_et_les_ecrit(coffre),
        "listes": lambda: test_qui_ne_fait_que_tenir_les_comptes_ne_voit_personne(coffre),
        "suivis": lambda: test_fermer_un_compte_ne_perd_aucun_dossier_discret(coffre),
        "journal": lambda: test_deux_agents_sur_un_poste(coffre, coffre.chemin),
    }
    monkeypatch.setattr(piece, nom, remplacant)
    with pytest.raises((AssertionError, AttributeError, ErreurUtilisateur, pytest.fail.Exception)):
        epreuves[epreuve]()
    monkeypatch.undo()
    coffre.fermer()


def test_la_table_dit_qui_tient_les_comptes() -> None:
    """Un seul rôle, sans aucun droit sur un dossier."""
    droits = livres().droits
    assert droits.tiennent_les_comptes == ("administrateur",)
    assert "administrateur" not in droits.enrolables


def test_les_comptes_d_avant_le_treizieme_schema_recoivent_un_etat(coffre: Coffre) -> None:
    """Ouverts ou fermés, aux dates qu'ils portent, une fois ; c'est ce que le poste dira au registre."""
    ajouter(coffre)
    coffre.comptes.fermer(LEO.nom, NORA)
    attendus = {(un.nom, un.roles, un.ferme) for un in coffre.comptes.declares()}
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("DELETE FROM etat_de_compte")
    for _ in range(2):
        coffre.fermer()
        coffre = ouvrir(coffre.chemin)
        declares = coffre.comptes.declares()
        assert {(un.nom, un.roles, un.ferme) for un in declares} == attendus
        assert len(declares) == 3
    coffre.fermer()


def test_un_etat_suit_toujours_celui_d_avant_meme_si_l_horloge_recule(coffre: Coffre) -> None:
    ajouter(coffre)
    hier = coffre._horloge() - timedelta(days=1)
    coffre._horloge = lambda: hier
    coffre.comptes.changer(LEO.nom, "Léo", "", ("social",), NORA)
    coffre.comptes.changer(LEO.nom, "Léo", "Annexe", ("social",), NORA)
    coffre.comptes.fermer(LEO.nom, NORA)
    siens = [un for un in coffre.comptes.declares() if un.nom == LEO.nom]
    assert [(un.roles, un.ferme) for un in siens] == [(("agent",), False), (("social",), False), (("social",), True)]
    assert siens[0].depuis < siens[1].depuis < siens[2].depuis


def test_une_date_reservee_dont_l_auteur_est_parti_passe_aux_travailleurs_sociaux(coffre: Coffre) -> None:
    """Un dossier ordinaire dont une date dirait une violence n'est sur aucune liste commune : nul ne la manque."""
    ajouter(coffre, *DE_BASE)
    paul = ajouter(coffre, "agent", nom="Paul Roy").nom
    document = {**NADIA, "protection": {"ordonnance_fin": "2026-12-15"}}
    dossier = coffre.creer_dossier(document, LEO)["id"]

    def suivent() -> list[str]:
        qui = [un.nom for un in coffre.comptes.lister(NORA) if un.ouvert]
        return [nom for nom in qui if dossier in {un.dossier for un in coffre.porte.suivis(Auteur(nom))}]

    assert suivent() == [LEO.nom]
    coffre.comptes.fermer(LEO.nom, NORA)
    assert suivent() == [AGENT], "et pas Paul, qui n'est pas travailleur social"
    coffre.modifier(dossier, {"protection.referent": LEO.nom, "protection.suppleant": paul}, NORA)
    assert suivent() == [paul]
