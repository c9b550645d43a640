"""National consultations, meetings, proposals, the forum, the priorities."""
