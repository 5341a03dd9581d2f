"""D'un dossier à la ligne que classe une commission : sa demande officielle, et rien de ce que l'accueil a su."""
