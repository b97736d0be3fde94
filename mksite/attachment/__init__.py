"""Attachments measured and cleaned: pictures, PDF, office documents, drawings."""
