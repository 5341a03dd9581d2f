"""La personne suivante ne voit pas la précédente : aucun écran qui liste des dossiers ne nomme quelqu'un d'autre.

Norme de sûreté, § 4. On lit tout ce qui se voit et tout ce qu'un lecteur d'écran lirait.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.listes import AReunir, EnAttente, EnQuarantaine, RecuTenu, Semblable
from modele.dossier.acces import Acces
from modele.dossier.chemins import lire
from modele.dossier.dates_tenues import DateTenue, Nature
from modele.mots.ecriture import dire_date
from modele.synchro.etats import DivergenceMontree, EtatEnvois, Lien, PropositionMontree
from ui.cadre.gestes import palette as palette_de
from ui.composants import Bouton, ListePropositions, Proposition
from ui.composants.masques import NomMasque, masque
from ui.ecrans import declares, trouves
from ui.etat.exemples import lire_exemples
from ui.lancement import Poste
from ui.mots.departager import preparer
from ui.mots.ecran_demandeur import OUVRIR
from ui.mots.masques import Designe
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge
from ui.theatre.scenes_contingents import garder
from ui.theatre.scenes_ecran_demandeur import brancher
from ui.theatre.scenes_remises import remplir
from ui.theatre.scenes_rendez_vous import LIEU
from ui.theatre.scenes_rendez_vous import remplir as remplir_l_agenda
from ui.theme import Ton

MAINTENANT = datetime.now().astimezone()
TELEPHONE = "0612345678"
# Tirée au hasard, elle peut contenir « EWA » sans nommer Ewa.
REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")


def dits(racine: QWidget) -> Iterator[str]:
    """Tout ce qui se lit sous ``racine`` : textes, bulles, noms accessibles, lignes de liste, arbre d'accessibilité."""
    for widget in (racine, *racine.findChildren(QWidget)):
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _de_la_liste(widget)
    yield from _accessibles(QAccessible.queryAccessibleInterface(racine))


def _de_la_liste(liste: QAbstractItemView) -> Iterator[str]:
    modele = liste.model()
    for rang in range(modele.rowCount()):
        index = modele.index(rang, 0)
        for role in range(int(Qt.ItemDataRole.UserRole)):
            if isinstance(dit := index.data(role), str):
                yield dit


def _accessibles(noeud: QAccessibleInterface | None) -> Iterator[str]:
    if noeud is not None and noeud.isValid():
        yield noeud.text(QAccessible.Text.Name)
        yield noeud.text(QAccessible.Text.Description)
        for rang in range(noeud.childCount()):
            yield from _accessibles(noeud.child(rang))


def secrets(documents: list[dict[str, Any]]) -> set[str]:
    """Noms, prénoms, naissances et téléphones de ces dossiers, comme ils s'écrivent à l'écran."""
    mots: set[str] = set()
    for document in documents:
        qui = document.get("demandeur", {})
        for nom in ("nom", "nom_usage", "prenoms"):
            if isinstance(dit := qui.get(nom), str) and len(dit) > 2:
                mots |= {dit.casefold()}
        if isinstance(naissance := qui.get("date_naissance"), str):
            mots |= {naissance, dire_date(datetime.fromisoformat(naissance).date())}
        if isinstance(telephone := lire(document, "contact.telephone"), str):
            chiffres = "".join(c for c in telephone if c.isdigit())[-9:]
            mots |= {chiffres, " ".join([f"0{chiffres}"[rang : rang + 2] for rang in range(0, 10, 2)])}
    return mots


def fuites(racine: QWidget, tus: set[str]) -> set[str]:
    """Ce que l'écran dit et devrait taire."""
    tout = REFERENCE.sub(" ", "\n".join(dits(racine))).casefold().replace("\u00a0", " ")
    return {secret for secret in tus if secret in tout}


@pytest.fixture
def tus(poste_garni: Poste) -> set[str]:
    """Ce qui ne doit pas se lire : tout ce que savent les dossiers d'exemple, et la personne hébergée."""
    return secrets([*lire_exemples(), heberge() | {"contact": {"telephone": TELEPHONE}}])


@pytest.fixture
def joueur(poste_garni: Poste) -> Joueur:
    """Un poste garni, une frappe interrompue, des envois en attente, refusés, reçus."""
    joueur = Joueur(poste_garni)
    session = joueur.session
    session.creer_dossier(heberge() | {"contact": {"telephone": TELEPHONE}}, lambda _: None)
    joueur.attendre()
    session.brouillon("contact.courriel", "zoe@exem")
    joueur.attendre()
    return joueur


def etat(dossier: str) -> EtatEnvois:
    """Tout ce qu'un état des envois peut nommer."""
    avant = MAINTENANT - timedelta(hours=1)
    return EtatEnvois(
        Lien.HORS_LIGNE,
        attente=(EnAttente(dossier, "MOREL Zoé", 2, 0, avant),),
        quarantaine=(EnQuarantaine("o", dossier, "MOREL Zoé", (), "Une réponse ne se lit pas.", "forme", avant),),
    )


def accueil(joueur: Joueur) -> QWidget:
    joueur.aller("accueil")
    return joueur.fenetre


def recherche(joueur: Joueur) -> QWidget:
    joueur.aller("accueil")
    # Par la naissance seule : ce que l'agent a tapé est à la personne qui est là, et ne se compte pas.
    taper("1988", joueur.ecran.recherche)  # type: ignore[attr-defined]
    joueur.attendre()
    assert joueur.ecran.resultats.count()  # type: ignore[attr-defined]
    return joueur.fenetre


def palette(joueur: Joueur) -> QWidget:
    joueur.aller("accueil")
    ouverte = palette_de(joueur.fenetre)
    ouverte.show()
    ouverte.saisie.ligne.setText("1988")
    ouverte.chercher("1988")
    joueur.attendre()
    return ouverte


def dossiers(joueur: Joueur) -> QWidget:
    joueur.aller("accueil")
    joueur.aller("dossiers")
    joueur.presser("Tous")
    assert joueur.ecran.liste.count() > 3  # type: ignore[attr-defined]
    return joueur.fenetre


def echeances(joueur: Joueur) -> QWidget:
    """À faire : une référence, une voie, une date ; ni qui, ni à qui c'est transmis, ni le motif d'un report."""
    suite = {"orientation": "fsl", "aupres_de": TELEPHONE, "faite_le": "2026-11-01"}
    joueur.session.modifier({"suites.elements.s": suite, "suites.ordre": ["s"]})
    joueur.attendre()
    une = DateTenue(Nature.REPONSE, "reponse:s", date(2026, 11, 2))
    session, demain = joueur.session, date.today() + timedelta(1)
    assert session._coffre is not None
    session._coffre.taches.reporter(session.dossier_id, une, demain, TELEPHONE, session.auteur)
    joueur.aller("accueil")
    joueur.aller("echeances")
    joueur.attendre()
    liste = joueur.ecran.liste  # type: ignore[attr-defined]
    liste.deplier_les_reportes()
    liste.setCurrentRow(liste.count() - 1)
    assert liste.sujet().report.motif == TELEPHONE
    return joueur.fenetre


def journee(joueur: Joueur) -> QWidget:
    """La file et les rendez-vous du jour : des numéros, des références."""
    remplir_l_agenda(joueur, joueur.session.dossier_id, heberge())
    joueur.aller("accueil")
    joueur.session.preferences = joueur.session.preferences._replace(lieu=LIEU)
    joueur.aller("journee")
    joueur.attendre()
    assert joueur.ecran.rendez_vous.count()  # type: ignore[attr-defined]
    return joueur.fenetre


def agenda(joueur: Joueur) -> QWidget:
    journee(joueur)
    joueur.aller("agenda")
    joueur.presser("Mois")
    assert joueur.ecran.liste.count()  # type: ignore[attr-defined]
    return joueur.fenetre


def envois(joueur: Joueur) -> QWidget:
    dossier = joueur.session.dossier_id
    joueur.aller("accueil")
    joueur.aller("envois")
    joueur.poste.synchro.recevoir(etat(dossier))
    joueur.attendre()
    joueur.ecran.montrer_recus([RecuTenu("p", dossier, "MOREL Zoé", "acceptee", (), MAINTENANT)])  # type: ignore[attr-defined]
    return joueur.fenetre


def doublons(joueur: Joueur) -> QWidget:
    semblable = Semblable(joueur.session.dossier_id, "MOREL Zoé", "x", "CCAS", ("même nom", "même téléphone"), 0.9)
    joueur.aller("accueil")
    joueur.aller("doublons")
    joueur.ecran.montrer([semblable], MAINTENANT)  # type: ignore[attr-defined]
    joueur.attendre()
    return joueur.fenetre


def comparaison(joueur: Joueur) -> QWidget:
    un, autre = _deux(joueur)
    prets: list[AReunir] = []
    joueur.session.avec_coffre(lambda coffre: coffre.memes.preparer(un, autre), prets.append, pour=joueur.session)
    joueur.attendre()
    joueur.aller("accueil")
    joueur.aller("doublons")
    joueur.ecran.montrer_comparaison(prets[0], "CCAS")  # type: ignore[attr-defined]
    joueur.attendre()
    return joueur.fenetre


def _deux(joueur: Joueur) -> tuple[str, str]:
    un = joueur.session.dossier_id
    joueur.session.creer_dossier(heberge(), lambda _: None)
    joueur.attendre()
    return un, joueur.session.dossier_id


def nouvelle_demande(joueur: Joueur) -> QWidget:
    """Qui ressemble à l'identité qui se tape : celle-ci est à la personne en face."""
    joueur.aller("accueil")
    joueur.aller("doublons", saisie="Morell Zo 1988")
    assert joueur.ecran.verification.trouves.count()  # type: ignore[attr-defined]
    return joueur.fenetre


def ressemblances_d_ici(joueur: Joueur) -> QWidget:
    """Depuis un dossier sans nom : qui lui ressemble sur ce poste."""
    joueur.session.creer_dossier({"territoire": "metropole-exemple"}, lambda _: None)
    joueur.attendre()
    for chemin, frappe in (
        ("demandeur.date_naissance", "1988"),
        ("demandeur.prenoms", "Zo"),
        ("demandeur.nom", "Morell"),
    ):
        joueur.session.brouillon(chemin, frappe)
    joueur.attendre()
    joueur.aller("doublons")
    assert joueur.ecran.cartes  # type: ignore[attr-defined]
    return joueur.fenetre


def divergences(joueur: Joueur) -> QWidget:
    dossier, document = joueur.session.dossier_id, joueur.session.document
    partis = tuple(
        PropositionMontree({"contact.telephone": dit}, ici, ici, "Karim", "accueil 2", "CCAS", MAINTENANT)
        for dit, ici in ((TELEPHONE, True), ("0698765432", False))
    )
    divergence = DivergenceMontree(dossier, "MOREL Zoé", "contact.telephone", partis)
    joueur.aller("accueil")
    joueur.aller("divergences")
    regles = joueur.session.regles
    assert regles is not None
    joueur.ecran.montrer([preparer(divergence, document, regles, "Ana Martin", MAINTENANT)])  # type: ignore[attr-defined]
    joueur.attendre()
    return joueur.fenetre


def ecran_de_la_personne(joueur: Joueur) -> QWidget:
    """Ce que lit la personne en face : ni le nom d'un autre, ni le sien."""
    brancher(joueur)
    joueur.aller("entretien", dossier=joueur.session.dossier_id, chemin="demandeur.nom")
    joueur.presser(OUVRIR)
    fenetre = joueur.poste.ecran_tourne.montree
    assert fenetre is not None
    assert fenetre.affiche.dits
    return fenetre


def reglages(joueur: Joueur) -> QWidget:
    """Toutes les touches y sont lues sur de vrais écrans, fabriqués sans se montrer : aucun ne nomme personne."""
    joueur.aller("accueil")
    joueur.aller("reglages")
    joueur.presser("Voir toutes les touches")
    while set(joueur.fenetre.tenus) != set(declares()):
        joueur.attendre()
    return joueur.fenetre


def agents(joueur: Joueur) -> QWidget:
    """Les comptes et leur journal : des agents, jamais une personne reçue."""
    joueur.aller("accueil")
    joueur.aller("agents")
    return joueur.fenetre


def rapport(joueur: Joueur) -> QWidget:
    """Des nombres, et le nom du lieu ; personne."""
    joueur.aller("accueil")
    joueur.aller("rapport")
    ecran: Any = joueur.ecran
    ecran.annee.poser(str(MAINTENANT.year))
    ecran.pour.poser("partenaires")
    ecran.compter()
    joueur.attendre()
    assert ecran.tire is not None
    return joueur.fenetre


def contingents(joueur: Joueur) -> QWidget:
    """Des réservataires, des bailleurs, qui a saisi ; personne de reçu."""
    joueur.aller("accueil")
    joueur.aller("contingents")
    joueur.presser("Compléter")
    return joueur.fenetre


def passage_flux(joueur: Joueur) -> QWidget:
    """Des communes et des logements."""
    joueur.aller("accueil")
    joueur.aller("passage_flux")
    return joueur.fenetre


def flux(joueur: Joueur) -> QWidget:
    """Des comptes et des logements : d'aucune ligne importée, ni numéro unique, ni personne."""
    joueur.aller("accueil")
    joueur.aller("flux")
    garder(joueur)
    joueur.presser("Établir l'état")
    assert "999012600" not in " ".join(dits(joueur.fenetre))
    return joueur.fenetre


def conference(joueur: Joueur) -> QWidget:
    """Des partenaires, des nombres masqués ; d'aucune ligne importée, ni numéro unique, ni personne."""
    joueur.aller("accueil")
    joueur.aller("flux")
    garder(joueur)
    joueur.aller("conference")
    ecran: Any = joueur.ecran
    ecran.dossier.pour.poser("habilites")
    joueur.presser("Compter")
    assert ecran.dossier.vu is not None
    assert "999012600" not in " ".join(dits(joueur.fenetre))
    return joueur.fenetre


def candidats(joueur: Joueur) -> QWidget:
    """Des références, de la même sorte pour tous ; aucun nom avant qu'une ligne ne s'ouvre."""
    joueur.aller("accueil")
    joueur.aller("candidats")
    ecran: Any = joueur.ecran
    ecran.saisie.basculer()
    ecran.saisie.reference.poser("M-1")
    ecran.saisie.commune.poser("99001")
    joueur.presser("Ranger les candidats")
    assert ecran.candidates.liste.count() + ecran.ecartees.liste.count()
    return joueur.fenetre


def seance(joueur: Joueur) -> QWidget:
    """Des références neutres : rien d'une personne, tant qu'un nom ne s'ouvre pas."""
    joueur.aller("accueil")
    joueur.aller("seance")
    return joueur.fenetre


def residences(joueur: Joueur) -> QWidget:
    """Des lieux et des comptes : d'aucune ligne importée, ni numéro unique, ni personne."""
    joueur.aller("accueil")
    joueur.aller("flux")
    garder(joueur)
    joueur.aller("residences")
    joueur.presser("Compter")
    assert joueur.ecran.etat is not None  # type: ignore[attr-defined]
    assert "999012600" not in " ".join(dits(joueur.fenetre))
    return joueur.fenetre


def remises(joueur: Joueur) -> QWidget:
    """Une référence, deux lieux, quels champs ; aucune valeur."""
    joueur.aller("remises")
    ecran: Any = joueur.ecran
    remplir(ecran)
    ecran.proposer()
    joueur.attendre()
    assert ecran.lignes
    joueur.aller("accueil")
    joueur.session.fermer_dossier()
    joueur.aller("remises")
    return joueur.fenetre


def formation(joueur: Joueur) -> QWidget:
    """Le dossier ouvert s'est fermé en entrant : rien de vrai au-dessus d'un cas inventé."""
    joueur.aller("formation")
    assert joueur.session.dossier_id == ""
    return joueur.fenetre


def ouvertures(joueur: Joueur) -> QWidget:
    """Un dossier ouvert sans acte : sa référence, et qui l'a ouvert."""
    dossier = joueur.session.dossier_id

    def hier(coffre: Coffre) -> None:
        horloge = coffre._horloge
        coffre._horloge = lambda: horloge() - timedelta(days=1)
        coffre.noter_acces("Paul Roy", Acces.CONSULTER, dossier)
        coffre._horloge = horloge

    joueur.session.avec_coffre(hier, lambda _: None, pour=joueur.session)
    joueur.aller("accueil")
    joueur.aller("avis")
    assert joueur.ecran.ouverts.isVisible()  # type: ignore[attr-defined]
    return joueur.fenetre


ECRANS = (
    accueil,
    agents,
    rapport,
    contingents,
    passage_flux,
    flux,
    conference,
    candidats,
    seance,
    residences,
    remises,
    ouvertures,
    formation,
    recherche,
    palette,
    dossiers,
    echeances,
    journee,
    agenda,
    envois,
    doublons,
    comparaison,
    nouvelle_demande,
    ressemblances_d_ici,
    divergences,
    ecran_de_la_personne,
    reglages,
)


@pytest.mark.parametrize("montrer", ECRANS, ids=lambda une: une.__name__)
def test_aucun_ecran_ne_nomme_un_autre(joueur: Joueur, tus: set[str], montrer: Callable[[Joueur], QWidget]) -> None:
    """Ni nom, ni naissance, ni téléphone d'un dossier non démasqué, à l'œil comme au lecteur d'écran."""
    vue = montrer(joueur)
    joueur.attendre()
    assert fuites(vue, tus) == set()
    if vue is not joueur.fenetre:
        vue.close()


def test_mutant_sans_masque(joueur: Joueur, tus: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le masque, l'épreuve voit les noms : elle n'est pas aveugle."""
    monkeypatch.setattr(trouves, "designer", lambda un, _: Designe(un.titre, un.detail, None))
    for montrer in (accueil, recherche, palette):
        assert fuites(montrer(joueur), tus)


def test_une_seule_ligne_demasquee_dans_toute_la_fenetre(joueur: Joueur, tus: set[str]) -> None:
    """Démasquer une reprise remasque un dossier récent ; l'écran quitté, plus rien n'est à découvert."""
    fenetre = accueil(joueur)
    ecran: Any = joueur.ecran
    ecran.recents.setFocus()
    presser(Qt.Key.Key_Space, widget=ecran.recents)
    assert fuites(ecran.recents, tus)
    (reprise,) = (un for un in fenetre.findChildren(NomMasque) if un.isVisible())
    reprise.bouton.click()
    assert "MOREL" in reprise.nom.text()
    assert fuites(ecran.recents, tus) == set()
    joueur.aller("triage")
    assert fuites(fenetre, tus) == set()
    assert "MOREL" not in accueil(joueur).findChildren(NomMasque)[-1].nom.text()


@pytest.mark.parametrize("couvrir", ["cacher", "verrouiller"])
def test_f12_et_le_verrou_remasquent(qtbot: QtBot, joueur: Joueur, tus: set[str], couvrir: str) -> None:
    """Ce qui était démasqué ne l'est plus dessous, ni au retour."""
    fenetre = accueil(joueur)
    ecran: Any = joueur.ecran
    ecran.recents.setFocus()
    presser(Qt.Key.Key_F4, widget=ecran.recents)
    assert fuites(fenetre, tus)
    couverture = joueur.poste.couverture
    getattr(couverture, couvrir)()
    assert fuites(fenetre, tus) == set()
    couverture._reprendre(MOT_DE_PASSE)
    qtbot.waitUntil(lambda: not couverture.couverte)
    au_repos(qtbot, joueur.poste)
    assert fuites(fenetre, tus) == set()


def test_mutant_un_masque_qui_ne_revient_pas(joueur: Joueur, tus: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Si ``remasquer`` ne faisait rien, le nom resterait sous la page neutre : l'épreuve le voit."""
    fenetre = accueil(joueur)
    ecran: Any = joueur.ecran
    ecran.recents.setFocus()
    presser(Qt.Key.Key_F4, widget=ecran.recents)
    with monkeypatch.context() as patch:
        patch.setattr(masque(), "remasquer", lambda: None)
        joueur.session.ferme.emit()
        assert fuites(fenetre, tus)
    masque().remasquer()
    QApplication.processEvents()


def test_un_bandeau_part_avec_son_dossier(joueur: Joueur) -> None:
    """« Enregistré : … » ne reste ni à l'accueil ni dans le dossier de la personne suivante."""
    joueur.aller("imprimer")
    joueur.ecran.alerte.emit("Enregistré : K7Q2F-9M3AB.pdf.", Ton.COURANT)  # type: ignore[attr-defined]
    assert joueur.fenetre.bandeau.phrase
    joueur.aller("accueil")
    assert joueur.fenetre.bandeau.phrase == ""


def test_un_nom_masque_n_ouvre_aucune_fenetre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un bouton montré avant d'avoir un parent en ouvrait une : elle prenait le clavier, et plus rien ne répondait."""
    fenetres = set(QApplication.topLevelWidgets())
    for clair in ("", "BENALI Zahra"):
        nom = NomMasque("Dossier K7Q2F", clair, ("reprise", clair), "d")
        nouvelles = [w for w in QApplication.topLevelWidgets() if w not in fenetres and w.isVisible()]
        assert nouvelles == []
        nom.deleteLater()


def _demasquer_tout(vue: QWidget) -> int:
    """Démasque chaque ligne qui se voit, comme un agent le ferait ; rend combien."""
    lignes = 0
    for liste in vue.findChildren(ListePropositions):
        for rang in range(liste.count()) if liste.isVisible() else ():
            liste.setCurrentRow(rang)
            lignes += liste.demasquer()
    for bouton in vue.findChildren(Bouton):
        if bouton.isVisible() and bouton.text().startswith("Montrer"):
            bouton.click()
            lignes += 1
    return lignes


def _lus(joueur: Joueur) -> set[str | None]:
    coffre = joueur.session._coffre
    assert coffre is not None
    return {un.dossier for un in coffre.acces() if un.geste.acces is Acces.DEMASQUER}


@pytest.mark.parametrize(
    "montrer",
    [accueil, recherche, palette, dossiers, echeances, agenda, envois, doublons, comparaison, divergences],
    ids=lambda une: une.__name__,
)
def test_un_nom_lu_dans_une_liste_s_inscrit_a_son_journal(joueur: Joueur, montrer: Callable[[Joueur], QWidget]) -> None:
    """Qui l'a lu, sans ouvrir le dossier, se sait comme qui l'a ouvert."""
    un = joueur.session.dossier_id
    vue = montrer(joueur)
    joueur.attendre()
    assert _lus(joueur) == set()
    assert _demasquer_tout(vue)
    joueur.attendre()
    assert un in _lus(joueur)
    if vue is not joueur.fenetre:
        vue.close()


def test_remasquer_n_inscrit_rien_de_plus(joueur: Joueur) -> None:
    accueil(joueur)
    liste: ListePropositions = joueur.ecran.recents  # type: ignore[attr-defined]
    assert [liste.demasquer(), liste.demasquer()] == [True, True]
    joueur.attendre()
    coffre = joueur.session._coffre
    assert coffre is not None
    assert [un.geste.acces for un in coffre.acces()].count(Acces.DEMASQUER) == 1


def test_mutant_un_nom_lu_sans_journal(joueur: Joueur) -> None:
    """Si la fenêtre n'écoutait pas le masque, le journal ne saurait rien : l'épreuve le voit."""
    masque().lu.disconnect()
    _demasquer_tout(accueil(joueur))
    joueur.attendre()
    assert _lus(joueur) == set()


def test_une_ligne_qui_nomme_sans_dire_qui_se_refuse() -> None:
    with pytest.raises(ValueError, match="de quel dossier"):
        Proposition("Dossier K7Q2F", lambda: None, clair=("ROUX Kévin", ""))
