"""Entrer dans un registre : le texte, l'autorité vérifiée avant le code, une réponse perdue qui se redemande."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_http import Servi, servie
from outils_registre import AILLEURS, GUICHET, TERRITOIRE, peupler
from outils_synchro import COUPURE, NADIA, Site

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles
from modele.synchro.enrolement import Invitation, lire_invitation
from modele.synchro.etats import Lien
from registre import tls
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.serveur import Certificat
from registre.service.administration import creer_code, postes, revoquer
from registre.service.codes import invitation

EMPREINTE = "AB" * 32


@pytest.mark.parametrize(
    ("texte", "adresse", "empreinte"),
    [
        (f"perron://r.fr:8443/t/K7QF-ABCD/{EMPREINTE}", "https://r.fr:8443", EMPREINTE),
        (f"  perron://r.fr:8443/t/K7QF-\n  ABCD/{EMPREINTE.lower()}/ ", "https://r.fr:8443", EMPREINTE),
        (f"perron://[::1]:8443/t/K7QF-ABCD/{EMPREINTE}", "https://[::1]:8443", EMPREINTE),
        ("perron+https://r.fr/t/K7QF-ABCD", "https://r.fr", ""),
        ("perron+https://r.fr/sous/chemin/t/K7QF-ABCD", "https://r.fr/sous/chemin", ""),
        ("perron+http://127.0.0.1:80/t/K7QF-ABCD", "http://127.0.0.1:80", ""),
    ],
)
def test_texte_lu(texte: str, adresse: str, empreinte: str) -> None:
    """Le texte que l'administrateur remet, recopié avec des espaces, des minuscules ou coupé en deux lignes."""
    assert lire_invitation(texte) == Invitation(adresse, "t", "t/K7QF-ABCD", empreinte)


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "bonjour",
        "https://r.fr/t/K7QF-ABCD",
        "perron://r.fr:8443/t/K7QF-ABCD",
        f"perron://r.fr:8443/t/K7QF-ABCD/{EMPREINTE[:-1]}",
        f"perron://t/K7QF-ABCD/{EMPREINTE}",
        "perron+https://r.fr/K7QF-ABCD",
        "perron+https:///t/K7QF-ABCD",
        "perron+https://:443/t/K7QF-ABCD",
        "perron+https://moi@r.fr/t/K7QF-ABCD",
        "perron+https://r.fr:port/t/K7QF-ABCD",
        "perron+https://[::1/t/K7QF-ABCD",
    ],
)
def test_texte_qui_n_en_est_pas_un(texte: str) -> None:
    """Une phrase qui dit quoi recopier ; rien n'est demandé à personne."""
    with pytest.raises(ErreurUtilisateur, match="code d'enrôlement entier"):
        lire_invitation(texte)


def test_jamais_en_clair_sur_un_reseau() -> None:
    """Sans TLS, seulement sur cette machine."""
    with pytest.raises(ErreurUtilisateur, match="sans chiffrement"):
        lire_invitation("perron+http://192.168.1.9/t/K7QF-ABCD")


def test_invitation_du_registre_se_relit() -> None:
    """Ce que le registre écrit, le poste le lit."""
    for texte in (
        invitation("r.fr:8443", "t/K7QF-ABCD", EMPREINTE),
        invitation("https://r.fr/", "t/K7QF-ABCD", ""),
    ):
        assert lire_invitation(texte).code == "t/K7QF-ABCD"


def test_enrole_sous_son_identite(site: Site) -> None:
    """Un coffre neuf s'enrôle sous l'identité qu'il porte déjà ; l'écran sait le guichet et l'adresse."""
    un = site.poste("un")
    (connu,) = postes(site.moteur, TERRITOIRE)
    assert (connu.id, connu.nom, connu.guichet) == (un.coffre.echanges.chaine().poste, "un", GUICHET)
    etat = un.synchro.etat()
    assert (etat.lien, etat.guichet, etat.registre) == (Lien.EN_LIGNE, "Accueil du CCAS", site.servi.adresse)
    assert un.coffre.reglage("poste.nom") == "un"


@pytest.mark.parametrize("quand", ["avant", "apres"])
def test_reponse_perdue_se_redemande(site: Site, quand: str) -> None:
    """Le même texte, une seconde fois : les mêmes clés, la même réponse, un seul poste au registre."""
    un = site.rouvrir(site.coffre_neuf("un"))
    texte = site.invitation()
    getattr(un.coupures, quand).append("enroler")
    with pytest.raises(ErreurUtilisateur, match=COUPURE):
        un.synchro.enroler(texte, "un")
    assert un.synchro.etat().lien is Lien.SANS_REGISTRE
    un.synchro.enroler(texte, "un")
    assert len(postes(site.moteur, TERRITOIRE)) == 1
    un.tour()


def test_code_d_un_autre_territoire_ou_deja_servi(site: Site) -> None:
    """Le code d'un autre territoire ne sert pas : il reste bon. Un code déjà servi se dit."""
    peupler(site.moteur, AILLEURS)
    ailleurs = site.invitation(territoire=AILLEURS)
    un = site.rouvrir(site.coffre_neuf("un"))
    with pytest.raises(ErreurUtilisateur, match="« autre-metropole »"):
        un.synchro.enroler(ailleurs, "un")
    dedans = site.rouvrir(site.coffre_neuf("dedans", AILLEURS))
    dedans.synchro.enroler(ailleurs, "dedans")
    texte = site.invitation()
    un.synchro.enroler(texte, "un")
    deux = site.rouvrir(site.coffre_neuf("deux"))
    with pytest.raises(ErreurUtilisateur, match="déjà servi"):
        deux.synchro.enroler(texte, "deux")


def test_le_code_qui_a_servi_ici_se_recolle_sans_alarmer(site: Site) -> None:
    """Recollé par l'agent : il le lit, le registre n'est pas dérangé, et le poste reste relié."""
    un, texte = site.rouvrir(site.coffre_neuf("un")), site.invitation()
    un.synchro.enroler(texte, "un")
    with pytest.raises(ErreurUtilisateur, match="déjà relié, par ce code même : il n'y a rien à refaire"):
        un.synchro.enroler(f"  {texte}\n", "un")
    assert un.coupures.faits.count("enroler") == 1
    un.creer(NADIA)
    un.tour()
    assert (un.attente(), len(postes(site.moteur, TERRITOIRE))) == (0, 1)


def test_copie_d_un_coffre_deja_enrole_s_enrole_a_son_tour(site: Site) -> None:
    """L'identifiant est pris, ou a déjà servi : le poste en tire un autre et continue sa chaîne."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    copie = site.poste_copie("copie", un)
    copie.synchro.enroler(site.invitation(), "copie")
    copie.poser(dossier, demande__precisions="de la copie")
    copie.tour()
    un.tour()
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "de la copie"
    assert len({un_.id for un_ in postes(site.moteur, TERRITOIRE)}) == 2


def test_identifiant_deja_pris(site: Site) -> None:
    """Deux coffres copiés avant tout enrôlement : le second prend un autre identifiant sans rien demander."""
    chemin = site.coffre_neuf("un")
    un = site.rouvrir(chemin)
    un.creer(NADIA)
    copie = site.poste_copie("copie", un)
    for poste in (un, copie):
        poste.synchro.enroler(site.invitation(), "même nom")
        poste.tour()
    assert len({un_.id for un_ in postes(site.moteur, TERRITOIRE)}) == 2
    assert (copie.coffre.compter(), copie.attente()) == (1, 0)


def test_revoque_rien_n_est_perdu_puis_reenrole(site: Site) -> None:
    """Révoqué, le poste le dit et garde tout ; un nouveau code, et tout part."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    un.poser(dossier, demande__precisions="après")
    revoquer(site.moteur, TERRITOIRE, un.coffre.echanges.chaine().poste, site.horloge())
    assert "révoqué" in un.synchro.tour().panne
    etat = un.synchro.etat()
    assert (etat.lien, len(etat.attente)) == (Lien.REVOQUE, 1)
    assert etat.prochain is not None
    assert etat.prochain - datetime.now(UTC) > timedelta(minutes=10), "insister ne servirait à rien"
    un.synchro.enroler(site.invitation(), "un")
    un.tour()
    assert (un.attente(), un.coffre.lire(dossier)["demande"]["precisions"]) == (0, "après")
    assert un.synchro.etat().lien is Lien.EN_LIGNE


def test_poste_d_un_coffre_ancien_tire_un_identifiant(site: Site) -> None:
    """Un coffre d'avant nommait son poste : il s'enrôle sous un identifiant neuf, et garde sa chaîne."""
    un = site.rouvrir(site.coffre_neuf("un"))
    un.coffre.regler("identite.poste", "poste 1")
    un.creer(NADIA)
    un.synchro.enroler(site.invitation(), "poste 1")
    liaison = cles.liaison(un.coffre.echanges)
    assert liaison is not None
    assert liaison.cles.poste != "poste 1"
    un.tour()
    assert (un.attente(), un.coffre.verifier_chaine()) == (0, [])
    assert un.coffre.operations(un.coffre.recents()[0].dossier)[0].entete.poste == "poste 1"


# Le TLS


@pytest.fixture
def chiffre(site: Site, tmp_path: Path) -> Iterator[tuple[Servi, tls.Tls]]:
    """Le même registre, servi en TLS par son autorité locale."""
    identite = tls.preparer(tmp_path / "registre", ["127.0.0.1"], datetime.now(UTC))
    registre = Registre(site.moteur, site.horloge, autorite=identite.autorite.public)
    with servie(creer_application(registre), Certificat(identite.fichier, identite.fichier)) as servi:
        yield servi, identite


def _texte(site: Site, servi: Servi, empreinte: str) -> str:
    code = creer_code(site.moteur, TERRITOIRE, GUICHET, ("agent",), timedelta(hours=1), site.horloge())
    return invitation(servi.adresse.removeprefix("https://"), code, empreinte)


def test_tls_par_l_empreinte_de_l_autorite(site: Site, chiffre: tuple[Servi, tls.Tls]) -> None:
    """Aucun certificat à installer : l'empreinte du texte suffit, et la ligne est sûre."""
    servi, identite = chiffre
    un = site.rouvrir(site.coffre_neuf("un"))
    un.synchro.enroler(_texte(site, servi, identite.autorite.empreinte), "un")
    un.creer(NADIA)
    un.tour()
    assert un.attente() == 0
    un.synchro.connexion.arreter()


def test_une_horloge_en_retard_sur_le_certificat_n_empeche_rien(site: Site, tmp_path: Path) -> None:
    """Le poste revient à une date d'usine, cinq ans avant que le registre ne naisse."""
    identite = tls.preparer(tmp_path / "registre", ["127.0.0.1"], datetime.now(UTC) + timedelta(days=5 * 365))
    registre = Registre(site.moteur, site.horloge, autorite=identite.autorite.public)
    with servie(creer_application(registre), Certificat(identite.fichier, identite.fichier)) as servi:
        un = site.rouvrir(site.coffre_neuf("un"))
        un.synchro.enroler(_texte(site, servi, identite.autorite.empreinte), "un")
        un.creer(NADIA)
        un.tour()
        assert un.attente() == 0
        un.synchro.connexion.arreter()


def test_registre_qui_n_est_pas_celui_du_texte(site: Site, chiffre: tuple[Servi, tls.Tls]) -> None:
    """Une autre autorité répond : le code ne lui est pas donné, et reste bon."""
    servi, identite = chiffre
    un = site.rouvrir(site.coffre_neuf("un"))
    texte = _texte(site, servi, identite.autorite.empreinte)
    with pytest.raises(ErreurUtilisateur, match="n'est pas celui du code"):
        un.synchro.enroler(texte.replace(identite.autorite.empreinte, EMPREINTE), "un")
    assert "enroler" not in un.coupures.faits
    un.synchro.enroler(texte, "un")


def test_autorite_illisible(site: Site, chiffre: tuple[Servi, tls.Tls]) -> None:
    """Ce que rend le registre n'est pas un certificat : même refus."""
    servi, identite = chiffre
    un = site.rouvrir(site.coffre_neuf("un"))
    object.__setattr__(servi.application.state.registre, "autorite", b"pas un certificat")
    with pytest.raises(ErreurUtilisateur, match="n'est pas celui du code"):
        un.synchro.enroler(_texte(site, servi, identite.autorite.empreinte), "un")


def test_autorite_changee_apres_l_enrolement(site: Site, chiffre: tuple[Servi, tls.Tls], tmp_path: Path) -> None:
    """Un autre serveur prend l'adresse : le poste ne lui dit rien, garde tout, et le dit."""
    servi, identite = chiffre
    un = site.rouvrir(site.coffre_neuf("un"))
    un.synchro.enroler(_texte(site, servi, identite.autorite.empreinte), "un")
    un.creer(NADIA)
    autre = tls.preparer(tmp_path / "intrus", ["127.0.0.1"], datetime.now(UTC))
    with servie(
        creer_application(Registre(site.moteur, site.horloge)), Certificat(autre.fichier, autre.fichier)
    ) as ici:
        un.coffre.regler("registre.adresse", ici.adresse)
        assert "n'est pas celui qui connaît ce poste" in un.synchro.tour().panne
    assert un.attente() == 1
