"""Le dernier poste attendu est revenu : ce que la reprise retenait se donne à qui doit le tenir."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from registre.base.schema import dossier, lignee, perimetre, poste, territoire
from registre.service.diffusion import prendre_des_sequences
from registre.service.enrolement import donner_les_dossiers
from registre.service.retours import en_reprise


def finir_la_reprise(connexion: Connection, ou: str) -> None:
    """Sans effet si un poste de ce territoire est encore attendu, ou si sa base n'a jamais été restaurée."""
    remise = select(lignee.c.poignee).where(lignee.c.territoire == ou).exists()
    if connexion.execute(select(remise & ~en_reprise(ou))).scalar_one():
        _rendre_aux_autres_guichets(connexion, ou)
        _ouvrir_aux_guichets(connexion, ou)


def _rendre_aux_autres_guichets(connexion: Connection, ou: str) -> None:
    """Leur journal a passé ces dossiers sans les dire : chacun prend une séquence neuve."""
    retenus = (
        select(
            perimetre.c.poste,
            perimetre.c.dossier,
            func.row_number().over(order_by=(perimetre.c.poste, perimetre.c.dossier)).label("rang"),
        )
        .join(dossier, (dossier.c.territoire == perimetre.c.territoire) & (dossier.c.id == perimetre.c.dossier))
        .join(poste, (poste.c.territoire == perimetre.c.territoire) & (poste.c.id == perimetre.c.poste))
        .where(
            perimetre.c.territoire == ou,
            perimetre.c.sorti.is_(False),
            dossier.c.tombe.is_(None),
            dossier.c.guichet != poste.c.guichet,
            dossier.c.poste != poste.c.id,
        )
        .cte("retenus")
    )
    ici = (perimetre.c.territoire == ou, perimetre.c.poste == retenus.c.poste, perimetre.c.dossier == retenus.c.dossier)
    nombre = connexion.execute(select(func.count()).select_from(retenus)).scalar_one()
    if nombre:
        avant = prendre_des_sequences(connexion, ou, nombre)
        connexion.execute(update(perimetre).where(*ici).values(sequence=avant + retenus.c.rang))


def _ouvrir_aux_guichets(connexion: Connection, ou: str) -> None:
    """Un dossier repris n'était qu'aux postes qui l'avaient dit ; un poste neuf n'avait rien."""
    # Le compteur d'abord : plus rien ne s'ouvre ici avant la fin de cette transaction.
    connexion.execute(select(territoire.c.seq).where(territoire.c.territoire == ou).with_for_update())
    for un in connexion.execute(select(poste).where(poste.c.territoire == ou, poste.c.revoque_le.is_(None))).all():
        donner_les_dossiers(connexion, un, un.id)
