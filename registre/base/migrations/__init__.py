"""Les migrations Alembic de la base du registre : une par version publiée du schéma, jamais réécrite."""
