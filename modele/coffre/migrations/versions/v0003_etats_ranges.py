"""Troisième schéma : un miroir s'écrit rangé par opération (``modele.fusion.etat_ecrit``).

Aucune table ne change, et les miroirs d'avant se lisent tels quels. Mais un Perron d'avant lirait vides ceux-ci : il
doit refuser ce coffre.
"""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Passe du schéma 2 au schéma 3 : rien à refaire, chaque miroir se récrit à sa prochaine réception."""
