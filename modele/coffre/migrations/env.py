"""Lancé par Alembic : joue les migrations sur la connexion déjà ouverte, dans sa transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connexion"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
