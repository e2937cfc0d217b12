"""The pages of documents, one module a subject."""
