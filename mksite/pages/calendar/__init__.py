"""Calendars (iCalendar) of the site and of every entity."""
