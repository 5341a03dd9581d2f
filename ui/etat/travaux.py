"""Le fil d'exécution du coffre : un seul, dans l'ordre demandé ; les résultats reviennent au fil de l'écran.

L'écran ne bloque jamais sur le disque ni sur Argon2. Essais : ``tests/ui/etat/test_travaux.py``.
"""

from __future__ import annotations

import threading

# Celle de ``queue``, sans les autres files, que la première fenêtre attendrait.
from _queue import SimpleQueue
from collections.abc import Callable
from itertools import count
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QObject, Signal

_FIN: Final = 0
"""Le numéro qui arrête un fil ; les tâches comptent à partir de un."""
_NUMEROS: Final = count(_FIN + 1)

_PLEIN: Final = "Le disque est plein : rien n'a été enregistré. Libérez de la place, puis recommencez."
_DISQUE: Final = "Le disque n'a pas répondu : rien n'a été enregistré. Vérifiez-le, puis recommencez."


class _Tache:
    def __init__(
        self,
        fonction: Callable[[], Any],
        fini: Callable[[Any], object] | None,
        echec: Callable[[str], object] | None,
        pour: QObject | None,
        cle: str,
    ) -> None:
        self.fonction, self.fini, self.echec, self.pour, self.cle = fonction, fini, echec, pour, cle
        self.resultat: Any = None
        self.erreur: BaseException | None = None

    def faire(self) -> None:
        try:
            self.resultat = self.fonction()
        except BaseException as erreur:
            self.erreur = erreur


class _Registre:
    """Ce que les deux fils partagent : les tâches en route, et par où le fil du coffre dit qu'une d'elles est faite.

    Une tâche tient des écrans, par ce qu'elle fera au retour : elle ne meurt que sur le fil de l'écran. Le dernier à
    la lâcher la détruit, et un objet de Qt détruit par un autre fil que le sien tue le programme. Le fil du coffre ne
    garde donc rien d'elle, et ne rend que son numéro.
    """

    def __init__(self, rendre: Callable[[int], object]) -> None:
        self.file: SimpleQueue[int] = SimpleQueue()
        self.taches: dict[int, _Tache] = {}
        self.dernieres: dict[str, int] = {}
        self._verrou = threading.Lock()
        self._rendre: Callable[[int], object] | None = rendre

    def demander(self, tache: _Tache) -> None:
        numero = next(_NUMEROS)
        self.taches[numero] = tache
        if tache.cle:
            self.dernieres[tache.cle] = numero
        self.file.put(numero)

    def perimee(self, numero: int) -> bool:
        cle = self.taches[numero].cle
        return bool(cle) and self.dernieres.get(cle) != numero

    def rendre(self, numero: int) -> None:
        # Sous le verrou : celui qui reçoit ne peut être détruit pendant qu'on lui parle.
        with self._verrou:
            if self._rendre is not None:
                self._rendre(numero)

    def fermer(self) -> None:
        """Plus personne ne reçoit ; le fil finit ce qui reste et s'arrête."""
        with self._verrou:
            self._rendre = None
        self.file.put(_FIN)

    def travailler(self) -> None:
        while (numero := self.file.get()) != _FIN:
            if not self.perimee(numero):
                self.taches[numero].faire()
            self.rendre(numero)


class Travaux(QObject):
    """La file des travaux. ``occupe`` : un travail court. ``erreur`` : la phrase d'un échec que nul ne prend.

    ``patience`` : secondes qu'``arreter`` attend au plus le travail en cours (``None`` : jusqu'au bout). Pour un fil
    qui attend le réseau, et qui n'a rien à écrire que la prochaine fois ne refasse.
    """

    erreur = Signal(str)
    occupe = Signal(bool)
    _rendu = Signal(int)

    def __init__(
        self,
        rapporter: Callable[[BaseException], str],
        parent: QObject | None = None,
        *,
        patience: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._rapporter, self._patience = rapporter, patience
        self._en_cours = 0
        self._oublie = False
        self._rendu.connect(self._recevoir)
        self._registre = registre = _Registre(self._rendu.emit)
        self.destroyed.connect(lambda: registre.fermer())
        self._fil = threading.Thread(target=registre.travailler, name="perron-coffre", daemon=True)
        self._fil.start()

    def lancer(
        self,
        fonction: Callable[[], Any],
        fini: Callable[[Any], object] | None = None,
        echec: Callable[[str], object] | None = None,
        *,
        pour: QObject | None = None,
        remplace: str = "",
    ) -> None:
        """Fait ``fonction`` sur le fil du coffre, puis ``fini(résultat)`` ou ``echec(phrase)`` sur celui de l'écran.

        ``pour`` : si cet objet a disparu entre-temps, le résultat est perdu sans bruit. ``remplace`` : seul le
        dernier travail demandé sous ce nom compte (recherche à chaque frappe) ; les précédents ne se font pas.
        """
        self._en_cours += 1
        if self._en_cours == 1:
            self.occupe.emit(True)
        self._registre.demander(_Tache(fonction, fini, echec, pour, remplace))

    def arreter(self, *, oublier: bool = False) -> None:
        """Finit les travaux demandés puis arrête le fil. À appeler à la fermeture ; deux fois n'y changent rien.

        ``oublier`` : plus personne n'attend les résultats encore en route ; reçus, ils relanceraient des travaux.
        """
        self._oublie = self._oublie or oublier
        self._registre.file.put(_FIN)
        self._fil.join(self._patience)

    def _recevoir(self, numero: int) -> None:
        self._en_cours -= 1
        if self._en_cours == 0:
            self.occupe.emit(False)
        perimee = self._registre.perimee(numero)
        tache = self._registre.taches.pop(numero)
        vivant = tache.pour is None or shiboken6.isValid(tache.pour)
        if self._oublie or perimee or not vivant:
            return
        if tache.erreur is not None:
            erreur, tache.erreur = tache.erreur, None  # Sa pile tient la tâche, qui la tient.
            (tache.echec or self.erreur.emit)(self._phrase(erreur))
        elif tache.fini is not None:
            tache.fini(tache.resultat)

    def _phrase(self, erreur: BaseException) -> str:
        import errno

        from modele.regles.fautes import ErreurUtilisateur

        if isinstance(erreur, ErreurUtilisateur):
            return str(erreur)
        if isinstance(erreur, OSError):
            return _PLEIN if erreur.errno in (errno.ENOSPC, errno.EDQUOT) else _DISQUE
        return self._rapporter(erreur)
