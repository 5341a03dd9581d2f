"""Un logement, ses candidats : qui peut y prétendre, dans quel ordre, pourquoi. Le droit : ``commission.toml``.

Rien d'un dossier n'y entre que des colonnes tenues d'avance (``tenue``), tirées de la demande officielle.
"""
