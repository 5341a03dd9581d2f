# Les commandes de Perron. Les deux premières suffisent : « make lancer » et « make essais ».
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen
# Les épreuves se partagent les cœurs, quatre au plus ; un fichier reste le plus souvent au même : ce qu'il prépare une fois
# pour toutes ses épreuves ne se prépare pas deux fois.
PARTAGE := -n logical --maxprocesses 4 --dist worksteal
# Réécrire les assertions de tous les fichiers d'essai prend dix secondes par cœur : une fois, pas à chaque lancement.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: aide preparer epreuves reference reference-papier lancer essais verifier couverture mesures campagne format bureau identite paquet

aide:
	@echo "make lancer    ouvre Perron (sans écran : joue la démonstration dans demonstration/)"
	@echo "make essais    les épreuves, sauf les plus longues : moins de 8 minutes sur 2 cœurs"
	@echo "make verifier  format, règles d'écriture, types, murs, puis toutes les épreuves, les longues aussi"
	@echo "make couverture lignes et branches des pièces où une erreur blesse"
	@echo "make mesures   les budgets de vitesse, en rapports"
	@echo "make campagne  les longues épreuves : morts, tirages"
	@echo "make bureau    met Perron dans le menu de ce compte (Linux)"
	@echo "make paquet    réunit dans paquet/ ce qu'il faut à l'installateur Windows (documentation/windows.md)"

preparer:
	@sh .ci/preparer

lancer: preparer
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		$(PY) main.py; \
	else \
		$(OFFSCREEN) $(PY) main.py demonstration --sortie demonstration; \
	fi

epreuves: preparer
	@sh .ci/preparer-postgresql
	@sh .ci/preparer-cups
	@sh .ci/preparer-lecteur

# Kinto, à quoi la synchronisation se rapporte : dans un environnement à lui.
reference: preparer
	@sh .ci/preparer-kinto

# Les longues (tests/longues.txt, refait par python -m tests.longues) se jouent dans verifier.
essais: epreuves
	$(OFFSCREEN) $(PY) -m pytest $(PARTAGE) -m "not campagne and not longue"

verifier: epreuves
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(OFFSCREEN) $(PY) -m pytest $(PARTAGE) -m "not campagne" --ignore=tests/modele
	$(MAKE) --no-print-directory couverture

# Les épreuves du métier, et là où une erreur blesse quelqu'un, chaque ligne et chaque branche exigée.
couverture: epreuves
	$(OFFSCREEN) $(PY) -m pytest -q $(PARTAGE) -m "not campagne" tests/modele --cov=modele --cov-branch --cov-report=
	$(PY) -m coverage report --fail-under=100 \
		--include="modele/regles/*,modele/cotation/*,modele/orientation/*,modele/droits/*,modele/genres/*,modele/coffre/*,modele/formation/*,modele/attributions/*,modele/conference/*,modele/residences/*,modele/commission/*,modele/ressemblance/*,modele/fusion/*,modele/protocole/*,modele/synchro/*,modele/dossier/faits/*,modele/protection/*,modele/lieux/*,modele/contingents/*,modele/seance/*,modele/territoire/annuaire.py,modele/territoire/coordonnees.py,modele/territoire/import_lieux.py,modele/dossier/unites.py,modele/dossier/operations.py"

# WeasyPrint et typst, à quoi le papier se rapporte : de même.
reference-papier: preparer
	@sh .ci/preparer-papier

mesures: reference reference-papier
	$(OFFSCREEN) $(PY) -m tests.mesures

campagne: epreuves reference
	PERRON_CAMPAGNE=1 $(OFFSCREEN) $(PY) -m pytest -m "campagne or not campagne"

bureau: preparer
	@$(PY) -m installation.bureau

# L'icône, à toutes ses tailles : à refaire quand son dessin change.
identite: preparer
	@$(PY) -m installation.icones

paquet: preparer
	@$(PY) -m installation.paquet

format: preparer
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
