"""Les migrations du schéma, jouées par Alembic : un fichier par version dans ``versions``."""
