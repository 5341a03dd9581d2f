"""Une semaine de deux lieux et trois postes, par les écrans : rien ne se perd, rien ne trahit, les comptes sont justes.

Vrai registre, vrai PostgreSQL, vrais coffres. Ce que chacun a fait se note à la main (``semaine.Cahier``) ; le rapport
du vendredi doit dire ces nombres-là.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_ecran import MOT_DE_PASSE
from outils_registre import ANNEXE, TERRITOIRE
from postes_relies import Guichet, Site, titres
from PySide6.QtCore import Qt
from semaine import (
    ALT,
    CTRL,
    Cahier,
    Personne,
    Semaine,
    accueillir,
    aller,
    coffre_de,
    ouvrir,
    taper_puis,
    touche,
    tours,
)

from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.declaration import Compte, Perimetre, declares
from modele.chiffres.rapport import JOURS
from modele.coffre import agenda_lu, avis, releves
from modele.coffre.agenda import Choix
from modele.coffre.listes import Voulu
from modele.dossier.codes import reference_courte
from modele.dossier.dates_tenues import Nature
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau
from registre.service.publication import correction, publier_paquet
from ui.mots.avis import lire as lire_les_avis
from ui.mots.rapport import voies_dites

CCAS, LA_BAS = "Accueil du CCAS", "Annexe"
ICI, AILLEURS = "ccas-colombe", "maison-solidarite-vieux-pont"
SOCIAL = ("agent", "social", "responsable")
ANA, PAUL, LEA, KARIM = Auteur("Ana Martin"), Auteur("Paul Roux"), Auteur("Léa Blanc"), Auteur("Karim Benali")
MARC = Auteur("Marc Diop")
SECRET = "Zerrouki"
ECRANS = ("accueil", "journee", "agenda", "dossiers", "echeances", "remises", "avis", "publications")


@dataclass
class Scene:
    """Les trois postes, l'heure, le cahier."""

    site: Site
    un: Guichet
    deux: Guichet
    annexe: Guichet
    semaine: Semaine
    cahier: Cahier

    @property
    def postes(self) -> tuple[Guichet, Guichet, Guichet]:
        return self.un, self.deux, self.annexe


@pytest.fixture
def scene(guichet: Callable[..., Guichet], site: Site, monkeypatch: pytest.MonkeyPatch) -> Scene:
    un, deux, annexe = guichet("un"), guichet("deux", PAUL.nom), guichet("annexe", KARIM.nom)
    semaine = Semaine(monkeypatch, (un, deux, annexe))
    for autre, roles in ((LEA, SOCIAL), (MARC, ("agent",))):
        coffre_de(deux).comptes.ouvrir(autre.nom, "", "", roles, MOT_DE_PASSE, PAUL)
    un.relier(site.invitation())
    deux.relier(site.invitation(roles=SOCIAL))
    annexe.relier(site.invitation(ANNEXE, SOCIAL))
    for poste, lieu in ((un, ICI), (deux, ICI), (annexe, AILLEURS)):
        poste.poste.session.preferences = poste.poste.session.preferences._replace(lieu=lieu)
        poste.joueur.atelier.preparer()
        poste.joueur.attendre()
        coffre_de(poste).agenda.choisir_le_lieu(lieu)
    return Scene(site, un, deux, annexe, semaine, Cahier())


# Les gestes qui se répètent.


def inscrire(scene: Scene, poste: Guichet, lieu: str, rang: int, **autres: Any) -> str:
    """Un dossier neuf, noté au cahier."""
    motifs = ("trop_cher", "trop_petit")[: 1 + rang % 2]
    suites = {f"s{rang}": {"orientation": "impaye", "faite_le": scene.semaine.jour(0).isoformat()}} if rang % 3 else {}
    issue = "acceptee" if rang % 3 == 1 else ""
    for suite in suites.values():
        if issue:
            suite |= {"issue": issue, "issue_le": scene.semaine.jour(rang % 5).isoformat()}
    document = {
        "territoire": TERRITOIRE,
        "demandeur": {"nom": f"Personne{rang}", "prenoms": "Zoé"},
        "demande": {"motifs": {"coches": list(motifs)}},
        "suites": {"elements": suites, "ordre": list(suites)},
    }
    dossier = poste.creer({**document, **autres})
    dites = tuple(("impaye", issue, rang % 5) for _ in suites)
    scene.cahier.personnes[dossier] = Personne(lieu, 1, motifs, dites)
    return dossier


def donner(poste: Guichet, dossier: str, creneau: Creneau, auteur: Auteur, scene: Scene) -> Any:
    """Un rendez-vous au coffre, noté au cahier."""
    tenu = coffre_de(poste).agenda.donner(dossier, Choix(creneau), auteur)
    scene.cahier.personnes[dossier].rendez_vous[tenu.id] = "donne"
    return tenu


def donner_a_l_ecran(poste: Guichet, dossier: str, scene: Scene) -> Any:
    """F9, le premier créneau offert, Ctrl+Entrée."""
    ouvrir(poste, dossier)
    touche(poste, Qt.Key.Key_F9)
    taper_puis(poste, "1")
    touche(poste, Qt.Key.Key_Return, CTRL)
    ecran: Any = poste.joueur.ecran
    assert ecran.constat.text().startswith("Rendez-vous donné"), ecran.constat.text()
    tenu = ecran._tenus[-1]
    scene.cahier.personnes[dossier].rendez_vous[tenu.id] = "donne"
    return tenu


def tenu_en_entier(poste: Guichet) -> str:
    """Tout ce que ce coffre tient, documents et états convenus."""
    with coffre_de(poste)._base.lecture(entiere=True) as connexion:
        lignes = list(connexion.exec_driver_sql("SELECT document FROM dossier WHERE etat = 'ouvert'"))
        lignes += list(connexion.exec_driver_sql("SELECT CAST(etat AS TEXT) FROM miroir"))
    return "\n".join(str(un[0]) for un in lignes)


def lus(poste: Guichet) -> str:
    """Tout ce qui se lit à l'écran, listes comprises."""
    from ui.composants.liste import Liste

    listes = [une for une in poste.poste.fenetre.findChildren(Liste) if une.isVisible()]
    return "\n".join([*poste.joueur.mots(), *(une.dit(rang) for une in listes for rang in range(une.count()))])


# Lundi : on vient, on prend un numéro, on est inscrit.


def lundi(scene: Scene) -> list[str]:
    un, deux, annexe = scene.postes
    scene.semaine.il_est(0, 9)
    for motif, issue in (*[("renseignement", "renseignee")] * 6, *[("pieces", "dossier")] * 5, ("aide", "")):
        accueillir(un, scene.cahier, CCAS, motif, issue)
    accueillir(annexe, scene.cahier, LA_BAS, "demande", "dossier")
    ici = [inscrire(scene, poste, CCAS, rang) for rang, poste in enumerate([un] * 9 + [deux] * 5)]
    for rang in range(20, 26):
        inscrire(scene, annexe, LA_BAS, rang)
    tours(un, deux, annexe, un, deux)
    montre = aller(deux, "journee")
    assert [montre.file.vue(rang).titre.replace("\u00a0", " ") for rang in range(montre.file.count())] == [
        "Le numéro 12 : attend depuis 9 h 00"
    ]
    assert not any(f"Personne{rang}" in lus(deux) for rang in range(30))
    return ici


# Mardi : le réseau est coupé, la même heure se prend deux fois.


def mardi(scene: Scene, ici: list[str]) -> None:
    un, deux, annexe = scene.postes
    scene.semaine.il_est(1, 8, 30)
    un.ligne.coupee = deux.ligne.coupee = annexe.ligne.coupee = True
    premier, second = donner_a_l_ecran(un, ici[0], scene), donner_a_l_ecran(deux, ici[9], scene)
    assert premier.creneau == second.creneau
    la_bas = next(iter(cle for cle, une in scene.cahier.personnes.items() if une.lieu == LA_BAS))
    roy = Creneau(scene.semaine.jour(3), 14 * 60, 30, ICI, "Mme Roy")
    donner(un, ici[1], roy, ANA, scene)
    donner(annexe, la_bas, Creneau(roy.jour, roy.debut, 30, AILLEURS, "Mme Roy"), KARIM, scene)
    un.ligne.coupee = deux.ligne.coupee = annexe.ligne.coupee = False
    tours(un, deux, annexe, un, deux, annexe)
    regler_en_deplacant(scene, second)
    regler_en_gardant_les_deux(scene)
    interprete(scene, ici[2])


def regler_en_deplacant(scene: Scene, second: Any) -> None:
    """Le même lieu : les deux se lisent, une personne déplace le sien et dit pourquoi."""
    un, deux, _ = scene.postes
    montre = aller(deux, "agenda")
    (bouton,) = [un for un in montre.departs if un.text() == f"Déplacer ou annuler {second.reference}"]
    bouton.click()
    deux.joueur.attendre()
    ecran: Any = deux.joueur.ecran
    rang = [tenu.id for tenu in ecran._tenus].index(second.id)
    ecran.liste.setCurrentRow(rang)
    nouveau = ecran._libres[1]
    ecran.creneaux.bouton(1).click()
    ecran.motif.setFocus()
    taper_puis(deux, "pris deux fois")
    touche(deux, Qt.Key.Key_D, ALT)
    assert ecran.constat.text().startswith("Rendez-vous déplacé"), ecran.constat.text()
    tours(deux, un)
    for poste, auteur in ((un, ANA), (deux, PAUL)):
        conflits = coffre_de(poste).agenda.conflits(auteur)
        assert [conflit for conflit in conflits if not conflit.un.creneau.avec] == []
        tenus = coffre_de(poste).agenda.lignes(scene.semaine.jour(1), scene.semaine.jour(1), auteur)
        assert len(tenus) == 2
    assert coffre_de(un).agenda.du_dossier(second.dossier, ANA)[0].creneau == nouveau


def regler_en_gardant_les_deux(scene: Scene) -> None:
    """Deux lieux, la même personne de l'accueil : l'annexe garde les deux, et cela se sait ici."""
    montre = aller(scene.annexe, "agenda")
    assert SECRET not in lus(scene.annexe)
    (garder,) = [un for un in montre.departs if un.text() == "Garder les deux"]
    garder.click()
    scene.annexe.joueur.attendre()
    assert montre.conflits.isHidden()
    tours(scene.annexe, scene.un)
    assert coffre_de(scene.un).agenda.conflits(ANA) == []


def interprete(scene: Scene, dossier: str) -> None:
    """La langue vient du dossier ; l'interprète est à trouver, puis trouvé."""
    scene.un.repondre(dossier, {"contact.langue": "ar"})
    scene.cahier.personnes[dossier].ecritures += 1
    ouvrir(scene.un, dossier)
    touche(scene.un, Qt.Key.Key_F9)
    ecran: Any = scene.un.joueur.ecran
    taper_puis(scene.un, "3")
    ecran.interprete.focus_initial()
    taper_puis(scene.un, "1")
    touche(scene.un, Qt.Key.Key_Return, CTRL)
    (tenu,) = ecran._tenus
    assert (tenu.langue, tenu.interprete) == ("ar", "demande")
    touche(scene.un, Qt.Key.Key_I, ALT)
    assert ecran._tenus[0].interprete == "trouve"
    scene.cahier.personnes[dossier].rendez_vous[tenu.id] = "donne"


# Mercredi : ceux qui viennent, ceux qui ne viennent pas.


def mercredi(scene: Scene, ici: list[str]) -> None:
    un, deux, _ = scene.postes
    jour = scene.semaine.jour(2)
    for rang, dossier in enumerate(ici[3:10]):
        poste, auteur = (un, ANA) if rang < 6 else (deux, PAUL)
        donner(poste, dossier, Creneau(jour, 9 * 60 + 20 * rang, 20, ICI, "Mme Ali"), auteur, scene)
    tours(deux, un)
    scene.semaine.il_est(2, 11, 30)
    montre = aller(un, "journee")
    restent = [ligne for ligne in montre._lignes if ligne.creneau.avec == "Mme Ali"]
    assert len(restent) == 7
    for rang, ligne in enumerate(restent):
        montre.rendez_vous.setCurrentRow(montre._lignes.index(ligne))
        venue = rang not in (1, 4)
        touche(un, Qt.Key.Key_V if venue else Qt.Key.Key_N, ALT)
        tenu = ligne.rendez_vous
        assert tenu is not None
        scene.cahier.personnes[tenu.dossier].rendez_vous[tenu.id] = "venu" if venue else "absent"
        if venue:
            scene.cahier.numeros.append((CCAS, "rendez_vous", ""))
    tours(un, deux)
    dits = [tenu.etat for dossier in ici[3:10] for tenu in coffre_de(deux).agenda.du_dossier(dossier, PAUL)]
    assert Counter(dits) == {"venu": 5, "absent": 2, "donne": 1}


# Jeudi : remettre, refuser ; une correction par-dessus ce que la structure avait écrit.


def jeudi(scene: Scene, ici: list[str], fiche: Callable[[str], Path]) -> None:
    scene.semaine.il_est(3, 10)
    remettre(scene, ici[4])
    arrivee = aller(scene.annexe, "accueil").remises
    assert arrivee.phrase.text() == f"{CCAS} vous remet un dossier : à recevoir ou refuser."
    assert not arrivee.isHidden()
    aller(scene.annexe, "remises")
    scene.annexe.joueur.presser("Recevoir")
    neuf = scene.annexe.poste.session.dossier_id
    scene.cahier.personnes[neuf] = Personne(LA_BAS, 1)
    assert coffre_de(scene.annexe).lire(neuf)["demandeur"]["nom"] == "Personne4"
    remettre(scene, ici[5])
    montre = aller(scene.annexe, "remises")
    (a_repondre,) = [ligne for ligne in montre.lignes if ligne.remise.a_repondre]
    a_repondre.motif.setFocus()
    taper_puis(scene.annexe, "hors de notre commune")
    scene.annexe.joueur.presser("Refuser")
    tours(scene.annexe, scene.un)
    suites = {une.dossier: une for une in coffre_de(scene.un).remises.lister(ANA)}
    assert (bool(suites[ici[4]].recue_le), suites[ici[5]].motif) == (True, "hors de notre commune")
    assert "Personne5" not in tenu_en_entier(scene.annexe)
    corriger(scene, fiche)


def remettre(scene: Scene, dossier: str) -> None:
    ouvrir(scene.un, dossier)
    ecran = aller(scene.un, "remises")
    ecran.vers.ligne.setFocus()
    taper_puis(scene.un, LA_BAS)
    ecran.but.ligne.setFocus()
    taper_puis(scene.un, "être suivie près de chez elle")
    ecran.jusqu_au.ligne.setFocus()
    taper_puis(scene.un, f"{scene.semaine.jour(4):%d/%m/%Y}")
    ecran.choix.poser(["demandeur.nom", "demandeur.prenoms"])
    touche(scene.un, Qt.Key.Key_Return, CTRL)
    assert "C'est noté" in ecran.constat.text()
    tours(scene.un, scene.annexe)


def corriger(scene: Scene, fiche: Callable[[str], Path]) -> None:
    """Ce lieu avait écrit ; la correction sert aux trois postes, se dit, et ce lieu garde son texte d'un geste."""
    site, deux = scene.site, scene.deux
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Trois mois"), site.horloge())
    deux.tour()
    coffre_de(deux).modifier_fichier("fiche", "essai", "fr.md", b'+++\ntitre = "A notre facon"\n+++\nBonjour\n', PAUL)
    tours(deux, *scene.postes)
    assert ["A notre facon" in titres(poste) for poste in scene.postes] == [True, True, False]
    faute = correction("Le délai était faux.", ())
    publier_paquet(site.moteur, TERRITOIRE, "fiche.essai", fiche("Six mois"), site.horloge(), correction=faute)
    for poste in scene.postes:
        poste.tour()
        assert {"Six mois", "A notre facon"} & titres(poste) == {"Six mois"}
        aller(poste, "accueil")
        assert "Le délai était faux." in poste.mots()
    aller(deux, "publications")
    deux.joueur.presser("Garder ce que nous avions écrit")
    tours(deux, *scene.postes)
    assert ["A notre facon" in titres(poste) for poste in scene.postes] == [True, True, False]


# La personne qu'on ne doit pas trouver.


def discrete(scene: Scene) -> str:
    """Elle parle à Paul : son dossier est discret, il en répond avec Léa ; un rendez-vous vendredi."""
    deux = scene.deux
    scene.semaine.il_est(3, 16)
    recue = scene.semaine.jour(4) - timedelta(340)
    dossier = deux.creer(
        {
            "territoire": TERRITOIRE,
            "demandeur": {"nom": SECRET, "prenoms": "Salima", "date_naissance": "1990-07-08"},
            "demande": {"date_reception": recue.isoformat(), "numero_unique": "075012600000011"},
            "protection": {"discret": True, "referent": PAUL.nom, "suppleant": LEA.nom},
        }
    )
    scene.cahier.personnes[dossier] = Personne(CCAS, 1, discrete=True)
    donner(deux, dossier, Creneau(scene.semaine.jour(4), 10 * 60, 30, ICI), PAUL, scene)
    tours(deux, scene.un, scene.annexe, deux)
    return dossier


def nulle_part(scene: Scene, dossier: str) -> None:
    """Ni sur un autre poste, ni par un autre agent, ni sur aucun écran ; son créneau est « occupé »."""
    un, deux, annexe = scene.postes
    vendredi = scene.semaine.jour(4)
    for poste in (un, annexe):
        assert not [mot for mot in (SECRET, dossier, reference_courte(dossier)) if mot in tenu_en_entier(poste)]
        for ecran in ECRANS:
            aller(poste, ecran)
            assert not [mot for mot in (SECRET, reference_courte(dossier)) if mot in lus(poste)], ecran
    montre = aller(un, "journee")
    dits = [montre.rendez_vous.vue(rang).titre.replace("\u00a0", " ") for rang in range(montre.rendez_vous.count())]
    assert "10 h 00, 30 min : occupé" in dits
    autre = next(iter(scene.cahier.personnes))
    with pytest.raises(ErreurUtilisateur, match="déjà pris"):
        coffre_de(un).agenda.donner(autre, Choix(Creneau(vendredi, 10 * 60, 30, ICI)), ANA)
    coffre = coffre_de(deux)
    for auteur in (PAUL, LEA, MARC):
        coffre.agent = auteur.nom
        assert coffre.rechercher(SECRET) == []
    assert SECRET not in str(coffre.recents(12))
    # Sur le poste même qui la tient, un agent qui n'en répond pas.
    session = deux.poste.session
    coffre.agent = session.agent = MARC.nom
    for ecran in ECRANS:
        aller(deux, ecran)
        assert not [mot for mot in (SECRET, "Salima", reference_courte(dossier)) if mot in lus(deux)], ecran
    coffre.agent = session.agent = PAUL.nom
    aller(deux, "avis")
    assert reference_courte(dossier) in lus(deux)


def rien_perdu(scene: Scene, dossier: str) -> None:
    """Son renouvellement est chez ceux qui en répondent, eux seuls ; son rendez-vous aussi."""
    coffre, vendredi = coffre_de(scene.deux), scene.semaine.jour(4)
    regles = scene.deux.poste.session.regles
    for auteur, repond in ((PAUL, True), (LEA, True), (MARC, False)):
        coffre.agent = auteur.nom
        suivies = lire_les_avis(coffre, auteur, regles, vendredi).suivies
        assert [une.suivi.dossier for une in suivies] == ([dossier] if repond else [])
        assert all(une.le is not None and une.le <= vendredi + timedelta(30) for une in suivies)
        lignes = coffre.agenda.lignes(vendredi, vendredi, auteur)
        dits = [ligne.rendez_vous.dossier if ligne.rendez_vous else "occupé" for ligne in lignes]
        assert dits == ([dossier] if repond else ["occupé"])
    coffre.agent = PAUL.nom
    # Ce que tous lisent ne compte que les réponses attendues des autres.
    communes = coffre.taches.lire(Voulu(vendredi), MARC).lignes
    assert {une.date.nature for une in communes} - {Nature.RENDEZ_VOUS} == {Nature.REPONSE}


# Vendredi : les comptes.


def rapport(scene: Scene) -> None:
    """À l'écran, puis au coffre : chaque nombre est celui du cahier, ou se tait parce qu'il est petit."""
    deux, annee = scene.deux, scene.semaine.lundi.year
    ecran = aller(deux, "rapport")
    ecran.annee.ligne.setFocus()
    taper_puis(deux, str(annee))
    if ecran.lieux is not None:
        ecran.lieux.poser(CCAS)
    ecran.pour.poser("partenaires")
    touche(deux, Qt.Key.Key_Return, CTRL)
    assert ecran.tire is not None, ecran.constat.text()
    regles = deux.poste.session.regles
    assert regles is not None
    voies = voies_dites(regles)
    attendus = scene.cahier.compter(CCAS, voies)
    seuil, publies = seuil_de(Diffusion.PARTENAIRES), 0
    for ligne in ecran.tire.rapport.lignes:
        if ligne.unite == JOURS or ligne.chiffre not in attendus:
            continue
        assert ligne.suivi, ligne
        du = attendus[ligne.chiffre][ligne.id.removeprefix(ligne.chiffre).lstrip(".")]
        assert ligne.masque or (ligne.valeur == du and du >= seuil), (ligne, du)
        publies += not ligne.masque
    assert publies >= 8
    compare_au_releve(scene, attendus, voies)


def compare_au_releve(scene: Scene, attendus: dict[str, Counter[str]], voies: dict[str, str]) -> None:
    """Ce que le masque tait aussi : tous les chiffres du lieu, toutes leurs lignes, avant le masque."""
    annee = scene.semaine.lundi.year
    with coffre_de(scene.deux)._base.lecture(entiere=True) as connexion:
        postes = releves.lieux(connexion)[CCAS]
        lu = releves.relever(connexion, declares(), postes, annee, voies)
    comptes = {nom: {cle: un.personnes for cle, un in lignes.items()} for nom, lignes in lu.comptes.items()}
    du_lieu = {un.id for un in declares().du(Perimetre.LIEU)}
    assert du_lieu == attendus.keys()
    assert {nom: comptes[nom] for nom in du_lieu} == {nom: dict(lignes) for nom, lignes in attendus.items()}
    ecritures = sum(une.ecritures for une in scene.cahier.du(CCAS))
    assert lu.comptes["personnes_recues"][""].operations == ecritures
    durees = [delai for une in scene.cahier.du(CCAS) for voie, issue, delai in une.suites if issue and voie in voies]
    assert sorted(lu.durees["delai_reponse"]) == sorted(durees)


# Ce que la semaine n'aurait pas laissé passer.


def mutants(scene: Scene, dossier: str) -> None:
    """Chacun casse une règle ; la vérification de la semaine qui la porte le voit."""

    def compter() -> None:
        voies = voies_dites(scene.deux.poste.session.regles)  # type: ignore[arg-type]
        compare_au_releve(scene, scene.cahier.compter(CCAS, voies), voies)

    def sans_portes(_connexion: Any, lus: Any, _auteur: Any) -> set[str]:
        return {ligne[0] for ligne in lus}

    une_ligne = releves._SQL[Compte.PERSONNES].replace("SUM(nombre)", "COUNT(*)")
    une_seule = releves._SQL[Compte.VENUES].replace("COUNT(*), COUNT(*)", "COUNT(DISTINCT 1), COUNT(*)")
    casses: list[tuple[Callable[[pytest.MonkeyPatch], None], Callable[[], None]]] = [
        (lambda un: un.setitem(releves._SQL, Compte.PERSONNES, une_ligne), compter),  # type: ignore[arg-type]
        (lambda un: un.setitem(releves._SQL, Compte.VENUES, une_seule), compter),  # type: ignore[arg-type]
        (lambda un: un.setattr(agenda_lu, "_permis", sans_portes), lambda: rien_perdu(scene, dossier)),
        (lambda un: un.setattr(avis, "suivis", lambda *_: []), lambda: rien_perdu(scene, dossier)),
        (lambda un: un.setattr(agenda_lu, "pris", lambda *_, **__: []), lambda: nulle_part(scene, dossier)),
    ]
    for casser, verifier in casses:
        with pytest.MonkeyPatch.context() as correctif:
            casser(correctif)
            with pytest.raises((AssertionError, pytest.fail.Exception)):
                verifier()


def test_une_semaine_de_deux_lieux_et_trois_postes(scene: Scene, fiche: Callable[[str], Path]) -> None:
    ici = lundi(scene)
    mardi(scene, ici)
    mercredi(scene, ici)
    jeudi(scene, ici, fiche)
    dossier = discrete(scene)
    scene.semaine.il_est(4, 9)
    nulle_part(scene, dossier)
    rien_perdu(scene, dossier)
    tours(*scene.postes, *scene.postes)
    rapport(scene)
    mutants(scene, dossier)
    assert [un.poste.synchro.etat.quarantaine for un in scene.postes if un.poste.synchro.etat] == [(), (), ()]
