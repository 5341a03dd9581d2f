"""Lancé par Alembic : joue les migrations sur la connexion déjà ouverte, dans sa transaction."""

from alembic import context

# Sans clé : celle de la table d'Alembic ne commencerait pas par le territoire, comme toutes les autres.
context.configure(connection=context.config.attributes["connexion"], transactional_ddl=True, version_table_pk=False)
with context.begin_transaction():
    context.run_migrations()
