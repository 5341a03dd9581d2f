"""L'état courant de l'écran : coffre, agent, territoire, dossier ouvert. L'écran passe par ici, jamais par la base.

Tout ce qui touche au disque se fait sur le fil des travaux ; les signaux arrivent sur celui de l'écran.
Essais : ``tests/ui/etat/test_session.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from modele.dossier.chemins import ABSENT, Document, lire, poser
from ui.etat import serrure
from ui.etat.annulation import Annulation
from ui.etat.ecriture import Ecriture
from ui.etat.exemples import lire_exemples
from ui.etat.preferences import Preferences
from ui.etat.preferences import ecrire as ecrire_preferences
from ui.etat.regles_du_poste import ReglesDuPoste
from ui.etat.sortis import Sortis
from ui.etat.travaux import Travaux

if TYPE_CHECKING:
    from datetime import datetime

    from modele.bilan import Regles
    from modele.coffre import Coffre, Trouve
    from modele.coffre.comptes import CompteAgent
    from modele.dossier.retours import Retours
    from modele.dossier.suppression import Raison
    from modele.droits import Auteur

Fini = Callable[[Any], object]
Echec = Callable[[str], object]
SEUL_A_SEUL: Final = "protection.seul_a_seul"
REPONSES_EN_ATTENTE: Final = "Des réponses ne sont pas enregistrées : réessayez d'abord, puis supprimez."


class Session(QObject):
    """Un poste, son coffre et le dossier ouvert.

    ``ouvert`` : on entre. ``ferme`` et ``rouvert`` : le coffre, autour d'une page neutre ou d'un verrou.
    ``avant_fermeture`` : dernier moment pour garder un brouillon. ``dossier_change`` : le document, à chaque réponse.
    ``enregistre`` : l'instant (``datetime``) où une écriture est durable. ``saisie_bloquee`` : une écriture a échoué
    (phrase) ; rien d'autre ne s'écrit avant ``reessayer``. ``saisie_libre`` : l'écriture est repartie.
    ``regle`` : réglages changés.
    ``regles_chargees`` : ``regles`` porte le droit et le territoire du poste (chargés après l'entrée, puis à chaque
    publication reçue).
    ``secours_a_garder`` : le code de secours n'a jamais été ressaisi (poste coupé) ; en voici un neuf, à garder.
    ``dossier_parti`` : le dossier ouvert n'est plus sur ce poste (phrase), il n'y en a plus d'ouvert.
    ``relu`` : un autre poste a changé le dossier ouvert (documents d'avant et d'après) ; ``dossier_change`` suit.
    ``ephemeres`` : les réponses qui ne s'écrivent pas (chemin vers valeur), jamais dans ``document`` ; oubliées dès
    qu'un dossier s'ouvre, se ferme ou se crée, que le coffre se ferme ou que quelqu'un d'autre l'ouvre.
    ``ailleurs`` : ces réponses (chemin vers valeur) ne se gardent pas dans le dossier ouvert ; il est revenu à ce qu'il
    était. ``agent_change`` : quelqu'un d'autre a rouvert le coffre ; le dossier de l'agent d'avant est fermé.
    ``hors_de_portee`` : mot de passe juste, mais le registre est loin depuis trop longtemps (phrase, agent, secret).
    ``refus_du_gel`` : le dossier ouvert est gelé, la réponse n'est pas écrite.
    """

    ouvert = Signal()
    ferme = Signal()
    rouvert = Signal()
    dossier_change = Signal(object)
    enregistre = Signal(object)
    saisie_bloquee = Signal(str)
    saisie_libre = Signal()
    avant_fermeture = Signal()
    regle = Signal()
    regles_chargees = Signal()
    secours_a_garder = Signal(str)
    dossier_parti = Signal(str)
    relu = Signal(object, object)
    ailleurs = Signal(dict)
    refus_du_gel = Signal()
    agent_change = Signal()
    hors_de_portee = Signal(str, str, str)

    def __init__(
        self, donnees: Path, travaux: Travaux, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.donnees = donnees
        self.travaux = travaux
        self.preferences = preferences
        self.agent = ""
        # Le compte de l'agent, tel qu'il était en ouvrant ou qu'un écran vient de le relire.
        self.compte: CompteAgent | None = None
        # Les genres d'objets que l'agent peut lire ; rien tant qu'on ne le sait pas.
        self.genres: frozenset[str] = frozenset()
        self.dossier_id = ""
        self.document: Document = {}
        self.ephemeres: dict[str, Any] = {}
        # Une violence a un jour été dite dans le dossier ouvert, même effacée depuis.
        self.reserve = False
        # Le dossier ouvert est gelé à la demande de la personne : ni saisie, ni usage.
        self.gele = False
        self.annulation = Annulation(self)
        self.sortis = Sortis()
        self.regles: Regles | None = None
        self._coffre: Coffre | None = None
        # Un dossier est en train de s'écrire.
        self._creation = False
        self._du_poste = ReglesDuPoste(travaux, self, self._equiper)
        self._en_attente: list[Ecriture] = []
        # Vu du fil des travaux, puis vu de l'écran : une réponse donnée entre les deux est gardée, en attente.
        self._echec = False
        self._bloquee = False
        self._a_relire = False
        # Vu du seul fil des travaux : le dossier commun où se continue ce qui s'écrivait dans un autre.
        self._suites: dict[str, str] = {}

    @property
    def auteur(self) -> Auteur:
        """Qui écrit, au titre des rôles de ce poste."""
        from modele.droits import Auteur

        return Auteur(self.agent)

    @property
    def signature(self) -> str:
        """Ce qu'un papier dit de l'agent : service et prénom ; vide tant que son compte ne les dit pas."""
        return "" if self.compte is None else self.compte.signature

    @property
    def chemin(self) -> Path:
        """Le fichier du coffre."""
        return self.donnees / serrure.NOM_COFFRE

    @property
    def est_ouverte(self) -> bool:
        """Vrai si le coffre est déverrouillé."""
        return self._coffre is not None

    @property
    def partage(self) -> bool:
        """Vrai si un autre adulte que le demandeur peut lire le dossier ouvert."""
        from datetime import date

        from modele.protection.adultes import partage

        return partage(self.document, date.today())

    def coffre_existe(self) -> bool:
        """Vrai si ce poste a déjà un coffre, même abîmé, ou une copie de secours."""
        return serrure.coffre_present(self.chemin)

    def avec_coffre(
        self,
        fonction: Callable[[Coffre], Any],
        fini: Fini,
        *,
        pour: QObject,
        remplace: str = "",
        echec: Echec | None = None,
    ) -> None:
        """Lit ou écrit dans le coffre, sur le fil des travaux : ``fini`` reçoit ce que rend ``fonction``.

        Sans effet si le coffre est fermé. Un échec arrive à ``echec``, sinon à ``Travaux.erreur``.
        """
        coffre = self._coffre
        if coffre is not None:
            self.travaux.lancer(lambda: fonction(coffre), fini, echec, pour=pour, remplace=remplace)

    # Les réglages du poste.

    def regler(self, preferences: Preferences) -> None:
        """Change les réglages du poste et les garde."""
        self.preferences = preferences
        self.travaux.lancer(lambda: ecrire_preferences(self.donnees, preferences))
        self.regle.emit()

    def ajouter_exemples(self, fini: Fini, *, pour: QObject) -> None:
        """Ajoute les dossiers d'exemple, fictifs ; ``fini`` reçoit leur nombre."""
        self.avec_coffre(lambda coffre: coffre.importer(lire_exemples(), self.auteur), fini, pour=pour)

    # Les listes.

    def rechercher(self, saisie: str, fini: Callable[[list[Trouve]], object], *, pour: QObject) -> None:
        """Les dossiers qui ressemblent à ``saisie``, du plus proche au moins ; seule la dernière demande compte."""
        self.avec_coffre(lambda coffre: coffre.rechercher(saisie, 8), fini, pour=pour, remplace=f"chercher {id(pour)}")

    def chercher_seul_a_seul(
        self, saisie: str, motif: str, fini: Callable[[list[Trouve]], object], echec: Echec, *, pour: QObject
    ) -> None:
        """Les dossiers discrets qui répondent, une fois le motif écrit ; ``echec`` : la phrase d'un refus."""
        coffre, auteur = self._coffre, self.auteur
        if coffre is not None:
            self.travaux.lancer(lambda: coffre.porte.chercher(saisie, motif, auteur), fini, echec, pour=pour)

    # Ouvrir et fermer.

    def creer(self, agent: str, mot_de_passe: str, fini: Callable[[str], object], echec: Echec) -> None:
        """Crée le coffre du poste ; ``fini`` reçoit le code de secours. Le coffre n'est « ouvert » qu'à ``entrer``."""
        creer = partial(serrure.creer, self.chemin, agent, mot_de_passe, self.preferences)
        self.travaux.lancer(creer, lambda rendu: fini(self._tenir(*rendu)), echec)

    def ouvrir(self, mot_de_passe: str, echec: Echec, agent: str = "", code: str = "") -> None:
        """Déverrouille le coffre et entre ; ``secours_a_garder`` si le code de secours n'a jamais été ressaisi."""
        self.rouvrir(mot_de_passe, self._entrer_ou_redemander, echec, agent, code)

    def secours_garde(self) -> None:
        """Le code de secours a été ressaisi : il ne se redemande plus."""
        self.avec_coffre(serrure.secours_garde, lambda _: None, pour=self)

    def _entrer_ou_redemander(self) -> None:
        def rendre(code: str) -> None:
            if code:
                self.secours_a_garder.emit(code)
            else:
                self.entrer()

        self.avec_coffre(serrure.secours_a_garder, rendre, pour=self)

    def agents(self) -> list[str]:
        """Qui peut ouvrir ce coffre, par nom."""
        return serrure.agents_du_poste(self.chemin)

    def rouvrir(
        self, mot_de_passe: str, fini: Callable[[], object], echec: Echec, agent: str = "", code: str = ""
    ) -> None:
        """Rouvre le coffre sans rien changer de l'écran, après une page neutre ou un verrou.

        ``agent`` : qui tape. Un autre que celui d'avant : le dossier ouvert se ferme, ``agent_change`` le dit.
        ``code`` : celui de secours, avec quoi un administrateur rouvre un poste hors de portée du registre.
        """

        def rendre(coffre: Coffre | str) -> None:
            if isinstance(coffre, str):
                echec(coffre)
                self.hors_de_portee.emit(coffre, agent, mot_de_passe)
                return
            avant = self.agent
            self._tenir(coffre)
            self._ecrire_en_attente()
            if avant and avant != coffre.agent:
                self.fermer_dossier()
                self.agent_change.emit()
            self.rouvert.emit()
            fini()

        self.travaux.lancer(lambda: serrure.ouvrir(self.chemin, mot_de_passe, agent, code), rendre, echec)

    def ouvrir_par_secours(self, code: str, fini: Callable[[list[str]], object], echec: Echec) -> None:
        """Ouvre par le code de secours ; ``fini`` reçoit les agents : l'un doit changer de mot de passe."""

        self.travaux.lancer(
            lambda: serrure.ouvrir_par_secours(self.chemin, code), lambda rendu: fini(self._tenir(*rendu)), echec
        )

    def changer_mot_de_passe(self, agent: str, mot_de_passe: str, fini: Callable[[str], object], echec: Echec) -> None:
        """Donne à ``agent`` un mot de passe et remplace le code de secours ; ``fini`` reçoit le nouveau code."""
        coffre = self._coffre
        if coffre is None:
            return

        def rendre(code: str) -> None:
            self.agent = agent
            # Ce qu'un verrou levé par le code de secours avait laissé en attente.
            self._ecrire_en_attente()
            fini(code)

        self.travaux.lancer(lambda: serrure.changer_mot_de_passe(coffre, agent, mot_de_passe), rendre, echec)

    def entrer(self) -> None:
        """Dit que le coffre est ouvert et prêt, puis charge le droit et le territoire."""
        self.ouvert.emit()
        self.charger_regles()

    def preparer_les_regles(self) -> None:
        """Lit d'avance le droit et le territoire de ce poste, tant que l'agent tape son mot de passe."""
        self._du_poste.preparer(self.preferences.territoire)

    def charger_regles(self) -> None:
        """Charge une fois le droit et le territoire du poste ; ``regles_chargees`` le dit, même s'ils le sont déjà."""
        if self.regles is not None and self.regles.territoire.id == self.preferences.territoire:
            self._equiper(self.regles)
        else:
            self._du_poste.charger(self.preferences.territoire, self._coffre)

    def relire_les_sources(self) -> None:
        """Recharge le droit et le territoire si le registre ou la structure les a changés depuis ; sans effet sinon."""
        if self._coffre is not None:
            self._du_poste.relire(self.preferences.territoire, self._coffre, self.regles)

    def _equiper(self, regles: Regles) -> None:
        self.regles = regles
        # Le coffre ne connaît pas les grilles : elles lui disent quelles preuves parleraient.
        self.avec_coffre(lambda coffre: coffre.proteger(regles.criteres_proteges), lambda _: None, pour=self)
        self.regles_chargees.emit()

    def fermer(self) -> None:
        """Ferme le coffre et oublie ses clés ; les brouillons en cours partent d'abord."""
        self.oublier()
        if self._coffre is None:
            return
        self.avant_fermeture.emit()
        # Ce qui a fait couvrir l'écran est peut-être entré dans le bureau.
        if self.dossier_id:
            self.document = poser(self.document, SEUL_A_SEUL, ABSENT)
        coffre, self._coffre = self._coffre, None
        self.travaux.lancer(coffre.fermer)
        self.ferme.emit()

    # Ce qui ne s'écrit pas.

    def retenir(self, chemin: str, reponse: Any) -> None:
        """Garde en mémoire une réponse qui ne s'écrit pas ; ``ABSENT`` l'oublie."""
        self.ephemeres.pop(chemin, None)
        if reponse is not ABSENT:
            self.ephemeres[chemin] = reponse

    def oublier(self) -> None:
        """Oublie tout ce qui ne s'écrit pas."""
        self.ephemeres = {}

    def avec_ephemeres(self, document: Document) -> Document:
        """Ce document avec ce qui ne s'écrit pas : pour en établir le bilan, et rien d'autre."""
        for chemin, reponse in self.ephemeres.items():
            document = poser(document, chemin, reponse)
        return document

    def _tenir(self, coffre: Coffre, suite: Any = None) -> Any:
        """Le coffre qui vient de s'ouvrir ; rend ce qui vient avec."""
        self.oublier()
        self._coffre, self.agent, self.compte = coffre, coffre.agent, coffre.compte
        self._lire_les_genres()
        return suite

    def _lire_les_genres(self) -> None:
        self.genres = frozenset()
        auteur = self.auteur

        def rendre(genres: frozenset[str]) -> None:
            # Quelqu'un d'autre a pu rouvrir le coffre entre-temps.
            if auteur == self.auteur:
                self.genres = genres

        self.avec_coffre(lambda coffre: coffre.genres_lus(auteur), rendre, pour=self, echec=lambda _: None)

    # Le dossier ouvert.

    def ouvrir_dossier(self, identifiant: str, fini: Fini) -> None:
        """Lit le dossier et le rend courant. Qui est en face a pu changer : « seul à seul » est à cocher de nouveau."""

        def lire_tout(coffre: Coffre) -> tuple[Document, bool, str, bool]:
            # L'agent y revient de lui-même : ce qu'il y écrira est pour lui.
            self._suites.pop(identifiant, None)
            document, reserve = coffre.consulter(identifiant, self.auteur), coffre.a_porte(identifiant)
            return document, reserve, coffre.retours(), coffre.droits.gele(identifiant)

        def rendre(lu: tuple[Document, bool, str, bool]) -> None:
            document, reserve, retours, gele = lu
            self.gele = gele
            self._rendre_courant(identifiant, poser(document, SEUL_A_SEUL, ABSENT))
            self.annulation.ouvrir(identifiant, retours)
            self.reserve = reserve
            fini(self.document)

        self.avec_coffre(lire_tout, rendre, pour=self)

    def nouveau_dossier(self, fini: Callable[[str], object], frappes: Mapping[str, str] | None = None) -> None:
        """Crée un dossier vide sur le territoire du poste et le rend courant ; ``fini`` reçoit son identifiant.

        ``frappes`` : ce qui se propose dans ses champs, à confirmer ; gardé comme une frappe, jamais comme une réponse.
        """
        from datetime import datetime

        from modele.dossier.documents import nouveau

        cree_le = datetime.now().astimezone().isoformat(timespec="seconds")

        def proposer(cree: str) -> None:
            for chemin, frappe in (frappes or {}).items():
                self.brouillon(chemin, frappe)
            fini(cree)

        self.creer_dossier(nouveau(self.preferences.territoire, cree_le), proposer)

    def creer_dossier(self, document: Mapping[str, Any], fini: Callable[[str], object]) -> None:
        """Crée un dossier, l'enregistre et le rend courant ; ``fini`` reçoit son identifiant.

        Sans effet tant que le précédent s'écrit : une touche pressée deux fois ne fait pas deux dossiers.
        """
        coffre = self._coffre
        if coffre is None or self._creation:
            return
        self._creation = True

        def rendre(cree: Document) -> None:
            self._creation = False
            self.gele = False
            self._rendre_courant(cree["id"], cree)
            self._dire_enregistre()
            fini(cree["id"])

        def echec(phrase: str) -> None:
            self._creation = False
            self.travaux.erreur.emit(phrase)

        self.travaux.lancer(lambda: coffre.creer_dossier(dict(document), self.auteur), rendre, echec, pour=self)

    def relire(self) -> None:
        """Relit le dossier ouvert, qu'un autre poste a pu changer ; ce qui reste à écrire ici s'écrit d'abord."""
        coffre, identifiant = self._coffre, self.dossier_id
        if coffre is None or not identifiant:
            return

        def rendre(lu: tuple[Document, bool]) -> None:
            document, gele = lu
            self._a_relire = bool(self._en_attente)
            if identifiant != self.dossier_id or self._a_relire:
                return
            if gele != self.gele:
                self.gele = gele
                self.dossier_change.emit(self.document)
            # « Seul à seul » se coche pour qui est là, maintenant : ce qui est écrit ne le dit pas.
            relu = poser(document, SEUL_A_SEUL, lire(self.document, SEUL_A_SEUL))
            if relu != self.document:
                self.relu.emit(self.document, relu)
                self._rendre_courant(identifiant, relu)

        def echec(phrase: str) -> None:
            if identifiant == self.dossier_id:
                self.fermer_dossier()
                self.dossier_parti.emit(phrase)

        def lire_tout() -> tuple[Document, bool]:
            return coffre.lire(identifiant), coffre.droits.gele(identifiant)

        self.travaux.lancer(lire_tout, rendre, echec, pour=self, remplace="relire le dossier")

    def relire_le_gel(self, fini: Callable[[], object]) -> None:
        """Relit si le dossier ouvert est gelé aujourd'hui, puis ``fini``."""
        identifiant = self.dossier_id

        def rendre(gele: bool) -> None:
            if identifiant == self.dossier_id:
                self.gele = gele
                fini()

        self.avec_coffre(lambda coffre: coffre.droits.gele(identifiant), rendre, pour=self)

    def fermer_dossier(self) -> None:
        """Plus de dossier courant : la réception est finie, rien ne s'y annule plus."""
        # Sans dossier ouvert, ce qui est gardé est à une réception qu'une panne a coupée : elle peut reprendre.
        if self.dossier_id:
            self.finir_la_reception()
        self._rendre_courant("", {})

    def supprimer_dossier(self, raison: Raison, mots: str, fini: Callable[[datetime], object], echec: Echec) -> None:
        """Supprime le dossier ouvert et le ferme ; ``fini`` reçoit l'instant où il s'effacera, ``echec`` la phrase."""
        coffre, dossier, auteur = self._coffre, self.dossier_id, self.auteur
        if coffre is None or not dossier:
            return
        if self._bloquee:
            echec(REPONSES_EN_ATTENTE)
            return

        def rendre(fin: datetime) -> None:
            if self.dossier_id == dossier:
                self.fermer_dossier()
            fini(fin)

        self.travaux.lancer(lambda: coffre.supprimer(dossier, raison, mots, auteur), rendre, echec, pour=self)

    def finir_la_reception(self) -> None:
        """Rien de ce qui s'est écrit ne s'annule plus, même rouvert."""
        self.annulation.ouvrir("")
        self.avec_coffre(lambda coffre: coffre.oublier_les_retours(), lambda _: None, pour=self)

    @property
    def criteres_proteges(self) -> Collection[str]:
        """Les critères de cotation dont la seule preuve dit une violence."""
        return self.regles.criteres_proteges if self.regles is not None else ()

    def modifier(self, valeurs: Mapping[str, Any], *, retours: Retours | None = None) -> None:
        """Écrit des réponses (chemin vers valeur) : le document change tout de suite, « enregistré » vient après.

        Si le coffre ouvre un dossier commun à la place, l'agent y continue sans qu'un mot le dise. Refusé sans effet
        tant qu'une écriture précédente a échoué. Ce qui ne s'écrit pas s'écarte ici déjà, comme au coffre.
        ``retours`` : la pile à garder, quand cette écriture défait ou refait ; absente, l'écriture s'y ajoute.
        """
        from modele.dossier.ephemeres import gardables
        from modele.dossier.operations import DOSSIER
        from modele.genres.ecriture import d_une_ecriture
        from modele.protection.discretion import protege_seulement

        # L'écran montre ce qui se garde, tel que la porte du coffre l'écrit.
        valeurs = d_une_ecriture(DOSSIER, gardables(valeurs))
        if self._bloquee or not self.dossier_id or not valeurs:
            return
        if self.gele and not protege_seulement(valeurs):
            self.refus_du_gel.emit()
            return
        self._se_rappeler(self.document)
        gardes = self.annulation.noter(valeurs) if retours is None else retours
        for chemin, valeur in valeurs.items():
            self.document = poser(self.document, chemin, valeur)
        ecriture = Ecriture(self.dossier_id, dict(valeurs), gardes, self.auteur)
        self._en_attente.append(ecriture)
        self._ecrire(ecriture)
        self.dossier_change.emit(self.document)

    @property
    def non_enregistrees(self) -> bool:
        """Vrai si des réponses ont échoué à s'écrire et attendent ``reessayer``."""
        return self._bloquee and bool(self._en_attente)

    def reessayer(self) -> None:
        """Refait les écritures échouées, dans l'ordre."""
        self._bloquee = self._echec = False
        self.saisie_libre.emit()
        self._ecrire_en_attente()

    def _ecrire_en_attente(self) -> None:
        for ecriture in tuple(self._en_attente):
            self._ecrire(ecriture)

    def brouillon(self, chemin: str, saisie: str) -> None:
        """Garde durablement une frappe pas encore validée."""
        identifiant = self.dossier_id
        if self.gele:
            return
        self.avec_coffre(
            lambda coffre: coffre.brouillon(identifiant, chemin, saisie),
            lambda _: None,
            pour=self,
            remplace=f"brouillon {identifiant} {chemin}",
        )

    def _dire_enregistre(self) -> None:
        from datetime import datetime

        self.enregistre.emit(datetime.now())

    def _rendre_courant(self, identifiant: str, document: Document) -> None:
        if identifiant != self.dossier_id or not identifiant:
            self.oublier()
            self.annulation.ouvrir(identifiant)
        self.reserve = self.reserve and identifiant == self.dossier_id
        self.gele = self.gele and bool(identifiant)
        self.dossier_id, self.document = identifiant, document
        self._se_rappeler(document)
        self.dossier_change.emit(document)

    def _se_rappeler(self, document: Document) -> None:
        from modele.protection.violences import affirmes

        self.reserve = self.reserve or affirmes(document)

    def _ecrire(self, ecriture: Ecriture) -> None:
        coffre = self._coffre
        if coffre is None:
            # Poste couvert : l'écriture partira à la réouverture.
            return

        def faire() -> tuple[Document, bool] | None:
            # Une écriture a échoué avant celle-ci : l'ordre des réponses doit rester celui de la saisie.
            if self._echec:
                return None
            try:
                return ecriture.au_coffre(coffre, self._suites)
            except BaseException:
                self._echec = True
                raise

        def rendre(ecrite: tuple[Document, bool] | None) -> None:
            if ecrite is None:
                return
            self._en_attente.remove(ecriture)
            document, gardee = ecrite
            if self.dossier_id == ecriture.dossier and not (gardee and document["id"] == ecriture.dossier):
                self._suivre(ecriture.dossier, document, gardee)
            if gardee:
                self._dire_enregistre()
            else:
                self.ailleurs.emit(ecriture.valeurs)
            if self._a_relire and not self._en_attente:
                self.relire()

        self.travaux.lancer(faire, rendre, self._bloquer, pour=self)

    def _suivre(self, dossier: str, document: Document, gardee: bool) -> None:
        """Le coffre n'a pas fait ce que l'écran montre : il montre ce que le coffre tient, et ce qui attend encore."""
        if not gardee:
            document = poser(document, SEUL_A_SEUL, lire(self.document, SEUL_A_SEUL))
        for reste in self._en_attente:
            if reste.dossier == dossier:
                reste.dossier = document["id"]
                for chemin, valeur in reste.valeurs.items():
                    document = poser(document, chemin, valeur)
        self._rendre_courant(document["id"], document)

    def _bloquer(self, phrase: str) -> None:
        self._bloquee = True
        self.saisie_bloquee.emit(phrase)
