"""Le poste et le registre ensemble, tels qu'ils seront : vrai coffre, vrai serveur, vrai PostgreSQL."""
