"""Les comptes d'un poste et le registre : dits à chaque échange, fermés là-bas puis ici ; aucune échéance perdue."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, MOT_DE_PASSE
from outils_registre import ANNEXE, DEPART, TERRITOIRE
from outils_synchro import NADIA, Poste, Site, copier

from modele.coffre import avis, copies, gerance, portee
from modele.coffre.enveloppes import lire_trousseau
from modele.droits import Auteur
from modele.protocole.messages import ComptesTenus, Refus
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles
from modele.synchro import comptes as comptes_dits
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport
from registre.service.comptes_fermes import fermer, lister, regler_les_jours, rouvrir

NORA, LEA, PAUL = Auteur(AGENT), Auteur("Léa Blanc"), Auteur("Paul Roy")
SOCIAL = ("agent", "social")
TOUS = (LEA.nom, PAUL.nom)
JOUR = timedelta(days=1)


def _poste(site: Site, nom: str = "social") -> Poste:
    return site.poste(nom, roles=SOCIAL, agents=TOUS)


def _identifiant(poste: Poste) -> str:
    liaison = cles.liaison(poste.coffre.echanges)
    assert liaison is not None
    return liaison.cles.poste


def _au_registre(site: Site) -> dict[str, tuple[bool, bool]]:
    return {un.nom: (un.ferme, un.ferme_ici) for un in lister(site.moteur, TERRITOIRE)}


def _raison(poste: Poste, nom: str) -> str:
    (compte,) = [un for un in poste.coffre.comptes.lister(NORA) if un.nom == nom]
    return compte.raison


def _fermer_lea(site: Site, poste: Poste) -> None:
    assert fermer(site.moteur, TERRITOIRE, _identifiant(poste), LEA.nom, datetime.now().astimezone())


def test_chaque_echange_dit_les_comptes_et_une_saisie_porte_le_sien(site: Site) -> None:
    un = _poste(site)
    un.coffre.creer_dossier(NADIA, LEA)
    un.tour()
    assert _au_registre(site) == dict.fromkeys((AGENT, *TOUS), (False, False))
    assert (un.attente(), un.synchro.etat().quarantaine) == (0, ())
    un.coffre.comptes.fermer(PAUL.nom, NORA)
    un.coffre.comptes.changer(LEA.nom, "", "", ("agent",), NORA)
    un.coffre.creer_dossier(NADIA, LEA)
    un.tour()
    un.tour()
    assert _au_registre(site)[PAUL.nom] == (True, False)
    assert {un.nom: un.roles for un in lister(site.moteur, TERRITOIRE)}[LEA.nom] == ("agent",)
    assert un.synchro.etat().quarantaine == ()


def test_ferme_au_registre_le_compte_se_ferme_ici_et_ses_copies_avec(site: Site) -> None:
    """Son mot de passe n'ouvre plus rien à portée ; lui seul ; et cela se lit au journal des comptes."""
    un = _poste(site)
    un.tour()
    un.coffre.copier_s_il_le_faut(tout_de_suite=True)
    (copie,) = [copie.chemin for copie in copies.toutes(un.coffre.chemin)]
    _fermer_lea(site, un)
    un.tour()
    assert (_raison(un, LEA.nom), _raison(un, PAUL.nom)) == ("au registre", "")
    for chemin in (un.coffre.chemin, copie):
        assert LEA.nom not in lire_trousseau(chemin).agents()
        assert PAUL.nom in lire_trousseau(chemin).agents()
    with pytest.raises(ErreurUtilisateur, match="fermé au registre"):
        un.coffre.creer_dossier(NADIA, LEA)
    note = un.coffre.comptes.journal(NORA)[0]
    assert (note.agent, note.geste.dit) == ("Le registre", f"a fermé un compte : « {LEA.nom} »")


def test_rouvrir_demande_que_le_registre_ait_leve_la_fermeture(site: Site) -> None:
    un = _poste(site)
    un.tour()
    code = un.coffre.renouveler_secours()
    _fermer_lea(site, un)
    un.tour()
    with pytest.raises(ErreurUtilisateur, match="doit d'abord lever cette fermeture"):
        un.coffre.comptes.rouvrir(LEA.nom, MOT_DE_PASSE, code, NORA)
    rouvrir(site.moteur, TERRITOIRE, _identifiant(un), LEA.nom, datetime.now().astimezone())
    un.tour()
    assert _raison(un, LEA.nom) == "decidee", "la personne qui tient le poste décide encore"
    un.coffre.comptes.rouvrir(LEA.nom, MOT_DE_PASSE, code, NORA)
    un.coffre.creer_dossier(NADIA, LEA)
    un.tour()
    assert (un.attente(), un.synchro.etat().quarantaine) == (0, ())


def test_ce_qui_se_saisit_apres_la_fermeture_va_en_quarantaine_et_ce_d_avant_entre(site: Site) -> None:
    """Hors ligne, le poste ne l'a pas su : rien ne se perd, une personne reprend."""
    un = _poste(site)
    un.tour()
    avant = un.coffre.creer_dossier(NADIA, LEA)["id"]
    _fermer_lea(site, un)
    apres = un.coffre.creer_dossier(NADIA, LEA)["id"]
    un.tour()
    assert [(refus.dossier, refus.code) for refus in un.synchro.etat().quarantaine] == [(apres, "compte_ferme")]
    assert un.attente() == 0
    un.coffre.echanges.ressaisir(un.synchro.etat().quarantaine[0].operation, NORA)
    un.tour()
    assert un.synchro.etat().quarantaine == ()
    assert {avant, apres} <= {un.dossier for un in un.coffre.recents(9)}


def test_un_coffre_remis_d_une_copie_ne_rend_pas_un_compte_ferme(site: Site, tmp_path: Path) -> None:
    """Ce que le poste avait dit au registre lui revient : le compte se ferme, les rôles aussi sont ceux d'hier."""
    un = _poste(site)
    un.tour()
    avant = copier(un, tmp_path / "avant.perron")
    un.coffre.comptes.fermer(LEA.nom, NORA)
    un.coffre.comptes.changer(PAUL.nom, "", "", ("agent",), NORA)
    un.coffre.comptes.ouvrir("Zoé Marchand", "", "", ("agent",), MOT_DE_PASSE, NORA)
    un.tour()
    remis = site.rouvrir(avant)
    assert _raison(remis, LEA.nom) == ""
    remis.tour()
    assert _raison(remis, LEA.nom) == "decidee"
    assert LEA.nom not in lire_trousseau(avant).agents()
    assert {un.nom: un.roles for un in remis.coffre.comptes.lister(NORA)} | {LEA.nom: ()} == {
        AGENT: remis.coffre.comptes.moi().roles,
        LEA.nom: (),
        PAUL.nom: ("agent",),
    }


def test_une_copie_ne_laisse_pas_un_poste_sans_administrateur(site: Site, tmp_path: Path) -> None:
    un = _poste(site)
    avant = copier(un, tmp_path / "avant.perron")
    un.coffre.comptes.changer(PAUL.nom, "", "", ("agent", "administrateur"), NORA)
    un.coffre.comptes.fermer(AGENT, PAUL)
    un.tour()
    remis = site.rouvrir(avant)
    remis.tour()
    assert remis.coffre.comptes.moi().administre


def test_une_panne_n_est_pas_un_contact_et_un_registre_d_avant_en_est_un(site: Site) -> None:
    un = _poste(site)
    with un.coffre._base.ecriture() as connexion:
        portee.joindre(connexion, datetime.now().astimezone() - 3 * JOUR)
    un.coupures.avant.append("declarer")
    assert un.synchro.tour().panne
    assert _jours_depuis(un) == 3

    def d_avant(*_: Any) -> None:
        raise Empechement(Classe.REFUS, "Cette adresse n'existe pas.", Refus("route_inconnue", ""))

    un.coupures.pendant["declarer"] = d_avant
    un.tour()
    assert _jours_depuis(un) == 0


def _jours_depuis(poste: Poste) -> int:
    lue = poste.coffre.portee.lire()
    assert lue is not None
    return (lue.maintenant - lue.contact).days


def test_le_registre_dit_combien_de_jours(site: Site) -> None:
    un = _poste(site)
    regler_les_jours(site.moteur, TERRITOIRE, 3)
    un.tour()
    lue = un.coffre.portee.lire()
    assert lue is not None
    assert lue.jours == 3


def test_le_paquet_porte_les_comptes_et_son_recu_vaut_contact(site: Site, tmp_path: Path) -> None:
    """Sans rien à envoyer non plus ; un vieux reçu relu ne lève pas une fermeture."""
    isole, porteur = _poste(site), site.poste("porteur", guichet=ANNEXE)
    isole.tour()
    site.horloge.heure = datetime.now().astimezone()
    with isole.coffre._base.ecriture() as connexion:
        portee.joindre(connexion, datetime.now().astimezone() - 6 * JOUR)
    fichier = tmp_path / "p.paquet"
    assert isole.synchro.paquets.ecrire(fichier) == 0
    vieux = shutil.copy(porteur.synchro.paquets.transmettre(fichier), tmp_path / "vieux.recu")
    _fermer_lea(site, isole)
    site.horloge.avancer(timedelta(seconds=5))
    recu = porteur.synchro.paquets.transmettre(fichier)
    assert isole.synchro.paquets.lire_recu(recu) == 0
    assert (_jours_depuis(isole), _raison(isole, LEA.nom)) == (0, "au registre")
    isole.synchro.paquets.lire_recu(Path(vieux))
    assert _raison(isole, LEA.nom) == "au registre"
    with pytest.raises(ErreurUtilisateur, match="Rien n'attend l'envoi"):
        isole.synchro.paquets.ecrire(fichier)


def test_aucune_echeance_d_un_dossier_discret_n_est_manquee(site: Site) -> None:
    """Sa référente fermée au registre : le suppléant l'a ; lui aussi fermé, ou nul n'étant nommé, tout le social."""
    un = _poste(site)
    dates = {"dates": {"prochain_rendez_vous": "2026-12-15"}}
    deux = _discret(un, dates, referent=LEA.nom, suppleant=PAUL.nom)
    seule = _discret(un, dates, referent=LEA.nom)
    sienne = _discret(un, dates)
    un.tour()
    assert _suivis(un, NORA) == set()
    _fermer_lea(site, un)
    un.tour()
    assert _suivis(un, PAUL) == {deux, seule, sienne}
    assert _suivis(un, NORA) == {seule, sienne}
    (suivi,) = [suivi for suivi in un.coffre.porte.suivis(PAUL) if suivi.dossier == deux]
    assert (suivi.sans_referent, suivi.sans_suppleant) == (True, False), "qui le suit sait qu'il manque un référent"
    fermer(site.moteur, TERRITOIRE, _identifiant(un), PAUL.nom, datetime.now().astimezone())
    un.tour()
    assert _suivis(un, NORA) == {deux, seule, sienne}


def _discret(poste: Poste, autre: dict[str, Any], **qui: str) -> str:
    document = NADIA | {"protection": {"discret": True, **qui}}
    return str(poste.coffre.creer_dossier(document, LEA)["id"])


def _suivis(poste: Poste, auteur: Auteur) -> set[str]:
    return {un.dossier for un in poste.coffre.porte.suivis(auteur)}


_MUTANTS: dict[str, tuple[Any, str, Any, Callable[[Site], None]]] = {
    "la fermeture du registre s'ignore": (
        *(gerance.Comptes, "suivre_le_registre", lambda *_: None),
        test_ferme_au_registre_le_compte_se_ferme_ici_et_ses_copies_avec,
    ),
    "la case reste": (
        *(gerance.Comptes, "_oter_la_case", lambda *_: None),
        test_ferme_au_registre_le_compte_se_ferme_ici_et_ses_copies_avec,
    ),
    "une panne vaut contact": (
        *(comptes_dits, "declarer", lambda coffre, transport, cles: coffre.portee.joindre()),
        test_une_panne_n_est_pas_un_contact_et_un_registre_d_avant_en_est_un,
    ),
    "les comptes ne se disent pas": (
        *(Transport, "declarer", lambda *_: ComptesTenus(DEPART)),
        test_chaque_echange_dit_les_comptes_et_une_saisie_porte_le_sien,
    ),
    "un compte fermé répond encore": (
        *(avis, "_fermes", lambda _: []),
        test_aucune_echeance_d_un_dossier_discret_n_est_manquee,
    ),
}


@pytest.mark.parametrize("nom", sorted(_MUTANTS))
def test_le_mutant_des_comptes_dits_est_vu(nom: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chaque garde ôtée fait échouer son épreuve."""
    ou, quoi, autrement, epreuve = _MUTANTS[nom]
    monkeypatch.setattr(ou, quoi, autrement)
    if ou is comptes_dits:
        monkeypatch.setattr("modele.synchro.synchro.declarer", autrement)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        epreuve(site)
