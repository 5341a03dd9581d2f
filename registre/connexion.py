"""Une connexion : l'en-tête, la fin d'un corps et la lecture d'une réponse ont une échéance, en TLS comme sans.

uvicorn ne compte le temps qu'entre deux demandes : qui ne commence jamais la sienne, ou ne la finit pas, restait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from registre.prises import Place, Rang

ENTETE_S: Final = 10.0
"""Pour dire son en-tête, depuis la fin du TLS ou le premier octet."""
RESTE_S: Final = 60.0
"""Pour finir d'envoyer un corps auquel il est déjà répondu."""
LECTURE_S: Final = 30.0
"""Pour lire de quoi laisser partir la suite de la réponse."""
ENTETE_AU_PLUS: Final = 64 * 1024
_EN_ATTENTE_AU_PLUS: Final = 256 * 1024
_TROP_LONG: Final = "Entete trop long."


class Connexion(HttpToolsProtocol):
    """Le protocole d'uvicorn, avec ses échéances, et la place qu'il tient chez le portier."""

    def __init__(self, place: Place, rendre: Callable[[Place], None], **options: Any) -> None:
        super().__init__(**options)
        self._place = place
        self._rendre = rendre
        self._echeance: asyncio.TimerHandle | None = None
        self._lecture: asyncio.TimerHandle | None = None
        self._dans_le_corps = False
        self._entete_lu = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Le TLS est établi : l'en-tête est attendu."""
        super().connection_made(transport)
        # Peu à la fois : ce qui attend encore ici quand la réponse est dite se perd si le poste lit trop lentement.
        transport.set_write_buffer_limits(high=_EN_ATTENTE_AU_PLUS)
        self._place.couper, self._place.rang = transport.abort, self._rang
        self._attendre(ENTETE_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """La place est rendue."""
        self._cesser()
        self.resume_writing()
        # Sur une rupture, uvicorn laisse courir son propre délai, et retient la connexion jusque-là.
        self._unset_keepalive_if_required()
        super().connection_lost(exc)
        self._rendre(self._place)

    def data_received(self, data: bytes) -> None:
        """Un en-tête ou un reste de corps, sous échéance tant qu'il n'est pas entier."""
        if self._echeance is None and self._repondu:
            self._attendre(RESTE_S if self._dans_le_corps else ENTETE_S)
        super().data_received(data)
        if self._echeance is not None and not self._dans_le_corps and not self.transport.is_closing():
            self._entete_lu += len(data)
            if self._entete_lu > ENTETE_AU_PLUS:
                self.send_400_response(_TROP_LONG)

    def on_headers_complete(self) -> None:
        """L'en-tête est entier."""
        self._cesser()
        self._entete_lu = 0
        self._dans_le_corps = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Le corps est entier."""
        self._dans_le_corps = False
        super().on_message_complete()
        if self._repondu:
            # Le délai d'uvicorn entre deux demandes s'est éteint avec ce reste de corps.
            self._cesser()
            self._attendre(ENTETE_S)

    def pause_writing(self) -> None:
        """Le poste ne lit plus sa réponse."""
        super().pause_writing()
        if self._lecture is None:
            self._lecture = self.loop.call_later(LECTURE_S, self.transport.abort)

    def resume_writing(self) -> None:
        """Il lit de nouveau."""
        super().resume_writing()
        if self._lecture is not None:
            self._lecture.cancel()
            self._lecture = None

    @property
    def _repondu(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _rang(self) -> Rang:
        if self._repondu:
            return Rang.MUETTE
        return Rang.EN_ROUTE if self.cycle.more_body or self._lecture is not None else Rang.RECUE

    def _attendre(self, secondes: float) -> None:
        # Couper net : une connexion qui se tait ne répondrait pas non plus à un adieu.
        self._echeance = self.loop.call_later(secondes, self.transport.abort)

    def _cesser(self) -> None:
        if self._echeance is not None:
            self._echeance.cancel()
            self._echeance = None
