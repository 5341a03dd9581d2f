"""Ce que la synchronisation lit et écrit du coffre : chaque méthode est une transaction. Sûr entre fils."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from modele.coffre import (
    annexes,
    auteurs,
    chaines,
    confirmations,
    curseurs,
    depot,
    effaces,
    envois,
    journaux,
    miroirs,
    mises_de_cote,
    quarantaines,
    receptions,
)
from modele.coffre.curseurs import Curseur
from modele.coffre.listes import EnAttente, EnQuarantaine, Publie, RecuTenu, Semblable
from modele.dossier.acces import Acces
from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine, Operation
from modele.droits import Auteur
from modele.fusion import EtatDossier
from modele.protocole.messages import Ecart, Journal, PosteConnu, Recu, Sort

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from modele.coffre.base import Base


class Echanges:
    """La boîte d'envoi, le miroir, le curseur, la quarantaine et leurs à-côtés. ``horloge`` : l'heure du poste.

    Ce que l'écran en montre ne dit rien d'un dossier dont l'agent est écarté, ni de ceux que ses rôles ne lui laissent
    pas lire ; ce qui s'envoie et se reçoit les a tous.
    """

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge
        self.territoire = self.chaine().territoire

    def _lisibles(self, connexion: Connection) -> ColumnElement[bool]:
        """Les dossiers que l'agent au poste peut lire, par ses rôles."""
        return auteurs.lisibles(connexion, self._base.agent())

    def chaine(self) -> Chaine:
        """Où s'ajoute la prochaine opération de ce coffre."""
        with self._base.lecture(entiere=True) as connexion:
            return chaines.chaine_du_poste(connexion)

    # La boîte d'envoi

    def attente(self) -> list[EnAttente]:
        """Ce qui attend, par dossier, de la plus ancienne attente à la plus récente."""
        with self._base.lecture() as connexion:
            return envois.resumer(connexion, self._lisibles(connexion))

    def compter_a_envoyer(self) -> int:
        """Combien d'opérations restent à envoyer, quel que soit l'agent au poste : l'envoi n'en oublie aucune."""
        with self._base.lecture(entiere=True) as connexion:
            return envois.compter(connexion)

    def lot(self, au_plus: int) -> list[Operation]:
        """Les prochaines opérations à envoyer : d'une seule époque, par rang croissant."""
        with self._base.lecture(entiere=True) as connexion:
            return envois.lot(connexion, au_plus)

    def comprises(self, operations: Collection[str]) -> set[str]:
        """Celles de ces opérations qui sont déjà dans ce que ce poste repropose."""
        with self._base.lecture(entiere=True) as connexion:
            return envois.comprises(connexion, operations)

    def noter_essai(self, operations: Collection[str]) -> bool:
        """Compte un envoi de plus pour chacune, avant qu'elles partent ; faux si l'une n'est plus à envoyer."""
        with self._base.ecriture(entiere=True) as connexion:
            return envois.noter_essai(connexion, operations)

    def noter_recus(self, recus: Sequence[Recu], poste: str) -> None:
        """Garde les reçus du registre, tous ou aucun. ``poste`` : celui-ci, au registre."""
        with self._base.ecriture(entiere=True) as connexion:
            receptions.noter_recus(connexion, self.territoire, recus, self._horloge(), poste)

    def nouvelle_epoque(self) -> None:
        """Passe dans une époque neuve tout ce que le registre n'a pas pris."""
        with self._base.ecriture(entiere=True) as connexion:
            envois.rechainer_l_attente(connexion)

    def remettre(self, epoque: str, rang: int) -> bool:
        """Remet à envoyer la fin d'une époque que le registre a perdue ; faux si ce rang n'est pas dans ce coffre."""
        with self._base.ecriture(entiere=True) as connexion:
            return receptions.remettre(connexion, self.territoire, epoque, rang, self._horloge())

    def recus(self, limite: int = 50) -> list[RecuTenu]:
        """Les derniers reçus du registre, le plus récent d'abord."""
        with self._base.lecture() as connexion:
            return annexes.recus(connexion, limite, self._lisibles(connexion))

    # La quarantaine

    def quarantaine(self) -> list[EnQuarantaine]:
        """Les saisies refusées qui attendent une décision."""
        with self._base.lecture() as connexion:
            return quarantaines.lister(connexion, self._lisibles(connexion))

    def mettre_en_quarantaine(self, operation: str, code: str, cause: str) -> None:
        """Écarte une opération que le registre ne peut pas lire ; les suivantes passent dans une époque neuve."""
        with self._base.ecriture(entiere=True) as connexion:
            receptions.ecarter(connexion, operation, code, cause, self._horloge())

    def ressaisir(self, operation: str, auteur: Auteur) -> Document:
        """Refait d'une saisie refusée une opération neuve ; rend le document. Lève ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            document = quarantaines.rejouer(connexion, operation, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.RESSAISIR, document["id"])
        return document

    def classer(self, operation: str, auteur: Auteur) -> None:
        """Une personne renonce à une saisie refusée. Lève ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            dossier = quarantaines.classer(connexion, operation, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.CLASSER, dossier)

    # La réception

    def curseur(self) -> Curseur:
        """Jusqu'où le journal est lu."""
        with self._base.lecture(entiere=True) as connexion:
            return curseurs.lire(connexion, self.territoire)

    def appliquer(self, apres: int, page: Journal, poste: str) -> bool:
        """Applique une page et avance le curseur, ensemble ; faux si elle ne suit pas ce qui est déjà lu."""
        with self._base.ecriture(entiere=True) as connexion:
            suit = receptions.appliquer(connexion, self.territoire, apres, page, poste)
        if suit:
            effaces.noter(self._base.chemin, [un.dossier for un in page.entrees if un.tombe == "purge"])
        return suit

    def relire(self) -> None:
        """Le journal se relira depuis zéro ; la boîte d'envoi n'est pas touchée."""
        with self._base.ecriture(entiere=True) as connexion:
            receptions.relire(connexion, self.territoire)

    def changer_de_poste(self) -> None:
        """Ce coffre est un autre poste pour le registre : tout se relit dans un autre périmètre."""
        with self._base.ecriture(entiere=True) as connexion:
            mises_de_cote.oublier_les_titres(connexion)
            receptions.relire(connexion, self.territoire)

    def repartir(self, poignee: str) -> None:
        """Le registre a changé de base : tout se relit, et ce qu'il aurait perdu se renvoie."""
        with self._base.ecriture(entiere=True) as connexion:
            receptions.repartir(connexion, self.territoire, poignee, self._horloge())

    def reconnaitre_la_base(self, poignee: str) -> bool:
        """Vrai, et tout se repropose, si cette poignée n'est plus celle que ce poste connaît (vide : non dite)."""
        with self._base.ecriture(entiere=True) as connexion:
            connue = curseurs.lire(connexion, self.territoire)
            if poignee and not connue.poignee:
                curseurs.poser(connexion, self.territoire, Curseur(connue.jusque, poignee))
            if poignee in ("", connue.poignee) or not connue.poignee:
                return False
            receptions.repartir(connexion, self.territoire, poignee, self._horloge())
        return True

    def versions(self) -> list[tuple[str, int]]:
        """Chaque dossier convenu avec le registre et sa version, par identifiant croissant."""
        with self._base.lecture(entiere=True) as connexion:
            return miroirs.versions(connexion)

    # Ce qui se repropose à un registre restauré

    def a_proposer(self) -> list[str]:
        """Les titres à lui montrer, les dossiers d'abord."""
        with self._base.lecture(entiere=True) as connexion:
            return mises_de_cote.a_proposer(connexion)

    def mis_de_cote(self, titres: Collection[str]) -> dict[str, bytes]:
        """Les états gardés sous ces titres."""
        with self._base.lecture(entiere=True) as connexion:
            return mises_de_cote.lire(connexion, titres)

    def noter_les_sorts(self, sorts: Mapping[str, Sort]) -> None:
        """Ce que le registre a répondu de chaque titre."""
        with self._base.ecriture(entiere=True) as connexion:
            mises_de_cote.noter(connexion, sorts)

    def tout_est_dit(self) -> bool:
        """Rien n'attend l'envoi, et rien de côté n'est encore à proposer."""
        with self._base.lecture(entiere=True) as connexion:
            return not envois.lot(connexion, 1) and mises_de_cote.rien_a_proposer(connexion)

    def compter_mis_de_cote(self) -> int:
        """Combien de dossiers le registre restauré n'a pas encore repris."""
        with self._base.lecture(entiere=True) as connexion:
            return mises_de_cote.compter(connexion)

    def remis_et_pas_confirme(self) -> bool:
        """Ce coffre a été remis d'une copie, et le registre n'a pas encore répondu depuis."""
        with self._base.lecture(entiere=True) as connexion:
            return confirmations.en_attente(connexion)

    def sans_titre(self) -> bool:
        """Vrai si un état convenu n'a pas le titre qui le rendrait à un registre restauré."""
        with self._base.lecture(entiere=True) as connexion:
            return mises_de_cote.sans_titre(connexion)

    # Ce qui diverge

    def divergences(self) -> list[tuple[str, str, str]]:
        """Chaque unité qui diverge : le dossier, son titre, l'unité."""
        with self._base.lecture() as connexion:
            return annexes.divergences(connexion, auteurs.departage(connexion, self._base.agent()))

    def compter_divergences(self) -> int:
        """Combien d'unités divergent."""
        with self._base.lecture() as connexion:
            return annexes.compter_divergences(connexion, auteurs.departage(connexion, self._base.agent()))

    def etat_projete(self, dossier: str, poste: str) -> EtatDossier | None:
        """L'état convenu d'un dossier et ce qui attend par-dessus ; ``None`` si le registre ne l'a jamais rendu."""
        with self._base.lecture() as connexion:
            return miroirs.etat_projete(connexion, dossier, poste)

    def trancher(self, dossier: str, unite: str, valeurs: Mapping[str, Any], auteur: Auteur) -> Document:
        """Ce qu'une personne a choisi d'une divergence (vide : retirer). Lève ``ErreurUtilisateur``."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            document = depot.trancher_divergence(connexion, dossier, unite, valeurs, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.TRANCHER, document["id"])
        return document

    # Les à-côtés

    def noms_des_postes(self) -> dict[str, PosteConnu]:
        """Le nom de chaque poste connu et celui de son guichet."""
        with self._base.lecture(entiere=True) as connexion:
            return annexes.noms_des_postes(connexion)

    def referentiel(self, nom: str) -> Publie | None:
        """La version tenue ici d'un référentiel, ou ``None``."""
        with self._base.lecture(entiere=True) as connexion:
            return annexes.referentiel(connexion, nom)

    def versions_des_referentiels(self) -> dict[str, int]:
        """La version tenue de chaque référentiel."""
        with self._base.lecture(entiere=True) as connexion:
            return annexes.versions_des_referentiels(connexion)

    def garder_referentiel(self, publie: Publie, signature: bytes) -> bool:
        """Garde une version plus neuve d'un référentiel vérifié ; faux si celle d'ici l'est autant."""
        with self._base.ecriture(entiere=True) as connexion:
            return annexes.garder_referentiel(connexion, publie, signature, self._horloge())

    def doublons(self, dossier: str | None = None) -> list[Semblable]:
        """Les ressemblances que personne n'a écartées, d'un dossier ou de tous."""
        with self._base.lecture() as connexion:
            return annexes.doublons(connexion, dossier, self._lisibles(connexion))

    def compter_doublons(self) -> int:
        """Combien de dossiers ressemblent à un autre."""
        with self._base.lecture() as connexion:
            return annexes.compter_doublons(connexion, self._lisibles(connexion))

    def noter_doublons(self, dossier: str, semblables: Sequence[Semblable]) -> None:
        """Remplace les ressemblances connues d'un dossier ; ce qui est écarté le reste."""
        with self._base.ecriture(entiere=True) as connexion:
            annexes.noter_doublons(connexion, dossier, semblables)

    def ecarter_doublon(self, un: str, autre: str, agent: str) -> None:
        """Une personne l'a dit : ces deux dossiers ne sont pas de la même personne."""
        with self._base.ecriture() as connexion:
            annexes.ecarter_doublon(connexion, un, autre)
            annexes.retenir_l_ecart(connexion, un, autre, agent)
            journaux.noter(connexion, agent, self._horloge(), Acces.ECARTER_UN_DOUBLON, un)

    def ecarts_a_dire(self) -> list[Ecart]:
        """Les paires écartées ici que le registre ne sait pas encore ; jamais d'un dossier devenu discret."""
        with self._base.lecture(entiere=True) as connexion:
            return annexes.ecarts_a_dire(connexion)

    def ecart_dit(self, ecart: Ecart) -> None:
        """Le registre le sait, ou ne le prendra pas : il n'est plus à dire."""
        with self._base.ecriture(entiere=True) as connexion:
            annexes.ecart_dit(connexion, ecart)

    def reglages(self, prefixe: str) -> dict[str, str]:
        """Les réglages dont la clé commence ainsi."""
        with self._base.lecture(entiere=True) as connexion:
            return journaux.reglages(connexion, prefixe)

    def regler(self, valeurs: Mapping[str, str]) -> None:
        """Pose plusieurs réglages, tous ou aucun."""
        with self._base.ecriture(entiere=True) as connexion:
            for cle, valeur in valeurs.items():
                journaux.regler(connexion, cle, valeur)
