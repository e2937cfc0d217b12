"""Reader of a past national synthesis: its text in, a plain ``EditionDossier`` out."""
